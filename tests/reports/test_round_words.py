"""Rounds in words: their days, their numbers, the reminders; in both languages."""

from datetime import date

import pytest
from django.utils.translation import override

from projects.reports import round_words
from projects.reports.round_words import Occasion, Owed, UnitTally
from projects.reports.rules.rounds import Tally

MONTH, ON = date(2026, 2, 1), date(2026, 3, 2)
BOOK = "https://example.org/desk/book/2026-02/"
DUE = Occasion(MONTH, date(2026, 3, 5), False, ON, "https://example.org/desk/", BOOK)
UNIT = UnitTally(
    "交通局", Tally(missing=1, draft=1, approved=2), (Owed("公路", "QJ-0001"), Owed("桥", "QJ-0002", "draft"))
)


@pytest.fixture(params=["zh-hans", "en"])
def language(request):
    with override(request.param):
        yield request.param


def test_every_column_is_a_number_of_the_tally():
    assert round_words.figures(Tally(1, 2, 3, 4, 5, 6)) == [15, 1, 2, 3, 4, 5, 9, 6]
    assert len(round_words.COLUMNS) == 8


@pytest.mark.parametrize(
    ("tally", "zh", "en"),
    [
        (Tally(), "无应报项目", "none expected"),
        (Tally(approved=3), "100%", "100%"),
        (Tally(missing=1, approved=2), "66.7%", "66.7%"),
    ],
)
def test_completeness(tally, zh, en):
    with override("zh-hans"):
        assert round_words.completeness(tally) == zh
    with override("en"):
        assert round_words.completeness(tally) == en


@pytest.mark.parametrize(
    ("opens_on", "closes_on", "zh"),
    [
        (date(2026, 2, 25), date(2026, 3, 5), "2026年2月25日至3月5日"),
        (date(2026, 2, 25), date(2026, 3, 31), "2026年2月25日至3月31日"),  # no limit of a quarter
        (date(2026, 12, 25), date(2027, 1, 5), "2026年12月25日至2027年1月5日"),
    ],
)
def test_the_days_of_a_round_last_from_one_to_the_other(opens_on, closes_on, zh):
    with override("zh-hans"):
        assert round_words.days(opens_on, closes_on) == zh


def test_a_reminder_says_until_when_how_many_and_which(language):
    text = round_words.reminder(DUE, UNIT)
    for part in ("交通局", "公路", "QJ-0001", "QJ-0002", "https://example.org/desk/", BOOK, "4", "2"):
        assert part in text
    assert "%(" not in text and text.count("\n\n") == 4


def test_units_that_owe_nothing_are_counted_and_not_listed(language):
    text = round_words.reminder_to_all(DUE, [UnitTally("水利局", Tally(approved=3)), UNIT])
    assert "水利局" not in text and "交通局" in text
    assert ("应报项目7个，已报5个" if language == "zh-hans" else "5 of 7 reports") in text


def test_headings_are_numbered_as_official_papers_number_them():
    with override("zh-hans"):
        assert round_words.numbered(12, "x") == "十二、x" and round_words.numbered_below(3, "x") == "（三）x"
        assert round_words.heading(UNIT) == "交通局（2个）"
    with override("en"):
        assert round_words.numbered(12, "x") == "12. x" and round_words.numbered_below(3, "x") == "(3) x"
