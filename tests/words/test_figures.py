"""Sums and other figures in both languages: the printed digits, with the point moved and nothing else."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.core.money import Money, parse
from projects.core.numbers import group_digits
from projects.words import figures, units
from tests.words.tables import rows

few = settings(max_examples=200, deadline=None, database=None)

AMOUNTS = """
40亿元         | 40 亿元          | CNY 4.0 billion
约40亿元       | 约 40 亿元       | about CNY 4.0 billion
99.56亿元      | 99.56 亿元       | CNY 9.956 billion
近300亿元      | 近 300 亿元      | nearly CNY 30.0 billion
超过1100亿元   | 超 1,100 亿元    | more than CNY 110.0 billion
1.50亿元       | 1.50 亿元        | CNY 150 million
4亿元          | 4 亿元           | CNY 400 million
1.2345亿元     | 1.2345 亿元      | CNY 123.45 million
300万元        | 300 万元         | CNY 3.00 million
1,234.5万元    | 1,234.5 万元     | CNY 12.345 million
275100万元     | 275,100 万元     | CNY 2.75100 billion
5万元          | 5 万元           | 50,000 yuan
2.50万元       | 2.50 万元        | 25,000 yuan
12,345元       | 12,345 元        | 12,345 yuan
12345.00元     | 12,345.00 元     | 12,345.00 yuan
1234567元      | 1,234,567 元     | 1,234,567 yuan
0万元          | 0 万元           | 0 yuan
"""

TOTALS = """
4000000000         | 40 亿元      | CNY 4.0 billion
9956000000         | 99.56 亿元   | CNY 9.956 billion
123456789012       | 1,234.57 亿元 | CNY 123.457 billion
1500000000 about   | 约 15 亿元   | about CNY 1.5 billion
1500000001 over    | 超 15.00 亿元 | more than CNY 1.500 billion
99999999           | 1.00 亿元    | CNY 100 million
12345678           | 1,234.57 万元 | CNY 12.3457 million
20000              | 2 万元       | 20,000 yuan
999                | 999 元       | 999 yuan
-4000000000        | -40 亿元     | CNY -4.0 billion
"""

NUMBERS = """
1.8 亿立方米       | 1.8 亿立方米      | 180 million m³
1.85 亿立方米      | 1.85 亿立方米     | 185 million m³
20 亿立方米        | 20 亿立方米       | 2 billion m³
12.50 亿立方米     | 12.50 亿立方米    | 1.250 billion m³
2 亿千瓦时         | 2 亿千瓦时        | 200 million kWh
4500 万千瓦时      | 4,500 万千瓦时    | 45 million kWh
120 万千瓦         | 120 万千瓦        | 1.2 million kW
40 万吨            | 40 万吨           | 400,000 t
1.5 万吨           | 1.5 万吨          | 15,000 t
1000 万吨          | 1,000 万吨        | 10 million t
24 万亩            | 24 万亩           | 240,000 mu
100 万头           | 100 万头          | 1 million head
35 万平方米        | 35 万平方米       | 350,000 m²
100 万人           | 100 万人          | 1 million people
10 亿人次          | 10 亿人次         | 1 billion visits
100 平方公里       | 100 平方公里      | 100 km²
125.5 公里         | 125.5 公里        | 125.5 km
5533 块            | 5,533 块          | 5,533
166 个             | 166 个            | 166
49 家              | 49 家             | 49
836 项             | 836 项            | 836
2 条               | 2 条              | 2
50 张              | 50 张             | 50
200 颗             | 200 颗            | 200
8 处               | 8 处              | 8
198 台(套)         | 198 台(套)        | 198 units
198 台（套）       | 198 台（套）      | 198 units
1 台               | 1 台              | 1 unit
3 套               | 3 套              | 3 sets
1 人               | 1 人              | 1 person
20 名              | 20 名             | 20 people
1 万人             | 1 万人            | 10,000 people
600 户             | 600 户            | 600 households
400 箱             | 400 箱            | 400 containers
20 辆              | 20 辆             | 20 vehicles
11 层              | 11 层             | 11 storeys
300 席             | 300 席            | 300 seats
1 倍               | 1 倍              | 1 time
3 小时             | 3 小时            | 3 hours
1 个小时           | 1 个小时          | 1 hour
13 分钟            | 13 分钟           | 13 minutes
33 工作日          | 33 工作日         | 33 working days
33 个工作日        | 33 个工作日       | 33 working days
800 亿元           | 800 亿元          | CNY 80.0 billion
1.50 亿元          | 1.50 亿元         | CNY 150 million
300 万元           | 300 万元          | CNY 3.00 million
12345 元           | 12,345 元         | 12,345 yuan
300 元/吨          | 300 元/吨         | 300 yuan/t
120 公里/小时      | 120 公里/小时     | 120 km/hour
34 万吨/年         | 34 万吨/年        | 340,000 t/year
40 %               | 40%               | 40%
60.8 ％            | 60.8%             | 60.8%
3 个百分点         | 3 个百分点        | 3 percentage points
12 榀              | 12 榀             | 12 榀
12 万榀            | 12 万榀           | 12 万榀
3 项/家            | 3 项/家           | 3 项/家
0 公里             | 0 公里            | 0 km
"""


@pytest.mark.parametrize(("text", "language", "reads"), rows(AMOUNTS))
def test_amount(text, language, reads):
    money, qualifier = parse(text)
    with override(language):
        assert figures.amount(money, qualifier) == reads


@pytest.mark.parametrize(("text", "language", "reads"), rows(TOTALS))
def test_total(text, language, reads):
    yuan, _blank, qualifier = text.partition(" ")
    with override(language):
        assert figures.total(int(yuan), qualifier) == reads


@pytest.mark.parametrize(("text", "language", "reads"), rows(NUMBERS))
def test_number(text, language, reads):
    value, unit = text.split()
    with override(language):
        assert figures.number(Decimal(value), unit) == reads


@pytest.mark.parametrize(
    ("qualifier", "language", "reads"),
    rows("""
        about  | 约 40% | about 40%
        nearly | 近 40% | nearly 40%
        over   | 超 40% | more than 40%
               | 40%    | 40%
    """),
)
def test_a_qualifier_stands_before_the_number(qualifier, language, reads):
    with override(language):
        assert figures.number(Decimal(40), "%", qualifier) == reads


def test_every_unit_of_the_fixtures_has_its_english():
    rows_ = [row["fields"] for name in ("claims", "statistics") for row in json.loads(_fixture(name))]
    printed = {row["unit"] for row in rows_ if row.get("value_number") is not None}
    assert len(printed) > 20
    assert {unit for unit in printed if units.in_english(units.power_and_base(unit)[1]) is None} == {"%"}


def _fixture(name):
    return (Path(__file__).parents[2] / "fixtures" / f"{name}.json").read_text(encoding="utf-8")


def test_group():
    assert group_digits("1234567.50") == "1,234,567.50"


def _value(english):
    """The yuan that an English sum means."""
    digits = english.removeprefix("CNY ").replace(",", "").split()
    return Decimal(digits[0]).scaleb({"billion": 9, "million": 6, "yuan": 0}[digits[1]])


@given(st.sampled_from([("yuan", 0), ("wan", 4), ("yi", 8)]), st.data())
@few
def test_english_neither_loses_nor_rounds_a_yuan(unit, data):
    name, power = unit
    decimals = data.draw(st.integers(0, power))
    step = 10 ** (power - decimals)
    money = Money(data.draw(st.integers(0, (10**15 - 1) // step)) * step, name, decimals)
    with override("en"):
        assert _value(figures.amount(money)) == money.yuan


@given(
    st.decimals(0, 10**6, places=3) | st.integers(0, 10**6).map(Decimal),
    st.sampled_from(["万吨", "亿吨", "吨"]),
)
@few
def test_english_numbers_are_exact(value, unit):
    with override("en"):
        digits, *words = figures.number(value, unit).replace(",", "").split()
    scale = {"billion": 9, "million": 6}.get(words[0], 0)
    assert Decimal(digits).scaleb(scale) == value.scaleb(units.power_and_base(unit)[0])


@pytest.mark.parametrize(
    ("text", "english"),
    [("百亿级", "the CNY 10-billion class"), ("千亿", "CNY 100 billion"), ("一流", "一流")],
)
def test_a_size_in_words_is_told_in_english_where_it_is_known(text, english):
    with override("en"):
        assert figures.size(text) == english
    with override("zh-hans"):
        assert figures.size(text) == text


def test_every_size_of_the_fixtures_is_known():
    rows_ = [row["fields"] for row in json.loads(_fixture("statistics"))]
    texts = {row["value_text"] for row in rows_ if "value_text" in row}
    with override("en"):
        assert texts and [text for text in texts if figures.size(text) == text] == []
