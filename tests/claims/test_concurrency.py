"""Several processes at once, and one that is killed: nothing acknowledged is lost, nothing happens twice."""

import json
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor

from tests.claims.workers import PROGRAM
from tests.conftest import OwnDatabase

PATIENCE = 60


def prepared(database: OwnDatabase, projects: int, claims: int) -> list[dict]:
    said = database.prepare(*PROGRAM, "prepare", str(projects), str(claims))
    return [json.loads(line) for line in said.splitlines()]


def told(database: OwnDatabase) -> dict:
    """Fails where the chain is broken."""
    return json.loads(database.run(*PROGRAM, "tell"))


def said_by(programs: list[subprocess.Popen]) -> list[list[str]]:
    """What each says until its end, and that each ends well."""
    with ThreadPoolExecutor(len(programs)) as pool:
        said = list(pool.map(lambda program: program.stdout.read().split("\n")[:-1], programs))
    assert [program.wait(PATIENCE) for program in programs] == [0] * len(programs)
    return said


def test_four_processes_publish_on_one_project_and_none_is_lost(own_database, started):
    [of] = prepared(own_database, 1, 0)
    workers = started(*[("work", of["project"], "25")] * 4)
    acknowledged = [ref for said in said_by(workers) for ref in said]
    assert len(acknowledged) == len(set(acknowledged)) == 100
    after = told(own_database)
    assert after["approved"] == sorted(acknowledged)
    assert after["version"] == 100
    assert len(after["entries"]) == 200
    assert after["differing"] == []


def test_two_people_approve_the_same_claims_at_once(own_database, started):
    [of] = prepared(own_database, 1, 20)
    one, other = said_by(started(*[("approve", *of["refs"])] * 2))
    outcomes = [sorted(pair) for pair in zip(one, other, strict=True)]
    assert outcomes == [sorted([f"{ref} already decided", f"{ref} done"]) for ref in of["refs"]]
    after = told(own_database)
    assert after["approved"] == sorted(of["refs"])
    approvals = [subject for action, subject in after["entries"] if action == "claim.approve"]
    assert sorted(approvals) == sorted(of["refs"])


def test_one_approves_while_another_refuses(own_database, started):
    """Neither waits for the other for ever, and each claim is decided once, one way."""
    [of] = prepared(own_database, 1, 20)
    approving, refusing = said_by(started(("approve", *of["refs"]), ("refuse", *of["refs"])))
    approved = {said.split()[0] for said in approving if said.endswith("done")}
    refused = {said.split()[0] for said in refusing if said.endswith("done")}
    assert approved | refused == set(of["refs"]) and not approved & refused
    after = told(own_database)
    assert (set(after["approved"]), set(after["refused"])) == (approved, refused)


def test_what_was_acknowledged_before_a_kill_is_there(own_database, started):
    """kill -9 in the middle: the others go on, the chain is whole."""
    many = prepared(own_database, 2, 0)
    victims = [("work", of["project"], "1000") for of in many]
    *victims, survivor = started(*victims, ("work", many[0]["project"], "15"))
    acknowledged = []
    for victim in victims:
        acknowledged += [victim.stdout.readline().strip() for _ in range(3)]
        victim.send_signal(signal.SIGKILL)
        # What it had said when it died counts too.
        acknowledged += victim.stdout.read().split("\n")[:-1]
        assert victim.wait(PATIENCE) == -signal.SIGKILL
    [said] = said_by([survivor])
    acknowledged += said
    after = told(own_database)
    assert len(said) == 15 and set(acknowledged) <= set(after["approved"])
    # At most the one that each was at when it died was done and not acknowledged.
    assert len(after["approved"]) <= len(acknowledged) + len(victims)
    assert after["version"] == len(after["approved"])
    assert after["differing"] == []
    assert own_database.run(*PROGRAM, "tell"), "and it can be read and written again"
