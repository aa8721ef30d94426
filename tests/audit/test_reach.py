"""What the record of changes keeps, and who reaches it: by a table that knows every action there is."""

import ast
from pathlib import Path

import pytest

from projects.audit import rules
from projects.choices import AuditReach, Role
from projects.reports.rules.workflow import STEPS

RECORDS, ROUNDS, REPORT, ADMINISTRATORS = AuditReach
ACTIONS = Path(__file__).parents[2] / "projects"
TYPED = {"state": "draft", "version": 2, "works": "zz", "text": "zz", "email": "zz", "roles": ["Editor"]}


def kinds_in(folder: Path) -> set[str]:
    """The word before the dot of every action that some code records, as far as it is written down there."""
    found = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_call = isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "record"
            if is_call and (text := _text(node.args[0])):
                found.add(text.partition(".")[0])
    return found


def _text(node: ast.expr) -> str:
    """A whole text, or what an f-string begins with; empty where that is a name."""
    if isinstance(node, ast.JoinedStr):
        node = node.values[0]
    return node.value if isinstance(node, ast.Constant) else ""


def test_the_table_knows_every_action_in_the_code():
    found = kinds_in(ACTIONS)
    assert {"report", "problem", "attachment", "fixtures", "round", "user"} <= found, "or nothing was read"
    assert found <= rules.reach.KINDS.keys()


def test_control_an_action_that_the_table_does_not_know_is_found(tmp_path):
    (tmp_path / "new.py").write_text('log.record(f"unheard.{verb}", "x", by=by, at=at)')
    assert kinds_in(tmp_path) == {"unheard"} and "unheard" not in rules.reach.KINDS


FULL = (
    *("project.save", "organisation.save", "place.save", "source.remove"),
    *("indicator.save", "department.hand_over", "claim.enter", "claim.refuse", "statistic.approve"),
    "batch.approve",
    *("fixtures.load", "standings.rebuild", "round.open", "round.close", "report.approve"),
    *("clock.confirm", "secrets.encrypt", "migration.data"),
)
ELSEWHERE = ("round", "report", "clock", "secrets", "migration")  # of what is kept in full, what is no record
BY_NAMES = (
    *(f"report.{move.value}" for move in STEPS if move != "approve"),
    *("report.enter", "problem.raise", "problem.reply", "problem.close", "problem.take_back"),
    *("attachment.add", "attachment.remove", "user.save", "user.password", "user.link", "demo.account"),
    *("user.second_factor", "department.save", "tip.close", "unheard.of"),
)


@pytest.mark.parametrize("action", FULL)
def test_of_what_is_on_record_both_sides_are_kept_in_full(action):
    assert rules.reach.kept(action, TYPED, {"note": "zz"}) == (TYPED, {"note": "zz"})


@pytest.mark.parametrize("action", BY_NAMES)
@pytest.mark.parametrize(
    "sides", [(None, TYPED), (TYPED, None), (TYPED, TYPED | {"works": "zzz"}), ("zz", "zz")]
)
def test_of_drafts_notes_and_accounts_nothing_typed_is_kept(action, sides):
    assert "zz" not in str(rules.reach.kept(action, *sides))


def test_the_two_lists_name_every_kind():
    named = {action.partition(".")[0] for action in (*FULL, *BY_NAMES)}
    assert named - {"unheard"} == rules.reach.KINDS.keys()


@pytest.mark.parametrize(
    ("action", "before", "after", "kept"),
    [
        # A draft begun: the names of what is filled.
        (
            "report.enter",
            None,
            {"state": "draft", "works": "x", "next_steps": "", "progress": 0, "pause": {"note": ""}},
            (None, {"state": "draft", "fields": ["progress", "works"]}),
        ),
        # An account: rights as they were and are, of personal columns that they changed.
        (
            "user.save",
            {"email": "a@b", "last_name": "甲", "roles": []},
            {"email": "c@d", "last_name": "甲", "roles": ["Editor"]},
            ({"roles": []}, {"roles": ["Editor"], "fields": ["email"]}),
        ),
        # Taken away: the names stand on the side that was.
        ("problem.take_back", {"text": "x"}, None, ({"fields": ["text"]}, None)),
        ("attachment.add", None, {"name": "ab.jpg", "caption": ""}, (None, {"name": "ab.jpg"})),
        ("user.password", None, None, (None, None)),
        # A unit: that another is called, not who.
        (
            "department.save",
            {"name": "某委", "contact": ""},
            {"name": "某委", "contact": "甲 000"},
            ({"name": "某委"}, {"name": "某委", "fields": ["contact"]}),
        ),
    ],
)
def test_what_is_kept_by_name(action, before, after, kept):
    assert rules.reach.kept(action, before, after) == kept


@pytest.mark.parametrize(
    ("action", "reach"),
    [
        *((action, RECORDS) for action in FULL if action.partition(".")[0] not in ELSEWHERE),
        ("round.open", ROUNDS),
        *((f"report.{move.value}", REPORT) for move in STEPS),
        ("problem.reply", REPORT),
        ("attachment.add", REPORT),
        ("user.save", ADMINISTRATORS),
        ("clock.confirm", ADMINISTRATORS),
        ("secrets.encrypt", ADMINISTRATORS),
        ("migration.data", ADMINISTRATORS),
        ("demo.account", ADMINISTRATORS),
        ("unheard.of", ADMINISTRATORS),
    ],
)
def test_who_reaches_what(action, reach):
    assert rules.reach.kind_of(action).reach == reach


@pytest.mark.parametrize(
    ("roles", "is_superuser", "reached"),
    [
        ([Role.EDITOR.value], False, {RECORDS}),
        ([Role.REVIEWER.value], False, {RECORDS, ROUNDS, REPORT}),
        ([Role.REVIEWER.value, Role.EDITOR.value], False, {RECORDS, ROUNDS, REPORT}),
        ([Role.REPORTER.value], False, set()),
        ([], False, set()),
        ([], True, set(AuditReach)),
    ],
)
def test_reach_by_role(roles, is_superuser, reached):
    assert rules.reach.reaches(roles, is_superuser) == reached
