"""What happened between two days, as rows: the columns of docs/data.md."""

import pytest

from projects.choices import EventKind, Topic
from tests import cast
from tests.opendata.tables import table
from tests.public.portfolio import settle, yi

pytestmark = pytest.mark.django_db
COLUMNS = ["kind", "project", "milestone", "topic", "before", "after", "as_of", "known_on", "source"]
EVERY = {"from": "2022-12-31", "to": "2026-03-02"}


def rows(client, **query) -> list[dict[str, str]]:
    found = table(client, "/data/comparison.csv", **EVERY | query)
    assert list(found[0]) == COLUMNS
    return found


def test_a_row_for_each_event_in_the_order_of_the_page(client, made):
    found = rows(client)
    kinds = [row["kind"] for row in found]
    assert kinds == sorted(kinds, key=EventKind.values.index) and kinds.count("new") == 6
    assert found[0] == {
        "kind": "started",
        "project": made.factory.code,
        "milestone": "started",
        "topic": "actual",
        "before": "",
        "after": "2023-05",
        "as_of": "2023-05",
        "known_on": "2024-10-17",
        "source": "paper",
    }


def test_amounts_are_whole_yuan_dates_edtf_and_stages_codes(client, made):
    cast.published(made.factory, Topic.TOTAL_INVESTMENT, yi(60), ref="raised", source=made.notice)
    cast.published(made.logistics, Topic.STAGE, "signed", ref="signed", source=made.notice)
    settle()
    told = {row["kind"]: (row["before"], row["after"]) for row in rows(client)}
    assert told["amount"] == ("4000000000", "6000000000")
    assert told["moved"] == ("2025", "2026-06")
    assert told["stage"] == ("planned", "signed")


def test_it_holds_what_the_page_shows(client, made):
    """With `counted` what the headline counts, with `what` one kind, of the days that are asked for."""
    everything = rows(client)
    assert len(rows(client, counted="1")) < len(everything)
    assert {row["kind"] for row in rows(client, what="new")} == {"new"}
    assert [row["kind"] for row in rows(client, to="2024-12-31") if row["kind"] == "moved"] == []


def test_words_that_begin_a_formula_are_text(client, made):
    wrong = cast.published(made.plant, Topic.WORKS, "=1+1", ref="works")
    cast.published(made.plant, Topic.WORKS, "@SUM(A1)", ref="again", corrects=wrong, source=made.notice)
    settle()
    (corrected,) = [row for row in rows(client) if row["kind"] == "corrected"]
    assert (corrected["before"], corrected["after"]) == ("'=1+1", "'@SUM(A1)")
