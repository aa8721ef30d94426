"""A figure in the sentence that prints it: where it stands, and with which qualifier.

People print 100 as 100, １００, 百 or 一百 as they like, and 两大 or 80余个 for a count; digits, unit and
qualifier are looked for in the sentence made plain, of which each character knows where it came from.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from projects.core import money, numbers
from projects.core.money import Money
from projects.core.statements import Number, Value

UNITS = {"yuan": "元", "wan": "万", "yi": "亿"}
BEFORE = {"约": "about", "近": "nearly", "超": "over", "超过": "over", "逾": "over", "上": "over"}
WITHIN = {"余": "over", "多": "over"}
AFTER = {"以上": "over", "余": "over", "多": "over", "左右": "about"}

_WIDE = re.compile(r"\s+|[\uff01-\uff5e￥−〜\u200b\ufeff]")  # what is not plain
_SEPARATOR = re.compile(r"(?<=\d),(?=\d{3})")
_HUNDRED = re.compile(r"百(?=[万余多个])")
_TWO = re.compile("两")


@dataclass(frozen=True, slots=True)
class PlainText:
    """A text made plain, and for each of its characters the part of the printed one that it stands for."""

    text: str
    spans: list[tuple[int, int]]

    def replaced(self, pattern: re.Pattern[str], put: Callable[[re.Match[str]], str]) -> PlainText:
        text, spans, last = "", [], 0
        for found in pattern.finditer(self.text):
            new = put(found)
            text += self.text[last : found.start()] + new
            spans += self.spans[last : found.start()]
            spans += [(self.spans[found.start()][0], self.spans[found.end() - 1][1])] * len(new)
            last = found.end()
        return PlainText(text + self.text[last:], spans + self.spans[last:])


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """From its first to behind its last character, qualifier and unit included."""

    start: int
    end: int
    qualifier: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence with its figure apart; `figure` is empty where there is none to be seen."""

    before: str
    figure: str = ""
    after: str = ""

    @property
    def text(self) -> str:
        return self.before + self.figure + self.after


def plain(text: str) -> PlainText:
    """Narrow characters, no separators of thousands, and digits for words: 五大 as 5大, 百万 as 100万."""
    whole = PlainText(text, [(at, at + 1) for at in range(len(text))])
    for pattern, put in (
        (_WIDE, lambda found: numbers.narrow(found[0]) if found[0].strip() else " "),
        (numbers.NEEDLESS_BLANK, lambda _: ""),
        (_SEPARATOR, lambda _: ""),
        (_TWO, lambda _: "2"),
        (_HUNDRED, lambda _: "100"),
        (numbers.NUMERAL, numbers.digits_for),
    ):
        whole = whole.replaced(pattern, put)
    return whole


def digits_and_unit(value: Value | None) -> tuple[str, str] | None:
    """As a figure is printed; None where the value is none."""
    if isinstance(value, Money):
        return money.figure(value), UNITS[value.unit]
    if isinstance(value, Number):
        return f"{value.value:f}", numbers.narrow(value.unit)
    return None


def occurrences(sentence: str, digits: str, unit: str) -> list[PrintedFigure]:
    """Each time that a number is printed with its unit: 80余个, 超过100家, 五大类."""
    unit = "[个大]" if unit == "个" else re.escape(unit)
    before, after = "|".join(sorted(BEFORE, key=len, reverse=True)), "|".join(AFTER)
    pattern = rf"({before})?(?<![\d.]){re.escape(digits)}(?![\d.])个?([余多])?大?{unit}[元人米]?({after})?"
    said = plain(sentence)
    return [
        PrintedFigure(
            said.spans[found.start()][0],
            said.spans[found.end() - 1][1],
            BEFORE.get(found[1]) or WITHIN.get(found[2]) or AFTER.get(found[3]) or "",
        )
        for found in re.finditer(pattern, said.text)
    ]


def quote(sentence: str, value: Value | None, qualifier: str = "", printed_as: str = "") -> Quote:
    """A sentence with the figure in it: as it was said to be printed, else with the qualifier, else any."""
    if printed_as:
        before, figure, after = sentence.partition(printed_as)
        return Quote(before, figure, after)
    found = occurrences(sentence, *printed) if (printed := digits_and_unit(value)) else []
    best = next((one for one in found if one.qualifier == qualifier), found[0] if found else None)
    return (
        Quote(sentence[: best.start], sentence[best.start : best.end], sentence[best.end :])
        if best
        else Quote(sentence)
    )
