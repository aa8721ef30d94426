"""The page of downloads: every file, and what each of its columns means."""

import pytest

from projects.opendata import data
from projects.opendata.export_files import FILES
from tests.cast import neighbour
from tests.public.portfolio import figures
from tests.public.reading import read

pytestmark = pytest.mark.django_db


def test_every_file_is_offered_and_answers(client, made):
    page = read(client, "/data/")
    files = [link.href for link in page.links if link.href.startswith("/data/") and "." in link.href]
    wanted = {f"{name}.{one}" for name, file in FILES.items() for one in file.formats} | {
        "words.csv",
        "record.zip",
    }
    assert wanted == {href.removeprefix("/data/") for href in files}
    assert {client.get(href).status_code for href in files} == {200}


def test_links_carry_the_two_days(client, made):
    page = read(client, "/data/", asof="2024-12-01")
    assert "/data/claims.csv?asof=2024-12-01" in {link.href for link in page.links}


def test_in_english(client, db):
    page = read(client, "/en/data/")
    assert page.one("h1").text == "Open data"
    assert {"/en/data/projects.json", "/en/data/claims.csv"} <= {link.href for link in page.links}


def test_every_column_of_every_file_is_explained_in_words(client, made):
    """Once: the words beside a code are its own."""
    page = read(client, "/data/")
    codes = {one.text for one in page.all("code")}
    assert codes == {one.code for file in FILES.values() for one in file.explained}
    english = {cells[0] for cells in read(client, "/en/data/").rows()}
    assert {"Total investment (yuan)", "Greatest slippage (days)", "Counted"} <= english
    assert "总投资（元）" in {cells[0] for cells in page.rows()}


def test_the_size_of_each_file_is_said(client, made, monkeypatch):
    figures(made)
    neighbour(made.plant, made.road)
    page = read(client, "/en/data/").main
    assert (
        page.count(" as CSV") == len([file for file in FILES.values() if file.bytes_a_row])
        and "about 2.5" in page
        and "more than" not in page
    )
    monkeypatch.setattr(data, "MAX_COUNTED", 3)
    assert "more than 1.3" in read(client, "/en/data/", type="large").main  # not the page that is kept


def test_every_file_is_a_distribution_of_the_data_set(client, db):
    page = read(client, "/data/")
    refs = page.one(itemtype="https://schema.org/Dataset").given["itemref"].split()
    assert set(refs) <= page.ids
    files = [one.given["href"] for one in page.all("a", itemprop="contentUrl")]
    assert len(files) == len(page.all(itemtype="https://schema.org/DataDownload")) >= 5
    assert all(client.get(href).status_code == 200 for href in files)
