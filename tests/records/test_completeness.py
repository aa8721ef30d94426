"""How complete a record is: one rule, and the same by SQL; the least complete first, and what is doubted."""

import pytest

from projects.choices import Milestone, Topic
from projects.claims import projection
from projects.core.fuzzy_dates import parse
from projects.core.money import Money
from projects.models import Project
from projects.records import completeness, doubts
from projects.records.rules.completeness import WEIGHTS, Asked, missing
from projects.records.rules.doubts import MANY
from tests.cast import department, party, place, project, published

TOTAL = Money(10**8, "yi", 0)


def test_the_weights_are_a_hundred():
    assert set(WEIGHTS) == set(Asked) and sum(WEIGHTS.values()) == 100


def test_what_is_missing_is_named_by_its_weight():
    assert missing(set(Asked) - {Asked.FUNDING, Asked.STAGE}) == [Asked.STAGE, Asked.FUNDING]
    assert missing(Asked) == []


CASES = {
    Asked.UNIT: lambda of: setattr(of, "department", department()),
    Asked.PLACE: lambda of: setattr(of, "place", place()),
    Asked.STAGE: published,
    Asked.TOTAL: lambda of: published(of, Topic.TOTAL_INVESTMENT, TOTAL),
    Asked.START: lambda of: published(of, Topic.ACTUAL, parse("2024-05"), measure="started"),
    Asked.FINISH: lambda of: published(of, Topic.PROMISED, parse("2026"), measure="operating"),
    Asked.PARTY: party,
    Asked.SUMMARY: lambda of: setattr(of, "summary", "一座水厂"),
    Asked.FUNDING: lambda of: setattr(of, "funding", "mixed"),
}
BROUGHT = {Asked.START: {Asked.STAGE}}  # a start shows that works go on


@pytest.mark.django_db
@pytest.mark.parametrize("asked", CASES)
def test_by_sql_it_is_as_by_the_rule(asked):
    of = project()
    CASES[asked](of)
    of.save()
    projection.rebuild(of)
    present = {asked} | BROUGHT.get(asked, set())
    row = completeness.with_completeness(Project.objects.all()).get()
    assert row.completeness == sum(WEIGHTS[one] for one in present)
    (first,) = completeness.least_complete(5)
    assert first.missing == missing(present)


@pytest.mark.django_db
def test_the_least_complete_come_first_and_the_complete_not_at_all():
    full, some, none = project(), project(department=department()), project()
    for fill in CASES.values():
        fill(full)
    full.save()
    projection.rebuild(full)
    assert completeness.least_complete(5) == [none, some]


@pytest.mark.django_db
def test_of_many_those_are_weighed_that_lack_what_weighs_most(monkeypatch):
    rows = [project(), project(department=department()), project()]
    for one in rows:
        published(one)
        projection.rebuild(one)
    monkeypatch.setattr(completeness, "MAX_WEIGHED", 2)
    monkeypatch.setattr(completeness, "MAX_OF_EACH", 1)
    assert completeness.least_complete(5) == [rows[0]]
    monkeypatch.setattr(completeness, "MAX_WEIGHED", 3)
    assert completeness.least_complete(5) == [rows[0], rows[2], rows[1]]


# What is doubted


@pytest.mark.django_db
def test_of_many_only_what_an_index_tells_is_counted(monkeypatch):
    _stands(), _stands(), _stands()
    monkeypatch.setattr(doubts, "MAX_COMPARED", 2)
    assert doubts.counts() == {"same_amount": None, "no_place": 3, "no_unit": 3, "dates_out_of_order": None}
    monkeypatch.setattr(doubts, "MAX_COMPARED", 3)
    assert doubts.counts()["same_amount"] == 0


def _stands(said=(), **fields):
    of = project(**fields)
    published(of)
    for topic, value, more in said:
        published(of, topic, value, **more)
    projection.rebuild(of)
    return of


def _reached(milestone, day, **more):
    return (Topic.ACTUAL, parse(day), {"measure": milestone.value, "as_of": day} | more)


@pytest.mark.django_db
def test_the_same_amount_in_many_projects():
    for _ in range(MANY - 1):
        _stands([(Topic.TOTAL_INVESTMENT, TOTAL, {})])
    assert doubts.counts()["same_amount"] == 0
    _stands([(Topic.TOTAL_INVESTMENT, TOTAL, {})])
    _stands([(Topic.TOTAL_INVESTMENT, Money(2 * 10**8, "yi", 0), {})])
    assert doubts.counts()["same_amount"] == MANY


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("started", "completed", "scope", "is_doubted"),
    [
        ("2024-05", "2023-05", "", True),
        ("2023-05", "2024-05", "", False),
        ("2023-05", "2023", "", False),  # surely is asked
        ("2024-05", "2023-05", "二期", False),  # of another part
    ],
)
def test_dates_out_of_order(started, completed, scope, is_doubted):
    said = [
        _reached(Milestone.STARTED, started),
        _reached(Milestone.COMPLETED, completed, scope=scope),
    ]
    of = _stands(said, place=place(), department=department())
    assert doubts.counts()["dates_out_of_order"] == is_doubted
    assert list(doubts.doubtful("dates_out_of_order")) == ([{"project": of.pk}] if is_doubted else [])


@pytest.mark.django_db
def test_no_place_and_no_unit():
    _stands()
    _stands(place=place(), department=department())
    assert doubts.counts() == {"same_amount": 0, "no_place": 1, "no_unit": 1, "dates_out_of_order": 0}


def test_nothing_else_is_doubted():
    with pytest.raises(ValueError, match="colour"):
        doubts.doubtful("colour")
