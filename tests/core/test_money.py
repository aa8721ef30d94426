"""Sums of money: reading them exactly, printing them as they were printed, telling them apart."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.core.money import (
    Money,
    digits_and_unit,
    figure,
    parse,
    same_within_precision,
    weakest_qualifier,
)
from projects.core.refusals import Refused

few = settings(max_examples=20, deadline=None, database=None)
POWERS = {"yuan": 0, "wan": 4, "yi": 8}


@st.composite
def moneys(draw):
    unit = draw(st.sampled_from(sorted(POWERS)))
    decimals = draw(st.integers(0, POWERS[unit]))
    step = 10 ** (POWERS[unit] - decimals)
    return Money(draw(st.integers(0, (10**15 - 1) // step)) * step, unit, decimals)


def _money(text):
    return parse(text)[0]


@pytest.mark.parametrize(
    ("text", "yuan", "unit", "decimals", "qualifier"),
    [
        ("99.56亿元", 9_956_000_000, "yi", 2, None),
        ("40亿", 4_000_000_000, "yi", 0, None),
        ("1100亿", 110_000_000_000, "yi", 0, None),
        ("1.50亿元", 150_000_000, "yi", 2, None),
        ("1.234567890亿", 123_456_789, "yi", 8, None),
        ("300万元", 3_000_000, "wan", 0, None),
        ("1,234.5 万元", 12_345_000, "wan", 1, None),
        ("12000元", 12_000, "yuan", 0, None),
        ("12,000.00元", 12_000, "yuan", 2, None),
        ("0万元", 0, "wan", 0, None),
        ("0.00亿", 0, "yi", 2, None),
        ("007亿", 700_000_000, "yi", 0, None),
        ("１，２３４．５　万元", 12_345_000, "wan", 1, None),
        ("999999999999999元", 999_999_999_999_999, "yuan", 0, None),
        # currency marks
        ("人民币40亿元", 4_000_000_000, "yi", 0, None),
        ("40亿元人民币", 4_000_000_000, "yi", 0, None),
        ("RMB 40亿", 4_000_000_000, "yi", 0, None),
        ("cny300万", 3_000_000, "wan", 0, None),
        ("300万元 CNY", 3_000_000, "wan", 0, None),
        ("¥12000元", 12_000, "yuan", 0, None),
        ("￥1.2亿", 120_000_000, "yi", 1, None),
        # English
        ("4 billion", 4_000_000_000, "yi", 0, None),
        ("1.234 billion yuan", 1_234_000_000, "yi", 2, None),
        ("RMB 2.5 Million", 2_500_000, "wan", 0, None),
        ("1.2345 million", 1_234_500, "wan", 2, None),
        ("12000 yuan", 12_000, "yuan", 0, None),
        # qualifiers
        ("约40亿元", 4_000_000_000, "yi", 0, "about"),
        ("大约40亿元", 4_000_000_000, "yi", 0, "about"),
        ("40亿元左右", 4_000_000_000, "yi", 0, "about"),
        ("约40亿元左右", 4_000_000_000, "yi", 0, "about"),
        ("近300亿元", 30_000_000_000, "yi", 0, "nearly"),
        ("100余亿元", 10_000_000_000, "yi", 0, "over"),
        ("100多亿元", 10_000_000_000, "yi", 0, "over"),
        ("100亿余元", 10_000_000_000, "yi", 0, "over"),
        ("100亿多元", 10_000_000_000, "yi", 0, "over"),
        ("100亿元以上", 10_000_000_000, "yi", 0, "over"),
        ("超100亿元", 10_000_000_000, "yi", 0, "over"),
        ("超过100亿元", 10_000_000_000, "yi", 0, "over"),
        ("逾 100 亿元", 10_000_000_000, "yi", 0, "over"),
        ("300余万元", 3_000_000, "wan", 0, "over"),
        ("100多元", 100, "yuan", 0, "over"),
        ("约人民币40亿元", 4_000_000_000, "yi", 0, "about"),
        ("人民币约40亿元", 4_000_000_000, "yi", 0, "about"),
        ("近100余亿元", 10_000_000_000, "yi", 0, "about"),
    ],
)
def test_what_a_printed_sum_means(text, yuan, unit, decimals, qualifier):
    assert parse(text) == (Money(yuan, unit, decimals), qualifier)
    assert type(_money(text).yuan) is int


@pytest.mark.parametrize(
    ("text", "default_unit", "money"),
    [
        ("40", "yi", Money(4_000_000_000, "yi", 0)),
        ("1,234.50", "wan", Money(12_345_000, "wan", 2)),
        ("¥1200", "wan", Money(12_000_000, "wan", 0)),
        ("12000", "yuan", Money(12_000, "yuan", 0)),
        ("40亿", "wan", Money(4_000_000_000, "yi", 0)),
        ("12000元", "wan", Money(12_000, "yuan", 0)),
    ],
)
def test_the_default_unit_counts_only_where_none_is_printed(text, default_unit, money):
    assert parse(text, default_unit) == (money, None)


def test_an_empty_unit_beside_it_is_none():
    with pytest.raises(Refused) as bad:
        parse("12000", "")
    assert bad.value.code == "no_unit"


REFUSED = {
    "unreadable_sum": """
        亿 元 约 百亿级 500亿级 三亿元 40亿美元 300万吨 USD40 $40 1.2万亿 3千万 40亿亿 3-5亿 3~5亿 1,23万
        1,2345万 12,34.5万 .5亿 5.亿 1.2.3亿 1e5元 不超过40亿 40亿以下 不足40亿 40%亿 四十亿 ٤亿
        40亿元/年 总投资40亿元 inf nan
    """,
    "no_unit": "40 1,234.5 ¥12000 约40 100余 CNY12000",
    "fraction_of_yuan": "12.5元 0.00001万元 1.2345678901亿 1.00000001万元",
    "negative_sum": "-5亿 －5亿 −5亿 负5亿元 ¥-5万 -¥5万",
    "too_large": f"1000000000000000元 10000000亿 {'9' * 5000}亿",
}


def _why(text):
    with pytest.raises(Refused) as refusal:
        parse(text)
    assert refusal.value.faults[0].values["text"] == text
    return refusal.value.code


@pytest.mark.parametrize("why", REFUSED)
def test_what_is_refused(why):
    texts = REFUSED[why].split()
    assert {text: _why(text) for text in texts} == dict.fromkeys(texts, why)


@pytest.mark.parametrize("text", ["", " ", "1 234万元"])
def test_blanks_neither_make_nor_break_a_number(text):
    assert _why(text) == "unreadable_sum"


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("1.50亿元", "1.50"),
        ("99.56亿", "99.56"),
        ("40亿", "40"),
        ("1,234.5万元", "1234.5"),
        ("12000.00元", "12000.00"),
        ("0.00000001亿", "0.00000001"),
        ("0.00000000亿", "0.00000000"),
        ("4 billion", "40"),
    ],
)
def test_a_figure_is_printed_as_it_was(text, digits):
    assert figure(_money(text)) == digits


@few
@given(moneys())
def test_what_is_printed_reads_the_same(money):
    assert parse(figure(money), money.unit) == (money, None)


@pytest.mark.parametrize(
    ("yuan", "digits", "unit"),
    [
        (0, "0", "yuan"),
        (9_999, "9999", "yuan"),
        (10_000, "1", "wan"),
        (12_345_000, "1234.5", "wan"),
        (12_345_049, "1234.50", "wan"),  # rounded, so both decimals stay
        (10_050, "1.01", "wan"),  # 1.005 goes up
        (99_999_949, "9999.99", "wan"),
        (99_999_950, "1.00", "yi"),
        (100_000_000, "1", "yi"),
        (1_500_000_000, "15", "yi"),
        (1_500_400_000, "15.00", "yi"),
        (150_000_000, "1.5", "yi"),
        (9_956_000_000, "99.56", "yi"),
        (100_000_000_000, "1000", "yi"),
        (10**17, "1000000000", "yi"),
        (-150_000_000, "-1.5", "yi"),
        (-10_050, "-1.01", "wan"),
    ],
)
def test_how_a_computed_sum_is_shown(yuan, digits, unit):
    assert digits_and_unit(yuan) == (digits, unit)


@few
@given(st.integers(0, 10**15 - 10**6))  # rounded up it still has 15 digits
def test_what_is_shown_is_exact_or_says_so(yuan):
    digits, unit = digits_and_unit(yuan)
    money, _ = parse(digits, unit)
    assert abs(money.yuan - yuan) <= 10 ** POWERS[unit] // 200
    assert money.yuan == yuan or money.decimals == 2
    assert money.yuan != yuan or not digits.endswith(".00")


@pytest.mark.parametrize(
    ("a", "b", "is_same"),
    [
        ("1.5亿", "1.50亿", True),
        ("100亿", "99.56亿", True),
        ("100亿", "99.4亿", False),
        ("1.5亿", "1.54亿", True),
        ("1.5亿", "1.55亿", False),
        ("1.5亿", "15000万", True),
        ("1.5亿", "15499万", True),
        ("1.5亿", "15500万", False),
        ("1.50亿", "1.51亿", False),
        ("12000.00元", "12000元", True),
        ("12000元", "12001元", False),
        ("0亿", "4000万", True),
    ],
)
def test_same_within_the_precision_of_the_coarser(a, b, is_same):
    a, b = _money(a), _money(b)
    assert same_within_precision(a, b) is same_within_precision(b, a) is is_same


@few
@given(moneys(), moneys())
def test_telling_sums_apart_has_no_sides(a, b):
    assert same_within_precision(a, a)
    assert same_within_precision(a, b) == same_within_precision(b, a)


@pytest.mark.parametrize(
    ("qualifiers", "weakest"),
    [
        ([], None),
        ([None, None], None),
        (["over", None], "over"),
        (["nearly", "nearly", None], "nearly"),
        (["about", None], "about"),
        (["nearly", "over"], "about"),
        (["about", "over", None], "about"),
        (["about", "nearly"], "about"),
    ],
)
def test_the_weakest_qualifier(qualifiers, weakest):
    assert {weakest_qualifier(order) for order in permutations(qualifiers)} == {weakest}
