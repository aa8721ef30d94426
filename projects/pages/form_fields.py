"""What people type, read into what is stored or refused in words: dates, sums, numbers, lines of names.

What may be typed is `core.chinese_dates`, `core.money` and `core.numbers`; the sentences are
`words.refusals`.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from projects.core import chinese_dates, date_words, fuzzy_dates, money, numbers
from projects.core.date_words import DateRead
from projects.core.fuzzy_dates import Fuzzy
from projects.core.money import Money
from projects.core.numbers import whole
from projects.core.refusals import Refused
from projects.core.statements import Number, Value
from projects.words.refusals import in_words

_NUMBER = re.compile(
    r"(?P<digits>-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?)(?P<unit>[^\d.,].*)?", re.ASCII | re.DOTALL
)
_MOST_DIGITS = 14  # before the point, as the column has them
_UNITS = {"yuan": "元", "wan": "万元", "yi": "亿元"}
_SUMS = {"yuan": "12345元", "wan": "1200.5万元", "yi": "1.2亿元"}  # what one may write in a box of each unit


@contextmanager
def refusing(examples: Iterable[str] = ()) -> Iterator[None]:
    """What is refused within, as a form says it, with examples that fit its field."""
    try:
        yield
    except Refused as refused:
        raise ValidationError(in_words(refused, examples), code=refused.code) from refused


def read_date(text: str, said_on: date, examples: Iterable[str] = ()) -> Fuzzy:
    with refusing(examples):
        return chinese_dates.read(text, said_on)


def read_promise(text: str, said_on: date, *, has_come: bool = False) -> DateRead:
    """A date and the words around it, to come or `has_come`, refused where they say the other; or 待定."""
    with refusing(date_words.examples(said_on, has_come=has_come)):
        found = date_words.read(text, said_on)
        if found.is_planned is has_come:
            raise Refused("promised_or_actual", text=text)
    return found


def read_date_words(text: str, said_on: date, *, has_come: bool = False) -> DateRead:
    """Like `read_promise`, but 待定 is refused: here a date has to stand."""
    found = read_promise(text, said_on, has_come=has_come)
    if found.value is None:
        words = _("“%(text)s” gives no date: write one, or 不变 where the published one stands.")
        raise ValidationError(words, code="no_date", params={"text": text})
    return found


def check_day(on: date) -> None:
    """A plain day within the years that dates may have."""
    with refusing():
        fuzzy_dates.day(on)


def cut_date(fuzzy: Fuzzy, on: date) -> Fuzzy:
    """What is left of a date up to the day on which it became known."""
    with refusing():
        return fuzzy_dates.cut(fuzzy, on)


def read_money(text: str, unit: str | None = None) -> tuple[Money, str]:
    """A sum and its qualifier; `unit` is the code of one that stands beside, where the text names none."""
    with refusing([_SUMS[unit]] if unit else ()):
        sum_of_money, qualifier = money.parse(text, unit)
        return sum_of_money, qualifier or ""


def read_number(text: str, unit: str, examples: str = "1200, 1.8亿立方米") -> Number:
    """A number, with its unit after it or beside it: `1,200`, `35%`, `1.8 亿立方米`."""
    match = _NUMBER.fullmatch(numbers.narrow(text))
    if match is None:
        words = _("“%(text)s” is not a number: write for example %(examples)s.")
        raise ValidationError(words, code="number", params={"text": text, "examples": examples})
    value = Decimal(match["digits"].replace(",", ""))
    if value.adjusted() >= _MOST_DIGITS or numbers.printed_decimals(value) > 6:
        words = _("“%(text)s” is too large or too exact: at most 14 digits and 6 decimals.")
        raise ValidationError(words, code="number", params={"text": text})
    return Number(value, (unit or match["unit"] or "").strip())


def typed(value: Value | None) -> tuple[str, str]:
    """A value as one would type it, and its unit where that stands apart."""
    if isinstance(value, Money):
        return f"{money.figure(value)}{_UNITS[value.unit]}", ""
    if isinstance(value, Number):
        return f"{value.value:f}", value.unit
    return (value.text if isinstance(value, Fuzzy) else value or ""), ""


class Words(forms.CharField):
    """Lines of text. What is too long is refused with its text: a browser that is told would cut it off."""

    # What officials write is Chinese, on English pages too.
    widget = forms.Textarea(attrs={"rows": 4, "lang": "zh-Hans"})

    def to_python(self, value) -> str:
        """The end of a line is one character, as the browser counts."""
        return super().to_python(value).replace("\r\n", "\n")

    def widget_attrs(self, widget) -> dict:
        """The script counts up to it and cuts nothing off."""
        is_long = isinstance(widget, forms.Textarea) and self.max_length
        return {"data-most": self.max_length} if is_long else {}


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows by their keys; what is no key names none."""

    def clean(self, value):
        given = value if isinstance(value, (list, tuple)) else []
        if wrong := next((key for key in given if whole(str(key)) is None), None):
            raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": wrong})
        return super().clean(value)


class LinesField(forms.CharField):
    """A list of names, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value) -> list[str]:
        if isinstance(value, list):
            return value
        lines = (line.strip() for line in super().to_python(value).splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def has_changed(self, initial, data) -> bool:
        return (initial or []) != self.to_python(data)


class DateTextField(forms.CharField):
    """A fuzzy date typed in EDTF or in Chinese; relative words count from `said_on`, which the form sets."""

    said_on: date

    def clean(self, value) -> str:
        text = super().clean(value)
        return read_date(text, self.said_on).text if text else ""
