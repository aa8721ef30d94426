"""The footnotes of a project's pages: one for each claim, which its mark opens in place."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from projects.choices import Basis
from projects.models import Claim
from projects.pages.value_tags import fuzzy, place_of
from projects.records.project_record import Record
from projects.words.language import in_language


@dataclass(slots=True)
class Note:
    """`is_marked` once the page shows its mark."""

    number: int
    ref: str
    words: str
    is_marked: bool = False

    @property
    def key(self) -> str:
        return f"note-{self.ref}"

    @property
    def mark(self) -> str:
        return f"mark-{self.ref}"

    @property
    def href(self) -> str:
        return f"#{self.key}"

    @property
    def aria(self) -> str:
        return _("Source %(number)s: %(words)s") % {"number": self.number, "words": self.words}


def of(record: Record) -> dict[str, Note]:
    """By claim, numbered in the order in which the page lists them."""
    return {
        one.statement.ref: Note(number, one.statement.ref, words_of(one.claim))
        for number, one in enumerate(record.known, start=1)
    }


def words_of(claim: Claim) -> str:
    """Which source says so, where in it, as of when."""
    parts = [
        in_language(claim.source, "title"),
        place_of(claim),
        _("as of %(day)s") % {"day": fuzzy(claim.as_of)},
    ]
    parts += [] if claim.basis == Basis.STATED else [_("inferred")]
    return " · ".join(filter(None, map(str, parts)))
