"""The projects as a workbook and back: unchanged nothing changes, and edited just what was edited."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.choices import Condition, Funding, Kind, PartyRole, RecordType, Sector, Stage, Topic
from projects.claims import projection
from projects.core import fuzzy_dates
from projects.core.fuzzy_dates import Fuzzy
from projects.core.money import Money
from projects.imports import comparison, reading, record_sheets, sheet_reader
from projects.imports.rules import compared, mapping
from projects.imports.rules.cells import Cell, Sheet, sheet_of
from projects.imports.rules.compared import ComparedRow
from projects.models import Current, Organisation, Project
from tests.cast import AT, TODAY, department, organisation, party, place, project, published
from tests.claims.test_projection import ranked, stored, undone
from tests.core.histories import histories

pytestmark = pytest.mark.django_db

names = st.text(st.sampled_from("甲乙一期(二)1A、-—_x0041_&<>=+ '无"), min_size=1, max_size=12).map(str.strip)
facts = st.fixed_dictionaries(
    {
        "name_en": names,
        "kind": st.sampled_from(Kind.values),
        "sector": st.sampled_from(["", *Sector.values]),
        "record_type": st.sampled_from(RecordType.values),
        "funding": st.sampled_from(["", *Funding.values]),
        "national_code": st.sampled_from(["", "2020-500110-44-03-123456"]),
    }
)
parties = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 4), st.sampled_from(PartyRole.values)), unique=True
)
# As they are told apart in a cell, and as no cell can say them; one goes by the name of another.
COMPANIES = {
    "某建筑公司": [],
    "甲公司、乙公司联合体": ["甲乙联合体"],
    "丙；丁": [],
    "清空": [],
    "无": ["某建筑公司"],
}
edits = {
    "name": st.just("全新的名称"),
    "name_en": st.sampled_from(["Another factory", "清空"]),
    "sector": st.sampled_from([str(one.label) for one in Sector] + ["清空"]),
    "funding": st.sampled_from(Funding.values),
    "place": st.sampled_from(["甲园区", "清空"]),
    "parent": st.sampled_from(["QJ-0001", "清空"]),
    "stage": st.sampled_from([str(one.label) for one in Stage]),
    "condition": st.sampled_from(Condition.values),
    "total_investment": st.sampled_from(["1,234.5", "2亿元", "约30000", "清空"]),
    "promised_operating": st.sampled_from(["2031年6月", "待定", "预计2031-06", "清空"]),
    "actual_started": st.sampled_from(["2021-01-05", "2021年", "清空"]),
}
MEANT = {"1,234.5": 12345000, "2亿元": 200000000, "约30000": 300000000}


def exported() -> Sheet:
    data = b"".join(record_sheets.record_workbook(Current.objects.all(), AT))
    (sheet,) = json.loads(sheet_reader.read(data))["sheets"]
    return sheet_of(sheet)


def compared_with(sheet: Sheet, on: date = TODAY) -> list[ComparedRow]:
    """As it is taken in on a day."""
    layout = reading.layout_of(sheet)
    columns = mapping.propose(layout)
    assert [one.head for one in columns if one.certainty != "sure"] == []
    assert [one.code for one in columns] == list(record_sheets.RECORD)
    rows = reading.proposed_rows(sheet, layout, columns, {}, as_of=fuzzy_dates.day(on), known_on=on)
    return comparison.compare(rows, source=None, at=AT + (on - TODAY))


def differing(rows: list[ComparedRow]) -> set[tuple[str | None, str]]:
    assert not any(row.faults for row in rows)
    return {(row.project, one.column) for row in rows for one in row.cells if one.outcome != "unchanged"}


def company(number: int) -> Organisation:
    name = list(COMPANIES)[number]
    return organisation(f"org-{number}", name=name, name_en="", aliases=COMPANIES[name])


def recorded(history: list, told: list[dict], sides: list[tuple[int, int, str]] = ()) -> list[Project]:
    """One with a history of statements, and one of which nothing is said but what it is called."""
    units = [department(), department("jingxin", name="区经济信息委"), None]
    there = [place(), place("jia", name="甲园区"), None]
    first = stored(history)
    projects = [first, project("无", place=there[1])]
    for number, (one, values) in enumerate(zip(projects, told, strict=True)):
        of = values | {"department": units[number], "place": there[number], "parent": [None, first][number]}
        Project._base_manager.filter(pk=one.pk).update(**of)
        projection.rebuild(Project.objects.get(pk=one.pk))
    for number, side, role in sides:
        party(projects[number], organisation=company(side), role=role)
    return list(Project.objects.order_by("pk"))


days = st.dates(TODAY, date(2032, 1, 1))


@given(histories().map(ranked), st.lists(facts, min_size=2, max_size=2), parties, days, days)
def test_unchanged_nothing_changes_on_whatever_day_it_comes_back(history, told, sides, by, on):
    with undone():
        projects = recorded(history, told, sides)
        published(projects[0], Topic.PROMISED, fuzzy_dates.span(TODAY, by), measure="completed")
        projection.rebuild(projects[0])
        on_record = set(Current.objects.values_list("code", flat=True))
        if on_record:
            rows = compared_with(exported(), on)
            assert {row.project for row in rows} == on_record <= {one.code for one in projects}
            assert differing(rows) == set()


@pytest.mark.parametrize(
    ("value", "qualifier", "cell"),
    [
        ("2026-03-02/2028-12-31", "", "2028年底前"),
        ("2028-33", "expected", "预计2028年一季度"),
        ("2028-40", "", "2028年上半年"),
        ("2028-06", "", "2028-06"),
        ("2021-03-02/2021-12-31", "", "2021-03-02/2021-12-31"),
    ],
)
def test_a_quarter_or_a_span_stands_in_words_as_far_as_they_are_read_as_the_same(value, qualifier, cell):
    """2028-33 is nothing that anybody at Excel would recognise."""
    of = project()
    published(of, Topic.PROMISED, fuzzy_dates.parse(value), measure="completed", qualifier=qualifier)
    projection.rebuild(of)
    column = record_sheets.RECORD.index("promised_completed") + 1
    assert exported().rows[2][column].text == cell
    for on in (TODAY, date(2028, 10, 1), date(2028, 12, 1), date(2028, 12, 31), date(2029, 1, 15)):
        assert differing(compared_with(exported(), on)) == set(), on


def test_a_limit_that_is_past_and_not_on_record_is_asked_about():
    of = project()
    promised = fuzzy_dates.parse("2026-03-02/2028-12-31")
    published(of, Topic.PROMISED, promised, measure="completed", qualifier="expected")
    projection.rebuild(of)
    sheet, column = exported(), record_sheets.RECORD.index("promised_completed") + 1
    sheet.rows[2][column] = Cell("text", "预计2027年底前")
    (row,) = compared_with(sheet, date(2029, 1, 15))
    (cell,) = [one for one in row.cells if one.outcome == "refused"]
    assert (cell.text, cell.faults[0].code) == ("预计2027年底前", "no_beginning")


def test_a_figure_that_is_about_so_much_has_no_decimals_of_its_own():
    of = project()
    published(of, Topic.TOTAL_INVESTMENT, Money(350_000_000, "yi", 1), qualifier="about")
    projection.rebuild(of)
    assert exported().rows[2][record_sheets.RECORD.index("total_investment") + 1].text == "约35000"


@given(
    histories().map(ranked),
    st.lists(facts, min_size=2, max_size=2),
    st.lists(st.sampled_from(list(edits)), min_size=1, max_size=4, unique=True),
    st.data(),
)
def test_edited_just_that_changes(history, told, columns, data):
    with undone():
        recorded(history, told)
        if not Current.objects.exists():
            return
        sheet = exported()
        before = {cell.column: cell for cell in compared_with(sheet)[0].cells}
        written = {column: data.draw(edits[column]) for column in columns}
        for column, text in written.items():
            sheet.rows[2][record_sheets.RECORD.index(column) + 1] = Cell("text", text)
        rows = compared_with(sheet)
        after = {cell.column: cell for cell in rows[0].cells}
        expected = {column for column in columns if not _is_held(written[column], column, before, after)}
        assert differing(rows) == {(rows[0].project, column) for column in expected}
        assert {one.column for one in rows[0].cells} == before.keys() | written.keys()


def _is_held(text: str, column: str, before: dict, after: dict) -> bool:
    """Whether what is written says again what the record said; worked out from the text alone."""
    held = after[column].old
    if text == "清空":
        return held is None
    if column not in before:
        return False
    old, qualifier = before[column].new, before[column].qualifier
    if isinstance(old, Money):
        return old.yuan == MEANT[text] and (qualifier == "about") is text.startswith("约")
    if isinstance(old, Fuzzy):
        return compared.is_same(old, after[column].new) and qualifier == after[column].qualifier
    return old == after[column].new


def test_amounts_to_the_yuan_and_names_that_two_places_share(db):
    """A place whose name another goes by first is written by its code."""
    first, second = place("gao", name="高新区"), place("qu-gao", name="区高新区")
    of = project("藻渡水库", place=second)
    published(of, Topic.TOTAL_INVESTMENT, Money(12_345_678_901, "yuan", 0))
    projection.rebuild(of)
    sheet = exported()
    at = {code: number for number, code in enumerate(record_sheets.RECORD, start=1)}
    assert Decimal(sheet.cell(2, at["total_investment"]).text) == Decimal("1234567.8901")
    assert sheet.cell(2, at["place"]).text == "qu-gao" != first.code
    assert differing(compared_with(sheet)) == set()


def test_its_parties_are_told_by_role_and_one_that_is_added_is_all_that_changes(db):
    of = project("藻渡水库")
    for number in range(len(COMPANIES)):
        party(of, organisation=company(number), role="owner")
    published(of)
    projection.rebuild(of)
    sheet, column = exported(), record_sheets.RECORD.index("owner") + 1
    assert sheet.cell(2, column).text == "某建筑公司、甲乙联合体、无"
    sheet.rows[2][column] = Cell("text", f"{sheet.cell(2, column).text}；新公司")
    rows = compared_with(sheet)
    assert differing(rows) == {("QJ-0001", "owner")}
    assert [one.new for one in rows[0].cells if one.outcome == "new"] == ["新公司"]
