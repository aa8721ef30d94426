"""What is on record beside a report, and what differs from it."""

from datetime import date
from decimal import Decimal

import pytest

from projects.choices import Condition, Stage, Topic
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.core.statements import Number, Series, Statement
from projects.reports.rules import content
from projects.reports.rules.content import Content, Held, Pause, Promise

YI = 10**8
JANUARY, FEBRUARY, MARCH = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)
TODAY = date(2026, 4, 2)


def yi(amount: int) -> Money:
    return Money(amount * YI, "yi", 0)


def said(ref: str, series: Series, value, as_of: date, known_on: date | None = None, **fields) -> Statement:
    return Statement(ref, series, value, fuzzy_dates.day(as_of), known_on or as_of, **fields)


def record(*statements, asof=FEBRUARY, known=TODAY) -> Held:
    return content.held(statements, asof, known)


def to_date(ref: str, amount: int, as_of: date, **fields) -> Statement:
    return said(ref, content.TO_DATE, yi(amount), as_of, **fields)


def this_year(ref: str, amount: int, as_of: date) -> Statement:
    return said(ref, content.this_year_of(as_of), yi(amount), as_of)


def test_nothing_is_on_record():
    assert record() == Held()


def test_what_holds_on_the_reports_day_is_on_record():
    promised = fuzzy_dates.parse("2026-12")
    held = record(
        said("a", Series(Topic.STAGE), "building", JANUARY),
        said("b", Series(Topic.CONDITION), "paused", JANUARY),
        said("c", Series(Topic.TOTAL_INVESTMENT), yi(40), JANUARY),
        said("d", content.PROGRESS, Number(Decimal("37.5"), "%"), JANUARY),
        said("e", Series(Topic.PROMISED, "completed"), promised, JANUARY),
        said("k", Series(Topic.PROMISED, "operating"), "tbd", JANUARY),
        said("f", Series(Topic.ACTUAL, "started"), fuzzy_dates.day(JANUARY), JANUARY),
        to_date("g", 10, JANUARY),
        this_year("h", 1, JANUARY),
        said("i", content.WORKS, "主体封顶", JANUARY),
        said("j", Series(Topic.WORKS, scope="一期"), "一期的话", JANUARY),
    )
    assert held.works == "主体封顶"
    assert (held.stage, held.condition, held.total) == (Stage.BUILDING, Condition.PAUSED, yi(40))
    assert (held.to_date.value, held.this_year.value, held.progress) == (yi(10), yi(1), Decimal("37.5"))
    assert held.promised == {("completed", ""): promised, ("operating", ""): content.UNDECIDED}
    assert held.actual == {("started", ""): fuzzy_dates.day(JANUARY)}


def test_the_record_of_a_late_report_is_that_of_its_own_month():
    early, late = to_date("a", 10, JANUARY), to_date("b", 14, MARCH)
    held = record(early, late)
    assert (held.to_date, held.later_to_date) == (early, late)
    assert record(early, late, asof=MARCH).later_to_date is None


def test_what_was_corrected_or_is_not_known_yet_is_not_on_record():
    wrong = to_date("a", 99, JANUARY)
    right = to_date("b", 9, JANUARY, known_on=MARCH, corrects="a")
    assert record(wrong, right).to_date == right
    assert record(wrong, right, known=FEBRUARY).to_date == wrong


def test_another_years_amount_is_not_this_years():
    before = this_year("a", 3, date(2025, 12, 31))
    assert record(before).this_year is None
    assert record(before, asof=date(2025, 12, 31)).this_year == before


@pytest.mark.parametrize(
    ("statements", "before"),
    [
        ([], None),
        ([to_date("a", 10, date(2025, 10, 31))], None),
        ([to_date("a", 10, date(2025, 12, 31))], 10 * YI),
        ([to_date("a", 10, date(2025, 12, 26))], 10 * YI),
        ([to_date("a", 10, JANUARY), this_year("b", 1, JANUARY)], 9 * YI),
        # Not of the same day: one may have grown without the other.
        ([to_date("a", 10, FEBRUARY), this_year("b", 1, JANUARY)], None),
        ([this_year("b", 1, JANUARY)], None),
    ],
)
def test_what_had_been_invested_when_the_year_began(statements, before):
    assert content.invested_before(record(*statements), 2026) == before


def test_an_empty_amount_is_computed_from_the_other_and_the_record():
    held = record(to_date("a", 10, JANUARY), this_year("b", 1, JANUARY))
    filled = content.with_both_amounts(Content(this_year=yi(3)), held, FEBRUARY)
    assert (filled.this_year, filled.to_date) == (yi(3), yi(12))
    assert content.with_both_amounts(Content(this_year=yi(3)), Held(), FEBRUARY) == Content(this_year=yi(3))


def test_nothing_changed_says_stage_and_amounts_again_and_never_a_promise():
    held = record(
        said("a", Series(Topic.STAGE), "building", JANUARY),
        said("b", Series(Topic.PROMISED, "completed"), fuzzy_dates.parse("2026-12"), JANUARY),
        to_date("c", 10, JANUARY),
        this_year("d", 1, JANUARY),
    )
    assert content.unchanged(held, FEBRUARY) == Content(
        stage="building", condition="active", this_year=yi(1), to_date=yi(10), is_unchanged=True
    )


def test_nothing_changed_in_january_is_nothing_invested_this_year():
    held = record(to_date("a", 10, date(2025, 12, 31)), asof=JANUARY)
    assert content.unchanged(held, JANUARY).this_year == Money(0, "yi", 0)


def test_a_date_is_moved_where_another_was_promised_and_news_where_none_was():
    held = {("completed", ""): fuzzy_dates.parse("2026-12")}
    first, again = (
        Promise("started", fuzzy_dates.parse("2026")),
        Promise("completed", fuzzy_dates.parse("2026-12")),
    )
    moved, part = (
        Promise("completed", fuzzy_dates.parse("2027")),
        Promise("completed", fuzzy_dates.parse("2027"), "一期"),
    )
    assert [content.has_moved(one, held) for one in (first, again, moved, part)] == [
        False,
        False,
        True,
        False,
    ]
    assert [content.is_news(one, held) for one in (first, again, moved, part)] == [True, False, True, True]


def test_an_empty_content_is_empty():
    assert Content().pause == Pause() and Content().confirmed == {}
