"""A file beside the record: an editor's noon, a second person's decision, a withdrawal."""

import pytest

from projects.choices import BatchState
from projects.imports import decisions
from projects.models import Batch, Current, Project
from tests.cast import place
from tests.desk.importing import act, page_of, saved_columns, taken
from tests.imports.rows import FIFTY, claim, new, row, sent
from tests.public.reading import Page, read, zh

pytestmark = pytest.mark.django_db


def test_an_editor_s_noon(client, people, known):
    """A sheet with a word that nobody knows: matched, put right, sent, approved, public."""
    batch = taken(
        client, people, ["藻渡水库", "发改委", "500,000", "在建中啊", ""], ["新厂", "", "1200", "", "工业"]
    )
    page = read(client, page_of(batch, "columns/"))
    assert "总投资（万元）" in page.main and "500,000" in page.main
    assert saved_columns(client, batch).status_code == 302
    page = read(client, page_of(batch, "faults/"))
    assert "在建中啊" in page.main and "×1" in page.main
    choices = {one.given["name"]: "" for one in page.all("select")}
    for name in choices:
        options = [o.given["value"] for o in page.all("option") if o.within.given.get("name") == name]
        choices[name] = next(code for code in ("building", "fagai", "industrial") if code in options)
    batch.refresh_from_db()
    assert client.post(page_of(batch, "faults/"), choices | {"version": batch.version}).status_code == 302
    assert zh("Everything can be read.") in read(client, page_of(batch, "faults/")).main
    page = read(client, page_of(batch))
    assert "40 亿元" in page.main and "500,000 万元" in page.main, "old beside new"
    assert act(client, batch, "send").status_code == 302
    batch.refresh_from_db()
    assert batch.state == BatchState.SENT and not Project.objects.get(name="新厂").is_public
    assert not read(client, page_of(batch)).all("button", value="approve"), "never by who sent it"
    client.force_login(people.second_editor)
    assert "二月.xlsx" in read(client, "/desk/imports/").main
    assert "/desk/imports/" in [one.href for one in read(client, "/desk/").links]
    assert act(client, batch, "approve").status_code == 302
    assert Project.objects.get(name="新厂").is_public
    assert Current.objects.get(project=known).total_investment == 50 * 10**8
    assert Current.objects.get(project=known).stage == "building"


def test_units_and_places_stand_by_their_names(client, people, known):
    """Whoever approves knows no codes."""
    heads = ["项目名称", "责任单位", "建设地点"]
    place()
    batch = taken(client, people, ["藻渡水库", "发展改革委", "工业园区"], heads=heads)
    saved_columns(client, batch)
    cells = [one.text for one in read(client, page_of(batch)).all("td")]
    assert {"发展改革委", "工业园区"} <= set(cells) and not {"fagai", "park"} & set(cells)


def test_it_is_refused_with_a_reason_that_its_sender_reads(client, people, known):
    batch = sent(people, row(known, claim(FIFTY)), new("新厂"))
    client.force_login(people.second_editor)
    assert Page(act(client, batch, "refuse")).all("section", "faults"), "not without a reason"
    assert act(client, batch, "refuse", why="单位写错了").status_code == 302
    client.force_login(people.editor)
    assert "单位写错了" in read(client, page_of(batch)).main


def test_it_is_withdrawn_by_a_second_batch(client, people, known):
    batch = sent(people, row(known, claim(FIFTY)), new("新厂"))
    decisions.approve(batch, expected=batch.version, by=people.second_editor, at=batch.sent_at)
    client.force_login(people.editor)
    assert act(client, batch, "withdraw", why="表格有误").status_code == 302
    withdrawal = Batch.objects.get(withdraws=batch)
    assert "表格有误" in read(client, page_of(withdrawal)).main
    client.force_login(people.second_editor)
    assert act(client, withdrawal, "approve").status_code == 302
    batch.refresh_from_db()
    assert batch.state == BatchState.WITHDRAWN
    assert "二月.xlsx" in read(client, "/en/desk/imports/").main


@pytest.mark.parametrize("who", ["reporter", "stranger"])
def test_to_others_it_is_not_there(client, people, known, who):
    batch = sent(people, row(known, claim(FIFTY)))
    client.force_login(getattr(people, who))
    for path in (
        "/desk/imports/",
        page_of(batch),
        page_of(batch, "columns/"),
        "/desk/imports/blank-projects.xlsx",
    ):
        assert client.get(path).status_code == 404
    assert act(client, batch, "approve").status_code == 404
    batch.refresh_from_db()
    assert batch.state == BatchState.SENT


def test_a_page_shows_a_bounded_number_of_rows(client, people, known):
    rows = [[f"新厂{number}号", "", "12", "", "工业"] for number in range(90)]
    batch = taken(client, people, *rows)
    saved_columns(client, batch)
    page = read(client, page_of(batch))
    assert len(page.all("table")) == 20 and page.all("nav", "pages")
