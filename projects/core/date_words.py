"""A date with the words around it, as officials write it: 预计2027年6月, 已于2025年3月开工, 待定, 不变.

The date itself is read by `core.chinese_dates`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from projects.choices import Qualifier
from projects.core import chinese_dates
from projects.core.fuzzy_dates import Fuzzy
from projects.core.numbers import narrow
from projects.core.refusals import Refused

EXPECTED = "预计"
_UNDECIDED = re.compile(
    "待定|(?:暂|尚)?未定|待确定|(?:暂|尚)?未确定|另行确定|待明确|(?:暂|尚)?未明确|tbd", re.I
)
_PLANNED = re.compile("^(预计|预期|计划于?|拟于?|力争于?|争取于?|确保于?|拟定于?|目标)+")
_DONE = re.compile("^(已经?于?|实际于?|于|在)+")
_BEHIND = re.compile(
    "(?:(?<=[0-9年月日底末初旬度中前])|(?<=半年))(?:正式|全面|全部|整体)?"
    "(?:实现|完成|建成|具备)?(?:开工|动工|竣工|完工|投产|投用|通车|封顶|达产|签约|建设|投入使用)?(?:建设|验收|投产|投用|条件)?$"
)
_UNCHANGED = re.compile("(?:维持|保持)?不变|无变化|没有变化|同上月|unchanged", re.I)


@dataclass(frozen=True, slots=True)
class DateRead:
    """`value` is None where it is said that none stands (待定)."""

    value: Fuzzy | None
    qualifier: str = ""
    is_planned: bool | None = None  # as the cell itself says: to come, done, or nothing


@lru_cache(maxsize=4096)  # the rows of a sheet say the same few dates
def read(text: str, said_on: date) -> DateRead:
    """A date with the words around it: 预计2027年6月, 已于2025年3月开工."""
    plain = narrow(text)
    planned, done = _PLANNED.match(plain), _DONE.match(plain)
    bare = plain[(planned or done).end() :] if planned or done else plain  # type: ignore[union-attr]
    if _UNDECIDED.fullmatch(bare):
        return DateRead(None)
    bare = _BEHIND.sub("", bare)
    if bare != plain and not bare:
        raise Refused("unreadable_date", text=text)
    try:
        value = chinese_dates.read(bare, said_on)
    except Refused as refused:
        raise Refused(refused.code, text=text) from None
    expected = Qualifier.EXPECTED.value if planned and planned[0][:2] in (EXPECTED, "预期") else ""
    return DateRead(value, expected, True if planned else False if done else None)


def examples(day: date, *, has_come: bool = False) -> tuple[str, ...]:
    """What one may write for a date that is to come after a day, or that has come by then."""
    if has_come:
        return (day.isoformat(), f"{day.year}年{day.month}月")
    return (f"{day.year + 1}-06", f"{day.year + 1}年6月", f"{day.year + 1}年底")


def is_unchanged(text: str) -> bool:
    """不变: what was published stands, and nothing is claimed anew."""
    return _UNCHANGED.fullmatch(narrow(text.strip())) is not None
