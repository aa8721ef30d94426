"""What headings say, and which column of the catalogue they are."""

import pytest

from projects.choices import Method
from projects.core import fuzzy_dates
from projects.imports import reading
from projects.imports.rules.headings import SURE, UNKNOWN, UNSURE, HeadMeaning, match_head, meaning_of, near
from projects.words.columns import COLUMNS
from projects.words.headings import PROJECTS

AS_OF = fuzzy_dates.parse("2026-03-31")


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("总投资（万元）", HeadMeaning("总投资", "wan")),
        ("总投资\n(单位：亿元)", HeadMeaning("总投资", "yi")),
        ("总投资【元】", HeadMeaning("总投资", "yuan")),
        ("总投资/万元", HeadMeaning("总投资", "wan")),
        ("总投资 单位:亿元", HeadMeaning("总投资", "yi")),
        ("计划总投资额万元", HeadMeaning("计划总投资额", "wan")),
        ("形象进度（％）", HeadMeaning("形象进度", "%")),
        ("２０２６年计划投资（万元）", HeadMeaning("计划投资", "wan", 2026)),
        ("2026年1-3月完成投资", HeadMeaning("完成投资", "", 2026, (1, 3))),
        ("1至3月份累计完成投资", HeadMeaning("累计完成投资", "", None, (1, 3))),
        ("截至2026年3月底累计完成投资", HeadMeaning("累计完成投资", "", 2026, (1, 3))),
        (
            "本月完成投资（统计口径）",
            HeadMeaning("本月完成投资", "", None, None, True, Method.STATISTICS.value),
        ),
        ("项 目 名 称*", HeadMeaning("项目名称")),
        ("竣（完）工时间", HeadMeaning("竣完工时间")),
        ("开工时间（计划）", HeadMeaning("开工时间计划")),
        ("13月", HeadMeaning("13月")),
    ],
)
def test_a_heading_says_name_unit_time_and_book(text, meaning):
    assert meaning_of(text) == meaning


@pytest.mark.parametrize(
    ("text", "period", "as_of"),
    [
        ("年度计划投资", "2026", "2026-03-31"),
        ("2025年完成投资", "2025", "2026-03-31"),
        ("1-2月完成投资", "2026", "2026-02"),
        ("1-3月完成投资", "2026", "2026-03-31"),
        ("2月完成投资", "2026-02", "2026-02"),
        ("本月完成投资", "2026-03", "2026-03-31"),
    ],
)
def test_a_figure_is_of_the_time_that_its_heading_says(text, period, as_of):
    meaning = meaning_of(text)
    assert (meaning.period(AS_OF), meaning.as_of(AS_OF).text) == (period, as_of)


@pytest.mark.parametrize(
    ("text", "certainty", "codes"),
    [
        ("项目名称", SURE, ("name",)),
        ("name", SURE, ("name",)),
        ("牵头责任单位", SURE, ("department",)),
        ("实际开工时间", SURE, ("actual_started",)),
        ("开工日期", SURE, ("date_started",)),
        ("拟竣工时间", SURE, ("promised_completed",)),
        ("计划投产/投用时间", SURE, ("promised_operating",)),
        ("项目类型", UNSURE, ("kind", "record_type")),
        ("2026年累计完成投资", UNSURE, ("invested_in_period", "invested_to_date")),
        ("截至3月底累计完成投资", SURE, ("invested_to_date",)),
        ("今年累计完成投资", SURE, ("invested_in_period",)),
        ("总投资（%）", UNSURE, ("total_investment",)),
        ("完成进度（万元）", UNSURE, ("progress",)),
        ("完成进度（%）", SURE, ("progress",)),
        ("联系电话", UNKNOWN, ()),
    ],
)
def test_a_heading_is_matched_by_the_catalogue(text, certainty, codes):
    found = match_head(text, (meaning_of(text).name,), reading.names())
    assert (found.certainty, found.codes) == (certainty, codes)


def test_what_looks_like_a_name_is_offered_and_never_taken():
    found = near(("项目牵头的责任单位",), reading.names())
    assert found.certainty == UNSURE
    assert "department" in found.codes
    assert near(("联系电话",), reading.names()).codes == ()


@pytest.mark.parametrize("key", PROJECTS)
def test_every_column_is_found_by_its_own_names(key):
    names = reading.names()
    for text in (key, *COLUMNS[key].synonyms):
        assert key in names[meaning_of(text).name], text
