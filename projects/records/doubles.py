"""Public records that may be doubles of each other, found by the keys that their names share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from projects.models import NameKey, Project
from projects.records.rules import doubles
from projects.records.rules.doubles import NamedProject
from projects.records.similar_names import aliases_of

A_PAGE = 20
MAX_KEYS = 1000  # that are looked at for a page
MAX_SHARING = 12  # what more records share tells none of them


@dataclass(frozen=True, slots=True)
class LikelyDoubles:
    """Pairs, and the key after which the next are looked for; "" where there are no more."""

    pairs: list[tuple[Project, Project]]
    after: str


def likely(after: str = "") -> LikelyDoubles:
    """Those of equal cores first."""
    shared = NameKey.objects.filter(key__gt=after).values("key").annotate(count=Count("project"))
    shared = shared.filter(count__range=(2, MAX_SHARING)).order_by("key")
    keys = list(shared.values_list("key", flat=True)[: MAX_KEYS + 1])
    members = _members(keys[:MAX_KEYS])
    projects, named = _projects({pk for sharing in members.values() for pk in sharing})
    found: list[tuple[int, int]] = []
    seen = 0
    while seen < len(members) and len(found) < A_PAGE:
        sharing = [named[pk] for pk in members[keys[seen]] if pk in named]
        found += doubles.pairs_of(keys[seen], sharing)
        seen += 1
    pairs = [(projects[one], projects[other]) for one, other in found]
    return LikelyDoubles(pairs, keys[seen - 1] if seen < len(keys) else "")


def _members(keys: Sequence[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    rows = NameKey.objects.filter(key__in=keys).order_by("key", "project")
    for key, project in rows.values_list("key", "project"):
        found[key].append(project)
    return found


def _projects(keys: set[int]) -> tuple[dict[int, Project], dict[int, NamedProject]]:
    rows = Project.objects.public().select_related("place", "department").in_bulk(keys)
    aliases = aliases_of(rows)
    named = {
        pk: NamedProject(pk, tuple(filter(None, (one.name, one.name_en, *aliases[pk]))), one.parent_id)
        for pk, one in rows.items()
    }
    return rows, named
