"""What the format of a cell makes of its number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.imports.number_formats import DAY, MONTH, PERCENT, PLAIN, YEAR, Styles, exact, meaning


@pytest.mark.parametrize(
    ("text", "kind", "decimals"),
    [
        ("", PLAIN, 0),
        ("General", PLAIN, 0),
        ("@", PLAIN, 0),
        ("0.00", PLAIN, 2),
        ("#,##0.00_);[Red](#,##0.00)", PLAIN, 2),
        ('0.0"万元"', PLAIN, 1),
        ("0.00E+00", PLAIN, 2),
        ("0.0%", PERCENT, 1),
        ("yyyy-mm-dd", DAY, 0),
        ("m/d/yyyy;@", DAY, 0),
        ('[$-804]yyyy"年"m"月"d"日";@', DAY, 0),
        ('m"月"d"日"', DAY, 0),
        ('[DBNum1][$-804]yyyy"年"m"月"', MONTH, 0),
        ("mmm-yy", MONTH, 0),
        ("yyyy\\.mm", MONTH, 0),
        ('e"年"m"月"', MONTH, 0),
        ('yyyy"年度"', YEAR, 0),
        ("h:mm:ss", PLAIN, 0),
        ("[h]:mm", PLAIN, 0),
        ('"yyyy"0', PLAIN, 0),
    ],
)
def test_a_format_is_of_days_months_per_cents_or_plain_numbers(text, kind, decimals):
    assert meaning(text) == (kind, decimals)


def _styles(number: int, *, is_1904: bool = False) -> Styles:
    styles = Styles(is_1904)
    for name, attributes in (("cellStyleXfs", {}), ("xf", {"numFmtId": "9"}), ("cellXfs", {})):
        styles.see(name, attributes)
    styles.see("xf", {"numFmtId": str(number)})
    return styles


@pytest.mark.parametrize(
    ("number", "text", "cell"),
    [
        (14, "46082", ("date", "2026-03-01")),
        (14, "46082.75", ("date", "2026-03-01")),
        (57, "46082", ("date", "2026-03")),
        (9, "0.35", ("number", "35%")),
        (2, "3", ("number", "3.00")),
        (0, "1234567.1000000001", ("number", "1234567.1")),
        (0, "1E+2", ("number", "100")),
        (14, "-1", ("number", "-1")),
    ],
)
def test_formats_without_a_text_in_the_file_are_known(number, text, cell):
    assert _styles(number).shown(text, 0) == cell


def test_days_are_counted_from_1904_where_the_file_says_so():
    assert _styles(14, is_1904=True).shown("44620", 0) == ("date", "2026-03-01")


def test_a_style_that_the_file_does_not_have_is_plain():
    assert _styles(14).shown("46082", 7) == ("number", "46082")


@given(st.decimals(min_value=0, max_value=10**9, places=4))
def test_no_number_is_rounded_by_its_format(value):
    kind, text = _styles(2).shown(repr(float(value)), 0)
    assert (kind, exact(text)) == ("number", exact(repr(float(value))))
    assert len(text.partition(".")[2]) >= 2
