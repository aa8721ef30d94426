"""The list as a workbook: exactly its rows, its numbers, and what each column means."""

import re

import pytest

from projects.models import Project
from projects.opendata.export_files import FILES
from tests import cast
from tests.pages.xlsx import Page, read
from tests.public.portfolio import settle, what_must_not_show

pytestmark = pytest.mark.django_db

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def book(client, path: str = "/data/projects.xlsx", **query) -> dict[str, Page]:
    return read(client.get(path, query).content)


def rows(page: Page, file: str = "projects") -> list[dict[str, tuple[str, str]]]:
    """Each line by the codes of its columns; empty cells are absent."""
    heads = [address[:-1] for address in page.cells if re.fullmatch("[A-Z]+1", address)]
    names = dict(zip(heads, (one.code for one in FILES[file].table), strict=True))
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
    assert page.row(1) == [one.head for one in FILES["projects"].table]
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


def test_heads_are_words_of_the_reader_with_the_unit(client, made):
    chinese, english = (book(client, path) for path in ("/data/projects.xlsx", "/en/data/projects.xlsx"))
    assert {"总投资（元）", "类别（代码）", "计入总数"} <= set(chinese["projects"].row(1))
    assert {"Total investment (yuan)", "Kind (code)", "Counted"} <= set(english["projects"].row(1))
    assert "最多偏差（天）" in chinese["milestones"].row(1)


def test_each_column_is_explained_with_its_code(client, made):
    page = book(client, "/en/data/projects.xlsx")["columns"]
    cells = [[text for _, text in page.column(letter)] for letter in "ABC"]
    listed = list(zip(*cells, strict=True))[1:]
    tables = ("projects", "milestones", "parties")
    assert [(sheet, code) for sheet, _, code in listed] == [
        (name, one.code) for name in tables for one in FILES[name].table
    ]
    assert ("D", "A part is in use though the whole is not.") in {
        (address[0], text) for address, (_, text) in page.cells.items()
    }
    assert page.frozen_rows == 1


def test_milestones_and_parties_are_sheets_of_their_own(client, made):
    found = book(client)
    assert list(found) == ["projects", "milestones", "parties", "columns", "head"]
    project = client.get("/data/projects.json").json()["projects"][0]
    completed = rows(found["milestones"], "milestones")[1]
    assert completed["project"][1] == project["code"] and completed["slip_max"] == ("n", "181")
    assert len(rows(found["parties"], "parties")) == len(project["parties"]) == 1


def test_it_says_of_which_day_it_speaks(client, made):
    cells = book(client, asof="2024-12-01")["head"].cells
    head = {cells[f"A{row}"][1]: cells.get(f"B{row}", ("", None))[1] for row in range(2, 7)}
    assert (head["as_of"], head["known"], head["count"]) == ("2024-12-01", "2026-03-02", "5")
    assert head["licence"] is None


def test_the_same_rows_in_english(client, made):
    chinese, english = (book(client, path) for path in ("/data/projects.xlsx", "/en/data/projects.xlsx"))
    for name in ("code", "name_en", "kind", "total_investment"):
        both = ([row.get(name) for row in rows(one["projects"])] for one in (chinese, english))
        assert next(both) == next(both)
    assert rows(chinese["projects"])[0]["investment_qualifier"][1] == "约"
    assert rows(english["projects"])[0]["investment_qualifier"][1] == "About"


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
    with django_assert_max_num_queries(8):
        assert len(rows(book(client)["projects"])) == 26
