"""Numbers as people print them."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.core.numbers import (
    chinese_numeral,
    group_digits,
    narrow,
    printed_decimals,
    rounded,
    same_within_precision,
    whole,
    with_digits,
)

few = settings(max_examples=20, deadline=None, database=None)
decimals = st.decimals(-(10**9), 10**9, places=3)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("１，２３４．５　万元", "1,234.5万元"),
        (" 2021 年 6 月 ", "2021年6月"),
        ("2021  1 1", "2021 1 1"),
        ("￥４０", "¥40"),
        ("−5", "-5"),
        ("9月〜12月", "9月~12月"),
        ("\ufeff4\u200b0亿", "40亿"),
        ("", ""),
    ],
)
def test_narrow(text, plain):
    assert narrow(text) == plain


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("二〇二一年六月", "2021年6月"),
        ("二零二一年十二月三十一日", "2021年12月31日"),
        ("十", "10"),
        ("二十", "20"),
        ("九十九", "99"),
        ("第三季度", "第3季度"),
        ("二〇二〇年三月十日", "2020年3月10日"),
        ("二百", "2百"),
        ("二十十", "二十十"),
        ("二零一十", "二零一十"),
        ("2十", "2十"),
        ("十2", "十2"),
    ],
)
def test_with_digits(text, digits):
    assert with_digits(text) == digits


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (21, "二十一"),
        (99, "九十九"),
        (0, "0"),
        (100, "100"),
    ],
)
def test_chinese_numerals(number, text):
    assert chinese_numeral(number) == text


@given(st.integers(1, 99))
def test_a_chinese_numeral_is_read_back(number):
    assert with_digits(chinese_numeral(number)) == str(number)


@pytest.mark.parametrize(("text", "places"), [("1.50", 2), ("1.5", 1), ("15", 0), ("1E+2", 0), ("0.000", 3)])
def test_printed_decimals(text, places):
    assert printed_decimals(Decimal(text)) == places


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("1.005", 2, "1.01"),
        ("1", 2, "1.00"),
    ],
)
def test_rounding_is_half_up(value, places, text):
    assert str(rounded(Decimal(value), places)) == text


@pytest.mark.parametrize(
    ("a", "b", "is_same"),
    [
        ("1.5", "1.50", True),
        ("1.5", "1.54", True),
        ("1.5", "1.55", False),
        ("1.5", "1.45", True),
        ("1.5", "1.449", False),
        ("100", "99.56", True),
        ("100", "99.4", False),
        ("12.30", "12.31", False),
    ],
)
def test_same_within_precision(a, b, is_same):
    a, b = Decimal(a), Decimal(b)
    assert same_within_precision(a, b) is same_within_precision(b, a) is is_same


@few
@given(decimals, st.integers(0, 3))
def test_a_number_is_the_same_as_itself_rounded(value, places):
    assert same_within_precision(value, rounded(value, places))


@pytest.mark.parametrize(
    ("text", "grouped"),
    [("0", "0"), ("999", "999"), ("1000", "1,000"), ("1234567.50", "1,234,567.50"), ("-12345", "-12,345")],
)
def test_group_digits(text, grouped):
    assert group_digits(text) == grouped


@few
@given(decimals)
def test_grouping_changes_no_digit(value):
    assert group_digits(f"{value:f}").replace(",", "") == f"{value:f}"


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("7", 7), ("007", 7), (str(2**63 - 1), 2**63 - 1)]
    + [(text, None) for text in ("", " 7", "-1", "1.0", "1e3", "²", "１２", "zzz", "a\0b", "9" * 5_000)]
    + [(str(2**63), None)],
)
def test_a_number_that_a_request_names(text, number):
    assert whole(text) == number
