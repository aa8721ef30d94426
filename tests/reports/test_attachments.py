"""Photos and papers of a report: attached and taken away by whoever may write, kept on the disk, swept up."""

import os
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from projects.choices import AttachmentKind, Role
from projects.core.refusals import Refused
from projects.models import Attachment, AuditEntry
from projects.models.attachment import folder
from projects.models.user import person_of
from projects.pages import stored_files
from projects.reports import attachments, moves, public_reports, queue
from projects.reports.rules.attachments import MOST_FILES
from tests.attaching import made, paper, with_paper, with_photo
from tests.cast import AT, TODAY, department, person
from tests.paperwork import draft_of, moved, on_record
from tests.reports.photo_files import jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(people):
    return draft_of(on_record(), people)


def on_disk() -> set[str]:
    return {path.name for path in folder().iterdir()} if folder().exists() else set()


def handed_in(report, people):
    return moves.submit(report, expected=report.version, by=people.reporter, at=AT)


def why(attempt) -> str:
    with pytest.raises(Refused) as refused:
        attempt()
    return refused.value.code


# Attached


def test_a_photo_is_kept_with_a_small_copy_under_a_name_that_tells_nothing(people, report):
    row = attachments.attach(report, made(jpeg()), by=people.reporter, at=AT, caption=" 基坑 \n 开挖 ")
    row = Attachment.objects.get(pk=row.pk)
    assert (row.kind, row.caption, row.added_by, row.added_at) == ("photo", "基坑 开挖", people.reporter, AT)
    assert (row.width, row.height, str(row.taken_on), str(row.dated)) == (64, 48, "2026-02-20", "2026-02-20")
    assert on_disk() == {row.name, row.small} and len(row.name) == 36
    assert (folder() / row.name).read_bytes() == made(jpeg()).data and row.size == len(made(jpeg()).data)
    assert (folder() / row.small).read_bytes() == made(jpeg()).small


def test_a_paper_is_kept_as_it_is(people, report):
    row = with_paper(report, people.reporter)
    assert (row.kind, row.names, row.width, row.taken_on) == (AttachmentKind.PAPER, (row.name,), None, None)
    assert row.dated == TODAY and row.name.endswith(".pdf")
    assert (folder() / row.name).read_bytes() == paper("施工许可").data


def test_it_is_in_the_audit(people, report):
    row = with_photo(report, people.reporter)
    entry = AuditEntry.objects.first()
    assert (entry.action, entry.by) == ("attachment.add", people.reporter)
    assert entry.subject == f"2026-02 {report.project.code}"
    assert entry.after == {"name": row.name, "kind": "photo", "sha256": row.sha256, "fields": ["caption"]}


# Who may, and when


@pytest.mark.parametrize("who", ["other_reporter", "reviewer", "editor", "stranger"])
def test_only_whoever_may_write_in_the_report_attaches_and_removes(people, report, who):
    row = with_photo(report, people.reporter)
    other = getattr(people, who)
    assert why(lambda: with_photo(report, other, "另一张")) == "not_yours"
    assert why(lambda: attachments.remove(row, by=other, at=AT)) == "not_yours"
    assert Attachment.objects.count() == 1 and on_disk() == set(row.names)


def test_only_while_it_may_be_written(people, report):
    row = with_photo(report, people.reporter)
    handed = handed_in(report, people)
    for _state in ("submitted", "approved"):
        assert why(lambda: with_photo(report, people.reporter, "另一张")) == "moved_on"
        assert why(lambda: attachments.remove(row, by=people.reporter, at=AT)) == "moved_on"
        if handed.state == "submitted":
            handed = moves.approve(handed, expected=handed.version, by=people.reviewer, at=AT)
    assert on_disk() == set(row.names)


def test_a_returned_report_takes_them_again(people, report):
    handed_in(report, people)
    returned = moved(moves.return_, note="请补照片", by=people.reviewer)
    with_photo(returned, people.reporter)
    handed = handed_in(returned, people)
    assert (
        moves.approve(handed, expected=handed.version, by=people.reviewer, at=AT).attachments.get().is_final
    )


def test_whoever_attached_something_does_not_review_it(people, report):
    """A reviewer who reports too has had a part in it."""
    both = person("both", Role.REPORTER, department=department())
    both.groups.add(people.reviewer.groups.get())
    handed = handed_in(report, people)
    assert list(queue.waiting(person_of(both))) == [handed]
    back = moves.withdraw(handed, expected=handed.version, by=people.reporter, at=AT)
    with_photo(back, both)
    handed = handed_in(back, people)
    assert why(lambda: moves.approve(handed, expected=handed.version, by=both, at=AT)) == "own_report"
    assert list(queue.waiting(person_of(both))) == []
    assert moves.approve(handed, expected=handed.version, by=people.reviewer, at=AT).state == "approved"


# What is refused


def test_the_same_file_twice_is_refused_and_the_first_stays(people, report):
    row = with_photo(report, people.reporter)
    assert why(lambda: with_photo(report, people.reporter)) == "file_twice"
    assert list(report.attachments.all()) == [row] and on_disk() == set(row.names)


def test_another_report_may_hold_the_same_file(people, report):
    other = draft_of(on_record(), people)
    first, second = with_photo(report, people.reporter), with_photo(other, people.reporter)
    assert first.sha256 == second.sha256 and first.name != second.name
    attachments.remove(first, by=people.reporter, at=AT)
    assert (folder() / second.name).exists()


def test_a_report_holds_twelve(people, report):
    for number in range(MOST_FILES):
        with_paper(report, people.reporter, str(number))
    assert why(lambda: with_paper(report, people.reporter, "another")) == "too_many_files"
    assert len(on_disk()) == report.attachments.count() == MOST_FILES == 12


def test_words_that_are_too_long_leave_nothing_behind(people, report):
    with pytest.raises(ValidationError):
        with_photo(report, people.reporter, "长" * 121)
    assert not report.attachments.exists() and on_disk() == set()


def test_a_full_disk_is_said_and_leaves_nothing_behind(people, report, monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match="file_disk_full"):
        with_photo(report, people.reporter)
    assert not report.attachments.exists() and on_disk() == set()


# Taken away


def test_what_is_taken_away_is_gone_for_good(people, report, django_capture_on_commit_callbacks):
    row, other = with_photo(report, people.reporter), with_paper(report, people.reporter)
    with django_capture_on_commit_callbacks(execute=True):
        attachments.remove(row, by=people.reporter, at=AT)
    assert list(report.attachments.all()) == [other] and on_disk() == set(other.names)
    entry = AuditEntry.objects.first()
    assert (entry.action, entry.by) == ("attachment.remove", people.reporter)
    assert entry.before["name"] == row.name


@pytest.mark.django_db(transaction=True)
def test_what_is_undone_keeps_its_file(people, report):
    row = with_photo(report, people.reporter)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        attachments.remove(row, by=people.reporter, at=AT)
        raise ZeroDivisionError
    assert report.attachments.get() == row and on_disk() == set(row.names)


def test_twice_is_harmless(people, report):
    row = with_photo(report, people.reporter)
    again = Attachment.objects.get(pk=row.pk)
    attachments.remove(row, by=people.reporter, at=AT)
    attachments.remove(again, by=people.reporter, at=AT)
    assert AuditEntry.objects.filter(action="attachment.remove").count() == 1


# Swept up


def aged(name: str, hours: int) -> str:
    path = folder() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_bytes(b"x")
    moment = (AT - timedelta(hours=hours)).timestamp()
    os.utime(path, (moment, moment))
    return name


def test_files_that_no_row_names_are_swept_up_after_a_day(people, report):
    row = with_photo(report, people.reporter)
    for name in row.names:
        aged(name, 100)
    old = [aged("a" * 32 + ".jpg", 25), aged("b" * 32 + f".pdf{stored_files.PART}", 25)]
    young = [aged("c" * 32 + ".jpg", 23), aged("d" * 32 + f".jpg{stored_files.PART}", 0)]
    assert attachments.sweep(AT) == old
    assert on_disk() == {*row.names, *young}
    assert attachments.sweep(AT) == []


def test_where_nothing_was_ever_attached_there_is_nothing_to_sweep(db):
    assert attachments.sweep(AT) == []


# Killed in the middle

KILLED = """
import os, signal, sys, django
django.setup()
from projects.reports import attachments
from projects.models import Report, User
from tests.attaching import photo
from tests.cast import AT
step = sys.argv[1]
def die(*_args, **_kwargs):
    os.kill(os.getpid(), signal.SIGKILL)
if step == 'rename':
    os.replace = die
if step == 'row':
    attachments._entered = die
if step == 'commit':
    attachments.record = die
attachments.attach(Report.objects.get(), photo('x'), by=User.objects.get(username='reporter'), at=AT)
"""
SET_UP = """
import django
django.setup()
from tests.cast import cast
from tests.paperwork import draft_of, on_record
draft_of(on_record(), cast())
"""
COUNTED = (
    "import django; django.setup(); from projects.models import Attachment as A; print(A.objects.count())"
)


@pytest.mark.parametrize(("step", "rows"), [("rename", 0), ("row", 0), ("commit", 0), ("none", 1)])
def test_killed_in_the_middle_it_leaves_a_whole_row_or_a_file_for_the_sweeper(own_database, step, rows):
    own_database.run("-c", SET_UP)
    own_database.start("-c", KILLED, step).wait(60)
    assert int(own_database.run("-c", COUNTED)) == rows
    left = {path.name for path in (own_database.folder / "media" / "attachments").iterdir()}
    assert len(left) == (1 if step == "rename" else 2)
    assert all(name.endswith(stored_files.PART) for name in left) == (step == "rename")


# In an order of one's own


def test_they_are_put_in_order_with_words_each_and_the_audit_keeps_no_words(people, report):
    first, second = (with_photo(report, people.reporter, caption=words) for words in ("东侧", "西侧"))
    said = {second.name: " 隧道 \n 出口 ", first.name: "东侧", "another.jpg": "x"}
    for _ in range(2):
        attachments.arrange(report, said, by=people.reporter, at=AT)
    found = [(one.name, one.caption) for one in report.attachments.all()]
    assert found == [(second.name, "隧道 出口"), (first.name, "东侧")]
    entry = AuditEntry.objects.get(action="attachment.arrange")
    assert "隧道" not in str(entry.after) + str(entry.before) and entry.after["fields"] == ["captions"]
    assert [one.caption for one in public_reports.shown(handed_in(report, people)).photos] == [
        "隧道 出口",
        "东侧",
    ]


def test_nobody_else_arranges_them_and_nobody_once_it_is_handed_in(people, report):
    said = {with_photo(report, people.reporter).name: "x"}
    assert why(lambda: attachments.arrange(report, said, by=people.other_reporter, at=AT)) == "not_yours"
    handed_in(report, people)
    assert why(lambda: attachments.arrange(report, said, by=people.reporter, at=AT)) == "moved_on"
    assert report.attachments.get().caption == "基坑开挖"
