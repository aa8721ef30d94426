"""Every action that the application records has its words."""

import ast
from pathlib import Path

import pytest
from django.utils.translation import override

from projects.audit.rules.reach import KINDS
from projects.reports.rules.workflow import STEPS
from projects.words import audit_actions
from projects.words.audit_actions import action_word
from tests.audit.test_reach import BY_NAMES, FULL
from tests.words.codes import called

PROJECTS = Path(__file__).parents[2] / "projects"
RECORDING = {"record", "record_each", "_record", "note"}


def verbs_in(folder: Path) -> set[str]:
    """What stands after the dot, or alone, in the first argument of whatever records."""
    found = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and called(node) in RECORDING and node.args:
                found |= _verb(node.args[0])
    return found - {""}


def _verb(node: ast.expr) -> set[str]:
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return {one.value.rpartition(".")[2] for one in parts if isinstance(one, ast.Constant)}


def test_every_action_of_the_code_has_words():
    found = verbs_in(PROJECTS) | {move.value for move in STEPS} - {"save"}
    assert {"approve", "ask_hiding", "second_factor", "keep", "arrange"} <= found, "or nothing was read"
    assert found <= audit_actions.VERBS.keys()
    assert audit_actions.KINDS.keys() == KINDS.keys()


def test_control_a_verb_without_words_is_found(tmp_path):
    (tmp_path / "new.py").write_text('log.record("claim.unheard", "x"); _record("of", row); note(verb, row)')
    assert verbs_in(tmp_path) == {"unheard", "of"}


@pytest.mark.parametrize("action", [one for one in (*FULL, *BY_NAMES) if one != "unheard.of"])
def test_an_action_reads_in_chinese(action):
    with override("zh-hans"):
        assert action_word(action).isascii() is False and "." not in action_word(action)


def test_an_action_reads_as_people_say_it():
    with override("zh-hans"):
        assert action_word("claim.approve") == "记载：审核通过"
        assert action_word("unheard.of") == "unheard.of"
    with override("en"):
        assert action_word("report.submit") == "monthly report: handed in"
