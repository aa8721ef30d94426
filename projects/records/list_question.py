"""What the address of a list asks, for the pages and files that show the rows of a list."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from projects.core.clocks import Clocks
from projects.pages.keyset import Ignored
from projects.records import filters
from tracker.kept import do_not_keep


def meant(request: HttpRequest) -> tuple[QueryDict, list[Ignored]]:
    """The question of the list's filters without what means nothing, and that."""
    clean, ignored = filters.meant(request.GET)
    return clean, told(request, ignored)


def told(request: HttpRequest, ignored: list[Ignored]) -> list[Ignored]:
    """What the page says it could not use; such a page is for this reader alone."""
    if ignored:
        do_not_keep(request)
    return ignored


def rows(request: HttpRequest, clocks: Clocks) -> QuerySet:
    """Those that the list shows for the same question."""
    return filters.narrowed(meant(request)[0], clocks)


def old_page(params: QueryDict) -> list[Ignored]:
    """Pages once had numbers; whoever kept such an address is on the first now, and is told."""
    text = params.get("page", "").strip()
    return [Ignored("page", text)] if text not in ("", "1") else []


def chosen(params: QueryDict, name: str, values: Collection[str], ignored: list[Ignored]) -> list[str]:
    """What means something of all that was asked for under a name; the rest is added to what is ignored."""
    texts = [text.strip() for text in params.getlist(name)]
    ignored += [Ignored(name, text) for text in texts if text and text not in values]
    return [text for text in dict.fromkeys(texts) if text in values]
