"""How dates, periods and lengths of time read: 2021年底前, by the end of 2021; 晚 3 至 6 个月.

A span is one unknown day within it. From some day within a month to a month's last day it is a limit, and
reads as "by": whoever set it meant from the day it was said. Periods last, and are never read so.

Lengths are in days up to 60, then in months, from a year on in years and months; rounded, because a date
that is months off is not read to the day.

Not here: what people may type (`core.chinese_dates`), EDTF and how days are counted (`core.fuzzy_dates`).
"""

from datetime import date, timedelta

from projects.core import fuzzy_dates
from projects.core.fuzzy_dates import Fuzzy
from projects.core.refusals import Refused
from projects.words.language import either, is_english, once_a_language

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_QUARTERS = "一二三四"
_TENS = {(1, 10): "上旬", (11, 20): "中旬", (21, 31): "下旬"}
_UNITS = {"day": "天", "month": "个月", "year": "年"}
_DAYS_A_MONTH = 146097 / 4800  # in 400 years of our calendar


@once_a_language
def words(fuzzy: Fuzzy) -> str:
    """`2021-12~` as 约2021年12月, `2024-09/2024-12` as September to December 2024."""
    limit = _limit(fuzzy)
    if limit:
        about = either("约", "about ") * fuzzy.is_approximate
        return either(f"{about}{limit}前", f"by {about}the end of {limit}")
    return _about(fuzzy, _ten_days(fuzzy) or _plain(fuzzy))


def when(fuzzy: Fuzzy) -> str:
    """A date within a sentence: on 15 August 2024, in 2024, between May and July 2024."""
    text = words(fuzzy)
    if not is_english() or _limit(fuzzy):
        return text
    whole = fuzzy_dates.span(fuzzy.earliest, fuzzy.latest).precision
    if whole == "span":
        return f"between {text.replace(' to ', ' and ', 1)}"
    if fuzzy.is_approximate:
        return f"around {text.removeprefix('about ')}"
    return {"day": "on ", "half": "in the "}.get(whole, "in ") + text


@once_a_language
def day(on: date) -> str:
    return _point(fuzzy_dates.day(on))


@once_a_language
def month(on: date) -> str:
    return _point(fuzzy_dates.parse(f"{on:%Y-%m}"))


@once_a_language
def period(text: str) -> str:
    """The time of which a claim speaks; what is not EDTF stays as it is."""
    try:
        fuzzy = fuzzy_dates.parse(text)
    except Refused:
        return text
    return _about(fuzzy, _plain(fuzzy))


def days(count: int) -> str:
    """A number of days in words: 20 天, 3 个月, 1 年 3 个月."""
    return _text(_parts(count))


def age(since: date, today: date) -> str:
    """How long ago a day was, rounded in one unit: 5 天前, 3 个月前, 近 5 年前, 2 年多前."""
    if since == today:
        return either("今天", "today")
    length = _rounded(*sorted((since, today)))
    return either(f"{length}前", f"{length} ago") if since < today else either(f"{length}后", f"in {length}")


@once_a_language
def said_as_of(text: str) -> str:
    """By which word something goes that was said long ago: 按 2021年6月的说法."""
    on = month_at_most(fuzzy_dates.parse(text))
    return either(f"按 {on}的说法", f"as of {on}")


@once_a_language
def month_at_most(on: Fuzzy) -> str:
    """A day by its month; what its source gives as a span as that span."""
    return month(on.latest) if on.precision == "day" else words(on)


@once_a_language
def last_word(said: Fuzzy, asof: date, *, is_today: bool = True) -> str:
    """How old the last word is on the day that a page shows; looking back, it may have come later.

    Of a span nobody knows whether it came before or after a day within it.
    """
    if not is_today and said.earliest <= asof <= said.latest:
        near = either("所看的一天就在其间", "around the day shown")
        return either("就在当天", "on that very day") if said.width == 1 else near
    if said.latest <= asof:
        return age(said.latest, asof)
    length = _rounded(asof, said.latest)
    return either(f"晚于截至日 {length}", f"{length} after the day shown")


@once_a_language
def slip(span: tuple[int, int]) -> str:
    """The least and the most days after (or, negative, before) a promise: 提前 20 天, 3 to 6 months late."""
    least, most = span
    if least == most == 0:
        return either("按期", "on time")
    if least >= 0:
        return _late(_range(least, most)) if least else _at_most(_late(days(most)))
    if most <= 0:
        return _early(_range(-most, -least)) if most else _at_most(_early(days(-least)))
    return either("至", " to ").join([_early(days(-least)), _late(days(most))])


def _about(fuzzy: Fuzzy, text: str) -> str:
    return either(f"约{text}", f"about {text}") if fuzzy.is_approximate else text


def _limit(fuzzy: Fuzzy) -> str:
    """The end by which it is to be: of the year, of a quarter, of a month; "" where it is no limit."""
    last = fuzzy.latest
    begins_within = fuzzy.earliest.day > 1 and fuzzy.width > 1
    if not begins_within or not _ends_month(last) or _tens(fuzzy):
        return ""
    if last.month == 12:
        return either(f"{last.year}年底", f"{last.year}")
    if last.month in (3, 9):
        quarter = fuzzy_dates.parse(f"{last.year}-{32 + last.month // 3}")
        return either(f"{_point(quarter)}末", _point(quarter))
    return either(f"{month(last)}底", month(last))


def _ends_month(on: date) -> bool:
    return (on + timedelta(1)).day == 1


def _tens(fuzzy: Fuzzy) -> str:
    """上旬, 中旬 or 下旬; "" where it is none of them."""
    first, last = fuzzy.earliest, fuzzy.latest
    is_within_month = first.replace(day=1) == last.replace(day=1)
    ends = 31 if _ends_month(last) else last.day
    return _TENS.get((first.day, ends), "") if is_within_month else ""


def _ten_days(fuzzy: Fuzzy) -> str:
    """English has no word for ten days of a month: there they read as a span."""
    tens = "" if is_english() else _tens(fuzzy)
    return tens and month(fuzzy.earliest) + tens


def _plain(fuzzy: Fuzzy) -> str:
    whole = fuzzy_dates.span(fuzzy.earliest, fuzzy.latest)
    if whole.precision != "span":
        return _point(whole)
    return _span(*(fuzzy_dates.parse(part) for part in fuzzy.text.replace("~", "").split("/")))


def _span(first: Fuzzy, last: Fuzzy) -> str:
    """What both ends share is said once."""
    begins, ends = first.earliest, last.earliest
    if begins.year != ends.year or "year" in (first.precision, last.precision):
        return either(f"{_point(first)}至{_point(last)}", f"{_point(first)} to {_point(last)}")
    if first.precision == last.precision == "day" and begins.month == ends.month:
        return either(f"{_point(first)}至{ends.day}日", f"{begins.day} to {_point(last)}")
    return either(f"{_point(first)}至{_within_year(last)}", f"{_within_year(first)} to {_point(last)}")


def _point(point: Fuzzy) -> str:
    year, rest = point.earliest.year, _within_year(point)
    joint = " of " if point.precision == "half" else " "
    return either(f"{year}年{rest}", f"{rest}{joint}{year}".strip())


def _within_year(point: Fuzzy) -> str:
    """A day, month, quarter or half without its year; "" for a whole year."""
    on = point.earliest
    match point.precision:
        case "day":
            return either(f"{on.month}月{on.day}日", f"{on.day} {_MONTHS[on.month - 1]}")
        case "month":
            return either(f"{on.month}月", _MONTHS[on.month - 1])
        case "quarter":
            return either(f"{_QUARTERS[on.month // 3]}季度", f"Q{on.month // 3 + 1}")
        case "half":
            return either("上半年", "first half") if on.month == 1 else either("下半年", "second half")
    return ""


def _late(length: str) -> str:
    return either(f"晚 {length}", f"{length} late")


def _early(length: str) -> str:
    return either(f"提前 {length}", f"{length} early")


def _at_most(text: str) -> str:
    return either(f"最多{text}", f"up to {text}")


def _range(least: int, most: int) -> str:
    """A unit that both share is said once."""
    low, high = _parts(least), _parts(most)
    if low == high:
        return _text(low)
    if len(low) == len(high) == 1 and low[0][1] == high[0][1]:
        return either(f"{low[0][0]} 至 {_text(high)}", f"{low[0][0]} to {_text(high)}")
    return either(f"{_text(low)}至 {_text(high)}", f"{_text(low)} to {_text(high)}")


def _parts(count: int) -> list[tuple[int, str]]:
    if count <= 60:
        return [(count, "day")]
    years, months = divmod(round(count / _DAYS_A_MONTH), 12)
    return [(number, unit) for number, unit in ((years, "year"), (months, "month")) if number]


def _rounded(first: date, last: date) -> str:
    """A length in one unit, by the calendar: days below two months, months below two years, then years.

    Years that are not whole read "nearly 3 years" from half a year on, "over 2 years" before.
    """
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    if months < 2:
        return _text([((last - first).days, "day")])
    if months < 24:
        return _text([(months, "month")])
    years, more = divmod(months, 12)
    length = _text([(years + (more >= 6), "year")])
    if more >= 6:
        return either(f"近 {length}", f"nearly {length}")
    return either(f"{length}多", f"over {length}") if more else length


def _text(parts: list[tuple[int, str]]) -> str:
    if is_english():
        return " ".join(f"{number} {unit}{'s' * (number != 1)}" for number, unit in parts)
    return " ".join(f"{number} {_UNITS[unit]}" for number, unit in parts)
