"""Anybody tries anything with real reports, in any order: each move is made just where the table allows it.

The rules alone are walked at random in tests/reports/test_workflow; here with the tables behind them: what is
refused changes nothing, what is made is kept and audited, what is published is what was typed last.
"""

import random
from dataclasses import dataclass, replace

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from projects.audit.log import as_plain
from projects.audit.rules import chain
from projects.choices import ReportMove, ReportState, Role, Topic
from projects.core.money import Money
from projects.core.refusals import Refused
from projects.models import AuditEntry, Claim, Project, Report, Round, User
from projects.models.user import person_of
from projects.reports import moves
from projects.reports.rules import workflow
from tests.cast import AT, person
from tests.engines import seeds
from tests.paperwork import content, month_round, on_record

pytestmark = pytest.mark.django_db

STEPS = 400
REPORTS = 8


@dataclass(frozen=True)
class Seen:
    """A report as it stands in the table."""

    state: str
    version: int
    works: str
    to_date: int | None


def seen(report: Report | None) -> Seen | None:
    if report is None:
        return None
    row = Report.objects.get(pk=report.pk)
    return Seen(row.state, row.version, row.works, row.to_date_yuan)


@pytest.fixture
def everybody(people) -> list[User]:
    """Who reports for the unit (two), for another, who reviews, who does both, and who has no part in it."""
    both = person("both", Role.REPORTER, department=people.reporter.department)
    both.groups.add(*people.reviewer.groups.all())
    colleague = person("colleague", Role.REPORTER, department=people.reporter.department)
    return [people.reporter, colleague, people.other_reporter, people.reviewer, both, people.editor]


@pytest.mark.parametrize("seed", seeds(3))
def test_no_illegal_state_and_no_lost_figure(everybody, seed):
    dice, monthly_round = random.Random(seed), month_round()  # noqa: S311 (no secret)
    projects = [on_record() for _ in range(REPORTS)]
    entries, made = AuditEntry.objects.count(), 0
    for number in range(STEPS):
        of, by = dice.choice(projects), dice.choice(everybody)
        move = dice.choice(list(ReportMove))
        made += step(of, by, move, monthly_round, number, is_stale=dice.random() < 0.2)
    # Keeping a draft anew changes no state and is no entry.
    assert AuditEntry.objects.count() - entries <= made
    chained = [as_plain(one) for one in AuditEntry.objects.order_by("number")]
    assert chain.first_broken(chained) is None
    for of in projects:
        is_published_as_it_stands(of)
    assert made > STEPS / 20, "the walk went somewhere"


def step(
    of: Project, by: User, move: ReportMove, monthly_round: Round, number: int, *, is_stale: bool
) -> bool:
    """One try; whether it was made. It was to be exactly where the table says so, from what was last seen."""
    report = Report.objects.select_related("project", "round").filter(project=of).first()
    before = seen(report)
    if report is None and move != ReportMove.SAVE:
        return False
    allowed = may(report, of, by, move)
    try:
        after = act(report, of, by, move, monthly_round, number, is_stale)
    except Refused as refused:
        assert not allowed or is_stale or len(refused.faults[0].on), (move, refused)
        assert seen(report) == before, "what is refused changes nothing"
        return False
    assert allowed and (not is_stale or before is None)
    expected = before.state if before else ReportState.DRAFT
    assert seen(after).state == workflow.state_after(move, ReportState(expected))
    assert seen(after).version == (before.version if before else 0) + 1
    if move != ReportMove.SAVE:
        assert replace(seen(after), state=before.state, version=before.version) == before, "nothing is lost"
    else:
        assert (seen(after).works, seen(after).to_date) == (f"第{number}次", 10**9 + number)
    return True


def may(report: Report | None, of: Project, by: User, move: ReportMove) -> bool:
    paper = report.access() if report else workflow.ReportAccess(ReportState.DRAFT, of.department_id)
    return workflow.refusal(move, paper, person_of(by), note="请补充") is None


def act(
    report: Report | None,
    of: Project,
    by: User,
    move: ReportMove,
    monthly_round: Round,
    number: int,
    is_stale: bool,
) -> Report:
    if is_stale and report:
        report.version -= 1
    if move == ReportMove.SAVE:
        said = content(works=f"第{number}次", to_date=Money(10**9 + number, "yuan", 0))
        expected = report.version if report else 0
        return moves.save_draft(of, said, monthly_round=monthly_round, expected=expected, by=by, at=AT)
    if move == ReportMove.RETURN:
        return moves.return_(report, expected=report.version, note="请补充", by=by, at=AT)
    return getattr(moves, move.value)(report, expected=report.version, by=by, at=AT)


def is_published_as_it_stands(of: Project) -> None:
    claims = Claim.objects.filter(project=of, origin="report")
    report = Report.objects.get(project=of)
    if report.state != ReportState.APPROVED:
        assert not claims.exists()
        return
    assert claims.get(topic=Topic.WORKS).value_text == report.works
    assert claims.get(topic=Topic.INVESTED_TO_DATE).value_yuan == report.to_date_yuan
    assert report.approved_by_id not in {report.entered_by_id, report.saved_by_id, report.submitted_by_id}


def test_control_a_move_that_is_not_made_as_the_table_says_is_found(everybody, monkeypatch):
    """A build in which whoever wrote a report may approve it as well."""
    monthly_round, of, both = month_round(), on_record(), everybody[4]
    for number, move in enumerate((ReportMove.SAVE, ReportMove.SUBMIT)):
        assert step(of, both, move, monthly_round, number, is_stale=False)
    monkeypatch.setattr("projects.reports.drafts.refusal", lambda *_, **__: None)
    with pytest.raises((AssertionError, IntegrityError, ValidationError)):
        step(of, both, ReportMove.APPROVE, monthly_round, 3, is_stale=False)
