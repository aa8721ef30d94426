"""How a value is written into a cell of a form: as an import reads it again, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from projects.choices import PromiseState, Qualifier, Topic, Vocabulary
from projects.core.fuzzy_dates import Fuzzy
from projects.core.money import Money
from projects.core.refusals import Refused
from projects.core.statements import Number
from projects.imports.form_values import SaidValue
from projects.imports.rules import cells, compared, reading_frame, values
from projects.imports.rules.claim_reading import claim_of
from projects.imports.rules.mapping import MappedColumn
from projects.imports.rules.reading_frame import ColumnRule, ReadingFrame
from projects.words import dates
from projects.words.columns import COLUMNS

POWERS = {"yuan": 0, "wan": 4, "yi": 8}
UNITS = {"yuan": "元", "wan": "万元", "yi": "亿元"}
QUALIFIERS = {
    Qualifier.EXPECTED.value: "预计",
    Qualifier.ABOUT.value: "约",
    Qualifier.NEARLY.value: "近",
    Qualifier.OVER.value: "超",
}
SHARE = "share"
Words = tuple[str, ...]  # of a drop-down
Written = tuple[str, str, str]  # what it is, its digits or its EDTF, and how it reads as a text


@dataclass(frozen=True)
class CellWriter:
    """Forms of Chinese offices: words are Chinese, whoever asks."""

    frame: ReadingFrame
    named: dict[tuple[str, str], str]  # by column and code: the names of units, places and projects
    found: dict[tuple, Written | None] = field(default_factory=dict)  # as they were looked for

    def written(self, column: MappedColumn, said: SaidValue, listed: Words | None = None) -> Written | None:
        """As one of the words that the cell takes, if those are listed; None where the form cannot say it."""
        key = column.column, said, listed
        if key not in self.found:
            rule = self.frame.rules.get(column.code)
            ways = self._ways(rule, column, said)
            if listed is not None:
                ways = _of_list(ways, listed, listed if rule and rule.words else ())
            self.found[key] = next((one for one in ways if self._is_read(rule, column, one, said)), None)
        return self.found[key]

    def _ways(self, rule: ColumnRule | None, column: MappedColumn, said: SaidValue) -> Iterator[Written]:
        word, value = QUALIFIERS.get(said.qualifier, ""), said.value
        if rule is None:
            yield _text(str(value))
        elif isinstance(value, Money):
            yield from _sums(value, word, column.unit)
        elif isinstance(value, Number):
            yield _share(value, column.unit)
        elif isinstance(value, Fuzzy):
            yield from _dates(value, word, said.topic)
        elif value == PromiseState.TBD and said.topic == Topic.PROMISED:
            yield _text("待定")
        else:
            yield from map(_text, self._words(rule, str(value)))

    def _words(self, rule: ColumnRule, code: str) -> Iterator[str]:
        if name := self.named.get((rule.code, code)):
            yield name
        vocabulary = COLUMNS[rule.code].codes if rule.code in COLUMNS else None
        if vocabulary:
            yield _word(vocabulary, code)
        yield code

    def _is_read(self, rule: ColumnRule | None, column: MappedColumn, cell: Written, said: SaidValue) -> bool:
        """Whether an import would take the cell for what is on record."""
        text = cell[2]
        if values.is_nothing(text) or text != text.strip():
            return False
        if rule is None:
            return text == said.value
        try:
            if not (rule.topic or rule.is_either):
                return self._fact(rule, text) == said.value
            claim = claim_of(self.frame, rule, column, "", text)
        except Refused:
            return False
        is_topic = not said.topic or claim.series.topic == said.topic
        return is_topic and claim.qualifier == said.qualifier and compared.is_same(claim.value, said.value)

    def _fact(self, rule: ColumnRule, text: str) -> str | None:
        if rule.reads == reading_frame.PROJECT:
            return self.frame.projects.numbered(text) or self.frame.projects.named(text)
        if rule.reads == reading_frame.NAMES:
            return text
        return rule.code_of(text, {}) if rule.words else rule.short(text)


def _of_list(ways: Iterable[Written], listed: Words, words: Iterable[str]) -> Iterator[Written]:
    """Ours that are listed, then any of the list: whether it says the same is looked at."""
    yield from (one for one in ways if one[2] in listed)
    yield from map(_text, words)


def serial(number: int) -> Written:
    return cells.NUMBER, str(number), str(number)


def _text(text: str) -> Written:
    return cells.TEXT, text, text


def _word(vocabulary: type[Vocabulary], code: str) -> str:
    return str(vocabulary(code).label) if code in vocabulary.values else code


def _digits(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _sums(money: Money, word: str, unit: str) -> Iterator[Written]:
    """In the unit of the heading; where it says none, with the unit in which it was printed."""
    digits = _digits(Decimal(money.yuan).scaleb(-POWERS[unit or money.unit]))
    text = f"{word}{digits}{'' if unit else UNITS[money.unit]}"
    yield (cells.TEXT if word or not unit else cells.NUMBER), digits, text


def _share(number: Number, unit: str) -> Written:
    digits = _digits(number.value)
    if unit == "%":
        return SHARE, _digits(number.value / 100), digits
    return SHARE, _digits(number.value / 100), f"{digits}{number.unit}"


def _dates(value: Fuzzy, word: str, topic: str) -> Iterator[Written]:
    """With the word that tells a promise from what came true where the day alone would not."""
    before = [word] if word else ["", "计划" if topic == Topic.PROMISED else "已于"]
    for one in before:
        for text in (dates.words(value), value.text):
            yield cells.TEXT if one or len(value.text) not in (7, 10) else cells.DATE, value.text, one + text
