"""Which records may be doubles, what of a double is said already, and how they are found."""

from datetime import date

import pytest

from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.core.statements import Series, Statement
from projects.models import Project
from projects.records import doubles
from projects.records.rules.doubles import NamedProject, may_be_doubles, pairs_of, unsaid
from projects.records.rules.likeness import keys_of
from projects.records.similar_names import similar
from projects.search import index
from tests import cast

FORTY, FIFTY = Money(40 * 10**8, "yi", 0), Money(50 * 10**8, "yi", 0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("綦江齿轮总成", "綦江区齿轮总成项目"),
        ("渝黔高速公路复线（扩能）", "渝黔高速公路复线"),
        ("古剑山景区索道及配套", "古剑山景区缆索道及配套"),
        ("横山康养小镇", "横山康养小镇（一期）"),
    ],
)
def test_these_may_be_doubles_and_share_a_key(one, other):
    assert may_be_doubles(NamedProject(1, (one,)), NamedProject(2, (other,)))
    assert keys_of([one]) & keys_of([other])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (NamedProject(1, ("横山康养小镇",)), NamedProject(2, ("横山康养小镇（一期）",), parent=1)),
        (NamedProject(1, ("横山康养小镇东区",), 9), NamedProject(2, ("横山康养小镇东段",), 9)),
        (NamedProject(1, ("横山康养小镇一期",)), NamedProject(2, ("横山康养小镇二期",))),
        (NamedProject(1, ("示范工厂1",)), NamedProject(2, ("示范工厂12",))),
        (NamedProject(1, ("齿轮总成",)), NamedProject(2, ("新盛水库",))),
    ],
)
def test_these_are_not(one, other):
    assert not may_be_doubles(one, other) and not may_be_doubles(other, one)


def test_a_pair_is_told_under_its_first_key_alone():
    both = [NamedProject(1, ("綦江齿轮总成及传动件",)), NamedProject(2, ("齿轮总成及传动件项目",))]
    keys = sorted(keys_of(both[0].names) & keys_of(both[1].names))
    assert [pairs_of(key, both) for key in keys] == [[(1, 2)], [], []]


def said(ref: str, value=FORTY, source: str = "paper", as_of: str = "2024", **more) -> Statement:
    at = fuzzy_dates.parse(as_of)
    return Statement(ref, Series("total_investment"), value, at, date(2024, 10, 17), source=source, **more)


@pytest.mark.parametrize(
    ("held", "left"),
    [
        ([], ["a"]),
        ([said("b")], []),
        ([said("b", place=(1, 2, 3))], []),
        ([said("b", source="notice")], ["a"]),
        ([said("b", value=FIFTY)], ["a"]),
        ([said("b", as_of="2025")], ["a"]),
        ([said("b", qualifier="about")], ["a"]),
        ([said("b", is_stated=False)], ["a"]),
    ],
)
def test_what_is_said_equally_from_the_same_source_is_not_said_again(held, left):
    assert unsaid([said("a")], held) == left


def test_a_withdrawal_is_not_said_again():
    assert unsaid([said("a", value=None, corrects="x")], []) == []


def named(name: str, **fields) -> Project:
    """With no English name, which all of the cast share."""
    return cast.project(name, name_en="", **fields)


@pytest.mark.django_db
def test_only_public_ones_are_likely_and_pages_go_on(monkeypatch):
    names = ["古剑山索道及配套", "横山康养小镇中心", "丁山湖环湖步道段"]
    pairs = [(named(name), named(f"綦江区{name}项目")) for name in names]
    named(f"{names[0]}工程", is_public=False)
    index.index_all()
    found = doubles.likely()
    assert {frozenset(pair) for pair in found.pairs} == {frozenset(pair) for pair in pairs}
    assert len(found.pairs) == 3 and found.after == ""
    monkeypatch.setattr(doubles, "A_PAGE", 1)
    seen, after = [], ""
    while True:
        found = doubles.likely(after)
        seen += found.pairs
        after = found.after
        if not after:
            break
    assert len(seen) == 3


@pytest.mark.django_db
def test_names_that_many_share_are_no_sign(monkeypatch):
    monkeypatch.setattr(doubles, "MAX_SHARING", 2)
    for name in ("古剑山索道", "綦江古剑山索道", "重庆古剑山索道"):
        named(name)
    index.index_all()
    assert doubles.likely().pairs == []


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 30])
def test_a_name_is_compared_with_few(count, django_assert_num_queries):
    for number in range(count):
        named(f"某某道路改造第{number}段")
    of = named("古剑山索道工程")
    index.index_all()
    with django_assert_num_queries(4):
        assert [one.pk for one in similar("綦江古剑山索道")] == [of.pk]
