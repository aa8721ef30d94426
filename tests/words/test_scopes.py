"""Parts of projects in English, from one catalogue; what it does not hold shows the Chinese, marked."""

import json
import re
from pathlib import Path

import pytest
from django.utils import translation

from projects.pages.value_tags import scope
from projects.words.scopes import SCOPES, scope_word

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
CHINESE = re.compile(r"[\u3400-\u9fff]")


def fields(name: str) -> list[dict]:
    return [row["fields"] for row in json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))]


def missing(scopes: set[str]) -> set[str]:
    return scopes - SCOPES.keys() - {""}


def test_every_part_that_the_documents_name_has_its_english():
    assert missing({row.get("scope", "") for row in fields("claims")}) == set()


def test_control_a_part_without_its_english_is_named():
    assert missing({"重庆段", "没有的部分"}) == {"没有的部分"}


def test_every_measure_has_its_english():
    assert [row["code"] for row in fields("indicators") if not row.get("name_en")] == []


def test_no_english_word_is_chinese_and_none_stands_for_two():
    assert not [word for word in SCOPES.values() if CHINESE.search(word)]
    assert len(set(SCOPES.values())) == len(SCOPES)


@pytest.mark.parametrize(
    ("language", "part", "reads"),
    [
        ("en", "重庆段", "Chongqing section"),
        ("en", "没有的部分", '<span lang="zh-Hans">没有的部分</span>'),
        ("zh-hans", "重庆段", "重庆段"),
        ("en", "", ""),
    ],
)
def test_how_a_part_reads_on_a_page(language, part, reads):
    with translation.override(language):
        assert scope(part) == reads
        assert scope_word(part) in reads
