"""Rounds are opened and closed once, by a reviewer or by the command."""

from datetime import date, timedelta

import pytest

from projects.audit.data_version import current_version
from projects.core.refusals import Refused
from projects.models import AuditEntry, Round
from projects.reports import rounds
from tests.cast import AT, TODAY

pytestmark = pytest.mark.django_db

MONTH = "2026-02"


@pytest.mark.parametrize("who", ["reviewer", None])
def test_a_reviewer_or_the_command_opens_a_round_with_its_default_days(people, who):
    by = getattr(people, who) if who else None
    opened = rounds.open_round(MONTH, by=by, at=AT)
    opened.refresh_from_db()
    assert (opened.opens_on, opened.closes_on) == (date(2026, 2, 25), date(2026, 3, 5))
    assert (opened.month_earliest, opened.month_latest) == (date(2026, 2, 1), date(2026, 2, 28))
    assert (opened.opened_by, opened.opened_at, opened.is_closed) == (by, AT, False)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject, entry.by) == ("round.open", MONTH, by)


def test_its_days_may_be_others():
    opened = rounds.open_round(MONTH, opens_on=date(2026, 3, 1), closes_on=date(2026, 3, 10), by=None, at=AT)
    assert (opened.opens_on, opened.closes_on) == (date(2026, 3, 1), date(2026, 3, 10))


@pytest.mark.parametrize("who", ["reporter", "other_reporter", "editor", "stranger"])
def test_nobody_else_opens_or_closes_one(people, who):
    with pytest.raises(Refused, match="not_yours"):
        rounds.open_round(MONTH, by=getattr(people, who), at=AT)
    opened = rounds.open_round(MONTH, by=None, at=AT)
    with pytest.raises(Refused, match="not_yours"):
        rounds.close_round(opened, by=getattr(people, who), at=AT)


@pytest.mark.parametrize(
    ("month", "days", "code"),
    [
        ("2026-13", {}, "bad_month"),
        ("2026", {}, "bad_month"),
        ("next", {}, "bad_month"),
        (MONTH, {"opens_on": date(2026, 1, 31)}, "days_out_of_order"),
        (MONTH, {"closes_on": date(2026, 2, 25)}, "days_out_of_order"),
    ],
)
def test_what_is_no_round_is_refused(month, days, code):
    with pytest.raises(Refused, match=code):
        rounds.open_round(month, by=None, at=AT, **days)
    assert not Round.objects.exists() and not AuditEntry.objects.exists()


def test_a_month_has_one_round():
    rounds.open_round(MONTH, by=None, at=AT)
    with pytest.raises(Refused, match="round_exists"):
        rounds.open_round(MONTH, by=None, at=AT)
    assert Round.objects.count() == AuditEntry.objects.count() == 1


def test_a_round_is_closed_once(people):
    opened = rounds.open_round(MONTH, by=None, at=AT)
    assert list(Round.objects.open_on(TODAY)) == [opened]
    assert not Round.objects.open_on(date(2026, 2, 24)).exists()
    closed = rounds.close_round(opened, by=people.reviewer, at=AT + timedelta(days=5))
    assert (closed.is_closed, closed.closed_by) == (True, people.reviewer)
    assert not Round.objects.open_on(TODAY).exists()
    with pytest.raises(Refused, match="round_closed"):
        rounds.close_round(opened, by=None, at=AT)
    assert AuditEntry.objects.filter(action="round.close").count() == 1


def test_pages_are_made_anew_when_a_round_is_opened_or_closed(people):
    """Which months of a project are without a report is public."""
    versions = [current_version()]
    opened = rounds.open_round(MONTH, by=None, at=AT)
    versions.append(current_version())
    rounds.close_round(opened, by=people.reviewer, at=AT)
    versions.append(current_version())
    assert versions == sorted(set(versions))


@pytest.mark.parametrize("month", ["2026-05", "2062-03", "2200-12"])
def test_no_round_is_opened_far_ahead(people, month):
    """It would be taken for the last, and those between never open by themselves."""
    with pytest.raises(Refused, match="month_too_far"):
        rounds.open_round(month, by=people.reviewer, at=AT)
    assert rounds.open_round("2026-04", by=people.reviewer, at=AT).month == "2026-04"
