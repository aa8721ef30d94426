"""One fact of many projects set at once: each over the version that was seen, with its own audit entry.

One transaction for all of them. Those that somebody changed meanwhile are left as they are, and given back to
be named. Projects are shown this way and never hidden, but for those that `records.hiding` hid. One record is
`records.saving`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.db.models import Exists, F, Model, OuterRef, QuerySet

from projects.audit import log
from projects.audit.data_version import publishing
from projects.audit.log import Told
from projects.choices import BatchState
from projects.claims import current, projection
from projects.core.refusals import Refused
from projects.models import HidingRequest, Project, User
from projects.records.saving import plain
from projects.search import index

MAX_TOGETHER = 500
COLUMNS = ("department", "place", "kind", "funding", "is_public")
NAMED = ("department", "place", "batch")


class Fate(StrEnum):
    """What setting a fact does to a project."""

    CHANGES = "changes"
    STANDS = "stands"  # it has that value already
    MOVED = "moved"  # somebody changed the project after it was seen
    WITH_FILE = "with_file"  # it is shown when the file that made it is approved
    HIDDEN = "hidden"  # with a reason, by two people: it is shown again on its own page


@dataclass(frozen=True, slots=True)
class Fact:
    """A column and its new value: a record, a code, or true."""

    column: str
    value: Model | str | bool

    def fate_of(self, project: Project, seen: int) -> Fate:
        if project.version != seen:
            return Fate.MOVED
        if getattr(project, self.column) == self.value:
            return Fate.STANDS
        if self.column == "is_public" and project.is_hidden:
            return Fate.HIDDEN
        if self.column == "is_public" and project.batch and project.batch.state != BatchState.APPROVED:
            return Fate.WITH_FILE
        return Fate.CHANGES


@dataclass(frozen=True, slots=True)
class SetTogether:
    """What became of each project; those that changed with the value that they had."""

    rows: dict[Fate, list[Project]] = field(default_factory=lambda: {fate: [] for fate in Fate})
    before: dict[int, object] = field(default_factory=dict)

    @property
    def changed(self) -> list[Project]:
        return self.rows[Fate.CHANGES]


def read(keys: Collection[int]) -> QuerySet[Project]:
    hidden = HidingRequest.objects.in_force().filter(project=OuterRef("pk"))
    return Project.objects.filter(pk__in=keys).select_related(*NAMED).annotate(is_hidden=Exists(hidden))


def set_fact(fact: Fact, seen: Mapping[int, int], *, by: User, at: datetime, why: str) -> SetTogether:
    """`seen` has the version of each project by its key."""
    if not why.strip():
        raise Refused("note_missing", "why")
    if fact.column not in COLUMNS or fact.value is False or len(seen) > MAX_TOGETHER:
        raise ValueError("not set together")
    done = SetTogether()
    with publishing(at):
        for project in read(seen.keys()).select_for_update(of=["self"]):
            done.rows[fact.fate_of(project, seen[project.pk])].append(project)
        for project in done.changed:
            done.before[project.pk] = getattr(project, fact.column)
            setattr(project, fact.column, fact.value)
            project.version += 1
        _write(fact, done.changed)
        after = {fact.column: plain(fact.value), "why": why.strip()}
        told = [
            Told(one.code, {fact.column: plain(done.before[one.pk])}, dict(after)) for one in done.changed
        ]
        log.record_each("project.save", told, by=by, at=at)
    return done


def _write(fact: Fact, projects: list[Project]) -> None:
    """With what is derived from it; by the plain manager, as each has its entry."""
    rows = Project._base_manager.filter(pk__in=[one.pk for one in projects])
    rows.update(**{fact.column: fact.value}, version=F("version") + 1)
    if fact.column == "place":
        index.index(Project.objects.filter(pk__in=[one.pk for one in projects]))
    if fact.column == "is_public":
        projection.rebuild_batch(projects)
    else:
        current.refresh([one.pk for one in projects])
