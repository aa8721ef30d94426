"""What the format of a cell makes of its number: a day, a month, per cent, or digits with their decimals.

Read in the child process, without Django. A number is never rounded to what its format shows: it gains the
decimals that are printed, and loses none.
"""

import re
from datetime import date, timedelta
from decimal import Decimal

from projects.imports.rules import cells

DAY, MONTH, YEAR, PERCENT, PLAIN = "day", "month", "year", "percent", "plain"
# Formats without a text of their own in the file (ECMA-376 18.8.30, with those of Chinese systems).
BUILT_IN = {2: "0.00", 4: "#,##0.00", 9: "0%", 10: "0.00%", 17: "mmm-yy", 39: "0.00", 40: "0.00", 44: "0.00"}
BUILT_IN |= dict.fromkeys((14, 15, 16, 22, 28, 29, 30, 31, 51, 53, 54, 58), "yyyy-mm-dd")
BUILT_IN |= dict.fromkeys((27, 36, 50, 52, 57), "yyyy-mm")
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|!.')
_YEAR = re.compile("y|e(?![+-])")  # an e is the year of an era, or begins an exponent
_FIRST_DAY = date(1899, 12, 30)
_DAYS_1904 = 1462
_SERIALS = range(1, 109_575)  # to the end of 2199


class Styles:
    """The formats of the cells of one workbook, as its styles list them."""

    def __init__(self, is_1904: bool):
        self.away = _DAYS_1904 if is_1904 else 0
        self.texts = dict(BUILT_IN)
        self.formats: list[tuple[str, int]] = []
        self.is_cells = False

    def see(self, name: str, attributes: dict) -> None:
        """One element of the part; styles of cells stand in `cellXfs` alone, before `cellStyles`."""
        if name == "numFmt":
            self.texts[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif name in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            self.is_cells = name == "cellXfs"
        elif name == "xf" and self.is_cells:
            self.formats.append(meaning(self.texts.get(int(attributes.get("numFmtId", 0)), "")))

    def meaning(self, style: int) -> str:
        """What a style makes of a number."""
        return self._format(style)[0]

    def _format(self, style: int) -> tuple[str, int]:
        return self.formats[style] if style < len(self.formats) else (PLAIN, 0)

    def shown(self, number: str, style: int) -> tuple[str, str]:
        """A number as its cell shows it."""
        kind, decimals = self._format(style)
        value = exact(number)
        if kind in (DAY, MONTH, YEAR) and int(value) + self.away in _SERIALS:
            on = _FIRST_DAY + timedelta(days=int(value) + self.away)
            return cells.DATE, on.isoformat()[: {DAY: 10, MONTH: 7, YEAR: 4}[kind]]
        if kind == PERCENT:
            return cells.NUMBER, f"{digits(value * 100, decimals)}%"
        return cells.NUMBER, digits(value, decimals)


def meaning(text: str) -> tuple[str, int]:
    """What a format makes of a number, and with how many decimals."""
    first = _LITERAL.sub("", text.partition(";")[0]).lower().replace("general", "")
    if _YEAR.search(first) or ("d" in first and "m" in first):
        return (DAY if "d" in first else MONTH if "m" in first else YEAR), 0
    decimals = re.search(r"\.(0+)", first)
    return (PERCENT if "%" in first else PLAIN), len(decimals[1]) if decimals else 0


def serial(on: date, away: int) -> int:
    """A day as the number that its cell holds."""
    return (on - _FIRST_DAY).days - away


def exact(number: str) -> Decimal:
    """A number as it was typed: files write the nearest binary fraction in 17 digits, people see 15."""
    return Decimal(f"{float(number):.15g}")


def digits(value: Decimal, decimals: int) -> str:
    text = f"{value:f}"
    whole, _, part = text.partition(".")
    part = part.rstrip("0").ljust(decimals, "0")
    return f"{whole}.{part}" if part else whole
