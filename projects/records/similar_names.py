"""Projects whose names resemble a name, for a person to judge.

They are looked up by what like names share (`models.search_text`), and only these are compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from projects.models import Alias, NameKey, Project
from projects.records.rules.likeness import are_alike, core, keys_of
from projects.search.results import MAX_ALIKE, alike


@dataclass(frozen=True, slots=True)
class Similar:
    """A project, and which of its names is alike."""

    pk: int
    code: str
    name: str
    by: str


def similar(*names: str, besides: int | None = None) -> list[Similar]:
    """Other projects with a name or an alias like one of these, in the order of their codes."""
    named = _candidates(names)
    aliases = aliases_of(named)
    found = []
    rows = Project.objects.filter(pk__in=named).exclude(pk=besides)
    for pk, code, name, name_en in rows.values_list("pk", "code", "name", "name_en"):
        theirs = [name, name_en, *aliases[pk]]
        by = next((one for one in theirs if any(are_alike(one, typed) for typed in names)), None)
        if by is not None:
            found.append(Similar(pk, code, name, by))
    return found


def aliases_of(projects: Iterable[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for project_id, name in Alias.objects.filter(project__in=projects).values_list("project_id", "name"):
        found[project_id].append(name)
    return found


def _candidates(names: Iterable[str]) -> set[int]:
    """Those that share a key with one of the names, and those that share its rarest pieces."""
    names = [name for name in names if name.strip()]
    keyed = NameKey.objects.filter(key__in=sorted(keys_of(names))).order_by("key")
    found = set(keyed.values_list("project", flat=True)[: 2 * MAX_ALIKE])
    for name in names:
        found.update(alike(core(name) or name))
    return found
