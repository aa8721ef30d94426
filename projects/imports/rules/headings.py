"""What a heading says: the name of a column, the unit of its figures, of which time, by which book.

Matched by names that are passed in; the catalogue is `words.columns`, which rules do not read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from projects.choices import Method, Topic, ValueKind
from projects.core import fuzzy_dates
from projects.core.fuzzy_dates import Fuzzy
from projects.core.methods import TOPICS_WITH_METHOD
from projects.core.numbers import narrow

TOPICS_WITH_PERIOD = (Topic.ANNUAL_PLAN, Topic.INVESTED_IN_PERIOD)
Names = Mapping[str, tuple[str, ...]]  # a plain heading -> the codes of the columns that it may mean

SURE, UNSURE, UNKNOWN = "sure", "unsure", "unknown"
MAX_OFFERED = 3
LIKE_ENOUGH = 0.75
KEPT = ("完", "竣", "计划", "预计", "拟", "目标", "实际")  # between brackets
SHORTEST_PART = 3  # characters: 投资 is part of many headings

PER_CENT = "%"
_UNITS = {"元": "yuan", "万元": "wan", "万": "wan", "亿元": "yi", "亿": "yi", "%": "%"}
_UNIT = r"(?:人民币)?(元|万元|亿元|万|亿|%)(?:人民币)?"
_IN_BRACKETS = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_UNIT_ALONE = re.compile(rf"(?:(?:金额|计量|货币)?单位[::]?)?{_UNIT}")
_UNIT_BEHIND = re.compile(rf"(?:[/,、_-]|(?:金额|计量)?单位[::]?){_UNIT}$|(?<=[资划额金])(万元|亿元)$")
_YEAR = re.compile(r"(20[0-9]{2})(?:年度?|(?![0-9]))")
_MONTH = "(1[0-2]|0?[1-9])"
_MONTHS = re.compile(f"(?<![0-9])(?:{_MONTH}月?[-—–~至到])?{_MONTH}月份?")
_UNTIL = re.compile("截[至止]|开工")
_AS_OF = re.compile("^(?:截[至止]|至)(?:底|末|[0-9]+日)?(?:止)?(?=.{3})|^[底末](?=.{3})")
_THIS_MONTH = re.compile("[本当]月")
_METHODS = {
    "统计": Method.STATISTICS,
    "入库": Method.STATISTICS,
    "支付": Method.PAYMENT,
    "调度": Method.PLATFORM,
}
_METHOD = re.compile("(统计|入库|支付|调度)(?:口径|数据|数)?")
_MARKS = re.compile(r"[\s*※#★▲::、,,。;;_\"'“”《》|]+")
_NEEDLESS = re.compile("^(?:截[至止]目前|目前|当前)(?=.{3})|(?:情况|数)$")


@dataclass(frozen=True, slots=True)
class HeadMeaning:
    name: str  # plain: without unit, time, marks
    unit: str = ""  # a code of money, or %
    year: int | None = None
    months: tuple[int, int] | None = None
    is_month: bool = False  # of one month: the named one, or that of the sheet (本月)
    method: str = ""

    def period(self, as_of: Fuzzy) -> str:
        """What a figure is of; where the heading says no year, of that in which the sheet was true."""
        year = self.year or as_of.latest.year
        month = self.months[1] if self.months else as_of.latest.month
        return f"{year}-{month:02}" if self.is_month else str(year)

    def as_of(self, as_of: Fuzzy) -> Fuzzy:
        """A figure of the first months of a year is true as of the last of them, if that is past."""
        if not self.months:
            return as_of
        month = fuzzy_dates.parse(f"{self.year or as_of.latest.year}-{self.months[1]:02}")
        return month if month.latest < as_of.earliest else as_of


@dataclass(frozen=True, slots=True)
class Match:
    certainty: str
    codes: tuple[str, ...] = ()  # the likeliest first


def match_head(text: str, variants: tuple[str, ...], names: Names) -> Match:
    """累计 with a time beside it may count from January or from the start: that is asked.

    So is what counts in another unit than its name says.
    """
    found, meaning = match(variants, names), meaning_of(text)
    is_of_time = bool(meaning.year or meaning.months) and not _UNTIL.search(text)
    if found.codes == (Topic.INVESTED_TO_DATE,) and is_of_time:
        return Match(UNSURE, (Topic.INVESTED_IN_PERIOD.value, Topic.INVESTED_TO_DATE.value))
    is_unfit = any(_is_unfit(code, meaning.unit) for code in found.codes)
    return Match(UNSURE, found.codes) if is_unfit else found


def _is_unfit(code: str, unit: str) -> bool:
    """Per cents of a sum, or a progress in yuan."""
    if not unit or code not in Topic.values:
        return False
    return Topic(code).takes == (ValueKind.MONEY if unit == PER_CENT else ValueKind.NUMBER)


def said_by(code: str, text: str) -> tuple[object, ...]:
    """What two columns of one code may differ in: the time of a figure, and its book."""
    head = meaning_of(text)
    time = (head.year, head.months, head.is_month) if code in TOPICS_WITH_PERIOD else ()
    return code, time, head.method if code in TOPICS_WITH_METHOD else ""


def unit_of(text: str) -> str:
    """What a cell says that names a unit alone: 万元, 人民币亿元, %."""
    found = _UNIT_ALONE.fullmatch(narrow(text))
    return _UNITS[found[1]] if found else ""


@lru_cache(maxsize=4096)
def meaning_of(text: str) -> HeadMeaning:
    plain = narrow(text).replace("\n", "")
    unit, method = "", ""
    for inside in _IN_BRACKETS.findall(plain):
        for part in re.split("[,、;]", inside):
            if found := _UNIT_ALONE.fullmatch(part):
                unit = _UNITS[found[1]]
    if found := _METHOD.search(plain):
        method = str(_METHODS[found[1]].value)
    bare = _without_brackets(plain)
    if found := _UNIT_BEHIND.search(bare):
        unit, bare = unit or _UNITS[found[1] or found[2]], bare[: found.start()]
    year = _YEAR.search(plain)
    months = _MONTHS.search(plain)
    span = (int(months[1] or months[2]), int(months[2])) if months else None
    if span and span[0] > span[1]:
        span = None
    is_month = bool(_THIS_MONTH.search(plain)) or (span is not None and span[0] == span[1])
    if span and _UNTIL.search(plain):
        span, is_month = (1, span[1]), False
    return HeadMeaning(plain_name(bare), unit, int(year[1]) if year else None, span, is_month, method)


def plain_name(text: str) -> str:
    """A heading without what changes from month to month."""
    bare = _MONTHS.sub("", _YEAR.sub("", _MARKS.sub("", _without_brackets(narrow(text)))))
    bare = _AS_OF.sub("", bare)
    return _METHOD.sub("", _NEEDLESS.sub("", bare)).lower() or bare.lower()


def _without_brackets(text: str) -> str:
    """竣(完)工 and 开工时间(计划) keep what is part of the word."""
    return _IN_BRACKETS.sub(lambda found: found[1] if found[1] in KEPT else "", text)


def match(variants: tuple[str, ...], names: Names) -> Match:
    """By the first of several readings that is a name."""
    for name in variants:
        if name and (found := names.get(name)):
            return Match(SURE if len(found) == 1 else UNSURE, found)
    return Match(UNKNOWN)


def near(variants: tuple[str, ...], names: Names) -> Match:
    weighed: dict[str, float] = {}
    for name in filter(None, variants):
        for known, codes in names.items():
            likeness = _likeness(name, known)
            if likeness >= LIKE_ENOUGH:
                for code in codes:
                    weighed[code] = max(likeness, weighed.get(code, 0))
    best = sorted(weighed, key=lambda code: -weighed[code])[:MAX_OFFERED]
    return Match(UNSURE, tuple(best)) if best else Match(UNKNOWN)


@lru_cache(maxsize=16_384)
def _likeness(name: str, known: str) -> float:
    short, long = sorted((name, known), key=len)
    if len(short) >= SHORTEST_PART and short in long:
        return LIKE_ENOUGH + len(short) / len(long) / 4
    if 2 * len(short) < LIKE_ENOUGH * (len(short) + len(long)):
        return 0
    return SequenceMatcher(None, short, long, autojunk=False).ratio()
