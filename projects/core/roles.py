"""Roles: what each may do, who needs a second factor, and a person as the rules see one on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from projects.choices import Role

RECORDS = (
    "department",
    "place",
    "organisation",
    "indicator",
    "project",
    "alias",
    "projectparty",
    "placesource",
    "neighbour",
    "source",
    "sourcesection",
)
ASSERTIONS = ("claim", "statistic")
DESK = ("round", "report", "reportdate", "attachment", "problem", "problemreply")


def _may(verbs: str, *models: str) -> frozenset[str]:
    return frozenset(f"{verb}_{model}" for verb in verbs.split() for model in models)


READS = _may("view", *RECORDS, *ASSERTIONS)

# Claims have no `change`: what is published is corrected by a new claim.
PERMISSIONS = {
    Role.REPORTER: frozenset(),
    Role.REVIEWER: READS | _may("view", *DESK, "auditentry"),
    Role.EDITOR: READS
    | _may("add change delete", *RECORDS)
    | _may("add", *ASSERTIONS)
    | _may("view", "auditentry"),
}

DECIDES = (Role.REVIEWER, Role.EDITOR)
REPORTS = (Role.REPORTER, Role.REVIEWER)


def needs_second_factor(roles: Iterable[str], is_superuser: bool) -> bool:
    """Whoever decides what becomes public proves it with a second factor."""
    return is_superuser or any(role in roles for role in DECIDES)


def begins_in_admin(roles: Iterable[str], is_superuser: bool) -> bool:
    """Where the work lies: of editors and administrators in the admin, of all others at the desk."""
    has_desk = any(role in roles for role in REPORTS)
    return not has_desk and (is_superuser or Role.EDITOR in roles)


@dataclass(frozen=True, slots=True)
class UnitTerm:
    """A further unit by its key, from its first day to its last; open where none was set."""

    department: int
    first_on: date
    last_on: date | None = None

    def is_over(self, day: date) -> bool:
        return self.last_on is not None and self.last_on < day

    def holds(self, day: date) -> bool:
        return self.first_on <= day and not self.is_over(day)


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts on a day: roles by name, the own unit and the further ones that hold then by their keys."""

    pk: int
    roles: frozenset[str] = frozenset()
    department: int | None = None
    is_active: bool = True
    is_superuser: bool = False
    further_units: frozenset[int] = frozenset()

    def has(self, role: Role) -> bool:
        """An administrator reviews, but reports for nobody; a deactivated account has no role."""
        is_given = role.value in self.roles or (self.is_superuser and role == Role.REVIEWER)
        return self.is_active and is_given

    @property
    def units(self) -> frozenset[int]:
        """Those acted for: whoever asks what a person reports on, reaches or is reminded of asks this."""
        own = frozenset() if self.department is None else frozenset({self.department})
        return own | self.further_units

    def reports_for(self, department: int | None) -> bool:
        return self.has(Role.REPORTER) and department in self.units

    def stands_in_for(self, department: int | None) -> bool:
        """For a further unit: the audit says in which capacity somebody acted."""
        return self.reports_for(department) and department != self.department

    @property
    def reads_all_reports(self) -> bool:
        """Whether this person may read the reports of every unit; the drafts of others are never shown."""
        return self.has(Role.REVIEWER) or self.has(Role.EDITOR)

    def may_decide(self, entered_by: int | None, alone_may: bool) -> bool:
        """On a claim: it takes a second person, unless an office of one has switched that off."""
        has_role = self.is_superuser or any(role in self.roles for role in DECIDES)
        return has_role and (alone_may or self.pk != entered_by)
