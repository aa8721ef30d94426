"""What people type or keep in Excel, read into fuzzy dates.

Said on 17 October 2024 unless a line says otherwise. A table is compared whole: one test, not a hundred.
"""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.core.chinese_dates import read
from projects.core.fuzzy_dates import day, parse
from projects.core.refusals import Refused

SAID_ON = date(2024, 10, 17)
few = settings(max_examples=20, deadline=None, database=None)
days = st.dates(date(1990, 1, 1), date(2100, 12, 31))

TABLE = """
EDTF itself
2021                    2021
2021-12                 2021-12
2021-12-31              2021-12-31
2021-12~                2021-12~
2021-33                 2021-33
2021-41~                2021-41~
2024-09/2024-12         2024-09/2024-12
2021/2022               2021/2022
２０２１－１２          2021-12

years
2021年                  2021
2021年度                2021
今年                    2024
本年                    2024
去年                    2023
前年                    2022
明年                    2025
后年                    2026
二〇二一年              2021
二零二一年              2021

the end of a year, past and to come
2021年底                2021-12~
2021年末                2021-12~
2021年年底              2021-12~
去年底                  2023-12~
去年年底                2023-12~
2023年12月底            2023-12-21/2023-12-31~
年底                    2024-10-17/2024-12-31
年末                    2024-10-17/2024-12-31
今年底                  2024-10-17/2024-12-31
今年年底                2024-10-17/2024-12-31
明年底                  2024-10-17/2025-12-31
2025年底                2024-10-17/2025-12-31
2025年底前              2024-10-17/2025-12-31
2025年年底之前          2024-10-17/2025-12-31
年底以前                2024-10-17/2024-12-31

beginnings and middles
2021年初                2021-01~
年初                    2024-01~
明年初                  2025-01~
2021年中                2021-06-01/2021-07-31~
今年年中                2024-06-01/2024-07-31~
月初                    2024-10-01/2024-10-10~
月中                    2024-10-11/2024-10-20~
6月初                   2024-06-01/2024-06-10~
三季度初                2024-07~
三季度中                2024-08~

halves and quarters
上半年                  2024-40
下半年                  2024-41
2024年上半年            2024-40
明年上半年              2025-40
去年下半年              2023-41
三季度                  2024-35
第三季度                2024-35
2024年三季度            2024-35
2024年第3季度           2024-35
去年四季度              2023-36
一季度末                2024-03~
2024年一季度末          2024-03~
四季度末                2024-10-17/2024-12-31
上半年末                2024-06~
明年上半年底            2024-10-17/2025-06-30

months and ten days
2023年6月               2023-06
2023年06月              2023-06
2023年6月份             2023-06
6月                     2024-06
十二月                  2024-12
二〇二一年六月          2021-06
二〇二一年十月          2021-10
本月                    2024-10
这个月                  2024-10
本月份                  2024-10
上月                    2024-09
上个月                  2024-09
下月                    2024-11
下个月                  2024-11
去年6月                 2023-06
明年3月                 2025-03
6月上旬                 2024-06-01/2024-06-10
6月中旬                 2024-06-11/2024-06-20
6月下旬                 2024-06-21/2024-06-30
2月下旬                 2024-02-21/2024-02-29
2023年2月下旬           2023-02-21/2023-02-28
去年12月下旬            2023-12-21/2023-12-31
上月下旬                2024-09-21/2024-09-30
6月底                   2024-06-21/2024-06-30~
月底                    2024-10-17/2024-10-31
本月底                  2024-10-17/2024-10-31
上月底                  2024-09-21/2024-09-30~
12月底                  2024-10-17/2024-12-31
12月末                  2024-10-17/2024-12-31
12月底前                2024-10-17/2024-12-31

days
2023年6月5日            2023-06-05
2023年6月5号            2023-06-05
2023年06月05日          2023-06-05
6月5日                  2024-06-05
本月10日                2024-10-10
上月10号                2024-09-10
去年6月5日              2023-06-05
2021年 12月 31日        2021-12-31
２０２１年１２月３１日  2021-12-31
二零二一年十二月三十一日 2021-12-31
二〇二一年十月十日      2021-10-10
二○二一年二月二十日     2021-02-20
12月31日前              2024-10-17/2024-12-31
2025年6月30日之前       2024-10-17/2025-06-30
2025-06-30前            2024-10-17/2025-06-30
10月17日前              2024-10-17

western forms and Excel
2021/3/1                2021-03-01
2021.3.1                2021-03-01
2021-3-1                2021-03-01
2021/03/01              2021-03-01
2021/3                  2021-03
2021/12                 2021-12
2021-3                  2021-03
2021.03                 2021-03
2021.3                  2021-03
2021.10                 2021-10
2021.11                 2021-11
２０２１．０３          2021-03
20210301                2021-03-01
2021-03-01 00:00:00     2021-03-01
44256                   2021-03-01
32874                   1990-01-01
73415                   2100-12-31

so far and within
今年以来                2024-01-01/2024-10-17
去年以来                2023-01-01/2024-10-17
本月以来                2024-10-01/2024-10-17
6月以来                 2024-06-01/2024-10-17
年初以来                2024-01-01/2024-10-17
年内                    2024-10-17/2024-12-31
今年内                  2024-10-17/2024-12-31
今年年内                2024-10-17/2024-12-31
月内                    2024-10-17/2024-10-31
2025年内                2025
2021年内                2021

spans
2024年9月至12月         2024-09/2024-12
2024年9月到12月         2024-09/2024-12
2024年9月-12月          2024-09/2024-12
2024年9月—12月          2024-09/2024-12
2024年9月——12月         2024-09/2024-12
2024年9月~12月          2024-09/2024-12
2024年9月～12月         2024-09/2024-12
2024年9月－12月         2024-09/2024-12
2024年9-12月            2024-09/2024-12
2024年九至十二月        2024-09/2024-12
2024年9月—2025年3月     2024-09/2025-03
9月至12月               2024-09/2024-12
1-9月                   2024-01/2024-09
去年6月至9月            2023-06/2023-09
去年6月至今年9月        2023-06/2024-09
今年6月至明年3月        2024-06/2025-03
2021-2023年             2021/2023
2021-2023               2021/2023
2021年至2023年          2021/2023
一至三季度              2024-33/2024-35
2023年二季度至三季度    2023-34/2023-35
3月1日至5日             2024-03-01/2024-03-05
3月1-5日                2024-03-01/2024-03-05
2023年3月1日至4月5日    2023-03-01/2023-04-05
2021.3-2021.5           2021-03/2021-05
2021.1-2021.6           2021-01/2021-06
2021-3-2021-5           2021-03/2021-05
2021/3/1-2021/5/1       2021-03-01/2021-05-01
2021-03-01至2021-05-01  2021-03-01/2021-05-01
2021-03-01~2021-05-01   2021-03-01/2021-05-01
6月上旬至7月            2024-06-01/2024-07
9月至12月底             2024-09/2024-12-31~
2023年9月至年底         2023-09/2023-12~
2024年底至2025年初      2024-12~/2025-01~
6月10日至月底           2024-06-10/2024-06-30~

approximate
约2021年                2021~
约 2021 年 6 月         2021-06~
大约6月                 2024-06~
2021年6月左右           2021-06~
2021年前后              2021~
2021/3~                 2021-03~
约2021年底              2021-12~
明年底左右              2024-10-17/2025-12-31~
约2024年9月至12月       2024-09/2024-12~
"""
ROWS = dict(line.rsplit(maxsplit=1) for line in TABLE.splitlines() if line and line[-1] in "0123456789~")


def test_what_was_typed():
    assert len(ROWS) > 150
    assert {typed: read(typed, SAID_ON) for typed in ROWS} == {k: parse(text) for k, text in ROWS.items()}


@pytest.mark.parametrize(
    ("typed", "said_on", "text"),
    [
        ("2021年底", date(2021, 12, 31), "2021-12-31"),
        ("2021年底", date(2022, 1, 1), "2021-12~"),
        ("2021年底", date(2021, 1, 1), "2021"),
        ("2021年底", date(2020, 6, 1), "2020-06-01/2021-12-31"),
        ("年底前", date(2021, 12, 1), "2021-12"),
        ("上月", date(2024, 1, 15), "2023-12"),
        ("27年底", date(2026, 2, 28), "2026-02-28/2027-12-31"),
        ("26年3月至27年6月", date(2026, 2, 28), "2026-03/2027-06"),
        ("上半年", date(2026, 2, 28), "2026-40"),
        ("Q3", date(2026, 2, 28), "2026-35"),
        ("2027Q1", date(2026, 2, 28), "2027-33"),
        ("下月10日", date(2024, 12, 15), "2025-01-10"),
        ("2月底", date(2023, 3, 1), "2023-02-21/2023-02-28~"),
        ("今年以来", date(2024, 1, 1), "2024-01-01"),
        ("6月5日", date(2021, 1, 1), "2021-06-05"),
        ("2月29日", date(2024, 1, 1), "2024-02-29"),
        ("\ufeff2021年6月\u200b", SAID_ON, "2021-06"),
        ("\u30002021年\u00a06月\n", SAID_ON, "2021-06"),
    ],
)
def test_the_day_it_was_said_on_counts(typed, said_on, text):
    assert read(typed, said_on) == parse(text)


REFUSED = {
    "unreadable_date": """
        待定 尽快 近期 日前 目前 春节前 年前 3年内 3天前 5个月内 一年 三 年 月 日 底 年底底 上旬 10日 前
        内 约 ~ - 至 57年6月 十年 10年内 2021年13 2021底 第五季度 前三季度 2021年本月 去年同期 正月 腊月初八
        2021年春
        2021年以后 2021年6月后 2021年6月5日底 2021年6月上旬底 6月5日10时 两千零二十一年 2021-3月
        2024.9-12 至2025年 2021年至 3月至10日 2023年至年底 2021-2022-2023 202103 2021112 32873 73416
        123456789 四四五六二 二十十年 2十2十年 年初内 本月末内 March ٢٠٢١ 2021/3-5/1 0 -1 1.5
    """,
    "ambiguous": "2025年前 2025年之前 2025年6月前 12月以前 上半年前 明年前 2025.6前 6月上旬前 2021.1",
    "no_beginning": "2021年底前 6月30日前 2021年底之前 6月底前",
    "no_such_day": """
        2023年2月29日 2021年13月 2021年33月 2021年0月 6月31日 2021/13/1 2021.33 2021-02-30 20211301 20213301
    """,
    "reversed": "2024年9月至3月 2025年以来 2022/2021 12月至去年3月",
    "year_out_of_range": "1899年 2201/1/1 18991231 0021年6月",
}


def _why(typed):
    with pytest.raises(Refused) as refusal:
        read(typed, SAID_ON)
    assert refusal.value.faults[0].values["text"] == typed
    return refusal.value.code


@pytest.mark.parametrize("why", REFUSED)
def test_what_is_refused(why):
    texts = REFUSED[why].split()
    assert {typed: _why(typed) for typed in texts} == dict.fromkeys(texts, why)


@pytest.mark.parametrize("typed", ["", "  ", "2021 1 1", "2021 11 2"])
def test_blanks_neither_make_nor_break_a_number(typed):
    assert _why(typed) == "unreadable_date"


NUMERALS = "〇一二三四五六七八九"


def _in_numerals(number):
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else NUMERALS[tens]) + ("十" if tens else "") + (NUMERALS[ones] if ones else "")


@few
@given(days, days)
def test_a_day_reads_the_same_however_it_is_written(on, said_on):
    y, m, d = on.year, on.month, on.day
    year = "".join(NUMERALS[int(digit)] for digit in str(y))
    numerals = f"{year}年{_in_numerals(m)}月{_in_numerals(d)}日"
    serial = str((on - date(1899, 12, 30)).days)
    forms = [
        f"{y}年{m}月{d}日",
        f"{y}/{m}/{d}",
        f"{y}.{m}.{d}",
        f"{y}-{m}-{d}",
        f"{on:%Y%m%d}",
        numerals,
        serial,
    ]
    assert {read(form, said_on) for form in forms} == {day(on)}


@few
@given(
    st.integers(1990, 2100), st.sampled_from(["", "-02", "-12", "-33", "-36", "-40", "-41", "-10-17"]), days
)
def test_edtf_means_itself_whenever_it_is_said(year, code, said_on):
    for text in (f"{year}{code}", f"{year}{code}~", f"{year}{code}/{year + 1}"):
        assert read(text, said_on) == parse(text)


@few
@given(st.integers(1990, 2100), st.integers(1, 12), days)
def test_an_end_is_past_or_still_a_limit(year, month, said_on):
    end = read(f"{year}年{month}月底", said_on)
    whole = parse(f"{year}-{month:02}")
    assert end.latest == whole.latest
    assert end.is_approximate == (whole.latest < said_on)
    assert end.is_approximate or end.earliest == said_on


@settings(max_examples=60, deadline=None, database=None)
@given(st.text("20 1394年月日底前内至-/.~约今去本上下旬半第季度初末以来十二〇", max_size=12), days)
def test_anything_else_is_refused_and_nothing_breaks(typed, said_on):
    try:
        found = read(typed, said_on)
    except Refused as refusal:
        assert refusal.faults[0].values["text"] == typed
    else:
        assert parse(found.text) == found
