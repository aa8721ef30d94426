"""A published figure of a report found wrong: a correction names it with a reason, and both are seen.

No door changes or deletes what was published: tables (tests/models) and admin (tests/editing) refuse it.
"""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from projects.choices import ReportMove, ReportState, Topic
from projects.claims import approval
from projects.core.refusals import Refused
from projects.models import Claim
from projects.reports import moves
from projects.reports.rules.workflow import STEPS
from tests.paperwork import approved, on_record

pytestmark = pytest.mark.django_db
REASON = "核对票据后更正"
WRONG, RIGHT = "11亿元", "9.8亿元"


def correction(wrong: Claim) -> Claim:
    said = {"value_yuan": 980_000_000, "unit": "yi", "decimals": 1}
    return approval.correction_of(wrong, source=wrong.source, note=REASON, **said)


@pytest.fixture
def corrected(people):
    """Eleven was reported, nine point eight is right."""
    report = approved(on_record(), people)
    wrong = Claim.objects.get(source=report.source, topic=Topic.INVESTED_TO_DATE)
    now = timezone.now()
    right = correction(wrong)
    right = approval.enter(right, by=people.editor, at=now)
    approval.approve(right, by=people.reviewer, at=now)
    return report


def words(client, address: str) -> str:
    return client.get(address).content.decode().replace(" ", "").replace("&nbsp;", "")


def test_the_page_says_what_is_right_and_the_history_shows_both(client, corrected):
    slug = corrected.project.slug
    history = words(client, f"/projects/{slug}/history/")
    assert WRONG in history and RIGHT in history and REASON in history
    page = words(client, f"/projects/{slug}/")
    assert RIGHT in page


def test_until_a_second_person_approves_nothing_is_seen(client, people):
    report = approved(on_record(), people)
    wrong = Claim.objects.get(source=report.source, topic=Topic.INVESTED_TO_DATE)
    approval.enter(correction(wrong), by=people.editor, at=timezone.now())
    page = words(client, f"/projects/{report.project.slug}/history/")
    assert RIGHT not in page and WRONG in page


def test_an_approved_report_has_no_move_and_its_claims_no_change(corrected, people):
    assert not any(ReportState.APPROVED in step.before for step in STEPS.values())
    for move, act in {
        ReportMove.WITHDRAW: moves.withdraw,
        ReportMove.SUBMIT: moves.submit,
        ReportMove.APPROVE: moves.approve,
    }.items():
        person = people.reviewer if move == ReportMove.APPROVE else people.reporter
        with pytest.raises(Refused):
            act(corrected, expected=corrected.version, by=person, at=timezone.now())
    claims = Claim.objects.filter(source=corrected.source)
    for change in (lambda: claims.update(value_yuan=1), claims.delete):
        with pytest.raises((DatabaseError, TypeError, NotImplementedError)), transaction.atomic():
            change()
    assert claims.count() == 4, "the three of the report and the correction"
