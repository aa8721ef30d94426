"""The footnotes of a project's page: one for each claim, leading to its place in the source."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from projects.choices import Basis
from projects.claims.source_places import place_of
from projects.models import Claim
from projects.pages.page_frame import link
from projects.pages.value_tags import fuzzy
from projects.records.project_record import Known, Record
from projects.words.language import in_language


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
        one.statement.ref: Note(number, _href(one, carried), words_of(one.claim))
        for number, one in enumerate(record.known, start=1)
    }


def _href(one: Known, carried: dict[str, str]) -> str:
    path = reverse("source_page", args=[one.claim.source.code])
    return link(path, carried, one.statement.ref)


def words_of(claim: Claim) -> str:
    """Which source says so, where in it, as of when."""
    parts = [
        in_language(claim.source, "title"),
        place_of(claim),
        _("as of %(day)s") % {"day": fuzzy(claim.as_of)},
    ]
    parts += [] if claim.basis == Basis.STATED else [_("inferred")]
    return " · ".join(filter(None, map(str, parts)))
