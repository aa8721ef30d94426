"""The sources: every public document, with how much was taken from it."""

import pytest

from projects.public import sources
from tests import cast
from tests.public.portfolio import figures
from tests.public.reading import read, zh

pytestmark = pytest.mark.django_db


def test_each_document_with_its_projects_claims_and_figures(client, made):
    figures(made)
    page = read(client, "/sources/")
    assert page.one("h1").text == zh("Sources")
    assert page.rows() == [
        ["区公示", zh("not named in the document"), "2025年3月1日", "4", "4", "1"],
        ["日报某版", zh("not named in the document"), "2024年10月17日", "5", "12", "5"],
    ]


def test_in_english(client, made):
    page = read(client, "/en/sources/")
    assert page.one("h1").text == "Sources"
    assert page.rows()[1][:3] == ["A page of the daily", "not named in the document", "17 October 2024"]


def test_the_newest_comes_first_in_pages_by_key(client, made, monkeypatch):
    monkeypatch.setattr(sources, "PAGE_SIZE", 2)
    cast.source("older", title="旧报", published="2020")
    first = read(client, "/sources/")
    second = read(client, "/sources/" + first.link(zh("Next page")))
    assert [cells[0] for cells in first.rows() + second.rows()] == ["区公示", "日报某版", "旧报"]
    assert read(client, "/sources/" + second.link(zh("Previous page"))).rows() == first.rows()


def test_each_title_leads_to_its_document(client, made):
    page = read(client, "/sources/")
    assert page.link("日报某版") == "/sources/paper/"
    assert read(client, page.link("区公示")).one("h1").text == "区公示"


def test_the_publisher_is_named_where_the_document_names_it(client):
    cast.source("other", title="市报", publisher="某报社", publisher_en="A newspaper")
    assert read(client, "/sources/").rows()[0][1] == "某报社"
    assert read(client, "/en/sources/").rows()[0][1] == "A newspaper"


def test_a_date_that_is_not_printed_says_so_and_one_that_is_does_not(client):
    cast.source("undated", title="无日期的版面", published="2022-04", published_basis="inferred")
    cast.source()
    rows = read(client, "/en/sources/").rows()
    assert [cells[2] for cells in rows] == ["17 October 2024", "April 2022 inferred"]
    pages = (read(client, f"/en/sources/{code}/") for code in ("undated", "paper"))
    there, here = (page.one("header", "record") for page in pages)
    assert "inferred" in there.text and "inferred" not in here.text


def test_only_what_was_known_by_then_is_counted(client, made):
    page = read(client, "/sources/", known="2024-12-31")
    assert [cells[0] for cells in page.rows()] == ["日报某版"]


def test_links_carry_the_two_days(client, made):
    page = read(client, "/sources/", asof="2024-12-01")
    assert page.link("日报某版") == "/sources/paper/?asof=2024-12-01"


def test_a_monthly_report_and_a_private_document_are_not_listed(client):
    cast.source("report", kind="report", title="月报")
    cast.source("private", title="内部材料", is_public=False)
    page = read(client, "/sources/")
    assert page.rows() == [] and "内部" not in page.text


def test_the_number_of_statements_does_not_grow(client, made, django_assert_max_num_queries):
    read(client, "/data/")
    for number in range(8):
        cast.source(f"more-{number}", title=f"第{number}期")
    with django_assert_max_num_queries(3):
        assert len(read(client, "/sources/").rows()) == 10
