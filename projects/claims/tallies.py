"""The tallies of everything (`models.current`): what each row adds, shifted with every write, counted anew.

What is tallied is a pure value of `core.today`; reading the tallies is `claims.standings`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Model

from projects.core import today
from projects.core.rectangles import FOREVER
from projects.core.today import ADDS, EVENT, NO_DAY, PART, UNKNOWN, TallyKey, TallySum
from projects.models import Current, PortfolioTally, ProjectEvent, ProjectMilestone, SourceUse
from projects.models.managers import in_batches

FACETS = ("kind", "sector", "stage", "stage_basis", "record_type", "condition", "place")
BY_STAGE = {"kind": "kind stage", "place": "place stage"}  # counted for each stage and by its age, too
Sums = dict[TallyKey, TallySum]


def of(rows: Iterable[Model]) -> Sums:
    """What these rows add to the counts of everything."""
    return today.added(part for row in rows for part in TOLD[type(row)](row))


def _of_current(row: Current) -> Iterator[tuple[TallyKey, TallySum]]:
    for name in FACETS:
        choice = row.place_id if name == "place" else getattr(row, name)
        yield TallyKey(name, str(choice or ""), row.is_counted), TallySum(1)
        if name in BY_STAGE:
            by_stage, said_on = f"{choice or ''} {row.stage}", row.stage_said_on or NO_DAY
            yield TallyKey(BY_STAGE[name], by_stage, row.is_counted, said_on), TallySum(1)
    if row.stage_said_on:
        yield TallyKey("said", row.stage, row.is_counted, row.stage_said_on), TallySum(1)
    money = TallySum(1, row.total_investment or 0)
    yield TallyKey("total", _amount(row, row.above_id is not None)), money
    if row.is_counted:
        yield TallyKey("headline", _amount(row, row.is_above_counted), True), money


def _amount(row: Current, is_part: bool) -> str:
    """Whether it is added to the sum, with its qualifier and basis."""
    if row.total_investment is None:
        return UNKNOWN
    words = (PART if is_part else ADDS, "stated" if row.is_total_stated else "inferred", row.total_qualifier)
    return " ".join(words).strip()


def _of_milestone(row: ProjectMilestone) -> Iterator[tuple[TallyKey, TallySum]]:
    """Of a row that holds today, its first promise: by its last day, its verdicts, its basis."""
    if row.first_latest and row.is_open:
        words = f"{row.verdict_until} {row.verdict_after} {'stated' if row.is_first_stated else 'inferred'}"
        yield TallyKey("promise", words, day=row.first_latest), TallySum(1)


def _of_use(row: SourceUse) -> Iterator[tuple[TallyKey, TallySum]]:
    yield TallyKey("drawn", str(row.source_id)), TallySum(int(row.is_drawn_on))
    yield TallyKey("taken", str(row.source_id)), TallySum(row.claims)


def _of_event(row: ProjectEvent) -> Iterator[tuple[TallyKey, TallySum]]:
    """Those that are known today."""
    if row.known_until == FOREVER:
        yield TallyKey(EVENT, row.what, row.is_counted, row.day), TallySum(1)


TOLD = {
    Current: _of_current,
    ProjectMilestone: _of_milestone,
    SourceUse: _of_use,
    ProjectEvent: _of_event,
}


def shift(before: Iterable[Model], after: Iterable[Model]) -> None:
    """From some rows to others. Whoever publishes has the data version locked: no two shift at once."""
    moved = today.difference(of(before), of(after))
    rows = {TallyKey(row.what, row.choice, row.is_counted, row.day): row for row in _rows_of(moved)}
    new = [_row(key, by) for key, by in moved.items() if key not in rows]
    changed = [(rows[key], by) for key, by in moved.items() if key in rows]
    for row, by in changed:
        row.n, row.yuan = row.n + by.n, row.yuan + by.yuan
    gone = [row.pk for row, _ in changed if (row.n, row.yuan) == (0, 0)]
    if gone:
        PortfolioTally.objects.filter(pk__in=gone).delete()
    left = [row for row, _ in changed if row.pk not in gone]
    if left:
        PortfolioTally.objects.bulk_update(left, ["n", "yuan"], batch_size=200)
    PortfolioTally.objects.bulk_create(new, batch_size=500)


def _rows_of(moved: Sums) -> Iterable[PortfolioTally]:
    if not moved:
        return ()
    whats, choices = {key.what for key in moved}, {key.choice for key in moved}
    days = {key.day for key in moved}
    return PortfolioTally.objects.filter(what__in=whats, choice__in=choices, day__in=days)


def _row(key: TallyKey, one: TallySum) -> PortfolioTally:
    return PortfolioTally(
        what=key.what, choice=key.choice, is_counted=key.is_counted, day=key.day, n=one.n, yuan=one.yuan
    )


def is_behind() -> bool:
    """Whether they were written before stages were counted by when they were last said."""
    undated = PortfolioTally.objects.filter(what__in=BY_STAGE.values(), day=NO_DAY)
    return undated.exclude(choice__endswith=" ").exists()


def kept() -> Sums:
    rows = PortfolioTally.objects.values_list("what", "choice", "is_counted", "day", "n", "yuan")
    return {TallyKey(*key): TallySum(n, yuan) for *key, n, yuan in rows}


def counted() -> Sums:
    """From every row, in short reads."""
    batches = (rows for model in TOLD for rows in in_batches(model.objects.all()))
    return today.added(part for rows in batches for part in of(rows).items())


def write(sums: Sums) -> bool:
    """All of them anew; whether any differed."""
    if kept() == sums:
        return False
    PortfolioTally.objects.all().delete()
    PortfolioTally.objects.bulk_create((_row(key, one) for key, one in sums.items()), batch_size=500)
    return True
