"""Fuzzy dates: the grammar, bounds, three-valued comparison, cuts and slippage."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.core.fuzzy_dates import (
    Fuzzy,
    approximate,
    contains,
    cut,
    day,
    overlaps,
    parse,
    slippage,
    slippage_span,
    span,
)
from projects.core.refusals import Fault, Refused

few = settings(max_examples=20, deadline=None, database=None)
days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
pairs = st.tuples(days, days).map(sorted)
spans = pairs.map(lambda pair: span(*pair))
CODES = ["", *(f"-{code:02}" for code in [*range(1, 13), 33, 34, 35, 36, 40, 41])]
points = st.one_of(
    st.builds("{}{}".format, st.integers(1900, 2200), st.sampled_from(CODES)),
    days.map(date.isoformat),
)
tildes = st.sampled_from(["", "~"])


@st.composite
def texts(draw):
    """Every text of the grammar."""
    first = draw(points)
    if draw(st.booleans()):
        return first + draw(tildes)
    first, second = sorted([first, draw(points)], key=lambda text: parse(text).earliest)
    if parse(second).latest < parse(first).earliest:
        second = first
    return f"{first}{draw(tildes)}/{second}{draw(tildes)}"


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision", "width"),
    [
        ("2021", "2021-01-01", "2021-12-31", "year", 365),
        ("2024", "2024-01-01", "2024-12-31", "year", 366),
        ("2021-12", "2021-12-01", "2021-12-31", "month", 31),
        ("2023-02", "2023-02-01", "2023-02-28", "month", 28),
        ("2024-02", "2024-02-01", "2024-02-29", "month", 29),
        ("2100-02", "2100-02-01", "2100-02-28", "month", 28),
        ("2021-12-31", "2021-12-31", "2021-12-31", "day", 1),
        ("2024-02-29", "2024-02-29", "2024-02-29", "day", 1),
        ("2021-33", "2021-01-01", "2021-03-31", "quarter", 90),
        ("2021-34", "2021-04-01", "2021-06-30", "quarter", 91),
        ("2021-35", "2021-07-01", "2021-09-30", "quarter", 92),
        ("2021-36", "2021-10-01", "2021-12-31", "quarter", 92),
        ("2021-40", "2021-01-01", "2021-06-30", "half", 181),
        ("2021-41", "2021-07-01", "2021-12-31", "half", 184),
        ("2021-12~", "2021-12-01", "2021-12-31", "month", 31),
        ("2021~", "2021-01-01", "2021-12-31", "year", 365),
        ("2021-36~", "2021-10-01", "2021-12-31", "quarter", 92),
        ("2024-09/2024-12", "2024-09-01", "2024-12-31", "span", 122),
        ("2024-10-17/2024-12-31", "2024-10-17", "2024-12-31", "span", 76),
        ("2021/2023", "2021-01-01", "2023-12-31", "span", 1095),
        ("2021/2021-06", "2021-01-01", "2021-06-30", "span", 181),
        ("2021-06/2021-06", "2021-06-01", "2021-06-30", "span", 30),
        ("2021-36/2022-40", "2021-10-01", "2022-06-30", "span", 273),
        ("2021-06-21/2021-06-30~", "2021-06-21", "2021-06-30", "span", 10),
        ("2021~/2022-05-01", "2021-01-01", "2022-05-01", "span", 486),
        ("1900", "1900-01-01", "1900-12-31", "year", 365),
        ("2200-12-31", "2200-12-31", "2200-12-31", "day", 1),
    ],
)
def test_what_a_text_means(text, earliest, latest, precision, width):
    fuzzy = parse(text)
    assert (fuzzy.text, str(fuzzy.earliest), str(fuzzy.latest)) == (text, earliest, latest)
    assert (fuzzy.precision, fuzzy.width, fuzzy.is_approximate) == (precision, width, "~" in text)


REFUSED = {
    "unreadable_date": """
        ~ / 2021/ /2021 2021/2022/2023 21 2021-00 2021-13 2021-21 2021-24 2021-37 2021-42 2021-1 2021-1-1
        20210101 2021? 2021% ~2021 2021~~ 2021-~12 .. 2021/.. 2021-12- ２０２１ ٢٠٢١ 2021年 +2021 -2021
    """,
    "no_such_day": "2021-02-29 2021-04-31 2021-12-00 2021-13-01 2021-33-05 2021-21-05",
    "year_out_of_range": "1899 2201-01 0000 1899-12-31 9999",
    "reversed": "2022/2021 2021-06/2021 2021-06-02/2021-06-01",
}


def _why(text):
    with pytest.raises(Refused) as refusal:
        parse(text)
    assert refusal.value.faults[0].values["text"] in text
    return refusal.value.code


@pytest.mark.parametrize("why", REFUSED)
def test_what_is_refused(why):
    texts = REFUSED[why].split()
    assert {text: _why(text) for text in texts} == dict.fromkeys(texts, why)


@pytest.mark.parametrize("text", ["", " ", "2021 ", " 2021", "2021\n"])
def test_edtf_has_no_blanks(text):
    assert _why(text) == "unreadable_date"


@few
@given(texts())
def test_every_text_of_the_grammar_is_read_and_kept(text):
    fuzzy = parse(text)
    assert fuzzy.earliest <= fuzzy.latest
    assert fuzzy.width >= 1
    assert parse(fuzzy.text) == fuzzy
    assert approximate(fuzzy).is_approximate
    assert (approximate(fuzzy).earliest, approximate(fuzzy).latest) == (fuzzy.earliest, fuzzy.latest)
    assert parse(approximate(fuzzy).text) == approximate(fuzzy)


@pytest.mark.parametrize("code", CODES)
def test_a_span_is_written_as_the_period_it_is(code):
    whole = parse(f"2024{code}")
    assert span(whole.earliest, whole.latest) == whole


@pytest.mark.parametrize(
    ("earliest", "latest", "text"),
    [
        ("2024-10-17", "2024-10-17", "2024-10-17"),
        ("2024-02-01", "2024-02-28", "2024-02-01/2024-02-28"),
        ("2024-02-01", "2024-03-31", "2024-02-01/2024-03-31"),
        ("2024-02-01", "2024-04-30", "2024-02-01/2024-04-30"),  # three months, but no quarter
        ("2024-01-02", "2024-12-31", "2024-01-02/2024-12-31"),
        ("2023-01-01", "2024-12-31", "2023-01-01/2024-12-31"),
    ],
)
def test_a_span_that_is_a_day_or_no_period(earliest, latest, text):
    assert span(date.fromisoformat(earliest), date.fromisoformat(latest)).text == text


@few
@given(pairs)
def test_a_span_keeps_its_bounds(pair):
    fuzzy = span(*pair)
    assert [fuzzy.earliest, fuzzy.latest] == pair
    assert parse(fuzzy.text) == fuzzy


def test_a_span_does_not_run_backwards():
    with pytest.raises(Refused) as refusal:
        span(date(2024, 2, 1), date(2024, 1, 1))
    assert refusal.value.code == "reversed"


def test_a_day():
    assert day(date(2024, 10, 17)) == Fuzzy("2024-10-17", date(2024, 10, 17), date(2024, 10, 17))


@pytest.mark.parametrize("on", [date(1899, 12, 31), datetime(2024, 1, 1, 8)])  # noqa: DTZ001
def test_no_day_outside_the_years_and_no_moment(on):
    with pytest.raises(Refused):
        day(on)


@pytest.mark.parametrize(
    ("text", "on", "left"),
    [
        ("2024", "2024-10-17", "2024-01-01/2024-10-17"),
        ("2024", "2024-06-30", "2024-40"),
        ("2024~", "2024-03-31", "2024-33~"),
        ("2024~", "2024-10-17", "2024-01-01/2024-10-17~"),
        ("2024", "2024-12-31", "2024"),
        ("2023-06~", "2024-10-17", "2023-06~"),
        ("2024-10-17", "2024-10-17", "2024-10-17"),
        ("2024-10-17/2024-12", "2024-10-17", "2024-10-17"),
        ("2023-12/2024-12", "2024-10-17", "2023-12-01/2024-10-17"),
    ],
)
def test_what_is_left_after_a_cut(text, on, left):
    assert cut(parse(text), date.fromisoformat(on)) == parse(left)


def test_nothing_is_left_of_what_lies_wholly_after():
    with pytest.raises(Refused) as refusal:
        cut(parse("2025~"), date(2024, 12, 31))
    assert refusal.value.faults == [Fault("lies_after", values={"text": "2025~"})]


@few
@given(spans, days)
def test_a_cut_only_ever_shortens_the_end(fuzzy, on):
    if on < fuzzy.earliest:
        with pytest.raises(Refused):
            cut(fuzzy, on)
    else:
        left = cut(fuzzy, on)
        assert (left.earliest, left.latest) == (fuzzy.earliest, min(fuzzy.latest, on))
        assert cut(left, on) == left


@pytest.mark.parametrize(
    ("a", "b", "a_contains_b", "is_overlap"),
    [
        ("2024", "2024-06", True, True),
        ("2024", "2024", True, True),
        ("2024", "2025", False, False),
        ("2024-40", "2024-06-30", True, True),
        ("2024-09/2025-02", "2025", False, True),
        ("2024-06-30", "2024-06-30", True, True),
        ("2024-06-29", "2024-06-30", False, False),
        ("2024-06~", "2024-06-15", True, True),
    ],
)
def test_two_dates_compared(a, b, a_contains_b, is_overlap):
    a, b = parse(a), parse(b)
    assert (contains(a, b), overlaps(a, b), overlaps(b, a)) == (a_contains_b, is_overlap, is_overlap)


def test_two_dates_compared_day_by_day():
    base = date(2024, 1, 1)
    some = [span(base + timedelta(a), base + timedelta(b)) for a in range(4) for b in range(a, 4)]
    for a in some:
        for b in some:
            assert overlaps(a, b) is bool(_days(a) & _days(b))
            assert contains(a, b) is (_days(b) <= _days(a))


def _days(fuzzy):
    return {fuzzy.earliest + timedelta(n) for n in range(fuzzy.width)}


@pytest.mark.parametrize(
    ("actual", "promised", "slipped"),
    [
        ("2024-06-15", "2024-06", (0, 0)),
        ("2024-07-01", "2024-06", (1, 1)),
        ("2024-05-31", "2024-06", (-1, -1)),
        ("2024", "2024-06", (-152, 184)),
        ("2024-07", "2024-06", (1, 31)),
        ("2024-06", "2024", (0, 0)),
        ("2025-02", "2024-12-31", (32, 59)),
    ],
)
def test_slippage(actual, promised, slipped):
    assert slippage_span(parse(actual), parse(promised)) == slipped


@few
@given(days, days, spans, spans)
def test_slippage_turns_with_its_sides(a, b, actual, promised):
    assert slippage(a, day(b)) == (a - b).days == -slippage(b, day(a))
    least, most = slippage_span(actual, promised)
    assert least <= most
    assert (least == most == 0) == contains(promised, actual)
    assert (least > 0) == (promised.latest < actual.earliest)
    assert (most < 0) == (actual.latest < promised.earliest)
