"""A figure in its sentence: found however it is printed, with its qualifier, and where it stands."""

from decimal import Decimal

import pytest

from projects.core import printed_figures
from projects.core.money import Money
from projects.core.statements import Number


@pytest.mark.parametrize(
    ("said", "digits", "unit", "found"),
    [
        ("入驻80余个项目", "80", "个", ["over"]),
        ("超过100家、又100家", "100", "家", ["over", ""]),
        ("超百万用户", "100", "万", ["over"]),
        ("近300亿元", "300", "亿", ["nearly"]),
        ("约40亩", "40", "亩", ["about"]),
        ("800亿元以上", "800", "亿元", ["over"]),
        ("4个多小时缩短至3小时", "4", "小时", ["over"]),
        ("五大类", "5", "类", [""]),
        ("两大主导产业", "2", "个", [""]),
        ("上百个", "100", "个", ["over"]),
        ("1.80亿元", "1.8", "亿", []),
        ("21.8亿元", "1.8", "亿", []),
        ("18万元", "18", "亿", []),
    ],
)
def test_a_number_with_its_unit_and_qualifier(said, digits, unit, found):
    assert [one.qualifier for one in printed_figures.occurrences(said, digits, unit)] == found


YI, WAN = Money(250_000_000, "yi", 2), Money(12_860_000, "wan", 0)


@pytest.mark.parametrize(
    ("sentence", "value", "qualifier", "printed_as", "figure"),
    [
        ("总投资约2.50亿元，占地40亩", YI, "about", "", "约2.50亿元"),
        ("总投资２．５０ 亿元。", YI, "", "", "２．５０ 亿元"),
        ("投入1,286万元", WAN, "", "", "1,286万元"),
        ("投入１,２８６万元", WAN, "", "", "１,２８６万元"),
        ("惠及五大片区", Number(Decimal(5), "个"), "", "", "五大"),
        ("两大主导产业", Number(Decimal(2), "个"), "", "", "两大"),
        ("超百万用户", Number(Decimal(100), "万"), "over", "", "超百万"),
        ("又100家，超过100家", Number(Decimal(100), "家"), "over", "", "超过100家"),
        ("又100家，超过100家", Number(Decimal(100), "家"), "about", "", "100家"),
        ("产值翻一番。", Number(Decimal(2), "倍"), "", "翻一番", "翻一番"),
        ("产值翻一番。", Number(Decimal(2), "倍"), "", "翻两番", ""),
        ("产值翻一番。", Number(Decimal(2), "倍"), "", "", ""),
        ("正在建设。", "building", "", "", ""),
        ("", YI, "", "", ""),
    ],
)
def test_the_figure_is_parted_from_its_sentence(sentence, value, qualifier, printed_as, figure):
    quote = printed_figures.quote(sentence, value, qualifier, printed_as)
    assert (quote.figure, quote.text) == (figure, sentence)
