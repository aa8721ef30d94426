"""A reading that goes on in a thread: ended by its own connection, killed at any moment with nothing half."""

import json
import signal
import time

import pytest

from tests.claims.test_concurrency import PATIENCE
from tests.imports.slow_reader import PROGRAM

NOTHING_YET = {"is_going_on": True, "drafts": 0, "batches": 0}
DONE = {"is_going_on": False, "drafts": 2, "batches": 2}


@pytest.fixture
def begun(own_database):
    """Programs that have a reading going on; none stays behind."""
    running = []

    def begin(seconds: float):
        running.append(own_database.start(*PROGRAM, "begin", str(seconds)))
        assert running[-1].stdout.readline() == "begun\n"
        return running[-1]

    yield begin
    for program in running:
        program.kill()
        program.wait()


def told(database) -> dict:
    return json.loads(database.run(*PROGRAM, "tell"))


def test_it_ends_in_a_draft_of_each_sheet(own_database, begun):
    assert begun(0).communicate("wait\n", timeout=PATIENCE)[0] == "ended\n"
    assert told(own_database) == DONE


def test_a_server_that_is_stopped_does_not_wait_for_it(own_database, begun):
    program = begun(600)
    program.communicate("go\n", timeout=PATIENCE)
    assert program.returncode == 0 and told(own_database) == NOTHING_YET


@pytest.mark.parametrize("seconds", [0, 0.3, 0.5, 0.7])
def test_killed_in_the_middle_all_sheets_are_kept_or_none(own_database, begun, seconds):
    program = begun(0)
    time.sleep(seconds)
    program.send_signal(signal.SIGKILL)
    program.wait(PATIENCE)
    assert told(own_database) in (NOTHING_YET, DONE)
