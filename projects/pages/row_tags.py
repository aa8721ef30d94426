"""A row of a list as its template writes it, remembered by all that it is written from.

Lists show the same rows again and again, narrowed, sorted and in pages, and a row is most of what they cost.
What is remembered is never wrong: its key holds every value that the template reads.
"""

from functools import lru_cache
from types import SimpleNamespace

from django import template
from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from projects.core.clocks import Clocks

register = template.Library()
TEMPLATE = "public/parts/project_row.html"
MAX_ROWS = 5_000  # of about a kilobyte each


@register.simple_tag(takes_context=True)
def project_row(context, row) -> SafeString:
    """With the hits of a search marked in it, it is written for that search alone."""
    if context.get("words"):
        return get_template(TEMPLATE).template.render(context)
    request = context["request"]
    explained = frozenset(request.__dict__.get("explained", ()))
    carried = tuple(context["carried"].items())
    text, explained = _written(row, context["clocks"], carried, explained, get_language())
    request.explained = set(explained)
    return text


@lru_cache(MAX_ROWS)
def _written(
    row, clocks: Clocks, carried: tuple[tuple[str, str], ...], explained: frozenset[str], language: str
) -> tuple[SafeString, frozenset[str]]:
    """And the words that are explained on the page up to here."""
    request = SimpleNamespace(explained=set(explained))
    told = {"row": row, "clocks": clocks, "carried": dict(carried), "request": request}
    told |= {"words": (), "hits": {}}
    return get_template(TEMPLATE).template.render(Context(told)), frozenset(request.explained)
