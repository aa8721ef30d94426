"""`docs/glossary.md` names every code of `choices` with the words that pages show, in order, and no other."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from projects import choices

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"
VOCABULARIES = choices.Vocabulary.__subclasses__()
ROW = re.compile(r"^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \|", re.M)
# "Codes of `Stage`", and all up to the next of its kind or the next heading.
TABLE = re.compile(r"\b[Cc]odes of `(\w+)`(.*?)(?=\b[Cc]odes of `|^#|\Z)", re.M | re.S)


def told(text: str) -> dict[str, list[tuple[str, str, str]]]:
    """The rows under each vocabulary: code, Chinese, English."""
    return {
        name: [(code, zh, en) for code, zh, en in ROW.findall(part)] for name, part in TABLE.findall(text)
    }


def meant(vocabulary: type[choices.Vocabulary]) -> list[tuple[str, str, str]]:
    def labels(language: str) -> list[str]:
        with translation.override(language):
            return [str(one.label) for one in vocabulary]

    return list(zip(vocabulary.values, labels("zh-hans"), labels("en"), strict=True))


@pytest.fixture(scope="module")
def glossary() -> str:
    return GLOSSARY.read_text(encoding="utf-8")


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda one: one.__name__)
def test_every_code_stands_there_with_its_words(glossary, vocabulary):
    assert told(glossary).get(vocabulary.__name__) == meant(vocabulary)


def test_it_names_no_vocabulary_that_is_gone(glossary):
    assert sorted(told(glossary)) == sorted(one.__name__ for one in VOCABULARIES)


def test_what_a_topic_takes_and_what_is_counted_agree(glossary):
    values = re.findall(r"^\| `(\w+)` \| [^|]+ \| [^|]+ \| `(\w+)` \|", glossary, re.M)
    assert dict(values) == {topic.value: topic.takes.value for topic in choices.Topic}
    counted = re.findall(r"^\| `(\w+)` \| [^|]+ \| [^|]+ \| (yes|no) \|", glossary, re.M)
    assert {code: word == "yes" for code, word in counted} == {
        one.value: one in choices.COUNTED_TYPES for one in choices.RecordType
    }


@pytest.mark.parametrize(
    "there, changed", [("`paused`", "`halted`"), ("| 停工 |", "| 暂停 |"), ("| paused |", "| idle |")]
)
def test_a_changed_row_is_found(glossary, there, changed):
    """The control: the comparison does fail."""
    assert there in glossary
    assert told(glossary.replace(there, changed))["Condition"] != meant(choices.Condition)
