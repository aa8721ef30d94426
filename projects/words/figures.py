"""How sums of money and other figures read: 约 40 亿元, about CNY 4.0 billion; 1.8 亿立方米, 180 million m³.

English digits are the printed ones with the point moved: nothing is rounded, no decimal invented or lost.
Not here: the English of units (`words.units`), which figures are added (`claims.standings`).
"""

from decimal import Decimal

from projects.choices import Qualifier
from projects.core.money import Money, digits_and_unit, figure
from projects.core.numbers import group_digits, narrow, printed_decimals, rounded
from projects.words.language import is_english, once_a_language
from projects.words.units import CLOSE, in_english, power_and_base

_YUAN = {"yuan": (0, "元"), "wan": (4, "万元"), "yi": (8, "亿元")}
_MONEY = {printed: unit for unit, (_power, printed) in _YUAN.items() if unit != "yuan"}
_LARGE = {9: "billion", 6: "million"}
_SIZES = {"百亿级": "the CNY 10-billion class", "千亿": "CNY 100 billion"}


@once_a_language
def amount(money: Money, qualifier: str | None = "") -> str:
    """A sum as it was printed; in English with as many significant decimals as were printed."""
    if is_english():
        return qualified(_yuan_in_english(money), qualifier)
    return qualified(f"{group_digits(figure(money))} {_YUAN[money.unit][1]}", qualifier)


def total(yuan: int, qualifier: str | None = "") -> str:
    """A sum that was computed, to at most two decimals of its Chinese unit in both languages."""
    digits, unit = digits_and_unit(yuan)
    shown = Decimal(digits)
    in_yuan = int(shown.scaleb(_YUAN[unit][0]))
    return amount(Money(in_yuan, unit, printed_decimals(shown)), qualifier)


def number(value: Decimal, unit: str, qualifier: str | None = "") -> str:
    """A figure with its unit: `1.8 亿立方米`, `40%`, `240,000 mu`."""
    digits = f"{value:,f}"
    if narrow(unit) in CLOSE:
        return qualified(f"{digits}{narrow(unit)}", qualifier)
    if not is_english():
        return qualified(f"{digits} {unit}".rstrip(), qualifier)
    if unit in _MONEY:  # a yearly output, say: a capacity, but read as money is
        tens = _YUAN[_MONEY[unit]][0]
        return amount(Money(int(value.scaleb(tens)), _MONEY[unit], printed_decimals(value)), qualifier)
    return qualified(_number_in_english(value, unit), qualifier)


def size(text: str) -> str:
    """A size that a source gives in words; in English where it is known what they say."""
    return _SIZES.get(text, text) if is_english() else text


def qualified(text: str, qualifier: str | None) -> str:
    return f"{Qualifier(qualifier).label} {text}" if qualifier and text else text


def _yuan_in_english(money: Money) -> str:
    if money.unit == "yuan":
        return f"{group_digits(figure(money))} yuan"
    power = _large_power(money.yuan)
    decimals = max(power - _YUAN[money.unit][0] + money.decimals, 0)
    digits = f"{rounded(Decimal(money.yuan).scaleb(-power), decimals):,f}"
    return f"CNY {digits} {_LARGE[power]}" if power else f"{digits} yuan"


def _number_in_english(value: Decimal, unit: str) -> str:
    tens, base = power_and_base(unit)
    noun = in_english(base, is_one=value == 1 and not tens)
    if noun is None:
        return f"{value:,f} {unit}"
    whole = value.scaleb(tens)
    power = _large_power(whole) if tens else 0
    digits = f"{whole.scaleb(-power):,f}"
    if power and not printed_decimals(value) and "." in digits:
        digits = digits.rstrip("0").rstrip(".")  # 4,500 万 are 45 million, not 45.00
    return " ".join(filter(None, (digits, _LARGE.get(power), noun)))


def _large_power(size: int | Decimal) -> int:
    return next((power for power in _LARGE if abs(size) >= 10**power), 0)
