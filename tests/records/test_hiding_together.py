"""Two people at the hiding of the same projects, in processes of their own: asked for once, decided once."""

import json

import pytest

from tests.claims.test_concurrency import said_by
from tests.records.hiding_workers import PROGRAM

COUNT = 8
LATER = "decided_already"


@pytest.fixture
def codes(own_database) -> list[str]:
    return own_database.prepare(*PROGRAM, "prepare", str(COUNT)).splitlines()


@pytest.fixture
def together(started):
    """What each of several has said, by what it was about."""

    def run(*commands: tuple[str, ...]) -> list[dict[str, str]]:
        said = said_by(started(*commands, program=PROGRAM))
        return [dict(line.split() for line in lines) for lines in said]

    return run


@pytest.fixture
def told(own_database):
    return lambda: json.loads(own_database.run(*PROGRAM, "tell"))


def outcomes(said: list[dict[str, str]]) -> set[tuple[str, ...]]:
    """Of each the two answers, whoever had which."""
    return {tuple(sorted(one[code] for one in said)) for code in said[0]}


def test_two_ask_to_hide_the_same_projects_at_once(codes, together, told):
    said = together(("ask", "editor", *codes), ("ask", "second_editor", *codes))
    assert outcomes(said) == {("done", "hiding_is_open")}
    after = told()
    assert after["wishes"] == [[code, "waiting"] for code in codes]
    assert after["entries"] == ["project.ask_hiding"] * COUNT and after["public"] == codes


def test_two_name_each_others_project_as_a_double_at_once(codes, together, told):
    """No circle comes about: one of two stays, with the claims of the other."""
    pairs = list(zip(codes[::2], codes[1::2], strict=True))
    one, other = together(
        ("ask", "editor", *[f"{left}={right}" for left, right in pairs]),
        ("ask", "second_editor", *[f"{right}={left}" for left, right in pairs]),
    )
    found = {tuple(sorted((one[f"{left}={right}"], other[f"{right}={left}"]))) for left, right in pairs}
    assert found == {("done", "same_as_unfit")}
    after = told()
    assert len(after["wishes"]) == after["entries"].count("project.ask_hiding") == len(pairs)
    assert after["batches"] == ["sent"] * len(pairs) and after["claims"] == len(pairs)


@pytest.mark.parametrize(
    ("acts", "entry", "raised"),
    [(("approve", "approve"), "project.hide", COUNT), (("refuse", "refuse"), "project.refuse_hiding", 0)],
    ids=["approve", "refuse"],
)
def test_two_decide_on_the_same_hidings_at_once(codes, together, told, acts, entry, raised):
    together(("ask", "editor", *codes))
    said = together((acts[0], "reviewer", *codes), (acts[1], "second_editor", *codes))
    assert outcomes(said) == {(LATER, "done")}
    after = told()
    assert after["entries"].count(entry) == COUNT and after["version"] == raised
    assert (after["public"] == codes) is (raised == 0) and after["differing"] == []


@pytest.mark.parametrize(
    "second", [("refuse", "second_editor"), ("take_back", "editor")], ids=lambda one: one[0]
)
def test_one_hides_doubles_while_another_does_not_want_it(codes, together, told, second):
    """Neither waits for the other for ever; each goes one way, and its claims with it."""
    doubles, kept = codes[::2], codes[1::2]
    together(("ask", "editor", *[f"{one}={other}" for one, other in zip(doubles, kept, strict=True)]))
    said = together(("approve", "reviewer", *doubles), (*second, *reversed(doubles)))
    assert outcomes(said) == {(LATER, "done")}
    hidden = {code for code, word in said[0].items() if word == "done"}
    after = told()
    assert {code for code, state in after["wishes"] if state == "hidden"} == hidden
    assert set(after["public"]) == set(codes) - hidden
    assert after["batches"].count("approved") == len(hidden) and "sent" not in after["batches"]
    assert after["differing"] == []


def test_two_show_the_same_projects_again_at_once(codes, together, told):
    together(("ask", "editor", *codes))
    together(("approve", "reviewer", *codes))
    said = together(("show", "editor", *codes), ("show", "second_editor", *codes))
    assert outcomes(said) == {(LATER, "done")}
    after = told()
    assert after["public"] == codes and after["entries"].count("project.show") == COUNT
    assert after["version"] == 2 * COUNT and after["differing"] == []


def test_control_where_nobody_looks_how_it_stands_each_is_decided_twice(codes, together, told):
    together(("ask", "editor", *codes))
    said = together(*[("refuse_unguarded", who, *codes) for who in ("reviewer", "second_editor")])
    assert outcomes(said) == {("done", "done")}
    assert told()["entries"].count("project.refuse_hiding") == 2 * COUNT
