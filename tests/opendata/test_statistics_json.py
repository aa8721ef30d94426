"""Every live figure about the district, target or fact: the keys of docs/data.md."""

import pytest

from projects.core.money import Money
from tests import cast
from tests.public.portfolio import figures, yi

pytestmark = pytest.mark.django_db

CONTRACT = [
    *["ref", "subject", "label", "label_en", "value", "unit", "qualifier", "period", "is_target"],
    *["as_of", "known_on", "source", "place"],
]
KEYS = [*CONTRACT, "basis", "note", "method", "members"]


@pytest.fixture
def told(made):
    figures(made)
    return made


def answered(client, **query) -> dict:
    answer = client.get("/data/statistics.json", query)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    return answer.json()


def by_ref(client, **query) -> dict[str, dict]:
    return {row["ref"]: row for row in answered(client, **query)["statistics"]}


def test_the_head_and_the_keys(client, told):
    found = answered(client)
    assert list(found) == ["as_of", "known", "generated", "licence", "count", "statistics"]
    assert found["count"] == len(found["statistics"]) == 5
    assert all(list(row) == KEYS for row in found["statistics"])


def test_a_whole_figure(client, told):
    assert by_ref(client)["s-right"] == {
        "ref": "s-right",
        "subject": "output",
        "label": "产业规模",
        "label_en": "Output",
        "value": 9_956_000_000,
        "unit": "CNY",
        "qualifier": None,
        "period": "2023",
        "is_target": False,
        "as_of": "2025-03-01",
        "known_on": "2025-03-01",
        "source": "notice",
        "place": None,
        "basis": "stated",
        "note": None,
        "method": None,
        "members": [],
    }


@pytest.mark.parametrize(
    ("ref", "value", "unit", "period", "is_target"),
    [
        ("s-166", 166, "个", "2024", False),
        ("s-target", 50_000_000_000, "CNY", "2025", True),
        ("s-class", "百亿级", None, "2027", True),
    ],
)
def test_values_of_each_kind(client, told, ref, value, unit, period, is_target):
    row = by_ref(client)[ref]
    assert (row["value"], row["unit"], row["period"], row["is_target"]) == (value, unit, period, is_target)


def test_a_figure_without_a_period_has_null(client, told):
    cast.statistic(yi(1), ref="none")
    assert by_ref(client)["none"]["period"] is None


def test_a_corrected_figure_is_gone_from_the_day_of_its_correction(client, told):
    assert "s-wrong" in by_ref(client, known="2025-02-28")
    assert "s-wrong" not in by_ref(client) and "s-right" in by_ref(client)


def test_a_correction_counts_whatever_its_own_as_of(client, told):
    wrong = told.paper.statistics.get(ref="s-166")
    fields = {"ref": "later", "subject": wrong.subject, "period": "2024", "corrects": wrong}
    cast.statistic(Money(1, "yuan", 0), as_of="2025-06", known_on="2025-07-01", **fields)
    assert not {"s-166", "later"} & set(by_ref(client, asof="2025-05-01"))


def test_a_withdrawn_figure_is_gone_and_so_is_the_withdrawal(client, told):
    wrong = told.paper.statistics.get(ref="s-160")
    cast.statistic(None, ref="gone", subject=wrong.subject, period="2024", corrects=wrong, source=told.notice)
    assert not {"s-160", "gone"} & set(by_ref(client))


def test_only_what_was_true_by_then(client, told):
    cast.statistic(yi(1), ref="early", as_of="2023", known_on="2024-10-17", source=told.paper)
    assert answered(client, asof="2024-01-01")["as_of"] == "2024-01-01"
    assert set(by_ref(client, asof="2024-01-01")) == {"early"}


def test_as_many_statements_whatever_there_is(client, told, django_assert_max_num_queries):
    client.get("/data/")
    for number in range(20):
        cast.statistic(yi(number), period=str(2000 + number), section=told.first, source=told.paper)
    with django_assert_max_num_queries(4):
        assert answered(client)["count"] == 25
