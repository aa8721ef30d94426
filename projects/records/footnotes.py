"""The footnotes of a project's pages: one for each claim, opened and numbered by its mark."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from projects.choices import Basis
from projects.models import Claim
from projects.pages.value_tags import fuzzy, place_of
from projects.records.project_record import Record
from projects.words.language import in_language


@dataclass(slots=True)
class Note:
    """Without a number until the page shows its mark."""

    claim: Claim
    words: str
    number: int = 0
    leads: str = ""  # what all of its marks write alike
    is_listed: bool = False  # among the sources that the page lists below its values

    @property
    def ref(self) -> str:
        return self.claim.ref

    @property
    def is_marked(self) -> bool:
        return bool(self.number)

    @property
    def is_inferred(self) -> bool:
        return self.claim.basis == Basis.INFERRED

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


class Notes(dict[str, Note]):
    """By claim; each is numbered when its first mark is shown."""

    marked = 0

    def mark(self, ref: str) -> tuple[Note, bool]:
        """The note, and whether this is its first mark."""
        note = self[ref]
        is_first = not note.is_marked
        if is_first:
            self.marked += 1
            note.number = self.marked
        return note, is_first

    def cited(self) -> list[Note]:
        """Those that are marked so far, in the order of their numbers: what the page lists as its sources."""
        found = sorted((one for one in self.values() if one.is_marked), key=lambda one: one.number)
        for note in found:
            note.is_listed = True
        return found


def of(record: Record) -> Notes:
    return Notes({one.statement.ref: Note(one.claim, words_of(one.claim)) for one in record.known})


def words_of(claim: Claim) -> str:
    """Which source says so, where in it, as of when."""
    parts = [
        in_language(claim.source, "title"),
        place_of(claim),
        _("as of %(day)s") % {"day": fuzzy(claim.as_of)},
    ]
    parts += [] if claim.basis == Basis.STATED else [_("inferred")]
    return " · ".join(filter(None, map(str, parts)))
