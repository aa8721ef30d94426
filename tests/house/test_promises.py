"""The table of promises: a control for each proof, drills apart, and a table that follows the reports."""

import json
from textwrap import dedent

import pytest

from tests import trust_table

pytest_plugins = ["pytester"]


@pytest.fixture
def suite(pytester):
    pytester.makeini("[pytest]\nmarkers = promise\n  drill\n")
    pytester.makeconftest("import sys; sys.path.insert(0, '.'); pytest_plugins = ['tests.promises']")

    def run(text: str, *arguments: str):
        pytester.makepyfile(test_it="import pytest\n" + dedent(text))
        return pytester.runpytest_inprocess("-p", "no:django", "-p", "no:cacheprovider", *arguments)

    return run


PROOF = """
    @pytest.mark.promise("It holds", control="test_it_can_fail")
    def test_it_holds(figure):
        figure("3 of 3")

    def test_it_can_fail(): pass

    @pytest.mark.drill
    def test_long(): pass
"""


def test_drills_run_only_when_asked_for(suite):
    suite(PROOF).assert_outcomes(passed=2, deselected=1)
    suite(PROOF, "--drills").assert_outcomes(passed=1, deselected=2)
    suite(PROOF, "--trust").assert_outcomes(passed=2, deselected=1)


def test_a_promise_without_its_control_is_refused(suite):
    result = suite(PROOF.replace("def test_it_can_fail", "def test_another"))
    assert result.ret and "names no control" in result.stdout.str() + result.stderr.str()


def test_the_table_says_figure_and_engine(tmp_path, monkeypatch):
    monkeypatch.setattr(trust_table, "TABLE", tmp_path / "trust.md")
    entry = {"promise": "It holds", "proof": "test_it.py::test_it_holds", "control": "test_it_can_fail"}
    for engine, figure in [("sqlite", "3 of 3"), ("postgresql", "4 of 4")]:
        line = json.dumps(entry | {"figure": figure, "outcome": "passed", "engine": engine})
        (tmp_path / engine).write_text(line + "\n")
    trust_table.main([str(tmp_path / "sqlite"), str(tmp_path / "postgresql")])
    row = trust_table.TABLE.read_text().splitlines()[-1]
    assert "It holds" in row and "3 of 3; 4 of 4" in row and row.endswith("| both |")


def test_a_failed_proof_writes_no_table(tmp_path, monkeypatch):
    monkeypatch.setattr(trust_table, "TABLE", tmp_path / "trust.md")
    entry = {"promise": "It holds", "proof": "p", "control": "c", "figure": "", "engine": "sqlite"}
    (tmp_path / "report").write_text(json.dumps(entry | {"outcome": "failed"}) + "\n")
    with pytest.raises(SystemExit):
        trust_table.main([str(tmp_path / "report")])
    assert not trust_table.TABLE.exists()
