"""A file that takes long: an answer at once, a page that says so until it ends, and nothing half."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from projects.desk import import_reading
from projects.imports import batches, draft_sheet, erasure, file_readings, long_work, sheet_file
from projects.models import Batch, FileReading
from projects.models.file_reading import MAX_TIME
from tests.cast import AT
from tests.desk.importing import file_of, page_of, saved_columns, taken
from tests.imports.slow_work import SlowWork, at_once
from tests.public.reading import Page, read, zh

pytestmark = [pytest.mark.django_db, pytest.mark.every_engine]
ROW = ["新厂", "", "12", "", "工业"]
LIST = "/desk/imports/"
MINUTE = timedelta(minutes=1)
OVER = AT + MAX_TIME + MINUTE


@pytest.fixture
def editor(client, people):
    client.force_login(people.editor)
    return client


@pytest.fixture
def slow(monkeypatch) -> SlowWork:
    return SlowWork(monkeypatch)


FILE, ANOTHER = (file_of([name, *ROW[1:]]).read() for name in ("新厂", "另一厂"))  # the bytes know the time


def send(client, data: bytes = FILE) -> str:
    """Where it leads to."""
    file = SimpleUploadedFile("二月.xlsx", data)
    answer = client.post(LIST, {"file": file, "sender": "甲局"})
    assert answer.status_code == 302
    return answer["Location"]


def faults(page: Page) -> str:
    return " ".join(one.text for one in page.all("section", "faults"))


def test_what_takes_long_is_said_and_leads_on_once_it_is_done(editor, slow):
    path = send(editor)
    assert path.startswith("/desk/imports/readings/") and not Batch.objects.exists()
    answer = editor.get(path)
    page = Page(answer)
    assert answer["Refresh"] == str(import_reading.AGAIN) and "no-store" in answer["Cache-Control"]
    assert "二月.xlsx" in page.main and zh("The file is being read.") in page.main and not faults(page)
    assert "09:00:0" in page.main, "since when, in Shanghai"
    # Left, and found again.
    assert path in editor.get(LIST).content.decode()
    slow.finish()
    batch = Batch.objects.get()
    assert editor.get(path)["Location"] == page_of(batch, "columns/")
    assert batch.sender == "甲局" and path not in editor.get(LIST).content.decode()


def test_what_is_read_at_once_leaves_no_trace_of_it(client, people):
    """The control: the same file."""
    taken(client, people, ROW)
    assert Batch.objects.exists() and not FileReading.objects.exists()


def test_a_refusal_comes_in_words_at_the_end(editor, slow, monkeypatch):
    bad = b"PK\x03\x04broken"
    path = editor.post(LIST, {"file": SimpleUploadedFile("a.xlsx", bad)})["Location"]
    slow.finish()
    answer = editor.get(path)
    said = faults(Page(answer))
    assert "Refresh" not in answer and not Batch.objects.exists()
    assert path in editor.get(LIST).content.decode()
    monkeypatch.setattr(long_work, "start", at_once)
    assert said and said == faults(Page(editor.post(LIST, {"file": SimpleUploadedFile("a.xlsx", bad)})))


def test_whose_server_died_is_said_to_have_broken_off(editor, slow):
    path = send(editor)
    with time_machine.travel(AT + MAX_TIME - MINUTE):
        assert "Refresh" in editor.get(path)
    with time_machine.travel(OVER):
        answer = editor.get(path)
        assert "Refresh" not in answer and zh(
            "Reading the file broke off, and nothing of it was kept: send it again."
        ) in faults(Page(answer))
        slow.finish()
        assert not Batch.objects.exists(), "it comes after it was said that nothing is kept"


def test_control_where_nobody_looks_at_the_time_it_would_come_late(editor, slow, monkeypatch):
    path = send(editor)
    with time_machine.travel(OVER):
        assert faults(Page(editor.get(path)))
        monkeypatch.setattr(FileReading, "is_going_on", lambda row, at: True)
        slow.finish()
        assert Batch.objects.exists()


def test_a_reader_that_breaks_is_said_at_once(editor, slow, monkeypatch):
    path = send(editor)
    monkeypatch.setattr(sheet_file, "read", lambda data: 1 / 0)
    slow.finish()
    answer = editor.get(path)
    assert faults(Page(answer)) and "Refresh" not in answer and not Batch.objects.exists()


def test_the_second_of_two_sheets_cannot_be_kept_and_neither_is(editor, slow, monkeypatch):
    keep = batches.keep
    monkeypatch.setattr(draft_sheet, "_with_projects", lambda sheets: sheets * 2)
    made = []

    def second_fails(**told):
        made.append(keep(**told))
        if len(made) == 2:
            raise OSError("the disk is full")
        return made[0]

    monkeypatch.setattr(batches, "keep", second_fails)
    send(editor)
    slow.finish()
    assert len(made) == 2 and not Batch.objects.exists()
    assert FileReading.objects.get().ended_at is None, "its time runs out"


def test_the_same_file_from_two_windows_is_read_once(editor, slow):
    assert send(editor) == send(editor) and len(slow.begun) == 1
    slow.finish()
    assert Batch.objects.count() == 1


def test_two_windows_at_the_same_moment_have_one_draft(editor, slow, monkeypatch):
    """Neither sees the other when it begins."""
    monkeypatch.setattr(file_readings, "going_on", lambda *args, **kwargs: None)
    assert send(editor) == send(editor) and len(slow.begun) == 2
    slow.finish()
    assert Batch.objects.count() == 1


def test_another_file_and_another_editor_have_their_own(editor, people, slow):
    paths = {send(editor), send(editor, ANOTHER)}
    editor.force_login(people.second_editor)
    paths.add(send(editor))
    slow.finish()
    assert len(paths) == Batch.objects.count() == 3


def test_sent_again_it_is_begun_anew_and_the_first_ends_in_nothing(editor, slow):
    path = send(editor)
    first = slow.begun.pop()
    with time_machine.travel(OVER):
        assert send(editor) == path and "Refresh" in editor.get(path)
        long_work.do(*first)
        assert not Batch.objects.exists()
        slow.finish()
        assert Batch.objects.count() == 1


def test_given_up_nothing_becomes_of_it(editor, slow):
    path = send(editor)
    assert editor.post(path)["Location"] == LIST
    slow.finish()
    assert not Batch.objects.exists() and not FileReading.objects.exists()
    assert editor.get(path).status_code == 404


def test_left_lying_it_is_erased_with_the_others(editor, slow):
    send(editor)
    erasure.erase_due(at=AT + erasure.WORKBOOKS_KEPT - MINUTE)
    assert FileReading.objects.exists()
    erasure.erase_due(at=AT + erasure.WORKBOOKS_KEPT + MINUTE)
    assert not FileReading.objects.exists()


def test_who_sees_no_drafts_sees_none_of_it(editor, people, slow):
    path = send(editor)
    for other in (people.reviewer, people.reporter):
        editor.force_login(other)
        assert editor.get(path).status_code == editor.post(path).status_code == 404
        assert "二月.xlsx" not in editor.get(LIST).content.decode()
    assert FileReading.objects.exists()


def test_where_too_much_is_read_already_it_is_said(editor, monkeypatch):
    monkeypatch.setattr(long_work, "start", _busy)
    page = Page(editor.post(LIST, {"file": file_of(ROW)}))
    assert page.status == 200 and faults(page) and not FileReading.objects.exists()


def _busy(*args):
    raise long_work.Refused("server_busy", "file")


# Comparing


@pytest.fixture
def draft(client, people) -> Batch:
    batch = taken(client, people, ROW)
    saved_columns(client, batch)
    batch.refresh_from_db()
    return batch


@pytest.mark.parametrize("step", ["faults/", "", "?show=new"])
def test_comparing_that_takes_long_is_said_and_its_page_comes(client, draft, slow, step):
    path = page_of(draft, step)
    answer = client.get(path)
    assert answer["Refresh"] == str(import_reading.AGAIN)
    assert zh("The file is being compared with what is on record.") in Page(answer).main
    assert "Refresh" in client.get(path) and len(slow.begun) == 1, "it is begun once"
    slow.finish()
    answer = client.get(path)
    assert (
        "Refresh" not in answer
        and zh("The file is being compared with what is on record.") not in Page(answer).main
    )


def test_whoever_saves_waits_for_it_and_nothing_typed_is_lost(client, draft, slow):
    answer = client.post(page_of(draft, "faults/"), {"version": draft.version})
    assert answer.status_code == 302 and not slow.begun


def test_comparing_that_fails_is_tried_anew(client, draft, slow, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(batches, "compare", lambda *args, **kwargs: 1 / 0)
        client.get(page_of(draft))
        slow.finish()
        with pytest.raises(ZeroDivisionError):
            client.get(page_of(draft))
    client.get(page_of(draft))
    slow.finish()
    assert "Refresh" not in client.get(page_of(draft))


def test_its_page_does_not_ask_for_ever(client, draft, slow):
    client.get(page_of(draft))
    with time_machine.travel(OVER):
        answer = client.get(page_of(draft))
    assert answer.status_code == 200 and "Refresh" not in answer


def test_where_too_much_is_compared_already_it_waits_its_turn(client, draft, monkeypatch):
    monkeypatch.setattr(long_work, "start", _busy)
    assert "Refresh" in client.get(page_of(draft))
    monkeypatch.setattr(long_work, "start", at_once)
    assert "Refresh" not in client.get(page_of(draft))
    assert read(client, page_of(draft)).status == 200
