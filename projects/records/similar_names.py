"""Projects whose names resemble a name, for a person to judge. All of them are compared, in two reads."""

from __future__ import annotations

from dataclasses import dataclass

from projects.models import Alias, Project
from projects.records.rules.likeness import are_alike


@dataclass(frozen=True, slots=True)
class Similar:
    """A project, and which of its names is alike."""

    pk: int
    code: str
    name: str
    by: str


def similar(*names: str, besides: int | None = None) -> list[Similar]:
    """Other projects with a name or an alias like one of these, in the order of their codes."""
    aliases: dict[int, list[str]] = {}
    for project_id, name in Alias.objects.values_list("project_id", "name"):
        aliases.setdefault(project_id, []).append(name)
    rows = Project.objects.exclude(pk=besides)
    found = []
    for pk, code, name, name_en in rows.values_list("pk", "code", "name", "name_en"):
        theirs = [name, name_en, *aliases.get(pk, [])]
        by = next((one for one in theirs if any(are_alike(one, typed) for typed in names)), None)
        if by is not None:
            found.append(Similar(pk, code, name, by))
    return found
