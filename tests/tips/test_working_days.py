"""Five working days, with the days off and the weekends worked of each year that is known."""

from datetime import date

import pytest

from projects.tips.rules import working_days
from projects.tips.rules.working_days import YEARS, AnswerDay


@pytest.mark.parametrize(
    ("came", "due", "is_sure"),
    [
        (date(2026, 3, 2), date(2026, 3, 9), True),  # Monday to Monday
        (date(2026, 3, 7), date(2026, 3, 13), True),  # a Saturday counts from Monday on
        (date(2026, 2, 12), date(2026, 2, 26), True),  # Saturday 14 is worked, then nine days off
        (date(2026, 2, 26), date(2026, 3, 4), True),  # Saturday 28 is worked
        (date(2026, 9, 30), date(2026, 10, 13), True),  # Saturday 10 October is worked
        (date(2026, 12, 24), date(2026, 12, 31), True),
        (date(2026, 12, 28), date(2027, 1, 4), False),  # no notice of 2027: New Year's Day counts
        (date(2031, 5, 1), date(2031, 5, 8), False),
    ],
)
def test_five_working_days(came, due, is_sure):
    assert working_days.due(came) == AnswerDay(due, is_sure)


def test_each_year_names_its_notice_and_only_its_own_days():
    for number, year in YEARS.items():
        assert year.notice
        days = [day for span in year.off for day in span] + list(year.worked)
        assert {day.year for day in days} == {number}
        assert all(first <= last for first, last in year.off)
        assert all(day.weekday() >= working_days.SATURDAY for day in year.worked)
        assert not any(first <= day <= last for day in year.worked for first, last in year.off)


def test_what_it_was_reckoned_by():
    assert working_days.notices(date(2026, 12, 28), date(2027, 1, 4)) == [YEARS[2026].notice]
