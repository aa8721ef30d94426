"""The daily command: all of its day, twice the same as once, after silence, on several machines at once."""

import errno
import io
import json
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command

from projects.choices import Condition, Topic
from projects.claims import projection
from projects.core import fuzzy_dates
from projects.models import AuditEntry, Delivery, Notice, Round, SignedInSession
from projects.reports import moves, problems
from projects.reports.rules.content import Pause
from tests.cast import AT, TODAY, published
from tests.management.machines import PROGRAM
from tests.notices.receiver import SECRET, receiver
from tests.paperwork import content, draft_of, month_round, on_record, returned, submitted
from tracker.backups import databases
from tracker.sessions import SessionStore

PAUSED = content(
    condition=Condition.PAUSED.value, pause=Pause("资金未到位", fuzzy_dates.parse("2026-12"), "仍在筹措")
)

STATEMENTS = 52


def run(at=AT, *options: str) -> str:
    said = io.StringIO()
    with time_machine.travel(at):
        call_command("run_due", *options, stdout=said)
    return said.getvalue()


def told(user) -> list[tuple[str, list[str]]]:
    return sorted((one.kind, one.projects) for one in Notice.objects.filter(user=user))


@pytest.fixture
def busy(people):
    """A month in which there is something of everything, on 2 March."""
    month_round()
    ours, theirs = people.reporter.department, people.other_reporter.department
    paused = on_record(name="停工厂")
    before = submitted(paused, people, PAUSED, month_round("2025-12"))
    moves.approve(before, expected=before.version, by=people.reviewer, at=AT)
    near = on_record(name="临近厂")
    published(near, Topic.PROMISED, fuzzy_dates.parse("2026-03-20"), measure="completed")
    passed = on_record(name="过期厂")
    published(passed, Topic.PROMISED, fuzzy_dates.parse("2026-02-20"), measure="completed")
    for project in (near, passed):
        projection.rebuild(project)
    returned(on_record(name="退回厂"), people)
    draft = draft_of(on_record(name="问题厂"), people)
    problems.raise_(draft, "征地未完", department=theirs, due_on=TODAY, by=people.reporter, at=AT)
    report = moves.submit(draft, expected=draft.version, by=people.reporter, at=AT)
    moves.approve(report, expected=report.version, by=people.reviewer, at=AT)
    submitted(on_record(name="待审厂"), people, at=AT - timedelta(days=4))
    on_record(name="无主厂", department=None)
    on_record(name="别家厂", department=theirs)
    assert ours != theirs
    return people


@pytest.mark.django_db
class TestADay:
    def test_everybody_is_told_what_concerns_the_own_unit(self, busy):
        run()
        missing = ["QJ-0001", "QJ-0002", "QJ-0003", "QJ-0004"]
        assert told(busy.reporter) == [
            ("pause_renewal", ["QJ-0001"]),
            ("promise_near", ["QJ-0002"]),
            ("promise_passed", ["QJ-0003"]),
            ("report_returned", ["QJ-0004"]),
            ("round_closed", ["QJ-0002", "QJ-0003", "QJ-0004", "QJ-0005", "QJ-0006"]),
            ("round_closing", missing),
        ]
        assert told(busy.other_reporter) == [
            ("problem_due", ["QJ-0005"]),
            ("round_closed", ["QJ-0008"]),
            ("round_closing", ["QJ-0008"]),
        ]
        kinds = {kind for kind, _ in told(busy.reviewer)}
        assert kinds == {"no_unit", "problem_due", "reports_waiting", "round_closed"}
        assert told(busy.editor) == [("no_unit", ["QJ-0007"])]
        assert told(busy.stranger) == []

    def test_a_second_run_does_nothing_more(self, busy):
        run()
        rows, entries = Notice.objects.count(), AuditEntry.objects.count()
        said = run(AT + timedelta(hours=3))
        assert "Rounds opened: none; closed: none." in said and "Notices written: 0." in said
        assert (Notice.objects.count(), AuditEntry.objects.count()) == (rows, entries)

    def test_a_draft_of_one_unit_is_told_to_no_other(self, busy):
        """Made first, then hunted in all that the other unit is told and in what it is sent."""
        of = on_record(name="zzmarkerzz")
        draft = draft_of(of, busy, content(works="zzworkszz", next_steps="zznextzz"))
        problems.raise_(
            draft,
            "zzobstaclezz",
            department=busy.other_reporter.department,
            due_on=TODAY,
            by=busy.reporter,
            at=AT,
        )
        run()
        rows = Notice.objects.filter(user=busy.other_reporter)
        texts = " ".join(f"{row.key} {row.projects} {row.values}" for row in rows)
        assert rows and of.code not in texts and "zz" not in texts
        control = Notice.objects.filter(user=busy.reporter, kind="round_closing")
        assert of.code in control.get().projects

    def test_the_number_of_statements_does_not_grow_with_projects(
        self, people, django_assert_num_queries, settings
    ):
        month_round()
        run()
        for _ in range(3):
            on_record()
        with django_assert_num_queries(STATEMENTS):
            run(AT + timedelta(hours=1))
        for _ in range(6):
            on_record()
        Notice.objects.all().delete()
        with django_assert_num_queries(STATEMENTS):
            run(AT + timedelta(hours=1))

    def test_a_dry_run_says_it_and_does_nothing(self, busy, settings):
        settings.IS_MAILING = True
        busy.reporter.email = "reporter@example.org"
        busy.reporter.save()
        before, entries = Notice.objects.count(), AuditEntry.objects.count()
        said = run(AT, "--dry-run")
        assert "closed: 2025-12." in said and "email 1" in said and "nothing of this was done" in said
        assert (Notice.objects.count(), AuditEntry.objects.count()) == (before, entries)
        assert not Round.objects.get(month="2025-12").is_closed and not Delivery.objects.exists()
        assert mail.outbox == []

    def test_it_says_in_the_end_what_it_did(self, busy):
        assert run().splitlines() == [
            "Rounds opened: none; closed: 2025-12.",
            f"Notices written: {Notice.objects.count() - 1}.",  # one stood there: the returned report's
            "Put into the outbox: no way out is set up.",
            "Messages from outside erased: 0.",
            "Imported files erased: 0.",
            "Swept: 0 files, 0 kept texts.",
        ]

    def test_it_sweeps_ended_sessions(self, people):
        for days in (-1, 1):
            session = SessionStore()
            session.set_expiry(AT + timedelta(days=days))
            session.create()
        run()
        assert SignedInSession.objects.count() == 1


@pytest.mark.django_db
class TestSilence:
    def test_after_days_of_silence_the_rounds_are_those_of_a_daily_run(self, people):
        on_record()
        month_round("2025-11")
        run(AT)
        silent = dict(Round.objects.values_list("month", "closed_at"))
        assert {month: bool(at) for month, at in silent.items()} == {
            "2025-11": True,
            "2025-12": True,
            "2026-01": True,
            "2026-02": False,
        }

    def test_a_promise_is_told_once_however_often_it_runs(self, people):
        of = on_record()
        published(of, Topic.PROMISED, fuzzy_dates.parse("2026-03-20"), measure="completed")
        projection.rebuild(of)
        for day in range(40):
            run(AT + timedelta(days=day))
        kinds = [kind for kind, _ in told(people.reporter) if kind.startswith("promise")]
        assert kinds == ["promise_near", "promise_near", "promise_passed"]

    def test_a_promise_that_was_kept_is_not_told(self, people):
        of = on_record()
        published(of, Topic.PROMISED, fuzzy_dates.parse("2026-03-20"), measure="completed")
        published(of, Topic.ACTUAL, fuzzy_dates.parse("2024-10-10"), measure="completed", as_of="2024-10-10")
        projection.rebuild(of)
        run()
        assert [kind for kind, _ in told(people.reporter) if kind.startswith("promise")] == []


@pytest.mark.django_db
def test_letters_and_events_go_out_and_what_fails_goes_later(busy, settings):
    settings.IS_MAILING = True
    for user in (busy.reporter, busy.reviewer):
        user.email = f"{user.username}@example.org"
        user.save()
    with receiver() as hook:
        settings.WEBHOOK_URL, settings.WEBHOOK_SECRET = hook.url, SECRET
        hook.answers = [503]
        first = run()
        assert "Sent by email: 2; failed: 0." in first and "failed: 1." in first
        assert sorted(to for letter in mail.outbox for to in letter.to) == [
            "reporter@example.org",
            "reviewer@example.org",
        ]
        second = run(AT + timedelta(hours=1))
        assert "failed: 0." in second and len(mail.outbox) == 2
        assert not Delivery.objects.filter(sent_at=None).exists()
        said = [got.said for got in hook.got]
    assert {one["kind"] for one in said} >= {"round_closing", "problem_due", "reports_waiting"}
    assert "reporter" not in str(said) and "Which lot?" not in str(said), "codes and counts, no people"


def test_several_machines_at_once_do_it_once(own_database):
    own_database.prepare(*PROGRAM, "prepare", "6")
    running = [own_database.start(*PROGRAM, "run") for _ in range(4)]
    try:
        assert [one.stdout.readline() for one in running] == ["ready\n"] * 4
        for one in running:
            one.stdin.write("go\n")
            one.stdin.flush()
        said = [one.stdout.read() for one in running]
        assert [one.wait(60) for one in running] == [0] * 4
    finally:
        for one in running:
            one.kill()
            one.wait()
    after = json.loads(own_database.run(*PROGRAM, "tell"))
    assert after["rounds"] == {"2025-11": True, "2025-12": True, "2026-01": True, "2026-02": False}
    assert len({tuple(one) for one in after["entries"]}) == len(after["entries"]) == 7
    assert sum("opened: 2025-12, 2026-01, 2026-02" in one for one in said) == 1
    assert sum(count_written(one) for one in said) == after["notices"] > 0
    assert after["unsent"] == 0 and len(after["letters"]) == after["deliveries"] > 0
    assert len(set(after["letters"])) == len(after["letters"]), "each letter went once"


def count_written(said: str) -> int:
    [line] = [line for line in said.splitlines() if line.startswith("Notices written")]
    return int(line.rstrip(".").rsplit(" ", 1)[1])


# The backup of the day


@pytest.fixture
def backups(settings, tmp_path, monkeypatch):
    """Made as it is, but for the database of the tests, which is no file on SQLite."""
    settings.BACKUP_DIR = tmp_path
    monkeypatch.setattr(databases, "copy", lambda target: target.write_bytes(b"rows"))

    def names():
        return sorted(path.name for path in tmp_path.iterdir())

    return names


def test_one_backup_a_day_is_made(db, backups):
    said = run()
    assert backups() == ["backup-20260302-090000.tar"] and "backup-20260302-090000.tar: " in said
    run(AT + timedelta(hours=9))
    assert len(backups()) == 1
    run(AT + timedelta(days=1))
    assert len(backups()) == 2


def test_without_a_place_for_it_none_is_made(db, backups, settings):
    settings.BACKUP_DIR = None
    run()
    assert backups() == [] and not (settings.DATA_DIR / "backups").exists()


def test_a_backup_that_fails_keeps_nothing_back_and_is_seen(busy, people, backups, monkeypatch):
    def full(target):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(databases, "copy", full)
    with pytest.raises(CommandError, match="No backup was made: .*No space left"):
        run()
    assert told(people.reporter), "people were told what is due"
    assert backups() == []
