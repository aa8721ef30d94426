"""What the record of changes keeps of an action, and who reaches its entry. One table for both.

Of records, claims and published reports everything is kept, before and after. Of drafts, notes, problems,
attachments, tips and accounts nothing that somebody typed: names of fields, and the few values that nobody
types. Writing an entry is `audit.log`; which reports a person reaches is `models.report`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from projects.choices import AuditReach, Role

FIELDS = "fields"  # under this name an entry lists what else was filled, changed or taken away


@dataclass(frozen=True, slots=True)
class EntryKind:
    """Who reaches such entries, and the values that are kept; None keeps them all."""

    reach: AuditReach
    kept: frozenset[str] | None = None


_RECORD = EntryKind(AuditReach.RECORDS)
_RIGHTS = (
    *("is_active", "is_staff", "is_superuser", "roles", "department", "further_units"),
    "second_factor",
)
STANDS_IN = "stands_in_for"  # the unit for which somebody acted who is not of it

KINDS = {
    **dict.fromkeys(("project", "organisation", "place", "department", "source", "indicator"), _RECORD),
    **dict.fromkeys(("claim", "statistic", "batch", "fixtures", "standings"), _RECORD),
    "round": EntryKind(AuditReach.ROUNDS),
    "tip": EntryKind(AuditReach.RECORDS, frozenset({"verdict", "count"})),
    "report": EntryKind(AuditReach.REPORT, frozenset({"state", "version", "is_late", "claims", STANDS_IN})),
    "problem": EntryKind(AuditReach.REPORT, frozenset({STANDS_IN})),
    "attachment": EntryKind(AuditReach.REPORT, frozenset({"name", "kind", "sha256", STANDS_IN})),
    "user": EntryKind(AuditReach.ADMINISTRATORS, frozenset(_RIGHTS)),
    "demo": EntryKind(AuditReach.ADMINISTRATORS, frozenset()),
    "clock": EntryKind(AuditReach.ADMINISTRATORS),
    "secrets": EntryKind(AuditReach.ADMINISTRATORS),
    "migration": EntryKind(AuditReach.ADMINISTRATORS),
}
# Apart from its kind: an approved report is on record in full; of a unit it is not told whom to call.
APART = {
    "report.approve": EntryKind(AuditReach.REPORT),
    "department.save": EntryKind(AuditReach.RECORDS, frozenset({"code", "name", "name_en"})),
}
# One that the table does not know tells least, to fewest.
UNKNOWN = EntryKind(AuditReach.ADMINISTRATORS, frozenset())


def kind_of(action: str) -> EntryKind:
    """By the word before the dot: `claim.approve` is of a claim."""
    return APART.get(action) or KINDS.get(action.partition(".")[0], UNKNOWN)


def kept(action: str, before: object, after: object) -> tuple[object, object]:
    """What of both sides may stand in the entry."""
    values = kind_of(action).kept
    if values is None:
        return before, after
    names = _changed(before, after, values)
    before, after = _only(before, values), _only(after, values)
    if names and after is not None:
        after |= {FIELDS: names}
    elif names and before is not None:
        before |= {FIELDS: names}
    return before, after


def reaches(roles: Iterable[str], is_superuser: bool) -> frozenset[AuditReach]:
    """Whose subjects somebody reaches by role; of a report the report itself is asked as well."""
    given = set(roles)
    if is_superuser:
        return frozenset(AuditReach)
    if Role.REVIEWER in given:
        return frozenset({AuditReach.RECORDS, AuditReach.ROUNDS, AuditReach.REPORT})
    return frozenset({AuditReach.RECORDS}) if Role.EDITOR in given else frozenset()


def _changed(before: object, after: object, besides: frozenset[str]) -> list[str]:
    """The names of what differs; where there was nothing before, of what is said."""
    was, is_now = (side if isinstance(side, Mapping) else {} for side in (before, after))
    names = (was.keys() | is_now.keys()) - besides
    return sorted(name for name in names if _differs(was.get(name), is_now.get(name)))


def _differs(one: object, other: object) -> bool:
    return one != other and (_says(one) or _says(other))


def _says(value: object) -> bool:
    """Nothing is said by an empty text or list; a 0 is said."""
    if isinstance(value, Mapping):
        return any(map(_says, value.values()))
    if isinstance(value, list | tuple):
        return bool(value)
    return not (value is None or value is False or value == "")


def _only(side: object, names: frozenset[str]) -> dict[str, object] | None:
    if not isinstance(side, Mapping):
        return None
    return {name: value for name, value in side.items() if name in names}
