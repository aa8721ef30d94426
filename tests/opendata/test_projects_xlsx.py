"""The list as a workbook: exactly its rows, its numbers, and what each column means."""

import pytest

from projects.models import Project
from projects.opendata import export_columns
from tests import cast
from tests.pages.xlsx import Page, read, text_of
from tests.public.portfolio import settle, what_must_not_show
from tests.public.reading import zh

pytestmark = pytest.mark.django_db

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def book(client, path: str = "/data/projects.xlsx", **query) -> dict[str, Page]:
    return read(client.get(path, query).content)


def rows(page: Page) -> list[dict[str, tuple[str, str]]]:
    """Each line by the names of its columns; empty cells are absent."""
    names = {
        address.rstrip("1"): text
        for address, (_, text) in page.cells.items()
        if address[-1:] == "1" and not address[:-1][-1:].isdigit()
    }
    found: dict[int, dict] = {}
    for address, cell in page.cells.items():
        letters = address.rstrip("0123456789")
        found.setdefault(int(address.removeprefix(letters)), {})[names[letters]] = cell
    return [found[number] for number in sorted(found) if number > 1]


def test_it_is_a_file_to_download(client, made):
    answer = client.get("/data/projects.xlsx")
    assert answer["Content-Type"] == EXCEL
    assert answer["Content-Disposition"] == 'attachment; filename="projects.xlsx"'
    assert client.head("/data/projects.xlsx").status_code == 200
    assert client.post("/data/projects.xlsx").status_code == 405


def test_the_same_columns_and_rows_as_the_other_files(client, made):
    page = book(client)["projects"]
    assert page.row(1) == export_columns.PROJECT_COLUMNS
    told = client.get("/data/projects.json").json()["projects"]
    assert [row["code"][1] for row in rows(page)] == [one["code"] for one in told]
    for row, one in zip(rows(page), told, strict=True):
        for name in ("name", "name_en", "kind", "kind_name", "stage", "condition", "url"):
            assert row.get(name, ("", None))[1] == one[name], name


def test_numbers_stay_numbers_and_days_days(client, made):
    first = rows(book(client)["projects"])[0]
    assert first["total_investment"] == ("n", "4000000000")
    assert first["last_known_on"] == ("n", "45717")  # 1 March 2025
    assert first["counted"] == ("b", "0")
    assert first["name"] == ("inlineStr", made.factory.name)
    assert "agreed_investment" not in first  # unknown is empty, never 0


def test_exactly_the_result_of_the_list(client, made):
    found = rows(book(client, q="北渡", kind="logistics")["projects"])
    assert [row["code"][1] for row in found] == [made.logistics.code]
    assert len(rows(book(client, asof="2023-06-30")["projects"])) == 2
    assert rows(book(client, q="没有的")["projects"]) == []


def test_no_cell_is_a_formula(client, made):
    Project.objects.get(pk=made.road.pk)
    made.road.name, made.road.name_en = "=HYPERLINK(1)", "+1"
    made.road.save()
    settle()
    page = book(client)["projects"]
    assert ("inlineStr", "=HYPERLINK(1)") in page.cells.values() and not page.has_formula_or_link


def test_each_column_is_explained_in_both_languages(client, made):
    page = book(client)["columns"]
    assert [text for _, text in page.column("A")] == ["column", *export_columns.PROJECT_COLUMNS]
    english = dict(
        zip((text for _, text in page.column("A")), (text for _, text in page.column("C")), strict=True)
    )
    chinese = dict(zip(english, (text for _, text in page.column("B")), strict=True))
    assert english["partly_in_use"] == "A part is in use though the whole is not."
    assert chinese["partly_in_use"] == zh("A part is in use though the whole is not.")
    assert english["stage_name_en"] == english["stage"]
    assert page.frozen_rows == 1


def test_it_says_of_which_day_it_speaks(client, made):
    cells = book(client, asof="2024-12-01")["head"].cells
    head = {cells[f"A{row}"][1]: cells.get(f"B{row}", ("", None))[1] for row in range(2, 7)}
    assert (head["as_of"], head["known"], head["count"]) == ("2024-12-01", "2026-03-02", "5")
    assert head["licence"] is None


def test_the_same_file_in_english(client, made):
    assert text_of(client.get("/data/projects.xlsx").content) == text_of(
        client.get("/en/data/projects.xlsx").content
    )


def test_the_list_offers_it(client, made):
    assert 'href="/data/projects.xlsx?q=' in client.get("/projects/?q=北渡").content.decode()


def test_nothing_hidden_is_in_it(client, made):
    marks = what_must_not_show(made)
    texts = {text for page in book(client).values() for _, text in page.cells.values()}
    assert made.road.name in texts
    assert [(mark, text) for mark in marks for text in texts if mark in text] == []


def test_it_takes_as_many_statements_for_many_rows(client, made, django_assert_max_num_queries):
    client.get("/about/")
    for _ in range(20):
        cast.published(cast.project())
    settle()
    with django_assert_max_num_queries(6):
        assert len(rows(book(client)["projects"])) == 26
