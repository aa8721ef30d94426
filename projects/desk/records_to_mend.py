"""What an editor finds on the desk of the records: the least complete ones, and what is doubted of some."""

from dataclasses import dataclass

from projects.choices import Role
from projects.core.roles import Person
from projects.models import Project
from projects.records import completeness, doubts
from projects.words.record_gaps import DOUBTS, LACKS

MAX_SHOWN = 10


@dataclass(frozen=True, slots=True)
class LackingRecord:
    """A project, and what it lacks in words, the weightiest first."""

    project: Project
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordsToMend:
    lacking: tuple[LackingRecord, ...]
    doubts: tuple[tuple[str, str, int | None], ...]  # code, words, of how many projects if that is counted


def of(person: Person) -> RecordsToMend | None:
    """For those who can do something about it."""
    if not person.has(Role.EDITOR):
        return None
    lacking = tuple(
        LackingRecord(one, tuple(str(LACKS[asked]) for asked in one.missing))
        for one in completeness.least_complete(MAX_SHOWN)
    )
    counted = doubts.counts()
    told = tuple(
        (code.value, str(words), counted[code]) for code, words in DOUBTS.items() if counted[code] != 0
    )
    return RecordsToMend(lacking, told) if lacking or told else None
