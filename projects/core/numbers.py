"""Numbers as people print them: plain characters, printed decimals, half-up rounding, thousands separators.

Not here: sums of money with their units (`core.money`), which figures may be added and which rate has which
denominator (the rates), how a number reads in a sentence (`words`).
"""

import re
from decimal import ROUND_HALF_UP, Decimal

MAX_WHOLE = 2**63 - 1  # of a column

# Full-width forms stand 0xFEE0 above the ASCII characters they mean; blanks of no width come out of Excel.
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {
    ord("￥"): "¥",
    ord("−"): "-",
    ord("〜"): "~",
    0x200B: None,
    0xFEFF: None,
}
_NUMERALS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_ONES: tuple[str, ...] = ("", *"一二三四五六七八九")
NUMERAL = re.compile("(?<![0-9])[〇零○一二三四五六七八九十]+(?![0-9])")
NEEDLESS_BLANK = re.compile(r"(?<![0-9]) | (?![0-9])")


def narrow(text: str) -> str:
    """Full-width characters made plain, and blanks taken out.

    A blank between two digits stays: `2021 1 1` must not become `202111`.
    """
    return NEEDLESS_BLANK.sub("", " ".join(text.translate(_NARROW).split()))


def with_digits(text: str) -> str:
    """Chinese numerals as digits: 二〇二一年十二月 as 2021年12月.

    Rows of digits, and tens up to 九十九; what is neither (二十十, 2十) stays as it is.
    """
    return NUMERAL.sub(digits_for, text)


def digits_for(numeral: re.Match[str]) -> str:
    """One numeral that was found; as it is where it is none."""
    row = numeral[0].translate(_NUMERALS)
    if "十" not in row:
        return row
    tens = re.fullmatch("([1-9]?)十([1-9]?)", row)
    return f"{tens[1] or 1}{tens[2] or 0}" if tens else numeral[0]


def chinese_numeral(number: int) -> str:
    """1 to 99 as 一 to 九十九, as headings are numbered; other numbers stay digits."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _ONES[tens]) + "十" * bool(tens) + _ONES[ones]


def printed_decimals(value: Decimal) -> int:
    """How many decimals are written: 2 in `1.50`."""
    return max(-int(value.as_tuple().exponent), 0)


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Half-up, the way people round, not half to even."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def same_within_precision(a: Decimal, b: Decimal) -> bool:
    """Not different as far as the one with fewer printed decimals tells: 1.5 and 1.54 are the same."""
    decimals = min(printed_decimals(a), printed_decimals(b))
    return rounded(a, decimals) == rounded(b, decimals)


def group_digits(text: str) -> str:
    """`1234567.50` as `1,234,567.50`; Django groups nothing under zh-hans, so we do it ourselves."""
    return f"{Decimal(text):,f}"


def whole(text: str) -> int | None:
    """The number of a row, a page or a version that a request names; None where no column could hold it."""
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(MAX_WHOLE))):
        return None
    number = int(text)
    return number if number <= MAX_WHOLE else None
