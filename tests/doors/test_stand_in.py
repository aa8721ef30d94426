"""A further unit from a day to a day: on each of them every address of the desk, as the unit's own reporter.

`o` of the table, who reports for another unit, stands in for `r`; on a day without a term he is `o` again.
"""

from datetime import date

import pytest

from projects.models import Project, User
from projects.reports import hand_over
from tests.cast import AT, department, stand_in
from tests.doors.table import REPORTS
from tests.doors.test_doors import ONCE, Seat, expected

pytestmark = [pytest.mark.django_db, ONCE]

BEFORE, ON, AFTER = date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3)  # it is the second of March
HOLDS = {
    "on its first day": (ON, AFTER),
    "between": (BEFORE, AFTER),
    "on its last day": (BEFORE, ON),
    "on its only day": (ON, ON),
    "without a last day": (BEFORE, None),
}
DOES_NOT = {"before its first day": (AFTER, None), "after its last day": (BEFORE, BEFORE)}


def told_apart(world: dict, stands_in: bool) -> list[str]:
    """Where the other reporter is answered otherwise than the table says."""
    seat, faults = Seat("o"), []
    for row in REPORTS:
        for method, allowed in (("GET", row.read), ("POST", row.send)):
            letter = "r" if stands_in and "o" not in allowed else "o"
            if "r" not in allowed:
                continue
            if seat.answer(method, row.address.format(**world)) not in expected(row, method, allowed, letter):
                faults.append(f"{method} {row.address}")
    return faults


@pytest.mark.parametrize("days", HOLDS.values(), ids=HOLDS)
def test_during_its_term_a_stand_in_is_answered_as_the_units_own(world, days):
    stand_in(User.objects.get(username="other_reporter"), department(), *days)
    assert told_apart(world, stands_in=True) == []


@pytest.mark.parametrize("days", DOES_NOT.values(), ids=DOES_NOT)
def test_outside_of_it_nothing_is_there(world, days):
    stand_in(User.objects.get(username="other_reporter"), department(), *days)
    assert told_apart(world, stands_in=False) == []


def test_control_without_a_term_the_walk_finds_what_is_missing(world):
    assert "GET /desk/reports/{month}/{draft}/" in told_apart(world, stands_in=True)


def test_what_was_handed_over_meanwhile_is_reached_no_more(world):
    user = User.objects.get(username="other_reporter")
    stand_in(user, department(), BEFORE, AFTER)
    seat, page = Seat("o"), "/desk/reports/{month}/{draft}/".format(**world)
    assert seat.answer("GET", page) == "answered"
    to, editor = department("shuili", name="水利局"), User.objects.get(username="editor")
    hand_over.hand_over(department(), to, Project.objects.filter(code=world["draft"]), by=editor, at=AT)
    assert seat.answer("GET", page) == "nothing there"
    stand_in(user, to, ON, ON)  # and a second unit at once
    assert seat.answer("GET", page) == "answered"
    assert seat.answer("GET", "/desk/reports/{month}/{handed_in}/".format(**world)) == "answered"


def test_a_term_gives_no_role(world):
    """Who does not report reaches nothing by it."""
    stand_in(User.objects.get(username="stranger"), department(), BEFORE, AFTER)
    page = "/desk/reports/{month}/{draft}/".format(**world)
    assert Seat("s").answer("GET", page) == "nothing there"
