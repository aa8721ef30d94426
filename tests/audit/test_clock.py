"""A wrong clock of the server: nothing is written under it, a person lets it pass, what is stuck goes."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from projects.audit import clock
from projects.audit.rules.server_clock import WrongClock
from projects.choices import Topic
from projects.claims import approval
from projects.core.refusals import Refused
from projects.models import AuditEntry, Claim, Standing, Statistic
from projects.reports import moves
from tests.cast import AT, draft, indicator, project, source
from tests.paperwork import MORE, on_record, submitted
from tests.public.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.watched]

AHEAD, BEHIND, SOON = timedelta(days=400), timedelta(days=-400), timedelta(days=3)


@pytest.fixture
def waiting(people):
    """Entered, so that the audit has an entry of today."""
    return approval.enter(draft(project(), value="building"), by=people.editor, at=AT)


def said(*arguments: str, at=AT) -> str:
    out = StringIO()
    with time_machine.travel(at, tick=False):
        call_command(*arguments, stdout=out)
    return out.getvalue()


@pytest.mark.promise(
    "Nothing is published while the clock stands before the newest audit entry, or days after it",
    control="test_control_unwatched_it_is_published",
)
@pytest.mark.parametrize(("by", "code"), [(AHEAD, "clock_ahead"), (BEHIND, "clock_behind")])
def test_nothing_is_published_under_a_wrong_clock(people, waiting, by, code, figure):
    with pytest.raises(WrongClock) as refused:
        approval.approve(waiting, by=people.reviewer, at=AT + by)
    assert [fault.code for fault in refused.value.faults] == [code]
    waiting.refresh_from_db()
    assert waiting.approved_at is None and AuditEntry.objects.count() == 1
    approval.approve(waiting, by=people.reviewer, at=AT + SOON)
    figure("400 days ahead and behind refused, 3 days later published")


def test_control_unwatched_it_is_published(people, waiting, monkeypatch):
    monkeypatch.setattr(clock, "require_right", lambda at: None)
    assert approval.approve(waiting, by=people.reviewer, at=AT + AHEAD).approved_at


def test_nor_is_anything_else_written_under_it_so_that_it_cannot_make_itself_right(people, waiting):
    """An entry by a wrong clock would be the newest, and the next approval pass."""
    with pytest.raises(WrongClock):
        approval.enter(draft(project(), value="building"), by=people.editor, at=AT + AHEAD)
    with pytest.raises(WrongClock):
        approval.discard(waiting, by=people.editor, at=AT + AHEAD)
    with pytest.raises(CommandError, match="Nothing was done. The server's clock says"):
        said("run_due", at=AT + AHEAD)
    assert AuditEntry.objects.count() == 1


def test_the_daily_command_notes_a_clock_that_can_be_right_once_a_day(waiting):
    for day in (1, 9, 18, 27):
        said("run_due", at=AT + timedelta(days=day))
        said("run_due", at=AT + timedelta(days=day, hours=1))
    found = AuditEntry.objects.filter(action="clock.read")
    assert [entry.at for entry in found.order_by("number")] == [
        AT + timedelta(days=day) for day in (1, 9, 18, 27)
    ]


class TestConfirming:
    def test_after_somebody_said_the_day_it_goes_on(self, people, waiting):
        later = AT + AHEAD
        assert "Confirmed" in said("confirm_clock", "2027-04-06", at=later)
        assert AuditEntry.objects.first().action == "clock.confirm"
        approval.approve(waiting, by=people.reviewer, at=later)

    def test_and_back_again_where_that_was_wrong(self, people, waiting):
        said("confirm_clock", "2027-04-06", at=AT + AHEAD)
        with pytest.raises(WrongClock):
            approval.approve(waiting, by=people.reviewer, at=AT)
        said("confirm_clock", "2026-03-02", at=AT)
        approval.approve(waiting, by=people.reviewer, at=AT)
        said("verify_audit")

    @pytest.mark.parametrize(
        ("day", "words"), [((), "with today's date"), (("2026-03-02",), "set the clock")]
    )
    def test_it_takes_the_day_from_a_person_and_not_from_the_clock(self, waiting, day, words):
        with pytest.raises(CommandError, match=words):
            said("confirm_clock", *day, at=AT + AHEAD)
        assert AuditEntry.objects.count() == 1


def test_at_the_doors_it_is_said_in_words_and_nothing_typed_is_lost(client, people, waiting):
    with time_machine.travel(AT + AHEAD, tick=False):
        client.force_login(people.reviewer)
        page = client.post(f"/en/admin/projects/claim/{waiting.pk}/approve/", follow=True)
        assert "confirm_clock" in page.text and page.status_code == 200
        people.reviewer.is_superuser = True
        people.reviewer.save()
        form = {"name": "新局", "name_en": "New bureau", "code": "new"}
        page = client.post("/en/admin/projects/department/add/", form)
        assert page.status_code == 503 and "时钟" in page.text and "新局" in page.text


# What a wrong clock left behind before it was noticed


@pytest.fixture
def unnoticed(monkeypatch):
    """As it was before the clock was watched, or confirmed by mistake."""

    def act(do, *args, **kwargs):
        with clock.unwatched():
            return do(*args, **kwargs)

    return act


def withdrawn(claim: Claim, people, at=AT) -> Claim:
    draft = approval.correction_of(claim, source=claim.source, note="The clock ran ahead.")
    draft = approval.enter(draft, by=people.editor, at=at)
    return approval.approve(draft, by=people.reviewer, at=at)


@pytest.mark.promise(
    "What a wrong clock put into the future is withdrawn at once, never shows, and its value is stated anew",
    control="test_control_with_its_own_day_the_withdrawal_is_refused",
)
def test_a_stuck_correction_is_withdrawn_and_its_value_stated_anew(client, people, unnoticed, figure):
    of = project()
    first = approval.enter(draft(of, value="building"), by=people.editor, at=AT)
    first = approval.approve(first, by=people.reviewer, at=AT)
    wrong = approval.correction_of(first, source=source(), value_code="operating", note="Read again.")
    stuck = approval.enter(wrong, by=people.editor, at=AT)
    stuck = unnoticed(approval.approve, stuck, by=people.reviewer, at=AT + AHEAD)
    said("confirm_clock", "2026-03-02")
    gone = withdrawn(stuck, people)
    assert gone.known_on == stuck.known_on == (AT + AHEAD).date()
    anew = draft(of, value="completed", note="Stated anew.")
    anew = approval.enter(anew, by=people.editor, at=AT)
    approval.approve(anew, by=people.reviewer, at=AT)
    stages = {}
    for days in (0, 1, 399, 400, 401):
        with time_machine.travel(AT + timedelta(days=days), tick=False):
            row = Standing.objects.today().get()
            stages[days] = row.stage
            assert row.last_known_on <= AT.date()
            assert "operating" not in read(client, f"/en/projects/{of.slug}/").main.lower()
    assert set(stages.values()) == {"completed"}
    figure("stated anew today; on no day of five does the stuck one show")


def test_control_with_its_own_day_the_withdrawal_is_refused(people, unnoticed, monkeypatch):
    stuck = approval.enter(draft(project(), value="building"), by=people.editor, at=AT)
    Claim.objects.filter(pk=stuck.pk).update(known_on=(AT + AHEAD).date(), approved_at=AT)
    stuck.refresh_from_db()
    monkeypatch.setattr(approval, "_day_of", lambda row, at: AT.date())
    with pytest.raises(Refused, match="corrected_before_known"):
        withdrawn(stuck, people)


def test_another_value_is_refused_with_the_way_out(people):
    stuck = approval.enter(draft(project(), value="building"), by=people.editor, at=AT)
    Claim.objects.filter(pk=stuck.pk).update(known_on=(AT + AHEAD).date(), approved_at=AT)
    stuck.refresh_from_db()
    right = approval.correction_of(stuck, source=source(), value_code="operating", note="x")
    with pytest.raises(Refused) as refused:
        approval.enter(right, by=people.editor, at=AT)
    assert [fault.code for fault in refused.value.faults] == ["corrects_what_is_stuck"]


def test_in_the_admin_it_is_withdrawn_as_anything_else(client, people):
    stuck = approval.enter(draft(project(), value="building"), by=people.editor, at=AT)
    Claim.objects.filter(pk=stuck.pk).update(known_on=(AT + AHEAD).date(), approved_at=AT)
    with time_machine.travel(AT, tick=False):
        client.force_login(people.editor)
        form = {"source": stuck.source_id, "note": "The clock ran ahead.", "basis": "stated"}
        client.post(f"/en/admin/projects/claim/add/?withdraws={stuck.ref}", form)
        gone = Claim.objects.get(corrects=stuck)
        client.force_login(people.reviewer)
        client.post(f"/en/admin/projects/claim/{gone.pk}/approve/")
    gone.refresh_from_db()
    assert gone.approved_at and gone.known_on == (AT + AHEAD).date()


def test_a_report_approved_under_it_is_withdrawn_claim_by_claim(people, unnoticed):
    of = on_record()
    report = unnoticed(submitted, of, people)
    unnoticed(moves.approve, report, expected=report.version, by=people.reviewer, at=AT + AHEAD)
    said("confirm_clock", "2026-03-02")
    before = Standing.objects.on(AT.date(), AT.date()).get(project=of).invested_to_date
    claims = Claim.objects.filter(source__report=report)
    assert claims and all(claim.known_on == (AT + AHEAD).date() for claim in claims)
    for claim in claims:
        withdrawn(claim, people)
    assert Standing.objects.today().get(project=of).invested_to_date == before
    anew = draft(of, Topic.INVESTED_TO_DATE, MORE, source=claims[0].source, as_of="2026-02-28")
    anew = approval.enter(anew, by=people.editor, at=AT)
    approval.approve(anew, by=people.reviewer, at=AT)
    assert Standing.objects.on(AT.date(), AT.date()).get(project=of).invested_to_date == MORE.yuan


def test_a_statistic_too(people, unnoticed):
    row = Statistic(subject=indicator(), period="2024", source=source(), value_number=3, unit="个")
    row.as_of = source().published
    row = approval.enter(row, by=people.editor, at=AT)
    Statistic.objects.filter(pk=row.pk).update(known_on=(AT + AHEAD).date(), approved_at=AT)
    row.refresh_from_db()
    assert withdrawn(row, people).known_on == (AT + AHEAD).date()
