"""What a column of a file is: its code, its words in both languages, what stands in its cells.

The columns that there are stand in `words.columns`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from django.utils.text import capfirst
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from projects.choices import Topic, Vocabulary

LANGUAGES = ("zh-hans", "en")
TOGETHER = "; "  # between the parts of a list in one cell


class ColumnType(StrEnum):
    """What stands in a cell."""

    TEXT = "text"
    WORD = "word"  # of a vocabulary
    CODE = "code"
    LIST = "list"
    YUAN = "yuan"
    DAYS = "days"
    FLAG = "flag"
    DAY = "day"
    DATE = "date"  # EDTF
    VALUE = "value"  # of any kind
    RECORDS = "records"


UNITS = {ColumnType.YUAN: _("yuan"), ColumnType.DAYS: _("days")}


@dataclass(frozen=True, slots=True)
class Column:
    """Names and meanings are English sentences; the Chinese stands in the catalogue of translations."""

    code: str
    name: str
    type: ColumnType = ColumnType.TEXT
    meaning: str = ""
    codes: type[Vocabulary] | None = None
    topic: Topic | None = None
    measure: str = ""  # of the topic: which milestone
    synonyms: tuple[str, ...] = ()  # how sheets of others call it
    has_words: bool = False  # beside it, in two further columns
    is_in_json_alone: bool = False

    @property
    def unit(self) -> str:
        return UNITS.get(self.type, "")

    @property
    def head(self) -> str:
        """In the language of the reader, with the unit."""
        name = capfirst(str(self.name))
        return gettext("%(name)s (%(unit)s)") % {"name": name, "unit": self.unit} if self.unit else name

    def with_words(self) -> list[Column]:
        """The code, then its word in both languages."""
        chinese, english = (
            Filled(text, self.name) for text in (_("%(name)s (Chinese)"), _("%(name)s (English)"))
        )
        beside = ColumnType.WORD if self.codes else ColumnType.TEXT
        return [
            replace(self, name=Filled(_("%(name)s (code)"), self.name), has_words=True),
            Column(f"{self.code}_name", chinese, beside, self.meaning),
            Column(f"{self.code}_name_en", english, beside, self.meaning),
        ]


@dataclass(frozen=True, slots=True)
class Filled:
    """A sentence with a name in it, in the language of the moment."""

    text: str
    name: str

    def __str__(self) -> str:
        return str(self.text) % {"name": self.name}


NO_WORDS = (None, None, None)  # where there is no code


@cache
def words_of(vocabulary: type[Vocabulary]) -> dict[str, tuple[str, str, str]]:
    """Each code with its words in both languages."""
    return {one.value: (one.value, *in_both(one.label)) for one in vocabulary}


def name_of(vocabulary: type[Vocabulary]) -> str:
    """`RecordType` as `record_type`."""
    return re.sub("(?<!^)(?=[A-Z])", "_", vocabulary.__name__).lower()


def in_both(words: object) -> tuple[str, str]:
    """A sentence in Chinese and in English."""
    told = []
    for language in LANGUAGES:
        with override(language):
            told.append(str(words))
    return told[0], told[1]


def described(of: Iterable[Column]) -> Iterable[tuple]:
    """Columns as rows: everything that the catalogue holds of them, in both languages."""
    for one in of:
        told = []
        for language in LANGUAGES:
            with override(language):
                told.append((capfirst(str(one.name)), str(one.unit) or None, str(one.meaning) or None))
        vocabulary = name_of(one.codes) if one.codes else None
        kind = (str(one.type), vocabulary, one.topic and one.topic.value, list(one.synonyms))
        yield one.code, *(text for pair in zip(*told, strict=True) for text in pair), *kind
