"""What a row of a workbook proposes, before anything is written: facts of a project, and claims about it.

A row is read by the cells' own rules, compared with the record, shown, and sent as a part of a batch.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from projects.core.fuzzy_dates import Fuzzy
from projects.core.statements import Place, Series, Value

LOST = ("unknown_project", "name_unknown")  # faults of a cell that names a project that is not there
NAMING = frozenset({"name", "code", "slug"})  # columns that say which project a row is about


@dataclass(frozen=True, slots=True)
class ProposedFact:
    """One column of the project itself, such as its name, kind or unit; the value is text or a code."""

    column: str  # its code in the catalogue
    cell: str  # "C7"
    value: str  # nothing where it is to be cleared


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell that cannot be read as what its column holds."""

    column: str
    cell: str
    text: str  # as it stands there
    code: str  # of the refusal
    near: tuple[str, ...] = ()  # codes that it may mean: offered, never guessed


@dataclass(frozen=True, slots=True)
class ProposedClaim:
    """`by` is the day of a promise that names no other, as 2026年底前 does: since when it was promised the
    record may know. `unless_held` is what is wrong with it where the record does not say the same.
    """

    column: str
    cell: str
    series: Series
    value: Value | None  # None where what holds is to be withdrawn
    as_of: Fuzzy
    known_on: date
    qualifier: str = ""
    place: Place | None = None  # in the document that the editor names
    note: str = ""
    by: date | None = None
    unless_held: CellFault | None = None


@dataclass(frozen=True, slots=True)
class ProposedRow:
    number: int  # of the sheet, from 1
    project: str | None  # the code of a record; None proposes a new one
    facts: tuple[ProposedFact, ...] = ()
    claims: tuple[ProposedClaim, ...] = ()
    faults: tuple[CellFault, ...] = ()
    version: int | None = None  # of the record when the workbook was written, where it says so

    @property
    def is_new(self) -> bool:
        """It proposes a project; not where it names one that cannot be found."""
        is_lost = any(one.code in LOST and one.column in NAMING for one in self.faults)
        return self.project is None and not is_lost
