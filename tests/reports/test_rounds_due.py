"""Rounds opened and closed as their days come, by nobody, once."""

from datetime import UTC, datetime

import pytest

from projects.models import AuditEntry, Round
from projects.reports import rounds

pytestmark = pytest.mark.django_db


def day(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 1, tzinfo=UTC)


def run(at: datetime) -> tuple[list[str], list[str]]:
    return rounds.open_due(at=at), rounds.close_due(at=at)


def test_a_month_opens_on_the_25th_and_closes_after_the_5th():
    assert run(day(2, 25)) == (["2026-02"], [])
    assert run(day(2, 25)) == run(day(3, 5)) == ([], [])
    assert run(day(3, 6)) == ([], ["2026-02"])
    assert run(day(3, 6)) == ([], [])
    entries = AuditEntry.objects.order_by("number").values_list("action", "subject", "by")
    assert list(entries) == [("round.open", "2026-02", None), ("round.close", "2026-02", None)]


def test_the_day_is_that_of_shanghai():
    """The 25th begins there while it is the 24th in Greenwich."""
    before, after = datetime(2026, 2, 24, 15, 59, tzinfo=UTC), datetime(2026, 2, 24, 16, tzinfo=UTC)
    assert (run(before), run(after)) == (([], []), (["2026-02"], []))


def test_after_months_of_silence_the_missed_ones_are_opened_in_order_and_those_past_closed():
    run(day(11, 25, 2025))
    opened, closed = run(day(3, 2))
    assert opened == ["2025-12", "2026-01", "2026-02"]
    assert closed == ["2025-11", "2025-12", "2026-01"]
    assert not Round.objects.get(month="2026-02").is_closed


def test_a_round_with_days_of_its_own_keeps_them():
    first, last = day(2, 26).date(), day(3, 20).date()
    rounds.open_round("2026-02", opens_on=first, closes_on=last, by=None, at=day(2, 20))
    assert run(day(3, 6)) == run(day(3, 20)) == ([], [])
    assert run(day(3, 21)) == ([], ["2026-02"])


def test_what_a_reviewer_did_first_is_left_as_it_is(people):
    opened = rounds.open_round("2026-02", by=people.reviewer, at=day(2, 25))
    rounds.close_round(opened, by=people.reviewer, at=day(3, 4))
    assert run(day(3, 6)) == ([], [])
    assert Round.objects.get().closed_by == people.reviewer
