"""How many rows each choice of a facet would give, on any day: one statement for all of them.

Rows of today are grouped in the order of the index that covers them: it alone is read, as it lies, nothing is
sorted. Those of a past day are `claims.past_day`; counts of everything are kept (`claims.tallies`).
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import CharField, Count, Expression, QuerySet, Value

from projects.choices import Age
from projects.claims import past_day, stage_ages
from projects.claims.standings import AGE, COUNTED, FACETS
from projects.models import Standing

# As the index `current_facets` begins.
COVERED = ("stage", "kind", "sector", "record_type", "condition", "place_id", "is_counted")
COLUMNS = FACETS | {COUNTED: "is_counted"}
AT = {name: COVERED.index(column) for name, column in COLUMNS.items()}


def facets(results: dict[str, QuerySet], day: date) -> dict[str, dict[str, int]]:
    if next(iter(results.values())).model is Standing:
        return _on_past(results, day)
    return facet_counts(facet_rows(results, day))


def facet_rows(results: dict[str, QuerySet], day: date) -> QuerySet:
    """Of rows of today: names of facets, the values that they are counted by, how many, how many of each age.

    `results` holds for each facet the rows that all other filters leave; for `COUNTED` all that are left.
    """
    # What is grouped by all columns comes first: it tells PostgreSQL what stands in them.
    named: dict[int, list[str]] = {}
    for name in sorted(results, key=lambda name: name != COUNTED):
        named.setdefault(id(results[name]), []).append(name)
    first, *rest = (_group(results[names[0]], names, day) for names in named.values())
    return first.union(*rest, all=True) if rest else first


def _group(rows: QuerySet, names: list[str], day: date) -> QuerySet:
    """By no more columns than tell the choices apart: there are far fewer of them than rows."""
    width = 1 + max(AT.get(name, 0) for name in names)
    spared = _spared(width)
    ages = stage_ages.ranges(day).items() if AGE in names else ()
    numbers = _no_ages() | {_number(age): Count("pk", filter=within) for age, within in ages}
    rows = rows.order_by().annotate(names=Value(" ".join(names)), **spared)
    return rows.values_list("names", *COVERED[:width], *spared).annotate(n=Count("pk"), **numbers)


def beside(rows: QuerySet, name: str, text: str, number: Expression) -> QuerySet:
    """A text and a number of each of some rows, in the shape of the groups: one union asks for both.

    `name` marks these rows, by which `apart` takes them out of the answer again.
    """
    spared, no_ages = _spared(1), _no_ages()
    rows = rows.annotate(names=Value(name), n=number, **spared, **no_ages)
    return rows.values_list("names", text, *spared, "n", *no_ages)


def apart(found: Iterable[tuple], name: str) -> tuple[list[tuple], list[tuple[str, int]]]:
    """The answer of such a union, parted: the groups, and (text, number) of the rows marked with `name`."""
    groups = list(found)
    told = [(text, values[len(COVERED) - 1]) for asked, text, *values in groups if asked == name]
    return [one for one in groups if one[0] != name], told


def _spared(width: int) -> dict[str, Value]:
    return {f"no_{column}": Value(None, CharField()) for column in COVERED[width:]}


def _no_ages() -> dict[str, Value]:
    return dict.fromkeys(map(_number, Age.values), Value(0))


def _number(age: str) -> str:
    return f"age_{age}"


def facet_counts(groups: Iterable[tuple]) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = {name: Counter() for name in (*FACETS, AGE, COUNTED)}
    for names, *values in groups:
        n, *ages = values[len(COVERED) :]
        for name in names.split():
            if name == AGE:
                counts[name].update(dict(zip(Age.values, ages, strict=True)) | {"": n - sum(ages)})
            else:
                counts[name][past_day.choice(values[AT[name]])] += n
    return {name: dict(+numbers) for name, numbers in counts.items()}


def _on_past(results: dict[str, QuerySet], day: date) -> dict[str, dict[str, int]]:
    """Those that no filter of their own narrows share their rows."""
    shared = {id(rows): rows for rows in results.values()}
    alike = dict(zip(shared, past_day.groups(shared.values(), day), strict=True))
    columns = COLUMNS | {AGE: "age"}
    return {name: past_day.by_choice(alike[id(rows)], columns[name]) for name, rows in results.items()}
