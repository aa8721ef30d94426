"""清空 in a cell: what holds is withdrawn when the file is approved; a blank cell says nothing."""

from datetime import timedelta

import pytest

from projects.choices import Topic
from projects.claims import projection
from projects.core import fuzzy_dates
from projects.core.refusals import Refused
from projects.imports import batches, decisions
from projects.imports.draft_sheet import DraftSheet
from projects.models import Claim, Current, Project
from tests.cast import AT, organisation, place, project, published
from tests.imports.rows import FIFTY, FORTY
from tests.imports.workbooks import take_in, workbook

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(days=3)


@pytest.fixture
def of(db) -> Project:
    of = project("藻渡水库", sector="food", place=place())
    published(of, Topic.TOTAL_INVESTMENT, FORTY, as_of="2024-10-01")
    published(of, Topic.TOTAL_INVESTMENT, FIFTY)
    published(of, Topic.ACTUAL, fuzzy_dates.parse("2024-03"), measure="started", as_of="2024-03")
    projection.rebuild(of)
    return of


def taken(people, heads: str, *cells: str):
    data = workbook([heads.split("|"), list(cells)])
    (batch,) = take_in("二月.xlsx", data, "a" * 64, sender="", by=people.editor, at=AT)
    return batch


def outcomes(batch) -> dict[str, tuple]:
    (row,) = DraftSheet(batch).compared(AT)
    return {one.column: (one.outcome.value, *(fault.code for fault in one.faults)) for one in row.cells}


def approved(people, batch):
    rows = DraftSheet(batch).rows(AT)
    (sent,) = batches.send(batch, rows, expected=batch.version, by=people.editor, at=AT)
    return decisions.approve(sent, expected=sent.version, by=people.second_editor, at=AT)


def total_of(of: Project) -> int | None:
    return Current.objects.get(project=of).total_investment


def test_the_statement_that_holds_is_withdrawn_and_what_was_said_before_holds_again(people, of):
    batch = approved(people, taken(people, "项目名称|总投资（万元）", "藻渡水库", "清空"))
    assert total_of(of) == FORTY.yuan and not projection.differs(of)
    withdrawal = batch.claims.get()
    assert withdrawal.is_withdrawal and withdrawal.corrects.value() == FIFTY and withdrawal.note
    (row,) = decisions.rows_of(batch)
    assert [(one.column, one.new, one.old) for one in row.claims] == [("total_investment", None, FIFTY)]


def test_facts_are_emptied(people, of):
    heads = "项目名称|产业|建设地点|英文名称"
    approved(people, taken(people, heads, "藻渡水库", "清空", "清空", "（清空）"))
    of.refresh_from_db()
    assert (of.sector, of.place, of.name_en, of.version) == ("", None, "", 2)


def test_a_blank_cell_and_a_dash_say_nothing(people, of):
    batch = taken(people, "项目名称|总投资（万元）|产业", "藻渡水库", "", "—")
    assert outcomes(batch) == {}
    with pytest.raises(Refused) as refused:
        approved(people, batch)
    assert refused.value.code == "batch_changes_nothing" and total_of(of) == FIFTY.yuan


def test_what_is_empty_already_is_unchanged(people, of):
    batch = taken(people, "项目名称|协议投资|资金来源", "藻渡水库", "清空", "清空")
    assert outcomes(batch) == {"agreed_investment": ("unchanged",), "funding": ("unchanged",)}


@pytest.mark.parametrize(
    ("head", "column", "why"),
    [
        ("项目类别", "kind", "fact_unfit"),
        ("业主单位", "owner", "not_cleared_here"),
        ("开工时间", "date_started", "not_cleared_here"),
        ("进展阶段", "stage", "nothing_to_withdraw"),
    ],
)
def test_where_it_cannot_be_it_is_refused_in_words(people, of, head, column, why):
    batch = taken(people, f"项目名称|{head}", "藻渡水库", "清空")
    assert outcomes(batch)[column] == ("refused", why)


def test_nobody_is_called_so(people, of):
    organisation("a", name="甲公司")
    batch = taken(people, "项目编号|项目名称", of.code, "清空")
    assert outcomes(batch) == {"name": ("refused", "not_cleared_here")}
    batch = taken(people, "单位名称|英文名称|统一社会信用代码", "甲公司", "清空", "")
    assert outcomes(batch)["organisation_en"] == ("refused", "not_cleared_here")


def test_what_a_cell_withdrew_is_left_where_the_file_is_withdrawn(people, of):
    """It comes back by being said again."""
    done = approved(
        people, taken(people, "项目名称|总投资（万元）|协议投资（万元）", "藻渡水库", "清空", "12")
    )
    told = {"expected": done.version, "why": "错月", "by": people.editor, "at": LATER}
    sent = decisions.withdraw(done, **told)
    assert sent.became == [{"left": [Claim.objects.get(batch=done, topic=Topic.TOTAL_INVESTMENT).ref]}]
    decisions.approve(sent, expected=sent.version, by=people.second_editor, at=LATER)
    assert total_of(of) == FORTY.yuan and not projection.differs(of)
