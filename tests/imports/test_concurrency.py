"""Two who approve one file at once, and one that is killed in the middle: once, and nothing half."""

import json
import signal
import time

import pytest

from tests.claims.test_concurrency import PATIENCE, said_by, told
from tests.claims.workers import PROGRAM
from tests.conftest import OwnDatabase


def prepared(database: OwnDatabase, rows: int) -> dict:
    return json.loads(database.run(*PROGRAM, "prepare_batch", str(rows)))


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
    time.sleep(seconds)
    victim.send_signal(signal.SIGKILL)
    was_done = "done" in victim.stdout.read()
    assert victim.wait(PATIENCE) in (-signal.SIGKILL, 0)
    after = told(own_database)
    assert after["approved"] in ([], of["refs"]) and after["differing"] == []
    assert after["approved"] or not was_done
    again, _ = own_database.start(*PROGRAM, "approve_batch", str(of["key"])).communicate("go\n")
    assert again.split()[1:] == (["decided_already"] if after["approved"] else ["done"])
    assert told(own_database)["approved"] == of["refs"]
