"""Every claim known by then and true by then, corrected ones too: the columns of docs/data.md."""

import csv
import io

import pytest

from projects.choices import Topic
from projects.core import fuzzy_dates
from projects.core.money import Money
from tests import cast
from tests.public.portfolio import settle, yi

pytestmark = pytest.mark.django_db

COLUMNS = [
    *["ref", "project", "topic", "measure", "scope", "period", "value", "unit", "qualifier"],
    *["as_of", "known_on", "source", "place", "basis", "corrects", "corrected_by", "note"],
    "method",
]


def told(client, **query) -> dict[str, dict[str, str]]:
    answer = client.get("/data/claims.csv", query)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv; charset=utf-8")
    rows = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert rows.fieldnames == COLUMNS
    return {row["ref"]: row for row in rows}


def test_every_claim_of_every_record(client, made):
    assert len(told(client)) == 16


def test_a_whole_line(client, made):
    assert told(client)["f-total"] == {
        "ref": "f-total",
        "project": "QJ-0001",
        "topic": "total_investment",
        "measure": "",
        "scope": "",
        "period": "",
        "value": "4000000000",
        "unit": "CNY",
        "qualifier": "about",
        "as_of": "2024-10-17",
        "known_on": "2024-10-17",
        "source": "paper",
        "place": "1 ¶1 s2",
        "basis": "stated",
        "corrects": "",
        "corrected_by": "",
        "note": "",
        "method": "",
    }


def test_the_book_of_an_amount_and_that_no_date_stands(client, made):
    spent = {"method": "payment", "ref": "f-spent", "source": made.notice}
    cast.published(made.factory, Topic.INVESTED_TO_DATE, yi(3), **spent)
    cast.published(made.factory, Topic.PROMISED, "tbd", measure="operating", ref="f-tbd", source=made.notice)
    rows = told(client)
    assert rows["f-spent"]["method"] == "payment" and rows["f-tbd"]["value"] == "tbd"


@pytest.mark.parametrize(
    ("ref", "value", "unit"),
    [
        ("f-stage", "building", ""),
        ("f-water", "1.8", "亿立方米"),
        ("f-works", "厂房封顶", ""),
        ("f-first", "2025", ""),
        ("r-total", "9956000000", "CNY"),
    ],
)
def test_the_value_of_each_kind(client, made, ref, value, unit):
    row = told(client)[ref]
    assert (row["value"], row["unit"]) == (value, unit)


def test_an_inferred_one_says_so_and_how_it_was_read(client, made):
    row = told(client)["l-stage"]
    assert (row["basis"], row["note"]) == ("inferred", "读作谋划")


def test_whole_yuan_whatever_the_printed_unit(client, made):
    cast.published(made.road, Topic.FUNDS, Money(3_000_000, "wan", 0), ref="wan", source=made.paper)
    assert told(client)["wan"]["value"] == "3000000"


def test_a_correction_and_what_it_corrects_name_each_other(client, made):
    wrong = made.factory.claims.get(ref="f-works")
    cast.published(made.factory, Topic.WORKS, "封顶", ref="new", source=made.notice, corrects=wrong)
    rows = told(client)
    assert (rows["new"]["corrects"], rows["f-works"]["corrected_by"]) == ("f-works", "new")


def test_a_withdrawal_has_no_value(client, made):
    wrong = made.road.claims.get(ref="r-total")
    cast.published(made.road, Topic.TOTAL_INVESTMENT, None, ref="gone", source=made.notice, corrects=wrong)
    row = told(client)["gone"]
    assert (row["value"], row["unit"], row["corrects"]) == ("", "", "r-total")


def test_only_what_was_known_by_then_and_true_by_then(client, made):
    assert "f-moved" not in told(client, known="2025-02-28")
    assert set(told(client, asof="2023-06-30")) == {"f-began", "r-open"}
    both = told(client, asof="2025-03-01", known="2025-02-28")
    assert "f-total" in both and "p-total" not in both


def test_a_correction_counts_whatever_its_own_as_of(client, made):
    """It moved the as-of beyond the day asked for: what it corrects still says that it is corrected."""
    wrong = made.factory.claims.get(ref="f-total")
    moved = {"ref": "later", "as_of": "2025-06", "known_on": "2025-07-01", "corrects": wrong}
    cast.published(made.factory, Topic.TOTAL_INVESTMENT, yi(41), source=made.notice, **moved)
    rows = told(client, asof="2025-05-01")
    assert "later" not in rows and rows["f-total"]["corrected_by"] == "later"


def test_dates_are_edtf(client, made):
    cast.published(
        made.factory,
        Topic.PROMISED,
        fuzzy_dates.parse("2024-10-17/2025-12-31"),
        measure="operating",
        ref="by",
        source=made.paper,
    )
    assert told(client)["by"]["value"] == "2024-10-17/2025-12-31"


def test_no_cell_starts_a_formula(client, made):
    cast.published(made.road, Topic.WORKS, "=1+1", ref="works", note="@note", source=made.paper)
    row = told(client)["works"]
    assert (row["value"], row["note"]) == ("'=1+1", "'@note")


def test_as_many_statements_whatever_there_is(client, made, django_assert_max_num_queries):
    client.get("/data/")
    for number in range(30):
        cast.published(made.plant, Topic.WORKS, f"第{number}步", source=made.paper, section=made.first)
    settle()
    with django_assert_max_num_queries(3):
        assert len(told(client)) == 46
