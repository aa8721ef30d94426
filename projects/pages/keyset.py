"""Pages of a list that are linked by the key of a row, never by counting off: each costs what it shows.

Rows lie in segments, one after the other; each is ordered by columns that an index has, the last of them
telling its rows apart. Pages stay where they are while records come in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zlib import crc32

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.http import urlencode

from projects.models.prepared import Prepared, prepared

AFTER, BEFORE = "after", "before"
LINKS = (AFTER, BEFORE)
MAX_KEY = 300
SEPARATOR = "~"


@dataclass(frozen=True, slots=True)
class Segment:
    """Rows in an order: names of columns, each with a minus to turn it round.

    Where no index has the order, what is shown of the page's rows is read from `whole`, by their keys: to
    sort it would be to read it of every row.
    """

    rows: QuerySet | Prepared
    order: tuple[str, ...]
    whole: Callable[[], QuerySet] | None = None

    @property
    def columns(self) -> list[str]:
        return [name.removeprefix("-") for name in self.order]

    def turned(self) -> Segment:
        turned = [name.removeprefix("-") if name.startswith("-") else f"-{name}" for name in self.order]
        return replace(self, order=tuple(turned))

    def parts(self, key: tuple | None, most: int) -> Iterable[Segment]:
        """What holds its rows, or those after a key, one after the other; no more than `most` are wanted."""
        return [self] if key is None else self.beyond(key)

    def beyond(self, key: tuple) -> list[Segment]:
        """The rows after the key, as ranges of the index: first those equal to it in all but the last."""
        parts = []
        for number in reversed(range(len(self.order))):
            further = "lt" if self.order[number].startswith("-") else "gt"
            lookups = (*self.columns[:number], f"{self.columns[number]}__{further}")
            values = {f"key{at}": one for at, one in enumerate(key[: number + 1])}
            parts.append(Segment(prepared(self.rows).then(_beyond, lookups, **values), self.order[number:]))
        return parts


@dataclass(frozen=True, slots=True)
class Ignored:
    """A parameter of an address whose value means nothing on its page, which says so."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class KeysetPage:
    """The rows of a page, and the keys from which the pages beside it go on; "" at an end."""

    rows: list[tuple]
    before: str
    after: str
    bad: list[Ignored]  # what was asked for and is no key of this list

    def links(self, params: Mapping) -> dict[str, str]:
        """The questions of the first page, the one before and the one after, where there are such."""
        asked = {"first": {}, "before": {BEFORE: self.before}, "after": {AFTER: self.after}}
        wanted = {"first": self.before, "before": self.before, "after": self.after}
        return {name: _query(params, asked[name]) for name, key in wanted.items() if key}


def _query(params: Mapping, asked: dict[str, str]) -> str:
    query = dict(params.lists() if isinstance(params, QueryDict) else params)
    for name in LINKS:
        query.pop(name, None)
    return urlencode(query | asked, doseq=True)


def page(
    segments: Sequence[Segment],
    columns: Sequence[str],
    size: int,
    params: QueryDict,
    question: str,
    looked: int | None = None,
) -> KeysetPage:
    """The page that an address asks for; a key of another question leads to the first.

    With `looked` the last column says whether a row is wanted, and that many rows are looked at; a page may
    then be short, and those beside it go on from what was looked at.
    """
    mark = _mark(question)
    direction, position, bad = _asked(segments, params, mark)
    is_back = direction == BEFORE
    way = [one.turned() for one in reversed(segments)] if is_back else list(segments)
    most = looked or size
    found = _walk(way, position, columns, most + 1)
    has_more, found = len(found) > most, found[:most]
    wanted = [nth for nth, (*_, row) in enumerate(found) if looked is None or row[-1]]
    if len(wanted) > size:
        has_more, found = True, found[: wanted[size - 1] + 1]
    if is_back:
        count = len(segments) - 1
        found = [(count - number, key, row) for number, key, row in reversed(found)]
    ends = [key_of(question, *key, segment=number) for number, key, _ in found[:1] + found[-1:]]
    has_before = has_more if is_back else position is not None
    has_after = is_back or has_more
    return KeysetPage(
        rows=[row for *_, row in found if looked is None or row[-1]],
        before=ends[0] if ends and has_before else "",
        after=ends[-1] if ends and has_after else "",
        bad=bad,
    )


def page_of_list(
    rows: Sequence, name: Callable[[Any], str], size: int, params: QueryDict, question: str
) -> KeysetPage:
    """Of rows that are all at hand, as of a past day: by the name that tells them apart."""
    names = [key_in_list(name(row), question) for row in rows]
    direction, text, bad = _named(names, params)
    begin = names.index(text) + 1 if text else 0
    if direction == BEFORE:
        begin = max(0, names.index(text) - size)
    end = begin + size
    return KeysetPage(
        rows=list(rows[begin:end]),
        before=names[begin] if begin and begin < len(names) else "",
        after=names[end - 1] if end < len(names) else "",
        bad=bad,
    )


def _mark(question: str) -> str:
    return f"{crc32(question.encode()):08x}"


def key_of(question: str, *values: Any, segment: int = 0) -> str:
    """Of the row with these values in the columns of its order, as `page` takes it."""
    return SEPARATOR.join([_mark(question), str(segment), *map(str, values)])


def key_in_list(name: str, question: str) -> str:
    """Of the row of that name, as `page_of_list` takes it."""
    return f"{_mark(question)}{SEPARATOR}{name}"


def _named(names: Sequence[str], params: QueryDict) -> tuple[str, str, list]:
    asked = [Ignored(name, text) for name in LINKS if (text := params.get(name, "").strip())]
    bad = [one for one in asked if one.value not in names]
    good = next((one for one in asked if one not in bad), Ignored(AFTER, ""))
    return good.name, good.value, bad


def _walk(way: list[Segment], position: tuple | None, columns: Sequence[str], wanted: int) -> list[tuple]:
    """Rows with the number of their segment on the way and their key."""
    found: list[tuple] = []
    begin, key = position if position else (0, None)
    for number in range(begin, len(way)):
        segment = way[number]
        if len(found) == wanted:
            break
        for part in segment.parts(key if number == begin else None, wanted):
            found += _read(segment, part, number, columns, wanted - len(found))
            if len(found) == wanted:
                break
    return found


def _read(segment: Segment, part: Segment, number: int, columns: Sequence[str], most: int) -> list[tuple]:
    keys = segment.columns
    if segment.whole is None:
        asked = prepared(part.rows).then(_first_of, part.order, (*keys, *columns), most)
    else:
        asked = prepared(part.rows).then(_whole_of, segment.whole, part.order, (*keys, *columns), most)
    values = asked.fetch()
    return [(number, row[: len(keys)], row[len(keys) :]) for row in values]


def _beyond(rows: QuerySet, lookups: tuple[str, ...], **key: Any) -> QuerySet:
    return rows.filter(**dict(zip(lookups, key.values(), strict=True)))


def _first_of(rows: QuerySet, order: tuple[str, ...], columns: tuple[str, ...], most: int) -> QuerySet:
    return rows.order_by(*order).values_list(*columns)[:most]


def _whole_of(
    rows: QuerySet, whole: Callable[[], QuerySet], order: tuple[str, ...], columns: tuple[str, ...], most: int
) -> QuerySet:
    keys = rows.order_by(*order).values("pk")[:most]
    return whole().filter(pk__in=keys).order_by(*order).values_list(*columns)


def _asked(segments: Sequence[Segment], params: QueryDict, mark: str) -> tuple[str, tuple | None, list]:
    """Which way from which key: the number of its segment on the way, and its values."""
    bad = []
    for direction in LINKS:
        text = params.get(direction, "").strip()
        if not text:
            continue
        position = _position(segments, text, mark)
        if position is None:
            bad.append(Ignored(direction, text))
            continue
        number, key = position
        return direction, (len(segments) - 1 - number if direction == BEFORE else number, key), bad
    return AFTER, None, bad


def _position(segments: Sequence[Segment], text: str, mark: str) -> tuple[int, tuple] | None:
    if len(text) > MAX_KEY or "\0" in text:
        return None
    its, _, rest = text.partition(SEPARATOR)
    number, _, key = rest.partition(SEPARATOR)
    if its != mark or not number.isdecimal() or int(number) >= len(segments):
        return None
    segment = segments[int(number)]
    parts = key.rsplit(SEPARATOR, len(segment.order) - 1)
    try:
        fields = prepared(segment.rows).fields(*segment.columns)
        return int(number), tuple(one.to_python(part) for one, part in zip(fields, parts, strict=True))
    except (ValidationError, ValueError):
        return None
