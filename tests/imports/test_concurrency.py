"""Two who approve one file at once; the server or its reader killed in the middle: once, and nothing half."""

import json
import signal
import time

import pytest

from projects.imports import batches, sheet_file
from projects.models import Batch
from tests.claims import workers
from tests.claims.test_concurrency import PATIENCE, said_by, told
from tests.claims.workers import PROGRAM
from tests.conftest import OwnDatabase
from tests.desk.importing import file_of
from tests.public.reading import Page


def prepared(database: OwnDatabase, rows: int) -> dict:
    return json.loads(database.prepare(*PROGRAM, "prepare_batch", str(rows)))


def test_two_people_approve_a_file_at_once(own_database, started):
    of = prepared(own_database, 20)
    [one], [other] = said_by(started(*[("approve_batch", str(of["key"]))] * 2))
    assert sorted([one, other]) == ["decided_already", "done"]
    after = told(own_database)
    assert after["approved"] == of["refs"] and after["differing"] == [] and after["version"] == 1
    assert [action for action, _ in after["entries"]].count("batch.approve") == 1


@pytest.mark.parametrize("seconds", [0.02, 0.1, 0.4])
def test_killed_in_the_middle_nothing_is_half(own_database, started, seconds):
    of = prepared(own_database, 60)
    [victim] = started(("approve_batch", str(of["key"])))
    was_done = killed(victim, seconds)
    after = told(own_database)
    assert after["approved"] in ([], of["refs"]) and after["differing"] == []
    assert after["approved"] or not was_done
    again, _ = own_database.start(*PROGRAM, "approve_batch", str(of["key"])).communicate("go\n")
    assert again.split()[1:] == (["decided_already"] if after["approved"] else ["done"])
    assert told(own_database)["approved"] == of["refs"]


def killed(victim, seconds: float) -> bool:
    """Whether it had said before that it was done."""
    time.sleep(seconds)
    victim.send_signal(signal.SIGKILL)
    was_done = "done" in victim.stdout.read()
    assert victim.wait(PATIENCE) in (-signal.SIGKILL, 0)
    return was_done


@pytest.mark.parametrize("seconds", [0.1, 0.6, 1.2])
def test_killed_while_it_takes_a_file_in_all_sheets_are_kept_or_none(own_database, started, seconds):
    [victim] = started(("take_in", "40"))
    was_done = killed(victim, seconds)
    after = told(own_database)
    both = [["draft", 0]] * 2
    assert after["batches"] == both or after["batches"] == [] and not was_done
    assert (after["pending"], after["projects"], after["version"]) == (0, 0, 0)


@pytest.mark.parametrize("seconds", [0.1, 0.4, 1])
def test_killed_while_it_sends_all_is_pending_or_nothing(own_database, started, seconds):
    of = json.loads(own_database.prepare(*PROGRAM, "prepare_draft", "40"))
    [victim] = started(("send_draft", str(of["key"])))
    was_done = killed(victim, seconds)
    after = told(own_database)
    is_sent = after["pending"] == 40
    assert after["batches"] == ([["draft", 0], ["sent", 40]] if is_sent else [["draft", 0]] * 2)
    assert after["projects"] == after["pending"] and (is_sent or after["pending"] == 0 and not was_done)
    assert [action for action, _ in after["entries"]].count("batch.send") == is_sent


@pytest.mark.django_db
def test_where_the_reader_is_killed_nothing_is_kept_and_it_is_said(client, people, monkeypatch):
    """As by a system that is short of memory."""
    monkeypatch.setattr(sheet_file, "READER", "tests.imports.killed")
    client.force_login(people.editor)
    page = Page(client.post("/desk/imports/", {"file": file_of(["新厂", "", "12", "", "工业"])}))
    assert page.all("section", "faults") and not Batch.objects.exists()
    monkeypatch.undo()
    assert client.post("/desk/imports/", {"file": file_of(["新厂", "", "12", "", "工业"])}).status_code == 302


@pytest.mark.django_db
def test_a_sheet_that_cannot_be_kept_keeps_the_others_back(people, monkeypatch):
    sheets, keep = [], batches.keep

    def second_fails(*, sheet, **more):
        sheets.append(sheet)
        if len(sheets) == 2:
            raise OSError("the disk is full")
        return keep(sheet=sheet, **more)

    monkeypatch.setattr(batches, "keep", second_fails)
    with pytest.raises(OSError, match="disk"):
        workers.taken_in(2)
    assert len(sheets) == 2 and not Batch.objects.exists()
