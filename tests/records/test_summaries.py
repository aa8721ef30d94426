"""Figures and dates in a summary are found; names with digits are none."""

import pytest

from projects.records.rules.summaries import figure_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("总投资40亿元的工厂", "40亿元"),
        ("占地1,200亩", "1,200亩"),
        ("年产１０万吨", "10万"),
        ("2024年开工", "2024年"),
        ("计划三亿元", "三亿"),
        ("全长12.5公里的公路", "12.5公里"),
        ("Finished in 2025.", "2025"),
        ("A plant of 4 billion yuan", "4"),
        ("完成35%", "35%"),
    ],
)
def test_found(text, found):
    assert figure_in(text).startswith(found)


@pytest.mark.parametrize(
    "text",
    [
        "G353改扩建",
        "5G基站群",
        "产业园一期",
        "依托三万南铁路",
        "第三代半导体",
        "A plant by the G69 motorway",
        "",
    ],
)
def test_names_are_none(text):
    assert figure_in(text) is None
