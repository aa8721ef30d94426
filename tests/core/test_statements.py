"""What the rules see of a claim: which two speak of the same thing, and when two values differ."""

from decimal import Decimal

import pytest

from projects.choices import Condition, Stage, Topic
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.core.statements import Number, Series, differ
from tests.core.saying import promised, say, stage, total

MONEY, NUMBER, DATE = Topic.TOTAL_INVESTMENT, Topic.CAPACITY, Topic.PROMISED


def yi(text: str) -> Money:
    """An amount in 亿 with the decimals as written."""
    number = Decimal(text)
    return Money(int(number * 10**8), "yi", max(-int(number.as_tuple().exponent), 0))


def number(text: str, unit: str = "吨") -> Number:
    return Number(Decimal(text), unit)


def test_two_claims_speak_of_the_same_thing_exactly_when_all_four_parts_are_equal():
    one = Series("capacity", "water", "一期", "2024")
    assert one == Series("capacity", "water", "一期", "2024")
    others = [
        Series("progress", "water", "一期", "2024"),
        Series("capacity", "area", "一期", "2024"),
        Series("capacity", "water", "", "2024"),
        Series("capacity", "water", "一期", "2025"),
    ]
    assert one not in others


def test_the_whole_is_the_empty_scope():
    assert stage("building", "2024-10").series == Series("stage") != Series("stage", scope="重庆段")


@pytest.mark.parametrize(
    ("topic", "one", "other", "is_different"),
    [
        # Within the coarser one's printed precision a value is not different.
        (MONEY, yi("100"), yi("99.56"), False),
        (MONEY, yi("100"), yi("99.4"), True),
        (MONEY, yi("1.50"), yi("1.5"), False),
        (MONEY, yi("1.50"), yi("1.54"), True),
        (MONEY, Money(150_000_000, "wan", 0), yi("1.5"), False),
        (NUMBER, number("1.5"), number("1.54"), False),
        (NUMBER, number("1.50"), number("1.54"), True),
        (NUMBER, number("1.5"), number("1.5", "万吨"), True),
        # A span that contains the other is not different, in either order.
        (DATE, fuzzy_dates.parse("2024"), fuzzy_dates.parse("2024-10"), False),
        (DATE, fuzzy_dates.parse("2024-10-17"), fuzzy_dates.parse("2024-10"), False),
        (DATE, fuzzy_dates.parse("2024-10"), fuzzy_dates.parse("2024-10~"), False),
        (DATE, fuzzy_dates.parse("2024-09/2024-10"), fuzzy_dates.parse("2024-10/2024-11"), True),
        (DATE, fuzzy_dates.parse("2024-10"), fuzzy_dates.parse("2024-11"), True),
        # Codes are the same or they are not.
        (Topic.STAGE, Stage.BUILDING.value, Stage.BUILDING.value, False),
        (Topic.STAGE, Stage.BUILDING.value, Stage.PREPARING.value, True),
        (Topic.CONDITION, Condition.ACTIVE.value, Condition.PAUSED.value, True),
        # Words about works never contradict; a class such as 百亿级 is compared as it stands.
        (Topic.WORKS, "架梁", "铺轨", False),
        ("output", "百亿级", "五百亿级", True),
        ("output", "百亿级", yi("100"), True),
    ],
)
def test_when_two_values_differ(topic, one, other, is_different):
    assert differ(one, other, topic) is is_different
    assert differ(other, one, topic) is is_different


def test_a_statement_is_its_source_and_its_place_in_it():
    alike = [total(1, "2024", source="a", place=(3, 2, 1)), total(2, "2024", source="a", place=(3, 2, 1))]
    elsewhere = [total(1, "2024", source="a", place=(3, 2, 2)), total(1, "2024", source="b", place=(3, 2, 1))]
    assert alike[0].said_at == alike[1].said_at
    assert alike[0].said_at not in [one.said_at for one in elsewhere]


def test_without_a_place_each_claim_is_a_statement_of_its_own():
    assert total(1, "2024", source="a").said_at != total(1, "2024", source="a").said_at


def test_targets_and_the_plan_of_a_year_speak_of_a_plan():
    plan = say(Topic.ANNUAL_PLAN, yi("3"), "2024-03", period="2024")
    target = say("gdp", yi("300"), "2024-03", period="2024", is_target=True)
    assert plan.speaks_of_a_plan and target.speaks_of_a_plan
    assert not total(3, "2024").speaks_of_a_plan and not promised("2025", "2024-03").speaks_of_a_plan
