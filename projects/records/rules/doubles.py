"""Which records may be doubles, and which claims of a double the record that stays does not say yet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from projects.core.statements import Statement
from projects.records.rules.likeness import are_alike, core, keys_of

_NUMBERS = re.compile(r"[0-9一二三四五六七八九十]+")


@dataclass(frozen=True, slots=True)
class NamedProject:
    """A record with its names and the whole of which it is a part."""

    pk: int
    names: tuple[str, ...]
    parent: int | None = None


def pairs_of(key: str, sharing: Sequence[NamedProject]) -> list[tuple[int, int]]:
    """Of the records that share a key those that may be doubles; each pair under its first key alone."""
    return [
        (one.pk, other.pk)
        for one, other in combinations(sharing, 2)
        if min(keys_of(one.names) & keys_of(other.names), default="") == key and may_be_doubles(one, other)
    ]


def may_be_doubles(one: NamedProject, other: NamedProject) -> bool:
    """Neither a whole and its part, nor parts of one whole, nor the first and the second of something."""
    is_related = one.pk == other.parent or other.pk == one.parent
    is_beside = one.parent is not None and one.parent == other.parent
    if is_related or is_beside:
        return False
    return any(
        are_alike(mine, theirs) and not _are_numbered_apart(mine, theirs)
        for mine in one.names
        for theirs in other.names
    )


def _are_numbered_apart(one: str, other: str) -> bool:
    numbers, others = _NUMBERS.findall(core(one)), _NUMBERS.findall(core(other))
    return bool(numbers and others) and numbers != others


def unsaid(theirs: Iterable[Statement], held: Iterable[Statement]) -> list[str]:
    """The references of what the held ones do not say equally, from the same source."""
    said = {_essence(one) for one in held}
    return [one.ref for one in theirs if one.value is not None and _essence(one) not in said]


def _essence(one: Statement) -> tuple[object, ...]:
    return (one.series, one.value, one.qualifier, one.is_stated, one.as_of.text, one.source)
