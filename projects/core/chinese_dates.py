"""Dates as people type them in Chinese or keep them in Excel, read into fuzzy dates.

Relative words (今年, 上月) count from the day they were said on; a form without a year takes that day's year,
or the left side's within a span (2024年9月至12月). Where the words leave a choice, they mean here:

- 底, 末 of a period: once it is over, its last month (of a month: its last ten days), approximately. Before
  that it is "by the end of": from the day it was said to the last day. So are 底前, and 前 after a day.
- 初, 中: the first month, and the middle month or two (年中 is June or July); of a month, the first and the
  second ten days; all approximate. 上旬, 中旬, 下旬 are ten days exactly.
- 内: the period, but not before the day it was said. 以来: from the period's first day to that day.

A year of two digits (27年底) is one of this century, no further off than people plan; Q3 is a quarter.

Refused rather than guessed: as `ambiguous`, 前 after anything but a day or an end (2025年前: before it begins
or before it ends?) and a lone `2021.1` (Excel makes that of 2021.10); as `no_beginning`, a 前 that is past.

Not here: EDTF itself and comparisons (`core.fuzzy_dates`), how a date reads on a page (`words`).
"""

import re
from datetime import date, timedelta

from projects.core import fuzzy_dates
from projects.core.fuzzy_dates import Fuzzy
from projects.core.numbers import narrow, with_digits
from projects.core.refusals import Refused

_EXCEL_EPOCH = date(1899, 12, 30)  # Excel counts a 29 February 1900 that never was, hence not the 31st
_EXCEL_DAYS = range((date(1990, 1, 1) - _EXCEL_EPOCH).days, (date(2101, 1, 1) - _EXCEL_EPOCH).days)

_YEARS_AWAY = {"前年": -2, "去年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2}
_MONTHS_AWAY = {"上": -1, "本": 0, "这": 0, "下": 1}
_PARTS = {"1": 33, "2": 34, "3": 35, "4": 36, "上": 40, "下": 41}
_TENS = {"上": (1, 10), "中": (11, 20), "下": (21, 31), "初": (1, 10), "底": (21, 31), "末": (21, 31)}

_APPROXIMATE = re.compile(r"(大约|大概|约)?(.*?)(左右|前后|~)?")
_DASH = re.compile(r"至|到|[-—–―~]+")
_UNIT = re.compile("(年|月|日|号|季度)?$")
_TAIL = re.compile(r"(.*?)(以来|(?<![初中底末])(?:以内|之内|内)|之前|以前|前)?")
_MONTH_AWAY = re.compile(r"([本上下]月|[这上下]个月)份?")
_LACKS_YEAR = re.compile(r"[0-9]{1,2}月|第?[1-4]季|[上下]半年|年[初中底末内]")
_QUARTER = re.compile(r"(?:([0-9]{4})[-年]?)?[Qq]([1-4])")
_SHORT_YEAR = re.compile(r"(?<![0-9])[0-9]{2}(?=年[0-9上下初中底末])")
MAX_YEARS_AHEAD = 30
_LACKS_MONTH = re.compile(r"月[初中底末内]")
_LACKS_BOTH = re.compile(r"[0-9]{1,2}[日号]")
_WESTERN = re.compile(r"([0-9]{4})(?:([-/.])([0-9]{1,2})(?:\2([0-9]{1,2}))?)?")
_PERIOD = re.compile(
    r"(?P<year>[0-9]{4})年度?"
    r"(?:(?P<month>[0-9]{1,2})月份?(?:(?P<day>[0-9]{1,2})[日号]|(?P<tens>[上中下])旬)?"
    r"|第?(?P<quarter>[1-4])季度?|(?P<half>[上下])半年)?"
    r"(?P<edge>(?<![日号旬])[初中底末])?"
)


def read(text: str, said_on: date) -> Fuzzy:
    """The fuzzy date meant by a text said on a day; Refused, with the text as typed, if it is refused."""
    try:
        typed = narrow(text.strip().removesuffix(" 00:00:00"))  # a day that came out of Excel as a moment
        found = _edtf(typed) or _number(typed) or _words(with_digits(_in_full(typed, said_on)), said_on)
    except Refused as refusal:
        raise Refused(refusal.code, text=text) from None
    if found is None:
        raise Refused("unreadable_date", text=text)
    return found


def _in_full(text: str, said_on: date) -> str:
    """27年底 and 2027Q3 written out; a year of two digits that is too far off stays what it is."""
    if quarter := _QUARTER.fullmatch(text):
        return f"{quarter[1] + '年' if quarter[1] else ''}{quarter[2]}季度"
    return _SHORT_YEAR.sub(lambda year: "20" * _is_near(int(year[0]), said_on) + year[0], text)


def _is_near(year: int, said_on: date) -> bool:
    return 2000 + year <= said_on.year + MAX_YEARS_AHEAD


def _edtf(text: str) -> Fuzzy | None:
    try:
        return fuzzy_dates.parse(text)
    except Refused as refusal:
        if refusal.code != "unreadable_date":
            raise
        return None


def _number(text: str) -> Fuzzy | None:
    """`20210301`, or the serial number of a day in Excel."""
    if re.fullmatch("[0-9]{8}", text):
        return fuzzy_dates.parse(f"{text[:4]}-{text[4:6]}-{text[6:]}")
    if re.fullmatch("[0-9]{5}", text) and int(text) in _EXCEL_DAYS:
        return fuzzy_dates.day(_EXCEL_EPOCH + timedelta(days=int(text)))
    return None


def _words(text: str, said_on: date) -> Fuzzy | None:
    before, core, after = _whole(_APPROXIMATE, text).groups()
    found = _alone(core, said_on) or _between(core, said_on)
    return fuzzy_dates.approximate(found) if found and (before or after) else found


def _alone(text: str, said_on: date) -> Fuzzy | None:
    if re.fullmatch(r"[0-9]{4}\.1", text):
        raise Refused("ambiguous", text=text)
    body, tail = _whole(_TAIL, _dated(text, said_on, fuzzy_dates.parse(f"{said_on:%Y-%m}"))).groups()
    period = _western(body) or _period(body)
    if period is None:
        return None
    if tail == "以来":
        return fuzzy_dates.span(period.earliest, said_on)
    if tail in ("以内", "之内", "内"):
        begins = period.earliest if period.latest < said_on else max(period.earliest, said_on)
        return fuzzy_dates.span(begins, period.latest)
    return _by(period, tail, body[-1] in "底末", said_on)


def _whole(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    match = pattern.fullmatch(text)
    if match is None:
        raise Refused("unreadable_date", text=text)
    return match


def _by(period: Fuzzy, before: str | None, is_end: bool, said_on: date) -> Fuzzy:
    """底, 末 and 前: what is still to come is a limit, and whoever set it meant from then on."""
    if before and not is_end and period.precision != "day":
        raise Refused("ambiguous", text=period.text)
    if period.latest >= said_on and (before or is_end):
        return fuzzy_dates.span(said_on, period.latest)
    if before:
        raise Refused("no_beginning", text=period.text)
    return period


def _between(text: str, said_on: date) -> Fuzzy | None:
    """A span; each dash is tried, for `2021-3-2021-5` has three. 9-12月 leaves its first 月 to the second."""
    near = fuzzy_dates.parse(f"{said_on:%Y-%m}")
    for dash in _DASH.finditer(text):
        left, right = text[: dash.start()], text[dash.end() :]
        first = _side(left, said_on, near) or _side(left + _UNIT.findall(right)[0], said_on, near)
        last = _side(right, said_on, first) if first else None
        if first and last:
            return fuzzy_dates.parse(f"{_part(first, first.earliest)}/{_part(last, last.latest)}")
    return None


def _side(text: str, said_on: date, near: Fuzzy) -> Fuzzy | None:
    return _western(text) or _period(_dated(text, said_on, near))


def _part(side: Fuzzy, bound: date) -> str:
    return f"{bound}{'~' * side.is_approximate}" if side.precision == "span" else side.text


def _dated(text: str, said_on: date, near: Fuzzy) -> str:
    """The text with its year, and where it needs one its month, written out.

    What is missing comes from `near`: the month it was said in, or the left side of a span. A year on the
    left says nothing about a month on the right (2021-3月 is no span), and only a day gives its month away.
    """
    if text[:2] in _YEARS_AWAY:
        text = f"{said_on.year + _YEARS_AWAY[text[:2]]}年{text[2:]}"
    elif away := _MONTH_AWAY.match(text):
        text = _month_text(said_on, _MONTHS_AWAY[text[0]]) + text[away.end() :]
    elif near.precision != "year":
        text = _inherited(text, near)
    return re.sub("年年(?=[初中底末内])", "年", text)


def _inherited(text: str, near: Fuzzy) -> str:
    if _LACKS_YEAR.match(text):
        return f"{near.earliest.year}年{text}"
    if _LACKS_MONTH.match(text) or (near.precision == "day" and _LACKS_BOTH.match(text)):
        return _month_text(near.earliest) + text.removeprefix("月")
    return text


def _month_text(on: date, away: int = 0) -> str:
    years, month = divmod(on.month - 1 + away, 12)
    return f"{on.year + years}年{month + 1}月"


def _western(text: str) -> Fuzzy | None:
    """`2021`, `2021/3`, `2021.3.1`: year first, one kind of mark between."""
    match = _WESTERN.fullmatch(text)
    return _point(match[1], match[3], match[4]) if match else None


def _point(year: str, month: str | None, day: str | None) -> Fuzzy:
    if month is None:
        return fuzzy_dates.parse(year)
    if not 1 <= int(month) <= 12:  # 33 would be a quarter
        raise Refused("no_such_day", text=f"{year}-{month}")
    return fuzzy_dates.parse(f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else ""))


def _period(text: str) -> Fuzzy | None:
    """An absolute year, half, quarter, month, ten days or day, or its 初, 中, 底, 末."""
    match = _PERIOD.fullmatch(text)
    if match is None:
        return None
    year, part = match["year"], match["quarter"] or match["half"]
    whole = (
        fuzzy_dates.parse(f"{year}-{_PARTS[part]}") if part else _point(year, match["month"], match["day"])
    )
    if match["tens"]:
        return _ten_days(whole, match["tens"])
    return fuzzy_dates.approximate(_edge(whole, match["edge"])) if match["edge"] else whole


def _edge(whole: Fuzzy, word: str) -> Fuzzy:
    if whole.precision == "month":
        return _ten_days(whole, word)
    year, first, last = whole.earliest.year, whole.earliest.month, whole.latest.month
    middle = ((first + last) // 2, (first + last + 1) // 2)
    begins, ends = {"初": (first, first), "中": middle}.get(word, (last, last))
    months = fuzzy_dates.parse(f"{year}-{begins:02}/{year}-{ends:02}")
    return fuzzy_dates.span(months.earliest, months.latest)


def _ten_days(month: Fuzzy, word: str) -> Fuzzy:
    first, last = _TENS[word]
    begins = month.earliest.replace(day=first)
    return fuzzy_dates.span(begins, min(month.latest, month.earliest + timedelta(last - 1)))
