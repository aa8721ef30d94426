"""The hit of a search marked in a text. Where it is decides `search.rules.spelling`; here it only gets its
mark."""

from django import template
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString

from projects.pages.value_tags import CHINESE
from projects.search import match_reasons
from projects.search.rules.spelling import marked_pieces, spelling_pieces

register = template.Library()
register.filter("found_by", match_reasons.found_by)


@register.filter
def marked(text: str, words: list[str]) -> SafeString:
    """A name with the words of the question marked in it."""
    return _html(marked_pieces(text, words or []))


@register.filter
def marked_spelling(spelling: str, words: list[str]) -> SafeString:
    return _html(spelling_pieces(spelling, words or []))


@register.filter
def tongue(name: str) -> str:
    """The language of a name, for `lang`: one without Chinese is taken for English."""
    return "zh-Hans" if CHINESE.search(str(name)) else "en"


def _html(pieces: list[tuple[str, bool]]) -> SafeString:
    return format_html_join("", "{}", ((_piece(*one),) for one in pieces))


def _piece(text: str, is_hit: bool) -> SafeString:
    return SafeString(f"<mark>{escape(text)}</mark>") if is_hit else escape(text)
