"""What is wrong is put right by value, or left out."""

import pytest

from tests.desk.importing import act, page_of, saved_columns, taken
from tests.public.reading import Page, read, zh

pytestmark = pytest.mark.django_db


def test_rows_are_left_out_and_taken_back_in(client, people, known):
    batch = taken(client, people, ["藻渡水库", "无此单位", "500000", "", ""], ["新厂", "", "12", "", "工业"])
    saved_columns(client, batch)
    page = read(client, page_of(batch, "faults/"))
    (skip,) = [one.given["name"] for one in page.all("input") if one.given["name"].startswith("skip-")]
    batch.refresh_from_db()
    client.post(page_of(batch, "faults/"), {skip: "on", "version": batch.version})
    batch.refresh_from_db()
    assert (
        batch.skipped == [2] and zh("Everything can be read.") in read(client, page_of(batch, "faults/")).main
    )
    client.post(page_of(batch, "faults/"), {"back": "2", "version": batch.version})
    assert "无此单位" in read(client, page_of(batch, "faults/")).main


def test_another_text_is_written_for_one_that_cannot_be_read(client, people, known):
    batch = taken(client, people, ["藻渡水库", "", "五千来万", "", ""])
    saved_columns(client, batch)
    page = read(client, page_of(batch, "faults/"))
    (write,) = [one.given["name"] for one in page.all("input") if one.given["name"].startswith("write-")]
    batch.refresh_from_db()
    client.post(page_of(batch, "faults/"), {write: "5000", "version": batch.version})
    assert "5,000 万元" in read(client, page_of(batch)).main


def test_what_was_mistyped_is_written_over_again(client, people, known):
    batch = taken(client, people, ["藻渡水库", "", "五千来万", "", ""])
    saved_columns(client, batch)
    for text in ("五千", "5000"):
        page = read(client, page_of(batch, "faults/"))
        (write,) = [one.given["name"] for one in page.all("input") if one.given["name"].startswith("write-")]
        batch.refresh_from_db()
        client.post(page_of(batch, "faults/"), {write: text, "version": batch.version})
    assert "5,000 万元" in read(client, page_of(batch)).main


def test_a_cell_is_left_out_and_the_rest_of_its_row_taken_and_asked_again_next_month(client, people, known):
    """A unit that is not on record is no reason to name another, or to lose the row."""
    rows = [["藻渡水库", "无此单位", "500000", "", ""]]
    batch = taken(client, people, *rows)
    saved_columns(client, batch)
    page = read(client, page_of(batch, "faults/"))
    (blank,) = [one.given["name"] for one in page.all("input") if one.given["name"].startswith("blank-")]
    batch.refresh_from_db()
    answer = client.post(page_of(batch, "faults/"), {blank: "on", "see": "1", "version": batch.version})
    assert answer["Location"] == page_of(batch), "saved, and on to what will be sent"
    page = read(client, page_of(batch))
    assert "500,000 万元" in page.main and "无此单位" not in page.main
    assert act(client, batch, "send").status_code == 302
    again = taken(client, people, *rows, name="三月.xlsx")
    assert "无此单位" in read(client, page_of(again, "faults/")).main


def test_the_name_of_a_project_is_not_left_out(client, people, known):
    batch = taken(client, people, ["藻渡水库二", "", "500000", "", "水利"])
    saved_columns(client, batch)
    names = [one.given["name"] for one in read(client, page_of(batch, "faults/")).all("input")]
    assert not [one for one in names if one.startswith("blank-")]


def test_the_kind_of_new_projects_is_said_once(client, people, db):
    batch = taken(client, people, ["新厂", "12"], ["新路", "13"], heads=["项目名称", "总投资（万元）"])
    saved_columns(client, batch)
    page = read(client, page_of(batch, "faults/"))
    (choose,) = [one.given["name"] for one in page.all("select")]
    batch.refresh_from_db()
    client.post(page_of(batch, "faults/"), {choose: "industrial", "version": batch.version})
    assert zh("Everything can be read.") in read(client, page_of(batch, "faults/")).main


def test_what_was_typed_into_a_stale_form_is_given_back(client, people, known):
    """Somebody else saved meanwhile: texts, choices and marks stand there again, over the new version."""
    rows = ["藻渡水库", "无此单位", "五千来万", "", ""], ["新厂", "", "六千来万", "", ""]
    batch = taken(client, people, *rows)
    saved_columns(client, batch)
    page = read(client, page_of(batch, "faults/"))
    batch.refresh_from_db()
    writes = [one.given["name"] for one in page.all("input") if one.given["name"].startswith("write-")]
    choose = next(one.given["name"] for one in page.all("select"))
    skip = [one.given["name"] for one in page.all("input") if one.given["name"].startswith("skip-")][-1]
    meant = next(
        o.given["value"]
        for o in page.all("option")
        if o.within.given.get("name") == choose and o.given["value"]
    )
    typed = {name: f"我写的{number}" for number, name in enumerate(writes)}
    typed |= {"write-gone": "别处写的", choose: meant, skip: "on", "version": batch.version - 1}
    page = Page(client.post(page_of(batch, "faults/"), typed))
    assert page.all("section", "faults")
    given = {one.given["name"]: one.given for one in page.all("input")}
    assert [given[name]["value"] for name in writes] == [typed[name] for name in writes]
    assert "checked" in given[skip] and "别处写的" in page.main
    (chosen,) = [
        o for o in page.all("option") if o.within.given.get("name") == choose and "selected" in o.given
    ]
    assert chosen.given["value"] == meant
    assert given["version"]["value"] == str(batch.version)
    batch.refresh_from_db()
    assert not batch.skipped and not batch.choices
