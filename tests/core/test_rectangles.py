"""The projection says on every (as-of, known) exactly what the rule applied directly says."""

from datetime import date, timedelta
from itertools import product

from hypothesis import given, settings

from projects.choices import Stage, Topic
from projects.core import fuzzy_dates
from projects.core.rectangles import FOREVER, Rectangle, joined, rectangles, standing
from projects.core.statements import Series, Statement
from tests.core.histories import FIRST_DAY, LAST_DAY, histories


def days_that_matter(history: list[Statement]) -> list[date]:
    """Every bound in the history, the day before it, and both ends."""
    bounds = {one.known_on for one in history} | {one.as_of.latest for one in history}
    return sorted(bounds | {day - timedelta(days=1) for day in bounds} | {FIRST_DAY, LAST_DAY})


def looked_up(rows: list[Rectangle], asof: date, known: date):
    found = [
        row.standing
        for row in rows
        if row.asof_from <= asof < row.asof_to and row.known_from <= known < row.known_to
    ]
    assert len(found) <= 1, "rectangles overlap"
    return found[0] if found else None


@settings(max_examples=20, deadline=None)
@given(histories())
def test_a_lookup_equals_the_rule(history):
    rows = rectangles(history)
    days = days_that_matter(history)
    for known in days:
        for asof in days:
            assert looked_up(rows, asof, known) == standing(history, asof, known)


@settings(max_examples=20, deadline=None)
@given(histories())
def test_rectangles_do_not_overlap_and_have_an_inside(history):
    rows = rectangles(history)
    for row in rows:
        assert row.asof_from < row.asof_to and row.known_from < row.known_to
    for number, one in enumerate(rows):
        for other in rows[number + 1 :]:
            apart_asof = one.asof_to <= other.asof_from or other.asof_to <= one.asof_from
            apart_known = one.known_to <= other.known_from or other.known_to <= one.known_from
            assert apart_asof or apart_known


@settings(max_examples=10, deadline=None)
@given(histories())
def test_the_order_in_which_claims_arrive_does_not_matter(history):
    assert rectangles(history) == rectangles(list(reversed(history)))


def monthly_reports(count: int) -> list[Statement]:
    history = []
    for month in range(count):
        end = date(2020 + month // 12, month % 12 + 1, 28)
        history.append(
            Statement(
                f"r{month:02}",
                Series(Topic.STAGE),
                Stage.BUILDING.value,
                fuzzy_dates.day(end),
                end + timedelta(days=5),
                rank=4,
                source=f"report-{month:02}",
            )
        )
    return history


def test_sixty_monthly_reports_give_about_120_rectangles():
    assert 115 <= len(rectangles(monthly_reports(60))) <= 125


def test_nothing_known_is_no_rectangle():
    assert rectangles([]) == []
    assert standing([], LAST_DAY, LAST_DAY) is None


def test_today_is_the_rectangle_open_at_both_ends():
    rows = rectangles(monthly_reports(3))
    assert [row.standing.last_known_on for row in rows if row.asof_to == row.known_to == FOREVER] == [
        date(2020, 4, 2)
    ]


def test_a_withdrawal_reaches_back_only_on_the_clock_of_knowledge():
    """Control for the sweep: what was known before a withdrawal stays known for that day."""
    said = Statement(
        "a", Series(Topic.STAGE), "operating", fuzzy_dates.parse("2021-01"), date(2021, 2, 1), source="x"
    )
    withdrawn = Statement(
        "b",
        Series(Topic.STAGE),
        None,
        fuzzy_dates.parse("2021-01"),
        date(2021, 3, 1),
        source="y",
        corrects="a",
    )
    rows = rectangles([said, withdrawn])
    assert looked_up(rows, date(2021, 2, 15), date(2021, 2, 15)).stage == Stage.OPERATING
    assert looked_up(rows, date(2021, 2, 15), date(2021, 3, 1)) is None


@given(histories())
def test_pieces_that_are_joined_cover_the_same_days_once_and_are_no_more(history):
    pieces = [(one.asof_from, one.asof_to, one.known_from, one.known_to) for one in rectangles(history)]
    found = joined(pieces)
    assert len(found) <= len(pieces)
    days = {day for one in pieces for day in one}
    for asof, known in product(days, days):
        assert covering(found, asof, known) == covering(pieces, asof, known)


def covering(pieces, asof, known) -> int:
    return sum(one[0] <= asof < one[1] and one[2] <= known < one[3] for one in pieces)


def test_what_touches_becomes_one():
    days = [date(2024, 1, number) for number in range(1, 5)]
    below = [(days[0], days[1], days[0], days[1]), (days[1], days[2], days[0], days[1])]
    above = (days[0], days[2], days[1], days[3])
    assert joined([above, *below]) == [(days[0], days[2], days[0], days[3])]
