"""Ten forms of superiors, filled from the record: right, else as they were, and nothing new to an import."""

import random
import re
import resource
import time
from datetime import date

import pytest

from projects.choices import CellOutcome, Funding, Stage, Topic
from projects.claims import projection, standings
from projects.core import fuzzy_dates
from projects.core.clocks import Clocks
from projects.core.money import Money
from projects.imports import comparison, filled_form, reading, sheet_file
from projects.imports.filled_form import BlankForm
from projects.imports.rules import mapping
from projects.imports.rules.compared import ComparedRow
from projects.models import Project
from tests import cast
from tests.cast import AT, TODAY
from tests.imports.forms import BlankFormShape, members
from tests.imports.workbooks import Formula, workbook

pytestmark = pytest.mark.django_db

MAX_SECONDS = 1.0  # of the processor
TODAY_CLOCKS = Clocks(TODAY, TODAY, TODAY)


def portfolio(count: int) -> list[Project]:
    """Projects with all that a form may ask; some of it is missing here and there."""
    dice, source, made = random.Random(5), cast.source(), []
    units = [cast.department(), cast.department("jiaotong", name="交通局", name_en="Transport Bureau")]
    for number in range(count):
        project = cast.project(
            f"第{number}号示范工程", department=units[number % 2], funding=dice.choice(list(Funding))
        )
        of = {"source": source, "as_of": "2026-02-01", "known_on": date(2026, 2, 3)}
        said = [
            (Topic.STAGE, Stage.BUILDING, {}),
            (
                Topic.TOTAL_INVESTMENT,
                Money(dice.randrange(1, 9**9) * 100, "wan", 2),
                {"qualifier": dice.choice(["", "", "about"])},
            ),
            (Topic.ANNUAL_PLAN, Money(dice.randrange(1, 9**5) * 10**4, "wan", 0), {"period": "2026"}),
            (Topic.INVESTED_IN_PERIOD, Money(dice.randrange(1, 9**5) * 10**4, "wan", 0), {"period": "2026"}),
            (
                Topic.PROMISED,
                fuzzy_dates.parse(dice.choice(["2026-06", "2026-33", "2026-03/2026-12"])),
                {"measure": "started"},
            ),
            (
                Topic.PROMISED,
                fuzzy_dates.parse(dice.choice(["2027-12-31", "2027", "2027-10~", "2027-41"])),
                {"measure": "completed"},
            ),
            (Topic.WORKS, f"正在平场，共 {number} 栋 <二期>&", {}),
        ]
        for topic, value, more in said:
            if dice.random() < 0.9 or number < 2:
                cast.published(project, topic, value, **of | more)
        made.append(project)
    projection.rebuild_batch(made)
    return made


def kept(people, data: bytes, sender="市发展改革委") -> BlankForm:
    return BlankForm(filled_form.keep("表.xlsx", data, sender=sender, by=people.editor, at=AT))


def confirmed(blank: BlankForm, shape: BlankFormShape) -> BlankForm:
    codes = {at: "" if one == "nothing" else one for at, one in enumerate(shape.columns, 1)}
    filled_form.confirm(blank, mapping.chosen(blank.proposed, codes), at=AT)
    return BlankForm(blank.workbook)


def fill(blank: BlankForm, clocks=TODAY_CLOCKS):
    return filled_form.filled(blank, standings.rectangles_on(clocks), clocks)


def _imported(blank: BlankForm, file: bytes) -> list[ComparedRow]:
    """The filled form beside the record, as an import has it."""
    sheet = sheet_file.read(file)[0]
    on = {"as_of": fuzzy_dates.day(TODAY), "known_on": TODAY}
    rows = reading.proposed_rows(sheet, reading.layout_of(sheet), blank.columns, {}, **on)
    return comparison.compare(rows, source=None, at=AT)


@pytest.mark.parametrize("number", range(10))
def test_ten_forms_come_back_filled_and_an_import_of_them_changes_nothing(number, people):
    projects = portfolio(12)
    shape = BlankFormShape(number)
    data = shape.file()
    blank = confirmed(kept(people, data), shape)
    done = fill(blank)
    file = done.file()
    sheet = sheet_file.read(file)[0]
    layout = reading.layout_of(sheet)
    assert len(layout.body) == len(projects)
    assert done.unsaid == []
    name = shape.columns.index("name") + 1
    assert [sheet.cell(row, name).text for row in layout.body] == [one.name for one in projects]
    told = _imported(blank, file)
    assert {one.outcome for row in told for one in row.cells} == {CellOutcome.UNCHANGED}
    assert sum(len(row.cells) for row in told) > 9 * len(projects)


def test_all_else_of_the_file_is_as_it_was(people):
    """Shape 1 has a title, merged cells, formats, three free rows above a total, and a note."""
    portfolio(5)
    shape = BlankFormShape(1)
    data = shape.file()
    done = fill(confirmed(kept(people, data), shape))
    before, after = members(data), members(done.file())
    changed = {name for name in before if before[name] != after[name]}
    assert before.keys() == after.keys()
    assert changed == {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}  # which says: compute anew
    assert done.added == 2
    old, new = (one["xl/worksheets/sheet1.xml"].decode() for one in (before, after))
    sums = re.compile(r"SUM\(([A-Z]+)(\d+):\1(\d+)\)")
    letter, first, last = sums.search(old).groups()
    assert sums.search(new).groups() == (letter, first, str(int(last) + 2))
    total = shape.first + 3
    assert f'r="A{total}"' in old and f'r="A{total + 2}"' in new and "合 计" in new
    note = re.search(rf'mergeCell ref="A{total + 1}:([A-Z]+){total + 1}"', old)[1]
    assert f'ref="A{total + 3}:{note}{total + 3}"' in new and new.count("mergeCell ") == old.count(
        "mergeCell "
    )
    heights = [re.search(rf'<row r="{row}"[^>]*>', new)[0] for row in range(shape.first, total + 2)]
    assert all('ht="24"' in one for one in heights)
    styles = [re.findall(rf'<c r="[A-Z]+{row}" s="(\d)"', new) for row in range(shape.first, total + 2)]
    assert all(one == styles[0] and len(one) == len(shape.columns) for one in styles)


def test_a_past_day_shows_what_held_then(people):
    one = cast.project("某水库")
    for day, yuan in (("2024-03-01", 10**8), ("2026-02-01", 2 * 10**8)):
        on = date.fromisoformat(day)
        cast.published(one, Topic.TOTAL_INVESTMENT, Money(yuan, "yi", 0), as_of=day, known_on=on)
    projection.rebuild(one)
    blank = kept(people, workbook([["项目名称", "总投资（万元）"]]))
    then = Clocks(date(2025, 1, 1), TODAY, TODAY)
    assert [done.rows[0][2][1] for done in (fill(blank), fill(blank, then))] == ["20000", "10000"]


def test_what_an_import_would_not_read_as_it_holds_is_left_empty_and_named(people):
    one = cast.project("某水库")
    cast.published(one, Topic.WORKS, "暂无", as_of="2026-02-01", known_on=TODAY)
    projection.rebuild(one)
    done = fill(kept(people, workbook([["项目名称", "进展情况"]])))
    assert (1 in done.rows[0], 2 in done.rows[0]) == (True, False)
    assert [(at, column.code) for at, column in done.unsaid] == [(2, "works")]


def test_a_formula_among_the_free_rows_stays_and_its_column_is_named(people):
    """Also where a single cell of the column computes something, and where the file keeps no value."""
    portfolio(2)
    heads = ["项目名称", "总投资（万元）", "进展情况"]
    blank = kept(people, workbook([heads, [], [None, Formula("C3*2")], [None, None, Formula("1+1", "2")]]))
    done = fill(blank)
    assert [one.code for one in done.blank.left_empty] == ["total_investment", "works"]
    sheet = sheet_file.read(done.file())[0]
    assert sheet.formulas == ((3, 2), (4, 3)) and not sheet.cell(2, 2)


def test_two_hundred_rows_take_less_than_a_second_of_the_processor(people):
    portfolio(200)
    shape = BlankFormShape(1)
    blank = confirmed(kept(people, shape.file()), shape)
    begun, of_children = time.process_time(), resource.getrusage(resource.RUSAGE_CHILDREN)
    file = fill(blank).file()
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    children = ended.ru_utime + ended.ru_stime - of_children.ru_utime - of_children.ru_stime
    taken = time.process_time() - begun + children
    print(f"200 rows: {taken:.2f} s, of them {children:.2f} in the child")
    assert len(reading.layout_of(sheet_file.read(file)[0]).body) == 200
    assert taken < MAX_SECONDS


def test_what_the_platform_counts_stands_where_no_book_is_named_and_comes_back_unchanged(people):
    one = cast.project("某水库")
    of = {"as_of": "2026-02-01", "known_on": TODAY}
    told = {"platform": 3 * 10**8, "statistics": 2 * 10**8}
    for method, yuan in told.items():
        cast.published(one, Topic.INVESTED_TO_DATE, Money(yuan, "yi", 0), method=method, **of)
    projection.rebuild(one)
    heads = ["项目名称", "累计完成投资（亿元）", "累计完成投资（统计口径，亿元）"]
    blank = kept(people, workbook([heads]))
    done = fill(blank)
    assert [cell[1] for cell in done.rows[0].values()] == ["某水库", "3", "2"]
    told = _imported(blank, done.file())
    assert {one.outcome for row in told for one in row.cells} == {CellOutcome.UNCHANGED}
