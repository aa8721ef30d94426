"""Sums of money: whole yuan, with the unit and the decimals as they were printed.

Exact throughout: integers and Decimals, never a float. Units are `yuan`, `wan` (万元) and `yi` (亿元);
qualifiers are `expected`, `about`, `nearly` and `over`, and stay beside the number.

Not here: which sums may be added to which (the rates), plain numbers and thousands separators
(`core.numbers`), the words for units and qualifiers (`words`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from projects.core.numbers import narrow, rounded
from projects.core.refusals import Refused

MOST_DIGITS = 15

_POWERS = {"yuan": 0, "wan": 4, "yi": 8}
UNITS = tuple(_POWERS)
# Unit as printed -> (our unit, tens above it): a billion is ten 亿.
_UNITS = {"亿": ("yi", 0), "万": ("wan", 0), "billion": ("yi", 1), "million": ("wan", 2)}
_QUALIFIERS = {
    "预计": "expected",
    "约": "about",
    "左右": "about",
    "近": "nearly",
    "超": "over",
    "逾": "over",
    "余": "over",
    "多": "over",
    "以上": "over",
}
_QUALIFIER = re.compile("|".join(_QUALIFIERS))
_AMOUNT = re.compile(
    r"(?P<before>(?:预计|大?约|近|超过?|逾|人民币|RMB|CNY|¥|[-负])*)"
    r"(?P<whole>\d+|\d{1,3}(?:,\d{3})+)(?:\.(?P<part>\d+))?"
    r"(?P<after>[余多]?(?P<unit>亿|万|billion|million)?[余多]?(?P<yuan>元|yuan)?"
    r"(?:左右|以上|[余多]|人民币|RMB|CNY)*)",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Money:
    """Whole yuan; `1.50 亿元` is 150000000 with unit `yi` and 2 decimals."""

    yuan: int
    unit: str
    decimals: int


def parse(text: str, default_unit: str | None = None) -> tuple[Money, str | None]:
    """Read a printed sum and its qualifier; `default_unit` counts only where no unit is printed.

    A currency mark (¥, CNY, 人民币) names no unit: `¥1200` in a column of 万元 is 1200 万元. Classes such as
    500亿级, other currencies and ranges are unreadable. `4 billion` counts as `40 亿`, no coarser.
    """
    match = _AMOUNT.fullmatch(narrow(text))
    if match is None:
        raise Refused("unreadable_sum", text=text)
    if re.search("[-负]", match["before"]):
        raise Refused("negative_sum", text=text)
    unit, tens = _unit(match, default_unit)
    if not unit:
        raise Refused("no_unit", text=text)
    part = match["part"] or ""
    yuan = _yuan(text, match["whole"].replace(",", ""), part, _POWERS[unit] + tens)
    # No unit has more than 8 decimals before a yuan is broken: zeros beyond them say nothing.
    decimals = min(max(len(part) - tens, 0), 8)
    words = _QUALIFIER.findall(match["before"] + match["after"])
    return Money(yuan, unit, decimals), weakest_qualifier(_QUALIFIERS[word] for word in words)


def figure(money: Money) -> str:
    """The digits as they were printed, in the printed unit: `1.50`. Ungrouped."""
    return f"{rounded(_in_unit(money.yuan, money.unit), money.decimals):f}"


def digits_and_unit(yuan: int) -> tuple[str, str]:
    """Digits and unit for a sum that was computed: 亿 from 1 亿 up, else 万, below 1 万 yuan. Ungrouped.

    At most 2 decimals, half-up. Zeros at the end mean something: `15` 亿 is exactly that, `15.00` 亿 has been
    rounded. What would round to 10000 万 is 1.00 亿.
    """
    size = abs(yuan)
    unit = "yi" if size >= 10**8 - 50 else "wan" if size >= 10**4 else "yuan"
    exact = _in_unit(yuan, unit)
    digits = f"{rounded(exact, 2):f}"
    if Decimal(digits) == exact:
        digits = digits.rstrip("0").rstrip(".")
    return digits, unit


def same_within_precision(a: Money, b: Money) -> bool:
    """Not different as far as the coarser one was printed: 100 亿 is the same as 99.56, not as 99.4 亿."""
    step = max(_step(a), _step(b))
    return _nearest(a.yuan, step) == _nearest(b.yuan, step)


def weakest_qualifier(qualifiers: Iterable[str | None]) -> str | None:
    """The one word that holds for a sum of all: theirs where they agree, `about` where they pull apart.

    An exact part changes nothing: over 3 and exactly 2 make over 5. Nearly 3 and over 2 make about 5. Where
    a part is only expected, so is the whole.
    """
    kinds = {qualifier for qualifier in qualifiers if qualifier}
    if "expected" in kinds:
        return "expected"
    return "about" if len(kinds) > 1 else next(iter(kinds), None)


def _unit(match: re.Match[str], default_unit: str | None) -> tuple[str | None, int]:
    if match["unit"]:
        return _UNITS[match["unit"].lower()]
    return ("yuan" if match["yuan"] else default_unit), 0


def _yuan(text: str, whole: str, part: str, power: int) -> int:
    """Shift the point by `power` places, on the digits themselves: nothing can be rounded on the way."""
    part = part.rstrip("0")
    if len(part) > power:
        raise Refused("fraction_of_yuan", text=text)
    digits = (whole + part.ljust(power, "0")).lstrip("0")
    if len(digits) > MOST_DIGITS:
        raise Refused("too_large", text=text)
    return int(digits or "0")


def _in_unit(yuan: int, unit: str) -> Decimal:
    return Decimal(yuan).scaleb(-_POWERS[unit])


def _step(money: Money) -> int:
    """The yuan between one printed figure and the next."""
    step: int = 10 ** max(_POWERS[money.unit] - money.decimals, 0)
    return step


def _nearest(yuan: int, step: int) -> int:
    return (yuan + step // 2) // step
