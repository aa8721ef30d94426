"""The footnotes of a project's pages: one for each claim, opened and numbered by its mark."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import NamedTuple
from urllib.parse import quote_plus, urlencode

from django.utils.translation import gettext as _

from projects.choices import Basis
from projects.claims.quotes import quote_of
from projects.core.printed_figures import Quote
from projects.models import Claim
from projects.pages.page_frame import path_of
from projects.pages.value_tags import fuzzy, place_of
from projects.records.known_claims import KnownClaims
from projects.records.project_record import Record
from projects.words.language import in_language


class NoteWords(NamedTuple):
    """Which source says so, where in it and as of when; the sentence, and where the links lead."""

    ref: str
    where: str
    as_of: str
    is_inferred: bool
    said: str  # by us
    quote: Quote | None
    source_href: str
    wrong_href: str

    @property
    def in_a_row(self) -> str:
        return _in_a_row(self.where, self.as_of, self.is_inferred)


@dataclass
class Note:
    """Without a number until the page shows its mark."""

    words: NoteWords
    number: int = 0
    is_listed: bool = False  # among the sources that the page lists below its values

    @property
    def is_marked(self) -> bool:
        return bool(self.number)

    @property
    def is_inferred(self) -> bool:
        return self.words.is_inferred

    @property
    def mark(self) -> str:
        return f"mark-{self.words.ref}"

    @property
    def href(self) -> str:
        return f"#note-{self.words.ref}"

    @cached_property
    def leads(self) -> str:
        """What all of its marks write alike."""
        href, title, words = map(escape, (self.href, self.words.in_a_row, self.aria))
        return f'href="{href}" title="{title}" aria-label="{words}">{self.number}</a>'

    @property
    def aria(self) -> str:
        return _("Source %(number)s: %(words)s") % {"number": self.number, "words": self.words.in_a_row}


class Notes(dict[str, Note]):
    """By claim; each is numbered when its first mark is shown."""

    def __init__(self, notes: dict[str, Note]):
        super().__init__(notes)
        self.marked: list[str] = []

    def mark(self, ref: str) -> tuple[Note, bool]:
        """The note, and whether this is its first mark."""
        note = self[ref]
        is_first = not note.is_marked
        if is_first:
            self.marked.append(ref)
            note.number = len(self.marked)
        return note, is_first

    def cited(self) -> Notes:
        """Those that are marked so far, in the order of their numbers: what the page lists as its sources."""
        found = Notes({ref: self[ref] for ref in self.marked})
        for note in found.values():
            note.is_listed = True
        return found

    @property
    def state(self) -> tuple[tuple[NoteWords, bool, bool], ...]:
        """What is written of them follows from this."""
        return tuple((one.words, one.is_listed, one.is_marked) for one in self.values())


def of(record: Record, carried: dict[str, str]) -> Notes:
    """With what travels in the links of the page; what a kept text prints is read at each visit."""
    more = f"&{urlencode(carried)}" if carried else ""
    words, notes = record.known.once(_words, more), {}
    for one in record.known:
        said, quote = words[one.statement.ref], quote_of(one.claim)
        notes[said.ref] = Note(said._replace(quote=quote) if quote else said)
    return Notes(notes)


def _words(known: KnownClaims, carried: str) -> dict[str, NoteWords]:
    return {one.statement.ref: _words_of(one.claim, carried) for one in known}


def _words_of(claim: Claim, carried: str) -> NoteWords:
    ref, source = quote_plus(claim.ref), path_of("source_page", claim.source.code)
    return NoteWords(
        claim.ref,
        _where(claim),
        _as_of(claim),
        claim.basis == Basis.INFERRED,
        claim.note,
        None,
        f"{source}?at={ref}{carried}#{claim.ref}",
        f"{path_of('tell')}?ref={ref}{carried}",
    )


def words_of(claim: Claim) -> str:
    """Which source says so, where in it, as of when."""
    return _in_a_row(_where(claim), _as_of(claim), claim.basis == Basis.INFERRED)


def _where(claim: Claim) -> str:
    return _all(in_language(claim.source, "title"), place_of(claim))


def _as_of(claim: Claim) -> str:
    return _("as of %(day)s") % {"day": fuzzy(claim.as_of)}


def _in_a_row(where: str, as_of: str, is_inferred: bool) -> str:
    return _all(where, as_of, _("inferred") if is_inferred else "")


def _all(*parts: str) -> str:
    return " · ".join(filter(None, parts))
