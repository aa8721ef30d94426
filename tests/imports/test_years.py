"""Years of building in one cell: the start and the completion that they say, and what is asked about."""

import pytest

from projects.core.refusals import Refused
from projects.core.statements import Series
from projects.imports.rules import years
from tests.cast import project
from tests.imports.test_reading import AS_OF, claims, faults, row_of

pytestmark = pytest.mark.django_db

STARTED, TO_START = Series("actual", "started"), Series("promised", "started")
TO_COMPLETE = Series("promised", "completed")
BY_END = "2026-02-28/2027-12-31"
SAID = {
    "2024-2027": ((STARTED, "2024"), (TO_COMPLETE, "2027")),
    "2024～2027": ((STARTED, "2024"), (TO_COMPLETE, "2027")),
    "2024年—2027年": ((STARTED, "2024"), (TO_COMPLETE, "2027")),
    "2024-2027年": ((STARTED, "2024"), (TO_COMPLETE, "2027")),
    "2024/2027": ((STARTED, "2024"), (TO_COMPLETE, "2027")),
    "2024年3月至2027年底": ((STARTED, "2024-03"), (TO_COMPLETE, BY_END)),
    "2024.03-2027.12": ((STARTED, "2024-03"), (TO_COMPLETE, "2027-12")),
    "2024-03-2027-12": ((STARTED, "2024-03"), (TO_COMPLETE, "2027-12")),
    "2024/3-2027/12": ((STARTED, "2024-03"), (TO_COMPLETE, "2027-12")),
    "2024年3月开工，2027年底竣工": ((STARTED, "2024-03"), (TO_COMPLETE, BY_END)),
    "2027-2029": ((TO_START, "2027"), (TO_COMPLETE, "2029")),
    "2024-2026": ((STARTED, "2024"), (TO_COMPLETE, "2026")),
    "计划2026-2028": ((TO_START, "2026"), (TO_COMPLETE, "2028")),
    "计划2021-2023": ((TO_START, "2021"), (TO_COMPLETE, "2023")),
    "已于2026年1月-2027": ((STARTED, "2026-01"), (TO_COMPLETE, "2027")),
    "已于2021年-已于2023年": ((STARTED, "2021"), (Series("actual", "completed"), "2023")),
    "2024-待定": ((STARTED, "2024"), (TO_COMPLETE, "tbd")),
}
ASKED = {
    "2026-2028": "years_in_doubt",  # it may have started, or not
    "2021-2023": "years_in_doubt",  # it may be complete, or late
    "2027-2024": "reversed",
    "2024": "unreadable_years",
    "2024-03": "unreadable_years",
    "2024年3月-12月": "unreadable_years",
    "2024-25": "unreadable_years",
    "2024-2025-2027": "unreadable_years",
    "36个月": "unreadable_years",
    "待定": "unreadable_years",
    "2024-2.5": "unreadable_years",
    "清空": "not_cleared_here",
}


@pytest.mark.parametrize(("text", "said"), SAID.items(), ids=SAID)
@pytest.mark.parametrize("head", ["建设起止年限", "建设年限"])
def test_years_say_the_start_and_the_completion_promised(head, text, said):
    row = row_of(f"项目名称|{head}", "新厂", text)
    found = [(series, value) for _cell, series, value, *_rest in claims(row)]
    assert (tuple(found), row.faults) == (said, ())
    assert {one.cell for one in row.claims} == {"B2"}


def test_what_was_expected_is_so_on_both_sides():
    row = row_of("项目名称|建设年限", "新厂", "预计2027-2029")
    assert [one.qualifier for one in row.claims] == ["expected", "expected"]


@pytest.mark.parametrize(("text", "code"), ASKED.items(), ids=ASKED)
def test_years_in_doubt_are_asked_about(text, code):
    row = row_of("项目名称|建设年限", "新厂", text)
    assert (faults(row), row.claims) == ([("years", "B2", text, code, ())], ())


@pytest.mark.parametrize("heads", ["建设年限|实际开工时间", "实际开工时间|建设年限"])
def test_a_step_with_a_column_of_its_own_is_read_there(heads):
    """The years are shown as left out for it: which is right, two cells of one row must not say."""
    texts = {"建设年限": "2024-2027", "实际开工时间": "2025-03"}
    row = row_of(f"项目名称|{heads}", "新厂", *map(texts.get, heads.split("|")))
    said = {(one.series, one.value.text) for one in row.claims}
    assert said == {(STARTED, "2025-03"), (TO_COMPLETE, "2027")}
    assert [one.value for one in row.facts if one.column == "years"] == ["2024-2027"]


def test_an_empty_column_of_its_own_leaves_the_years():
    row = row_of("项目名称|建设年限|计划竣工时间", "新厂", "2024-2027", "—")
    assert {one.series for one in row.claims} == {STARTED, TO_COMPLETE}
    assert [one.column for one in row.facts] == ["name"]


def test_years_of_a_project_on_record_change_no_fact_of_it():
    known = project("藻渡水库")
    row = row_of("项目名称|建设年限", "藻渡水库", "2024-2027")
    assert (row.project, row.facts, len(row.claims)) == (known.code, (), 2)


@pytest.mark.parametrize("text", [*ASKED, *SAID, "", "-", "至", "2024-", "-2027", "9999-99999"])
def test_any_text_is_parted_or_refused_in_a_code(text):
    try:
        assert len(years.sides(text, AS_OF.latest)) == 2
    except Refused as refused:
        assert refused.code in ("unreadable_years", "reversed")
