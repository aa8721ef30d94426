"""Sheets with one statement a row: what each says, what is refused, and that wide sheets say the same."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.core.refusals import Fault
from projects.core.statements import Series
from projects.imports import batches, decisions, reading, sheet_file
from projects.imports.draft_sheet import DraftSheet
from projects.imports.rules import compared, headings, mapping, statement_reading
from projects.models import Batch, Claim, Project
from projects.words import refusals
from projects.words.headings import STATEMENTS
from tests.cast import AT, project, section, source
from tests.imports.workbooks import Failed, take_in, workbook

AS_OF, KNOWN_ON = fuzzy_dates.parse("2026-02-28"), date(2026, 3, 2)
HEADS = ["项目名称", "指标", "数值", "单位", "截至日期", "所属期", "备注"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(db) -> Project:
    return project("藻渡水库")


def read(table: list[list], choices=None, **more):
    (sheet,) = sheet_file.read(workbook(table))
    layout = reading.layout_of(sheet)
    columns = mapping.propose(layout)
    told = {"as_of": AS_OF, "known_on": KNOWN_ON} | more
    return reading.proposed_rows(sheet, layout, columns, choices or {}, **told)


def long_rows(*rows: list, heads: list[str] = HEADS, **more):
    return read([heads, *rows], **more)


def claims(row) -> list[tuple]:
    return [
        (one.column, one.series, getattr(one.value, "text", one.value), one.qualifier, one.as_of.text)
        for one in row.claims
    ]


def faults(rows) -> list[tuple]:
    return [(row.number, one.column, one.cell, one.code) for row in rows for one in row.faults]


def taken(people, *rows: list, heads: list[str] = HEADS, digest: str = "a" * 64, sender: str = "") -> Batch:
    data = workbook([heads, *rows])
    (batch,) = take_in("逐条.xlsx", data, digest, sender=sender, by=people.editor, at=AT)
    return batches.save(batch, expected=batch.version, by=people.editor, at=AT, as_of="2026-02-28")


def sent(people, batch: Batch) -> list[Batch]:
    told = {"expected": batch.version, "by": people.editor, "at": AT}
    return batches.send(batch, DraftSheet(batch).rows(AT), **told)


def approved(people, batch: Batch) -> None:
    for part in sent(people, batch):
        decisions.approve(part, expected=part.version, by=people.second_editor, at=AT)


# What a row says

SAYS = {
    "a sum in the unit beside it": (
        ["总投资", 1.5, "亿元"],
        ("total_investment", Series("total_investment"), Money(150000000, "yi", 1), "", "2026-02-28"),
    ),
    "in the unit of the label": (
        ["总投资（万元）", "约3000", ""],
        ("total_investment", Series("total_investment"), Money(30000000, "wan", 0), "about", "2026-02-28"),
    ),
    "in its own": (
        ["累计完成投资", "1.2亿", "", "2026年1月"],
        ("invested_to_date", Series("invested_to_date"), Money(120000000, "yi", 1), "", "2026-01"),
    ),
    "of a year": (
        ["年度计划投资", 500, "万元", "", 2026],
        ("annual_plan", Series("annual_plan", period="2026"), Money(5000000, "wan", 0), "", "2026-02-28"),
    ),
    "of a month": (
        ["完成投资", 50, "万元", "", "2026年1月"],
        (
            "invested_in_period",
            Series("invested_in_period", period="2026-01"),
            Money(500000, "wan", 0),
            "",
            "2026-01",
        ),
    ),
    "by a book": (
        ["累计完成投资（统计口径）", 50, "万元"],
        (
            "invested_to_date",
            Series("invested_to_date", method="statistics"),
            Money(500000, "wan", 0),
            "",
            "2026-02-28",
        ),
    ),
    "a stage": (["进展阶段", "在建", "—"], ("stage", Series("stage"), "building", "", "2026-02-28")),
    "by a code": (["stage", "building", ""], ("stage", Series("stage"), "building", "", "2026-02-28")),
    "a promise": (
        ["计划竣工时间", "预计2027年6月", ""],
        (
            "promised_completed",
            Series("promised", "completed"),
            "2027-06",
            "expected",
            "2026-02-28",
        ),
    ),
    "what came true": (
        ["开工时间", date(2025, 3, 1), ""],
        ("date_started", Series("actual", "started"), "2025-03-01", "", "2025-03-01"),
    ),
    "words of the progress": (
        ["形象进度", "主体施工", ""],
        ("works", Series("works"), "主体施工", "", "2026-02-28"),
    ),
    "what is taken back": (
        ["总投资", "清空", "亿元"],
        ("total_investment", Series("total_investment"), None, "", "2026-02-28"),
    ),
}


@pytest.mark.parametrize(("cells", "said"), SAYS.values(), ids=SAYS)
def test_a_row_says_one_thing_of_a_project(known, cells, said):
    (row,) = long_rows(["藻渡水库", *cells])
    assert (row.project, row.faults, claims(row)) == (known.code, (), [said])


def test_a_figure_of_the_progress_is_a_per_cent(known):
    (row,) = long_rows(["藻渡水库", "形象进度", "35%"])
    assert row.claims[0].column == "progress"


def test_place_and_note_stand_beside_it(known):
    heads = ["项目编号", "指标", "数值", "来源章节", "来源段落", "备注"]
    (row,) = long_rows([known.code, "进展阶段", "在建", 2, 3, "见第二节"], heads=heads)
    assert (row.claims[0].place, row.claims[0].note) == ((2, 3, None), "见第二节")


def test_every_column_of_a_claim_can_be_named_by_its_code():
    for code in STATEMENTS:
        assert code in reading.statement_names().get(headings.plain_name(code), (code,))


# What is wrong


WRONG = {
    "no project of that name": (["无名项目", "进展阶段", "在建"], ("name", "A2", "name_unknown")),
    "no name": (["", "进展阶段", "在建"], ("name", "A2", "name_missing")),
    "no label": (["藻渡水库", "", "在建"], ("statement", "B2", "statement_missing")),
    "no such label": (["藻渡水库", "绿化率", "35%"], ("statement", "B2", "unknown_statement")),
    "a label of two": (
        ["藻渡水库", "累计完成投资", 5, "万元", "", "2026年"],
        ("statement", "B2", "unknown_statement"),
    ),
    "words for a sum": (["藻渡水库", "总投资", "若干", "万元"], ("total_investment", "C2", "unreadable_sum")),
    "a sum without a unit": (["藻渡水库", "总投资", 5], ("total_investment", "C2", "no_unit")),
    "a sum for a date": (
        ["藻渡水库", "计划竣工时间", "1.2亿"],
        ("promised_completed", "C2", "unreadable_date"),
    ),
    "no word of a stage": (["藻渡水库", "进展阶段", "在建中"], ("stage", "C2", "unknown_word")),
    "another unit": (["藻渡水库", "总投资", 5, "公里"], ("said_unit", "D2", "unit_unfit")),
    "two units": (["藻渡水库", "总投资（万元）", 5, "亿元"], ("said_unit", "D2", "unit_unfit")),
    "money for progress": (["藻渡水库", "工程进度", 5, "万元"], ("said_unit", "D2", "unit_unfit")),
    "no day": (["藻渡水库", "进展阶段", "在建", "", "尽快"], ("said_as_of", "E2", "unreadable_date")),
    "no period": (["藻渡水库", "完成投资", "5亿", "", "", "三季度"], ("said_period", "F2", "period_unfit")),
    "another time": (["藻渡水库", "进展阶段", "在建", "", "", 2025], ("said_period", "F2", "period_unfit")),
    "two years": (
        ["藻渡水库", "2025年计划投资", "5亿", "", "", 2026],
        ("said_period", "F2", "period_unfit"),
    ),
    "a failed formula": (["藻渡水库", "总投资", Failed()], ("said_value", "C2", "cell_error")),
}


@pytest.mark.parametrize(("cells", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_named_in_its_cell(known, cells, said):
    rows = long_rows(cells)
    assert faults(rows) == [(2, *said)] and (rows[0].claims == () or said[0] == "name")
    (fault,) = rows[0].faults
    for language in ("en", "zh-hans"):
        with override(language):
            assert "%(" not in refusals.sentence(Fault(fault.code, fault.column, {"text": fault.text}))


def test_near_names_and_labels_are_offered_and_taken_as_chosen(known):
    said = ["重庆市綦江区藻渡水库", "总投资计划", "5亿"]
    (row,) = long_rows(said)
    assert [(one.column, one.near) for one in row.faults][0] == ("name", (known.code,))
    assert "total_investment" in row.faults[1].near
    chosen = {("name", said[0]): known.code, ("statement", said[1]): "total_investment"}
    (row,) = long_rows(said, choices=chosen)
    assert (row.project, row.faults, row.claims[0].column) == (known.code, (), "total_investment")


def test_what_is_near_a_label_is_looked_for_once(known, monkeypatch):
    asked = []
    monkeypatch.setattr(statement_reading, "near", lambda *told: asked.append(told) or headings.near(*told))
    rows = long_rows(*(["藻渡水库", "总投资计划", n] for n in range(30)))
    assert {row.faults[0].near for row in rows} == {rows[0].faults[0].near} and len(asked) == 1


def test_a_number_and_another_name_are_refused_and_rename_nothing(known):
    project("赶水铁路物流园")
    heads = ["项目编号", "项目名称", "指标", "数值"]
    rows = long_rows(
        [known.code, "赶水铁路物流园", "进展阶段", "在建"],
        [known.code, "藻渡水库", "工程进度", 3],
        heads=heads,
    )
    assert faults(rows) == [(2, "name", "B2", "name_of_another")]
    assert rows[1].facts == () and rows[1].claims


def test_the_same_twice_counts_once_and_where_two_differ_both_are_named(known):
    rows = long_rows(
        ["藻渡水库", "总投资", 1.5, "亿元"],
        ["藻渡水库", "总投资", 15000, "万元"],
        ["藻渡水库", "总投资", 2, "亿元", "2026-01-31"],
        ["藻渡水库", "开工时间", "2025年3月"],
        ["藻渡水库", "实际开工时间", "2025年4月"],
        ["藻渡水库", "进展阶段", "在建"],
    )
    assert [len(row.claims) for row in rows] == [1, 0, 1, 1, 1, 1]
    assert [(number, code) for number, *_, code in faults(rows)] == [
        (5, "statement_twice"),
        (6, "statement_twice"),
    ]


def test_of_projects_that_cannot_be_found_nothing_is_said_twice(known):
    rows = long_rows(["无名一", "总投资", "5亿"], ["无名二", "总投资", "6亿"])
    assert [one[-1] for one in faults(rows)] == ["name_unknown", "name_unknown"]


def test_two_that_differ_at_two_places_of_a_document_both_stand(known):
    heads = ["项目名称", "指标", "数值", "来源章节", "来源段落"]
    rows = long_rows(["藻渡水库", "总投资", "5亿", 1, 1], ["藻渡水库", "总投资", "6亿", 2, 1], heads=heads)
    assert faults(rows) == [] and all(row.claims for row in rows)


def test_what_is_taken_back_and_said_anew_differs(known):
    rows = long_rows(["藻渡水库", "总投资", "清空"], ["藻渡水库", "总投资", "6亿", "", "2026-01-31"])
    assert [one[-1] for one in faults(rows)] == ["statement_twice", "statement_twice"]


# As a file


def test_the_kind_of_sheet_is_seen_by_its_heading(people, known):
    draft = taken(people, ["藻渡水库", "总投资", 1.5, "亿元"])
    assert [one["code"] for one in draft.mapping] == [
        *("name", "statement", "said_value", "said_unit"),
        *("said_as_of", "said_period", "note"),
    ]
    wide = taken(
        people, ["藻渡水库", 5, "区发改委"], heads=["项目名称", "总投资（万元）", "单位"], digest="b" * 64
    )
    assert [one["code"] for one in wide.mapping] == ["name", "total_investment", ""]


def test_a_wrong_value_is_written_anew_where_its_label_says_so(people, known):
    draft = taken(people, ["藻渡水库", "总投资", "若干", "亿元"], ["藻渡水库", "目前进展", "若干"])
    draft.choices = [["total_investment", "若干", "=1.5"]]
    one, other = DraftSheet(draft).rows(AT)
    assert (one.claims[0].value, other.claims[0].value) == (Money(150000000, "yi", 1), "若干")


def test_skipping_one_of_two_that_differ_lets_the_other_stand(people, known):
    rows = ["藻渡水库", "总投资", "5亿"], ["藻渡水库", "总投资", "6亿"]
    for skipped in (2, 3):
        draft = taken(people, *rows, digest=f"{skipped}" * 64)
        draft.skipped = [skipped]
        found = DraftSheet(draft).compared(AT)
        assert [row.is_refused for row in found] == [False, False]
        assert [row.is_skipped for row in found] == [skipped == 2, skipped == 3]


LONG = [
    ["藻渡水库", "总投资", 1.5, "亿元"],
    ["赶水物流园", "总投资（万元）", "1,200", ""],
    ["藻渡水库", "2026年计划投资", 300, "万元"],
    ["藻渡水库", "完成投资", 50, "万元", "", "2026年1月"],
    ["赶水物流园", "进展阶段", "在建", ""],
    ["藻渡水库", "计划竣工时间", "2027年底", ""],
    ["赶水物流园", "开工时间", "2025.03.01", ""],
    ["赶水物流园", "工程进度", "35%", ""],
]
WIDE_HEADS = [
    *("项目名称", "总投资（万元）", "2026年计划投资（万元）", "2026年1月完成投资（万元）"),
    *("进展阶段", "计划竣工时间", "开工时间", "工程进度"),
]
WIDE = [
    ["藻渡水库", 15000, 300, 50, None, "2027年底"],
    ["赶水物流园", 1200, None, None, "在建", None, date(2025, 3, 1), 35],
]
OF_A_CLAIM = (
    *("project__name", "topic", "measure", "period", "method", "value_yuan", "value_code", "value_number"),
    *("value_date", "qualifier", "as_of", "known_on", "note"),
)


def of_file(people, *rows: list, heads: list[str], digest: str) -> set[tuple]:
    batch = taken(people, *rows, heads=heads, digest=digest)
    (part,) = sent(people, batch)
    decisions.refuse(part, expected=part.version, why="no", by=people.second_editor, at=AT)
    return set(Claim.objects.filter(batch=part).values_list(*OF_A_CLAIM))


def test_the_same_facts_in_either_form_are_equal_claims(people, known):
    project("赶水物流园")
    long = of_file(people, *LONG, heads=HEADS, digest="a" * 64)
    assert long == of_file(people, *WIDE, heads=WIDE_HEADS, digest="b" * 64)
    assert len(long) == len(LONG)
    other = [*LONG[:-1], ["赶水物流园", "工程进度", "36%", ""]]
    assert long != of_file(people, *other, heads=HEADS, digest="c" * 64), "the control: one figure differs"


def test_each_statement_keeps_the_row_that_it_stands_in(people, known):
    project("赶水物流园")
    (part,) = sent(people, taken(people, *LONG))
    rows = Claim.objects.filter(batch=part).order_by("paragraph").values_list("paragraph", flat=True)
    assert list(rows) == list(range(2, 2 + len(LONG)))


def test_the_same_file_again_changes_nothing(people, known):
    project("赶水物流园")
    approved(people, taken(people, *LONG))
    again = taken(people, *LONG, digest="b" * 64)
    assert {one.outcome for row in DraftSheet(again).compared(AT) for one in row.cells} == {"unchanged"}


def test_a_document_may_say_them(people, known):
    paper = source()
    section(paper, "2")
    heads = ["项目名称", "指标", "数值", "来源章节", "来源段落"]
    draft = taken(people, ["藻渡水库", "总投资", "5亿", 2, 1], heads=heads)
    told = {"source": paper, "as_of": "2024-10-17"}
    draft = batches.save(draft, expected=draft.version, by=people.editor, at=AT, **told)
    approved(people, draft)
    (claim,) = Claim.objects.approved()
    assert (claim.source, claim.section.number, claim.paragraph) == (paper, "2", 1)


def test_a_large_file_is_parted_between_projects_wherever_their_rows_stand(people, known, monkeypatch):
    project("赶水物流园")
    monkeypatch.setattr(compared.parts, "__defaults__", (4,))
    parts = sent(people, taken(people, *LONG))
    assert [set(one.claims.values_list("project__name", flat=True)) for one in parts] == [
        {"藻渡水库"},
        {"赶水物流园"},
    ]


def test_however_many_rows_there_are_the_record_is_asked_as_often(people, known):
    def statements(count: int) -> int:
        rows = [["藻渡水库", "累计完成投资", n, "万元", f"2025-{n:02}-01"] for n in range(1, count)]
        draft = taken(people, *rows, digest=f"{count:064}")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert not any(row.is_refused for row in DraftSheet(draft).compared(AT))
        return len(asked)

    assert statements(3) == statements(12)
