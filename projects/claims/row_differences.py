"""Derived rows that are kept, beside those that they should be: which differ, and writing only these."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model

from projects.claims import tallies
from projects.models import Current, ProjectEvent, ProjectMilestone, SourceUse

# By what a row is found again, so that it stays the same row while it changes.
KEYS = {
    Current: ("project_id",),
    ProjectMilestone: ("project_id", "milestone", "scope", "corner"),
    SourceUse: ("project_id", "source_id"),
    ProjectEvent: ("project_id", "what", "day", "known_on", "milestone", "claim_id", "was_id"),
}


def unlike(before: Iterable[Model], after: Iterable[Model]) -> set[int]:
    """The projects of rows on either side that the other has not, or has otherwise."""
    was, now = _by_key(before), _by_key(after)
    keys = _differing(was, now)
    return {(was.get(key) or now[key]).project_id for key in keys}


def write(before: Iterable[Model], after: Iterable[Model]) -> set[int]:
    """The differences, with the tallies; the projects of which any row differed."""
    was, now = _by_key(before), _by_key(after)
    keys = _differing(was, now)
    for key in keys & was.keys() & now.keys():
        now[key].pk = was[key].pk  # the same row: taken away and written again, which is far cheaper in bulk
    for model in KEYS:
        own = {key for key in keys if key[0] is model}
        _delete(model, [was[key].pk for key in own & was.keys()])
        model.objects.bulk_create([row for key, row in now.items() if key in own], batch_size=500)
    gone, come = [was[key] for key in keys & was.keys()], [now[key] for key in keys & now.keys()]
    tallies.shift(gone, come)
    return {row.project_id for row in (*gone, *come)}


def _differing(was: dict[tuple, Model], now: dict[tuple, Model]) -> set[tuple]:
    return {key for key in was.keys() | now.keys() if _values(was.get(key)) != _values(now.get(key))}


def _delete(model: type[Model], keys: list[int]) -> None:
    if keys:
        model.objects.filter(pk__in=keys).delete()


def _by_key(rows: Iterable[Model]) -> dict[tuple, Model]:
    return {(type(row), *(getattr(row, name) for name in KEYS[type(row)])): row for row in rows}


def _values(row: Model | None) -> tuple | None:
    fields = row._meta.concrete_fields if row else ()
    return tuple(getattr(row, one.attname) for one in fields if one.attname != "id") or None
