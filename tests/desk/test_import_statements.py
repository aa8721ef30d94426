"""A sheet with one statement a row, through the steps of the desk."""

import pytest

from projects.imports import reading
from projects.models import Claim
from tests.desk.importing import act, page_of, saved_columns, taken
from tests.public.reading import Page, read, zh

pytestmark = pytest.mark.django_db

HEADS = ["项目名称", "指标", "数值", "单位"]


def test_what_a_row_says_is_chosen_once_for_all_that_call_it_so(client, people, known):
    batch = taken(client, people, ["藻渡水库", "总盘子", 5, "亿元"], heads=HEADS)
    saved_columns(client, batch)
    page = read(client, page_of(batch, "faults/"))
    (choose,) = page.all("select")
    offered = [one.given["value"] for one in page.all("option") if one.within is choose]
    assert set(offered) == {"", *reading.STATEMENTS}
    batch.refresh_from_db()
    told = {choose.given["name"]: "total_investment", "version": batch.version}
    client.post(page_of(batch, "faults/"), told)
    assert zh("Everything can be read.") in read(client, page_of(batch, "faults/")).main
    assert act(client, batch, "send").status_code == 302
    assert Claim.objects.get(batch=batch).value_yuan == 5 * 10**8


def test_another_value_is_written_where_its_label_says_so(client, people, known):
    batch = taken(client, people, ["藻渡水库", "总投资", "五千来万", "万元"], heads=HEADS)
    saved_columns(client, batch)
    page = read(client, page_of(batch, "faults/"))
    (write,) = [one.given["name"] for one in page.all("input") if one.given["name"].startswith("write-")]
    batch.refresh_from_db()
    client.post(page_of(batch, "faults/"), {write: "5000", "version": batch.version})
    assert "5,000 万元" in read(client, page_of(batch)).main


@pytest.mark.parametrize("chosen", [{"column-3": ""}, {"column-4": "kind"}])
def test_columns_of_one_kind_of_sheet_have_no_place_in_the_other(client, people, known, chosen):
    batch = taken(client, people, ["藻渡水库", "总投资", 5, "亿元"], heads=HEADS)
    answer = saved_columns(client, batch, **chosen)
    assert answer.status_code == 200 and Page(answer).all("p")
    batch.refresh_from_db()
    assert [one["code"] for one in batch.mapping] == ["name", "statement", "said_value", "said_unit"]
