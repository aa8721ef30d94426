"""Several people at one report, in processes of their own: one save a version, one approval a report."""

import json
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.conftest import OwnDatabase
from tests.reports.desk_workers import PROGRAM

PATIENCE = 60
CLAIMS_OF_ONE = 3  # stage, condition, invested to date
# Nobody waits for the others any more.
AS_REVIEWER = """
import django; django.setup()
from django.utils import timezone
from projects.reports import moves
from projects.models import Report, User
for report in Report.objects.filter(project__code__in={codes}):
    by = User.objects.get(username="reviewer")
    moves.approve(report, expected=report.version, by=by, at=timezone.now())
"""


@pytest.fixture
def together(own_database):
    """Run programs that wait for each other; what each has said; whatever happens, none stays behind."""
    running: list[subprocess.Popen] = []

    def run(*commands: tuple[str, ...]) -> list[list[str]]:
        running.extend(own_database.start(*PROGRAM, *command) for command in commands)
        for program in running:
            assert program.stdout.readline() == "ready\n"
        for program in running:
            program.stdin.write("go\n")
            program.stdin.flush()
        with ThreadPoolExecutor(len(running)) as pool:
            said = list(pool.map(lambda program: program.stdout.read().splitlines(), running))
        assert [program.wait(PATIENCE) for program in running] == [0] * len(running)
        return said

    yield run
    for program in running:
        program.kill()
        program.wait()


def prepared(database: OwnDatabase, count: int, *none: str) -> list[str]:
    return database.prepare(*PROGRAM, "prepare", str(count), *none).splitlines()


def told(database: OwnDatabase) -> dict:
    return json.loads(database.run(*PROGRAM, "tell"))


def published(after: dict) -> int:
    """How often since the round was opened."""
    return after["version"] - after["entries"].count("round.open")


def test_eight_edit_one_report_and_each_version_is_one_save(own_database, together):
    [code] = prepared(own_database, 1)
    said = [line.split(" ", 2) for lines in together(*[("edit", code, "6")] * 8) for line in lines]
    saved = sorted((int(version), works) for what, version, works in said if what == "saved")
    assert [version for version, _ in saved] == list(range(1, len(saved) + 1)), "one save a version"
    assert len(said) == 48 and len(saved) >= 6
    seen = {(int(version), works) for what, version, works in said if what == "told"}
    assert seen <= set(saved), "whoever came second was shown what the other had saved"
    after = told(own_database)
    assert (after["versions"][code], after["works"][code]) == saved[-1]
    assert after["entries"].count("report.enter") == 1


def test_two_approve_the_same_reports_at_once(own_database, together):
    _draft, *codes = prepared(own_database, 9)
    one, other = together(*[("approve", *codes)] * 2)
    outcomes = [sorted(pair) for pair in zip(one, other, strict=True)]
    assert outcomes == [[f"{code} done", f"{code} too late"] for code in codes]
    after = told(own_database)
    assert sorted(after["sources"]) == [f"report-2026-02-{code}" for code in codes]
    assert after["claims"] == len(codes) * CLAIMS_OF_ONE
    assert published(after) == after["entries"].count("report.approve") == len(codes)
    assert after["differing"] == []


def test_one_approves_while_another_withdraws(own_database, together):
    """Neither waits for the other for ever; each report goes one way."""
    _draft, *codes = prepared(own_database, 9)
    approving, withdrawing = together(("approve", *codes), ("withdraw", *reversed(codes)))
    approved = {line.split()[0] for line in approving if line.endswith("done")}
    withdrawn = {line.split()[0] for line in withdrawing if line.endswith("done")}
    assert approved | withdrawn == set(codes) and not approved & withdrawn
    after = told(own_database)
    assert {code for code, state in after["states"].items() if state == "approved"} == approved
    assert {code for code, state in after["states"].items() if state == "draft"} == withdrawn
    assert after["claims"] == len(approved) * CLAIMS_OF_ONE and after["differing"] == []


def test_two_close_one_round_at_once(own_database, together):
    codes = prepared(own_database, 9)
    said = together(*[("close",)] * 2)
    assert sorted(said) == [["done"], ["round_closed"]]
    after = told(own_database)
    assert [code for code, _state in after["lines"]] == codes, "each project once"
    assert after["entries"].count("round.close") == 1


def test_one_closes_while_another_approves(own_database, together):
    """A line tells what had come by then; what is approved afterwards changes none."""
    draft, *codes = prepared(own_database, 9)
    closing, approving = together(("close",), ("approve", *codes))
    assert closing == ["done"] and approving == [f"{code} done" for code in codes]
    after = told(own_database)
    assert [code for code, _state in after["lines"]] == [draft, *codes]
    order = [one for one in after["entries"] if one in ("round.close", "report.approve")]
    came = [state for code, state in after["lines"] if state == "approved"]
    assert len(came) == order.index("round.close")


@pytest.mark.parametrize("words", [("架梁", "架梁"), ("架梁", "铺轨")])
def test_two_send_one_table_at_once(own_database, together, words):
    """Each row is handed in once, as one of them wrote it; the other is shown it, where it differs."""
    codes = prepared(own_database, 5, "none")
    said = together(*[("send_table", one) for one in words])
    after = told(own_database)
    assert after["entries"].count("report.enter") == len(codes)
    assert after["states"] == dict.fromkeys(codes, "submitted")
    typed = {after["works"][code] for code in codes}
    assert typed <= set(words)
    assert said == [["302"] if typed == {one} else ["409"] for one in words]


def test_a_reviewer_killed_in_the_middle_loses_nothing_acknowledged(own_database):
    """kill -9 amid approvals: each report is published whole or waits as before, and the next one goes on."""
    _draft, *codes = prepared(own_database, 21)
    victim = own_database.start(*PROGRAM, "approve", *codes)
    try:
        assert victim.stdout.readline() == "ready\n"
        victim.stdin.write("go\n")
        victim.stdin.flush()
        acknowledged = [victim.stdout.readline().split()[0] for _ in range(3)]
        victim.send_signal(signal.SIGKILL)
        acknowledged += [
            line.split()[0] for line in victim.stdout.read().splitlines() if line.endswith("done")
        ]
    finally:
        victim.kill()
    assert victim.wait(PATIENCE) == -signal.SIGKILL
    after = told(own_database)
    approved = {code for code, state in after["states"].items() if state == "approved"}
    assert set(acknowledged) <= approved < set(codes), "killed before it was done"
    assert len(approved) <= len(acknowledged) + 1
    assert after["claims"] == len(approved) * CLAIMS_OF_ONE and after["differing"] == []
    assert published(after) == after["entries"].count("report.approve") == len(approved)
    waiting = sorted(set(codes) - approved)
    own_database.run("-c", AS_REVIEWER.format(codes=waiting))
    after = told(own_database)
    assert {after["states"][code] for code in codes} == {"approved"} and after["differing"] == []
    assert after["claims"] == len(codes) * CLAIMS_OF_ONE
