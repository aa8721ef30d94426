"""The footnotes of a project's page: one for each claim, leading to its place in the source."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from projects.queries.records import Known, Record
from projects.templatetags.reading import in_language, place_of
from projects.wording import dates


@dataclass(frozen=True, slots=True)
class Note:
    number: int
    href: str
    words: str

    @property
    def aria(self) -> str:
        return _("Source %(number)s: %(words)s") % {"number": self.number, "words": self.words}


def of(record: Record, carried: dict[str, str]) -> dict[str, Note]:
    """By claim, numbered in the order in which the page lists them."""
    return {
        one.statement.ref: Note(number, _href(one, carried), _words(one))
        for number, one in enumerate(record.known, start=1)
    }


def _href(one: Known, carried: dict[str, str]) -> str:
    path = reverse("source_page", args=[one.claim.source.code])
    query = f"?{urlencode(carried)}" if carried else ""
    return f"{path}{query}#{one.statement.ref}"


def _words(one: Known) -> str:
    source = one.claim.source
    parts = [
        in_language(source, "title"),
        place_of(one.claim),
        _("as of %(day)s") % {"day": dates.words(one.statement.as_of)},
    ]
    parts += [] if one.statement.is_stated else [_("inferred")]
    return " · ".join(filter(None, map(str, parts)))
