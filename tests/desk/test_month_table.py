"""The month as a table, without scripts: edited in place, each row read and checked as its report form."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.choices import Role
from projects.models import AuditEntry, Report
from projects.reports import moves
from tests.cast import AT, department, person
from tests.desk.filled import again, faults_at, opened, texts
from tests.paperwork import content, draft_of, on_record, submitted
from tests.public.reading import Page

pytestmark = pytest.mark.django_db
ADDRESS = "/en/desk/table/2026-02/"


@pytest.fixture
def factories(monthly_round) -> list:
    return [on_record(name_en=f"Works {number}") for number in (1, 2, 3)]


@pytest.fixture
def page(client, people, factories) -> Page:
    return opened(client, people.reporter, ADDRESS)


def sent(client, page: Page, do: str = "save", chosen=(), **typed: str) -> Page:
    """Change cells, named `a1_to_date` for the first row, and press a button."""
    data = {name: text for name, text in texts(page).items() if name != "chosen"}
    for name, text in typed.items():
        number, cell = name.removeprefix("a").split("_", 1)
        data[f"QJ-000{number}-{cell.replace('__', '-')}"] = text
    return Page(client.post(ADDRESS, data | {"do": do, "chosen": list(chosen)}, follow=True))


def reports() -> dict[str, str]:
    return {one.project.code: one.state for one in Report.objects.select_related("project")}


def test_each_project_is_a_row_with_the_record_beside_its_cells(page):
    held = texts(page)
    assert [held[f"QJ-000{number}-stage"] for number in (1, 2, 3)] == ["building"] * 3
    assert held["QJ-0001-to_date"] == "" and held["QJ-0001-version"] == "0"
    assert "On record CNY 1.0 billion" in faults_at(page, "QJ-0001-to_date")
    labelled = {one.given.get("for") for one in page.all("label")}
    shown = [one for one in page.elements if one.tag in ("input", "select", "textarea")]
    shown = [one.given for one in shown if one.given.get("type") not in ("hidden", "checkbox")]
    assert all(one["id"] in labelled or "aria-label" in one for one in shown)


def test_only_rows_in_which_something_was_typed_are_kept(client, page):
    shown = sent(client, page, a1_to_date="11", a2_works="架梁")
    assert reports() == {"QJ-0001": "draft", "QJ-0002": "draft"}
    assert "2 rows saved: Works 1, Works 2" in shown.main
    assert texts(again(client, ADDRESS))["QJ-0001-to_date"] == "11"


def test_all_hands_in_what_was_typed_and_leaves_silence_alone(client, page):
    sent(client, page, do="all", a1_to_date="11", a2_to_date="11.5")
    assert reports() == {"QJ-0001": "submitted", "QJ-0002": "submitted"}


def test_the_chosen_are_handed_in_and_the_others_kept(client, page):
    sent(client, page, do="chosen", chosen=["QJ-0002"], a1_to_date="11", a2_to_date="11.5")
    assert reports() == {"QJ-0001": "draft", "QJ-0002": "submitted"}


@pytest.mark.parametrize(
    ("cell", "typed", "words"),
    [
        ("to_date", "many", "many"),
        ("to_date", "9", "a cumulative figure does not fall"),
        ("to_date", "50", "more than the total"),
        ("progress", "0.35", "35"),
        ("progress", "120", "100"),
        ("works", "字" * 501, "500"),
    ],
)
def test_what_is_wrong_is_told_at_the_cell_and_all_that_was_typed_stays(client, page, cell, typed, words):
    shown = sent(client, page, do="all", a2_to_date="11", **{"a1_stage": "building", f"a1_{cell}": typed})
    told = faults_at(shown, f"QJ-0001-{cell}") + " ".join(one.text for one in shown.all("p"))
    assert words in told
    assert texts(shown)[f"QJ-0001-{cell}"] == typed
    assert reports()["QJ-0002"] == "submitted" and reports().get("QJ-0001", "draft") == "draft"


def test_a_reason_at_the_cell_confirms_what_is_unusual(client, page):
    shown = sent(client, page, do="all", a1_to_date="50")
    assert "QJ-0001-confirm-beyond_total" in texts(shown)
    sent(client, shown, do="all", a1_confirm__beyond_total="追加投资")
    assert reports() == {"QJ-0001": "submitted"}
    assert Report.objects.get().confirmed["beyond_total"] == "追加投资"


def test_what_the_table_does_not_ask_for_stays_in_the_draft(client, people, factories):
    draft_of(factories[0], people, content(next_steps="封顶"))
    sent(client, opened(client, people.reporter, ADDRESS), a1_works="架梁")
    kept = Report.objects.get()
    assert (kept.next_steps, kept.works, kept.condition) == ("封顶", "架梁", "active")


def test_two_people_sending_one_table_hand_it_in_once(client, people, page):
    colleague = person("colleague", Role.REPORTER, department=department())
    sent(client, page, do="all", a1_to_date="11")
    client.force_login(colleague)
    shown = sent(client, page, do="all", a1_to_date="11")
    assert "Not handed in" not in shown.main
    assert AuditEntry.objects.filter(action="report.submit").count() == 1
    other = sent(client, page, do="all", a1_to_date="12")
    assert texts(other)["QJ-0001-to_date"] == "12"
    assert Report.objects.get().to_date_yuan == 11 * 10**8


def test_a_cell_that_cannot_be_read_is_not_taken_for_a_button_pressed_twice(client, page):
    sent(client, page, do="all", a1_to_date="11")
    after = sent(client, page, do="all", a1_to_date="11", a1_progress="130")
    assert after.status == 409 and "handed in: Works 1" not in after.main
    assert texts(after)["QJ-0001-progress"] == "130"
    assert "physical progress: — → 130" in after.main


def test_nor_over_a_draft_that_a_colleague_made(client, page):
    sent(client, page, a1_works="架梁")
    after = sent(client, page, a1_works="架梁", a1_progress="130")
    assert after.status == 409 and texts(after)["QJ-0001-progress"] == "130"
    assert "physical progress: — → 130" in after.main
    sent(client, after)
    assert Report.objects.get().unread == {"progress": "130"}


def test_a_colleagues_row_that_one_left_alone_is_not_touched(client, people, factories, page):
    draft_of(factories[0], people, content(works="别人写的"))
    shown = sent(client, page, a2_to_date="11")
    assert "while you were typing" not in shown.main
    assert Report.objects.get(project=factories[0]).works == "别人写的"


def test_a_row_that_a_colleague_saved_meanwhile_shows_both(client, people, factories, page):
    draft_of(factories[0], people, content(works="别人写的"))
    shown = sent(client, page, a1_works="我写的")
    assert "while you were typing" in shown.main and "别人写的" in shown.main
    assert texts(shown)["QJ-0001-works"] == "我写的"
    sent(client, shown, a1_works="我写的")
    assert Report.objects.get().works == "我写的"


def test_what_is_handed_in_or_published_is_only_read(client, people, factories):
    handed = submitted(factories[0], people, content(works="架梁"))
    moves.approve(handed, expected=handed.version, by=people.reviewer, at=AT)
    submitted(factories[1], people)
    page = opened(client, people.reporter, ADDRESS)
    assert not any(name.startswith(("QJ-0001", "QJ-0002")) for name in texts(page))
    assert "架梁" in page.main and "QJ-0003-works" in texts(page)


def test_another_units_table_has_none_of_it(client, people, factories):
    client.force_login(people.other_reporter)
    answer = client.post(ADDRESS, {"do": "all", "QJ-0001-to_date": "11", "QJ-0001-version": "0"})
    assert Report.objects.count() == 0
    assert "Works 1" not in answer.content.decode()


def test_a_page_takes_as_many_statements_at_one_row_as_at_many(client, people, monthly_round):
    counts = []
    for number in (1, 4):
        for _ in range(number):
            draft_of(on_record(), people)
        client.force_login(people.reporter)
        client.get(ADDRESS)
        with CaptureQueriesContext(connection) as captured:
            client.get(ADDRESS)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_long_table_goes_on_on_the_next_page(client, people, factories, monkeypatch):
    monkeypatch.setattr("projects.desk.month_table.MAX_ROWS", 2)
    page = opened(client, people.reporter, ADDRESS)
    assert "QJ-0003-works" not in texts(page)
    assert "QJ-0003-works" in texts(again(client, f"{ADDRESS}?after=2"))


def test_what_was_sent_with_a_dead_session_comes_back_in_its_cells(client, people, page):
    typed = texts(page) | {"QJ-0002-works": "架梁", "QJ-0001-to_date": "many"}
    client.logout()
    client.post(ADDRESS, typed)
    held = texts(opened(client, people.reporter, ADDRESS))
    assert (held["QJ-0002-works"], held["QJ-0001-to_date"]) == ("架梁", "many")
    assert not reports()
