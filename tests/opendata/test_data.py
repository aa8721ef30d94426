"""The page of downloads: every file, and what each of its columns means."""

import pytest

from projects.opendata import comparison_files, export_columns
from tests.public.portfolio import figures
from tests.public.reading import read, zh

pytestmark = pytest.mark.django_db


def test_every_file_is_offered_and_answers(client, made):
    page = read(client, "/data/")
    files = [link.href for link in page.links if link.href.startswith("/data/") and link.href != "/data/"]
    wanted = {"projects.json", "projects.csv", "claims.csv", "statistics.json"}
    assert wanted <= {href.removeprefix("/data/") for href in files}
    assert {client.get(href).status_code for href in files} == {200}


def test_links_carry_the_two_days(client, made):
    page = read(client, "/data/", asof="2024-12-01")
    assert "/data/claims.csv?asof=2024-12-01" in {link.href for link in page.links}


def test_in_english(client, db):
    page = read(client, "/en/data/")
    assert page.one("h1").text == "Open data"
    assert {"/en/data/projects.json", "/en/data/claims.csv"} <= {link.href for link in page.links}


def explained(page) -> set[str]:
    """The columns that the page explains."""
    cells = [one.text for one in page.all("code")]
    return {name.strip() for cell in cells for name in cell.split(",")}


def test_every_column_of_every_file_is_explained(client, made):
    """`*_name` and `*_name_en` stand for the words beside each code."""
    figures(made)
    statistics = client.get("/data/statistics.json").json()["statistics"][0]
    columns = {*export_columns.PROJECT_COLUMNS, *export_columns.CLAIM_COLUMNS, *statistics}
    words = {name for name in columns if name.endswith(("_name", "_name_en"))}
    assert columns - words - explained(read(client, "/data/")) == set()


def test_nothing_is_explained_that_no_file_has(client, made):
    figures(made)
    statistics = client.get("/data/statistics.json").json()["statistics"][0]
    claims = client.get("/data/claims.json").json()["claims"][0]
    columns = {*export_columns.PROJECT_COLUMNS, *claims, *statistics, "names", *comparison_files.COLUMNS}
    assert explained(read(client, "/data/")) <= columns


def test_every_file_is_a_distribution_of_the_data_set(client, db):
    page = read(client, "/data/")
    refs = page.one(itemtype="https://schema.org/Dataset").given["itemref"].split()
    assert set(refs) <= page.ids
    files = [one.given["href"] for one in page.all("a", itemprop="contentUrl")]
    assert len(files) == len(page.all(itemtype="https://schema.org/DataDownload")) >= 5
    assert all(client.get(href).status_code == 200 for href in files)


def test_the_page_reads_no_table(client, db, django_assert_num_queries):
    read(client, "/data/", type="large")
    with django_assert_num_queries(0):
        assert zh("Open data") in read(client, "/data/").main
