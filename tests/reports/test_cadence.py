"""Reports expected monthly or quarterly: one rule wherever somebody is expected, and closed months stay."""

from datetime import date, timedelta

import pytest
import time_machine

from projects.core.clocks import Clocks
from projects.core.refusals import Refused
from projects.models import AuditEntry, Current, DataVersion, Project
from projects.models.user import person_of
from projects.records import project_record, saving
from projects.reports import public_reports, reminders, round_overview, rounds
from tests.cast import AT
from tests.paperwork import month_round, on_record, submitted

pytestmark = pytest.mark.django_db
FEBRUARY, MARCH = "2026-02", "2026-03"
FAR = date(2026, 4, 20)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(AT):
        yield


def apart(cadence: str, stage: str = "building") -> Project:
    of = on_record(stage)
    of.cadence = cadence
    return saving.save_project(of, by=None, at=AT)


def mixed(people) -> dict[str, list[Project]]:
    """By the round that asks for them: completed ones are asked quarterly, but for one."""
    rounds.ask_quarterly(["completed"], by=people.editor, at=AT)
    every_month = [on_record("building"), apart("monthly", "completed")]
    quarterly = [on_record("completed"), apart("quarterly")]
    return {FEBRUARY: every_month, MARCH: [*every_month, *quarterly]}


def codes(projects) -> set[str]:
    return {one.code for one in projects}


def test_who_is_expected_in_the_rows_the_numbers_the_lines_and_the_reminders(people):
    asked = mixed(people)
    both = [month_round(FEBRUARY), month_round(MARCH)]
    reviewer = person_of(people.reviewer)
    told = {one.round.month: one.tally.expected for one in round_overview.summaries(both, reviewer)}
    outlook = {one.month: one.asked for one in reminders.outlook(date(2026, 3, 31)).months}
    for one in both:
        expected = codes(asked[one.month])
        assert set(Current.objects.expected_in(one.month).values_list("code", flat=True)) == expected
        assert codes(entry.project for entry in round_overview.entries(one, reviewer)) == expected
        assert told[one.month] == len(expected)
        assert {asked.code for asked in outlook[one.month]} == expected
        rounds.close_round(one, by=people.reviewer, at=AT + timedelta(days=40))
        assert codes(Project.objects.filter(round_lines__round=one)) == expected


def test_one_handed_in_without_being_asked_for_counts_and_takes_no_others_place(people):
    """Its report is counted beside the missing ones, not instead of one."""
    asked = mixed(people)
    monthly_round = month_round(FEBRUARY)
    submitted(apart("quarterly"), people, monthly_round=monthly_round)
    [told] = round_overview.summaries([monthly_round], person_of(people.reviewer))
    assert (told.tally.missing, told.tally.submitted) == (len(asked[FEBRUARY]), 1)


def test_a_closed_month_stays_as_it_was_closed_and_an_open_one_follows(people):
    of, closed, still_open = on_record("building"), month_round("2026-01"), month_round(FEBRUARY)
    rounds.close_round(closed, by=people.reviewer, at=AT)
    person = person_of(people.reviewer)
    before = [one.tally for one in round_overview.summaries([closed, still_open], person)]
    assert [one.expected for one in before] == [1, 1]
    rounds.ask_quarterly(["building"], by=people.reviewer, at=AT)
    closed.refresh_from_db()
    assert [one.tally.expected for one in round_overview.summaries([closed, still_open], person)] == [1, 0]
    assert not Current.objects.expected_in(FEBRUARY).exists()
    assert Current.objects.expected().get().project == of


@pytest.mark.parametrize(("cadence", "missing"), [("", [3, 2]), ("quarterly", [3]), ("monthly", [3, 2])])
def test_silence_of_a_month_that_asked_for_nothing_is_not_shown(people, cadence, missing):
    of = apart(cadence)
    month_round(FEBRUARY), month_round(MARCH)
    at = Clocks(FAR, FAR, FAR)
    found = public_reports.of_project(project_record.record(of, at), at)
    assert [one.month.month for one in found.entries] == missing


@pytest.mark.parametrize("who", ["reporter", "other_reporter", "stranger"])
def test_nobody_else_says_which_stages_are_quarterly(people, who):
    with pytest.raises(Refused, match="not_yours"):
        rounds.ask_quarterly(["building"], by=getattr(people, who), at=AT)


def test_it_is_published_and_audited_once(people):
    for _ in range(2):
        rounds.ask_quarterly(["completed", "signed"], by=people.reviewer, at=AT)
    entry = AuditEntry.objects.get(action="round.quarterly")
    assert (entry.before, entry.after) == ({"stages": []}, {"stages": ["completed", "signed"]})
    assert DataVersion.objects.get().number == 1
