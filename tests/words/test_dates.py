"""Dates, periods, ages and slippage in both languages; what Chinese says can be typed back."""

from datetime import date, timedelta

import pytest
from django.utils.translation import deactivate_all, override
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.core import chinese_dates, fuzzy_dates
from projects.core.refusals import Refused
from projects.words import dates
from tests.words.tables import rows

few = settings(max_examples=200, deadline=None, database=None)

WORDS = """
2024-10-17              | 2024年10月17日            | 17 October 2024
2024-01-01              | 2024年1月1日              | 1 January 2024
2024-10                 | 2024年10月                | October 2024
2021                    | 2021年                    | 2021
2024-33                 | 2024年一季度              | Q1 2024
2024-34                 | 2024年二季度              | Q2 2024
2024-35                 | 2024年三季度              | Q3 2024
2024-36                 | 2024年四季度              | Q4 2024
2024-40                 | 2024年上半年              | first half of 2024
2024-41                 | 2024年下半年              | second half of 2024
2021-12~                | 约2021年12月              | about December 2021
2024-10-17~             | 约2024年10月17日          | about 17 October 2024
2024-40~                | 约2024年上半年            | about first half of 2024
# spans
2024-09/2024-12         | 2024年9月至12月           | September to December 2024
2024-12/2025-03         | 2024年12月至2025年3月     | December 2024 to March 2025
2026/2031               | 2026年至2031年            | 2026 to 2031
2024-33/2024-35         | 2024年一季度至三季度      | Q1 to Q3 2024
2024-41/2025-40         | 2024年下半年至2025年上半年 | second half of 2024 to first half of 2025
2024-10-17/2024-10-19   | 2024年10月17日至19日      | 17 to 19 October 2024
2024-10-17/2024-11-05   | 2024年10月17日至11月5日   | 17 October to 5 November 2024
2024-12-30/2025-01-02   | 2024年12月30日至2025年1月2日 | 30 December 2024 to 2 January 2025
2024-10-17/2024-12      | 2024年底前                | by the end of 2024
2024-09~/2024-12        | 约2024年9月至12月         | about September to December 2024
2024/2024-12            | 2024年                    | 2024
2024-10/2024-10         | 2024年10月                | October 2024
2024-01-01/2024-12-31   | 2024年                    | 2024
2020-01/2020-11         | 2020年1月至11月           | January to November 2020
# so far this year
2024-01-01/2024-10-17   | 2024年1月1日至10月17日    | 1 January to 17 October 2024
2024-10-01/2024-10-17   | 2024年10月1日至17日       | 1 to 17 October 2024
# by
2021-06-30/2021-12-31   | 2021年底前                | by the end of 2021
2024-10-17/2025-12-31   | 2025年底前                | by the end of 2025
2021-05-20/2021-09-30   | 2021年三季度末前          | by the end of Q3 2021
2021-12-20/2022-03-31   | 2022年一季度末前          | by the end of Q1 2022
2021-05-20/2021-06-30   | 2021年6月底前             | by the end of June 2021
2024-10-17/2024-11-30   | 2024年11月底前            | by the end of November 2024
2024-10-17/2024-10-31   | 2024年10月底前            | by the end of October 2024
2021-06-30/2021-12-31~  | 约2021年底前              | by about the end of 2021
2021-07-01/2021-12-30   | 2021年7月1日至12月30日    | 1 July to 30 December 2021
2021-06-01/2021-12-31   | 2021年6月1日至12月31日    | 1 June to 31 December 2021
2021-12-31/2021-12-31   | 2021年12月31日            | 31 December 2021
# ten days
2024-10-01/2024-10-10   | 2024年10月上旬            | 1 to 10 October 2024
2024-10-11/2024-10-20   | 2024年10月中旬            | 11 to 20 October 2024
2024-10-21/2024-10-31   | 2024年10月下旬            | 21 to 31 October 2024
2024-02-21/2024-02-29~  | 约2024年2月下旬           | about 21 to 29 February 2024
2024-02-21/2024-02-28   | 2024年2月21日至28日       | 21 to 28 February 2024
"""

PERIODS = """
2024                    | 2024年                    | 2024
2020-01/2020-11         | 2020年1月至11月           | January to November 2020
2021-05-28/2021-12-31   | 2021年5月28日至12月31日   | 28 May to 31 December 2021
2026/2031~              | 约2026年至2031年          | about 2026 to 2031
十四五                  | 十四五                    | 十四五
"""

AGES = """
2024-10-17 | 今天      | today
2024-10-16 | 1 天前    | 1 day ago
2024-10-12 | 5 天前    | 5 days ago
2024-08-18 | 60 天前   | 60 days ago
2024-08-17 | 2 个月前  | 2 months ago
2024-07-17 | 3 个月前  | 3 months ago
2023-10-17 | 12 个月前 | 12 months ago
2022-10-18 | 23 个月前 | 23 months ago
2022-10-17 | 2 年前    | 2 years ago
2022-10-16 | 2 年前    | 2 years ago
2022-09-17 | 2 年多前  | over 2 years ago
2022-04-17 | 近 3 年前 | nearly 3 years ago
2021-10-18 | 近 3 年前 | nearly 3 years ago
2024-10-18 | 1 天后    | in 1 day
2025-01-17 | 3 个月后  | in 3 months
"""

LAST_WORDS = """
2024-10-17 | 今天                | today
2023-10-17 | 12 个月前           | 12 months ago
2024-10-18 | 晚于截至日 1 天     | 1 day after the day shown
2026-04-17 | 晚于截至日 18 个月  | 18 months after the day shown
2026-10-17 | 晚于截至日 2 年     | 2 years after the day shown
"""

SAID_AS_OF = """
2021-06-30              | 按 2021年6月的说法      | as of June 2021
2021-06                 | 按 2021年6月的说法      | as of June 2021
2024-09/2024-12         | 按 2024年9月至12月的说法 | as of September to December 2024
"""

DAYS = """
0    | 0 天         | 0 days
1    | 1 天         | 1 day
60   | 60 天        | 60 days
61   | 2 个月       | 2 months
92   | 3 个月       | 3 months
350  | 11 个月      | 11 months
351  | 1 年         | 1 year
365  | 1 年         | 1 year
396  | 1 年 1 个月  | 1 year 1 month
457  | 1 年 3 个月  | 1 year 3 months
731  | 2 年         | 2 years
3653 | 10 年        | 10 years
"""

SLIPS = """
0 0     | 按期                    | on time
-20 -20 | 提前 20 天              | 20 days early
-40 -20 | 提前 20 至 40 天        | 20 to 40 days early
1 1     | 晚 1 天                 | 1 day late
20 40   | 晚 20 至 40 天          | 20 to 40 days late
92 183  | 晚 3 至 6 个月          | 3 to 6 months late
92 95   | 晚 3 个月               | 3 months late
50 92   | 晚 50 天至 3 个月       | 50 days to 3 months late
92 457  | 晚 3 个月至 1 年 3 个月 | 3 months to 1 year 3 months late
0 30    | 最多晚 30 天            | up to 30 days late
-30 0   | 最多提前 30 天          | up to 30 days early
-20 10  | 提前 20 天至晚 10 天    | 20 days early to 10 days late
"""

TODAY = date(2024, 10, 17)


@pytest.mark.parametrize(("text", "language", "reads"), rows(WORDS))
def test_words(text, language, reads):
    with override(language):
        assert dates.words(fuzzy_dates.parse(text)) == reads


@pytest.mark.parametrize(("text", "language", "reads"), rows(PERIODS))
def test_a_period_lasts_and_is_no_limit(text, language, reads):
    with override(language):
        assert dates.period(text) == reads


@pytest.mark.parametrize(("since", "language", "reads"), rows(AGES))
def test_age(since, language, reads):
    with override(language):
        assert dates.age(date.fromisoformat(since), TODAY) == reads


@pytest.mark.parametrize(("on", "language", "reads"), rows(LAST_WORDS))
def test_the_last_word_may_have_come_after_the_day_shown(on, language, reads):
    with override(language):
        assert dates.last_word(fuzzy_dates.parse(on), TODAY) == reads


def test_looking_back_the_day_shown_is_not_called_today():
    day = fuzzy_dates.day(TODAY)
    with override("en"):
        assert dates.last_word(day, TODAY) == "today"
        assert dates.last_word(day, TODAY, is_today=False) == "on that very day"


@pytest.mark.parametrize("asof", ["2024-09-01", "2024-10-15", "2024-12-31"])
def test_looking_back_no_word_of_a_span_is_of_the_day_within_it(asof):
    span, day = fuzzy_dates.parse("2024-09/2024-12"), date.fromisoformat(asof)
    with override("en"):
        assert dates.last_word(span, day, is_today=False) == "around the day shown"
    with override("zh-hans"):
        assert dates.last_word(span, day, is_today=False) == "所看的一天就在其间"


def test_looking_back_a_span_that_is_over_has_an_age():
    with override("en"):
        span = fuzzy_dates.parse("2024-09/2024-12")
        assert dates.last_word(span, date(2025, 1, 20), is_today=False) == "20 days ago"


@pytest.mark.parametrize(("text", "language", "reads"), rows(SAID_AS_OF))
def test_by_which_word_something_goes(text, language, reads):
    with override(language):
        assert dates.said_as_of(text) == reads


@pytest.mark.parametrize(("count", "language", "reads"), rows(DAYS))
def test_days(count, language, reads):
    with override(language):
        assert dates.days(int(count)) == reads


@pytest.mark.parametrize(("span", "language", "reads"), rows(SLIPS))
def test_slip(span, language, reads):
    least, most = map(int, span.split())
    with override(language):
        assert dates.slip((least, most)) == reads


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [("zh-hans", "2024年10月17日", "2024年10月"), ("en", "17 October 2024", "October 2024")],
)
def test_day_and_month(language, day, month):
    with override(language):
        assert (dates.day(TODAY), dates.month(TODAY)) == (day, month)


def test_without_a_language_it_is_that_of_the_msgids():
    with override("zh-hans"):
        deactivate_all()
        assert dates.day(TODAY) == "17 October 2024"


points = st.tuples(
    st.integers(2000, 2040), st.sampled_from([*range(1, 13), *range(33, 37), 40, 41, None])
).map(lambda point: f"{point[0]}-{point[1]:02}" if point[1] else str(point[0]))
some_days = st.dates(date(2000, 1, 1), date(2040, 12, 31))
# Spans of two periods, or of two days; EDTF mixes both, people do not.
spans = st.tuples(points, points).map("/".join) | st.tuples(some_days, some_days).map(
    lambda both: "/".join(one.isoformat() for one in sorted(both))
)


@given(points | some_days.map(date.isoformat) | spans, st.booleans())
@few
def test_chinese_words_typed_back_mean_the_same_days(text, is_approximate):
    try:
        fuzzy = fuzzy_dates.parse(text + "~" * is_approximate)
    except Refused:
        return
    with override("zh-hans"):
        words = dates.words(fuzzy)
    said_on = fuzzy.earliest if words.endswith("前") else fuzzy.latest + timedelta(1)
    read = chinese_dates.read(words, said_on)
    assert (read.earliest, read.latest, read.is_approximate) == (
        fuzzy.earliest,
        fuzzy.latest,
        is_approximate,
    )
