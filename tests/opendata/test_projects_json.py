"""The data contract (docs/data.md): exact keys, nulls, types and codes, for the rows that the list shows."""

from datetime import date

import pytest
from django.utils import translation

from projects.choices import (
    Basis,
    Condition,
    Kind,
    Milestone,
    PartyRole,
    RecordType,
    Sector,
    Stage,
    Topic,
    Verdict,
)
from projects.core.statements import Money
from tests import cast
from tests.public.portfolio import settle
from tests.public.reading import read, zh

pytestmark = pytest.mark.django_db


def words(name: str) -> list[str]:
    """A code with its words in both languages."""
    return [name, f"{name}_name", f"{name}_name_en"]


HEAD = ["as_of", "known", "generated", "licence", "count", "projects"]
KEYS = [
    *["code", "slug", "url", "name", "name_en", "aliases"],
    *words("kind"),
    *words("sector"),
    *words("record_type"),
    "counted",
    *words("place"),
    *words("department"),
    "parent",
    *words("stage"),
    *words("stage_basis"),
    "partly_in_use",
    *words("condition"),
    "light",
    *["total_investment", "agreed_investment", "invested_to_date", "investment_qualifier"],
    *["milestones", "parties", "sources", "last_known_on"],
    *words("funding"),
    *["stage_qualifier", "stage_since", "stage_last_said", "invested_method", "duplicates"],
    *["total_basis", "agreed_qualifier", "agreed_basis"],
]
OF_MILESTONE = [
    *words("milestone"),
    *["scope", "first_promised", "promised", "actual"],
    *words("verdict"),
    *["slip_days", "promised_state"],
]
OF_PARTY = ["organisation", "organisation_en", *words("role"), "source", "place"]
CODES = {
    "kind": Kind,
    "sector": Sector,
    "record_type": RecordType,
    "stage": Stage,
    "stage_basis": Basis,
    "condition": Condition,
}


def answered(client, **query) -> dict:
    answer = client.get("/data/projects.json", query)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    return answer.json()


def by_slug(client, **query) -> dict[str, dict]:
    return {row["slug"]: row for row in answered(client, **query)["projects"]}


def test_the_head_says_of_which_days_it_is(client, made):
    told = answered(client)
    assert list(told) == HEAD
    assert (told["as_of"], told["known"], told["licence"]) == ("2026-03-02", "2026-03-02", None)
    assert told["count"] == len(told["projects"]) == 6


def test_every_record_has_exactly_these_keys(client, made):
    for row in answered(client)["projects"]:
        assert list(row) == KEYS
        assert all(list(one) == OF_MILESTONE for one in row["milestones"])
        assert all(list(one) == OF_PARTY for one in row["parties"])


def test_a_whole_record(client, made):
    row = by_slug(client)["factory"]
    told = {name: value for name, value in row.items() if not name.endswith(("_name", "_name_en"))}
    assert told == {
        "code": "QJ-0001",
        "slug": "factory",
        "url": "http://testserver/projects/factory/",
        "name": made.factory.name,
        "name_en": "Model factory",
        "aliases": ["样板厂"],
        "kind": "industrial",
        "sector": "light_alloy",
        "record_type": "project",
        "counted": False,  # its phase is
        "place": "area",
        "department": "fagai",
        "parent": None,
        "stage": "building",
        "stage_basis": "stated",
        "partly_in_use": False,
        "condition": "active",
        "light": None,
        "total_investment": 4_000_000_000,
        "agreed_investment": None,
        "invested_to_date": None,
        "investment_qualifier": "about",
        "milestones": row["milestones"],
        "parties": row["parties"],
        "sources": ["notice", "paper"],
        "last_known_on": "2025-03-01",
        "funding": None,
        "stage_qualifier": None,
        "stage_since": "2023-05",  # the actual start
        "stage_last_said": "2024-10-17",
        "invested_method": None,
        "duplicates": [],
        "total_basis": "stated",
        "agreed_qualifier": None,
        "agreed_basis": None,
    }
    assert row["parties"] == [
        {
            "organisation": "某建筑公司",
            "organisation_en": "A building company",
            "role": "builder",
            "role_name": zh("builder"),
            "role_name_en": "builder",
            "source": "paper",
            "place": "1 ¶2",
        }
    ]


def test_milestones_with_dates_as_edtf_a_verdict_and_a_slippage_in_days(client, made):
    started, completed = by_slug(client)["factory"]["milestones"]
    judged = ["milestone", "scope", "first_promised", "promised", "actual", "verdict", "slip_days"]
    assert [started[name] for name in judged] == ["started", "", None, None, "2023-05", None, None]
    assert [completed[name] for name in judged] == [
        *["completed", "", "2025", "2026-06", None],
        *["late", [181, 181]],
    ]
    assert (started["promised_state"], completed["promised_state"]) == (None, "dated")


def test_what_is_unknown_is_null_never_zero(client, made):
    phase = by_slug(client)["phase"]
    unknown = ["sector", "place", "department", "stage", "stage_basis", "agreed_investment"]
    assert {name: phase[name] for name in unknown} == dict.fromkeys(unknown)
    assert (phase["parent"], phase["aliases"], phase["milestones"]) == ("QJ-0001", [], [])


@pytest.mark.every_engine
@pytest.mark.parametrize("days", [{}, {"asof": "2025-06-01", "known": "2025-06-01"}])
def test_each_amount_says_its_word_and_whether_it_was_inferred(client, made, days):
    said = {"source": made.paper, "value": Money(30_000_000_000, "yi", 0)}
    agreed = {"topic": Topic.AGREED_INVESTMENT, "qualifier": "nearly"}
    cast.published(made.factory, **agreed, **said)
    cast.published(made.centre, Topic.TOTAL_INVESTMENT, basis="inferred", **said)
    settle()
    factory, centre = (by_slug(client, **days)[slug] for slug in ("factory", "centre"))
    assert (factory["agreed_qualifier"], factory["agreed_basis"]) == ("nearly", "stated")
    assert (factory["total_basis"], centre["total_basis"]) == ("stated", "inferred")
    assert (centre["agreed_qualifier"], centre["agreed_basis"]) == (None, None)


def test_beside_every_code_stand_its_words_in_both_languages(client, made):
    for row in answered(client)["projects"]:
        for name, vocabulary in CODES.items():
            assert [row[one] for one in words(name)] in [[None] * 3, *map(_said, vocabulary)]
    factory = by_slug(client)["factory"]
    assert [factory[one] for one in words("place")] == ["area", "北渡片区", "Beidu area"]
    assert [factory[one] for one in words("stage")] == ["building", "在建", "under construction"]


def _said(member) -> list[str]:
    with translation.override("en"):
        english = str(member.label)
    return [member.value, zh(english), english]


def test_every_value_is_of_its_kind(client, made):
    for row in answered(client)["projects"]:
        assert isinstance(row["counted"], bool) and isinstance(row["partly_in_use"], bool)
        for name in ("total_investment", "agreed_investment", "invested_to_date"):
            assert row[name] is None or type(row[name]) is int
        assert date.fromisoformat(row["last_known_on"]) and isinstance(row["sources"], list)
        for one in row["milestones"]:
            assert one["milestone"] in Milestone.values
            assert one["verdict"] is None or one["verdict"] in Verdict.values
        assert all(one["role"] in PartyRole.values for one in row["parties"])


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"kind": "industrial", "stage": "operating"},
        {"q": "北渡"},
        {"counted": "1"},
        {"source": "notice", "place": "park"},
        {"kind": "castle"},
        {"asof": "2025-01-01", "known": "2025-01-01"},
        {"asof": "2023-06-30"},
    ],
)
def test_a_download_is_exactly_what_the_list_shows(client, made, query):
    listed = read(client, "/projects/", **({"counted": "all"} | query)).codes
    assert [row["code"] for row in answered(client, **query)["projects"]] == sorted(listed)


def test_as_of_a_past_day_it_says_what_held_then(client, made):
    told = answered(client, known="2025-02-28")
    assert (told["as_of"], told["known"]) == ("2025-02-28", "2025-02-28")
    rows = {row["slug"]: row for row in told["projects"]}
    assert "phase" not in rows  # no candidate: absent
    assert rows["factory"]["milestones"][1]["verdict"] == "open"
    assert rows["road"]["total_investment"] is None and rows["centre"]["condition"] == "active"


def test_a_day_out_of_reach_is_clamped_as_on_the_list(client, made):
    assert answered(client, asof="2199-01-01")["as_of"] == "2026-03-02"
    assert answered(client, asof="x")["as_of"] == "2026-03-02"


def test_the_address_is_the_public_one_where_there_is_one(client, made, settings):
    settings.PUBLIC_URL = "https://qijiang.example"
    assert by_slug(client)["road"]["url"] == "https://qijiang.example/projects/road/"


def test_it_is_the_same_under_both_doors(client, made):
    assert client.get("/en/data/projects.json").json() == answered(client)


def test_chinese_stands_as_it_is(client, made):
    assert "綦万公路" in client.get("/data/projects.json").content.decode()


def test_the_number_of_statements_does_not_grow(client, made, django_assert_max_num_queries):
    read(client, "/data/")
    for number in range(20):
        of = cast.project(place=made.park)
        cast.alias(of, f"又名{number}")
        cast.party(of)
        cast.published(of)
    settle()
    with django_assert_max_num_queries(8):
        assert answered(client)["count"] == 26
