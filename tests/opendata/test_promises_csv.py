"""One line a promised date: the columns of docs/data.md."""

import pytest

from projects.choices import Topic
from tests import cast
from tests.opendata.tables import table
from tests.public.portfolio import settle

pytestmark = pytest.mark.django_db

PATH = "/data/promises.csv"


def test_a_whole_line_and_only_what_was_promised(client, made):
    assert table(client, PATH) == [
        {
            "project": "QJ-0001",
            "milestone": "completed",
            "scope": "",
            "first_promised": "2025",
            "first_basis": "stated",
            "promised": "2026-06",
            "promised_state": "dated",
            "actual": "",
            "verdict": "late",
            "slip_min": "181",
            "slip_max": "181",
            "sources": "notice; paper",
        }
    ]


def test_that_no_date_stands_any_more(client, made):
    later = {"as_of": "2025-07-01", "known_on": "2025-07-01", "source": made.notice}
    cast.published(made.factory, Topic.PROMISED, "tbd", measure="completed", ref="f-tbd", **later)
    settle()
    row = table(client, PATH)[0]
    assert (row["promised"], row["promised_state"], row["slip_min"]) == ("", "tbd", "")


def test_as_of_a_past_day(client, made):
    row = table(client, PATH, known="2025-02-28")[0]
    assert (row["promised"], row["verdict"], row["sources"]) == ("2025", "open", "paper")
