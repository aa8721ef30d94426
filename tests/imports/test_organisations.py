"""Sheets of organisations: found by number or name, compared, and written when a second person approves."""

import pytest

from projects.core.refusals import Refused
from projects.imports import batches, decisions, organisations
from projects.imports.draft_sheet import DraftSheet
from projects.models import AuditEntry, Organisation, Project, ProjectParty, SearchText
from projects.search import index
from tests.cast import AT, organisation, project
from tests.imports.workbooks import take_in, workbook

pytestmark = pytest.mark.django_db

HEADS = ["单位名称", "英文名称", "其他名称", "统一社会信用代码"]
NUMBER, OTHER_NUMBER = "91500110MA5U12345C", "91500110MA5U123464"


def taken(people, *rows, heads=HEADS, digest="a" * 64):
    data = workbook([heads, *rows])
    (batch,) = take_in("单位.xlsx", data, digest, sender="", by=people.editor, at=AT)
    return batch


def cells(batch) -> list[list[tuple]]:
    rows = DraftSheet(batch).compared(AT)
    return [[(one.column, one.outcome.value, one.old, one.new) for one in row.cells] for row in rows]


def approved(people, batch):
    sent = batches.send(batch, DraftSheet(batch).rows(AT), expected=batch.version, by=people.editor, at=AT)[0]
    return decisions.approve(sent, expected=sent.version, by=people.second_editor, at=AT)


def test_a_new_one_comes_with_the_approval(people):
    batch = taken(people, ["綦江建设公司", "Qijiang Builders", "綦建、綦江建司", NUMBER])
    assert not Organisation.objects.exists()
    done = approved(people, batch)
    made = Organisation.objects.get()
    assert (made.name, made.name_en, made.aliases) == (
        "綦江建设公司",
        "Qijiang Builders",
        ["綦建", "綦江建司"],
    )
    assert (made.credit_code, made.version) == (NUMBER, 1)
    assert not done.source.is_public, "the file says nothing of a project"
    (row,) = decisions.rows_of(done)
    assert row.is_organisation and not Project.objects.exists()
    assert AuditEntry.objects.get(action="organisation.save").after["credit_code"] == NUMBER


def test_one_that_is_there_is_found_by_its_number_else_by_a_name(people):
    renamed = organisation("a", name="旧名公司", credit_code=NUMBER)
    known = organisation("b", name="某某公司", aliases=["某某"])
    of = project()
    ProjectParty.objects.create(project=of, organisation=renamed, role="builder")
    index.index_all()
    batch = taken(people, ["新名公司", "", "", NUMBER], ["某某", "", "某某集团", ""])
    assert cells(batch) == [
        [("organisation", "changed", "旧名公司", "新名公司"), ("credit_code", "unchanged", NUMBER, NUMBER)],
        [
            ("organisation", "unchanged", "某某公司", "某某公司"),
            ("aliases", "changed", "某某", "某某、某某集团"),
        ],
    ]
    approved(people, batch)
    renamed.refresh_from_db()
    known.refresh_from_db()
    assert (renamed.name, renamed.version, known.aliases) == ("新名公司", 2, ["某某", "某某集团"])
    assert "新名公司" in SearchText.objects.get(project=of).text


def test_the_same_sheet_again_changes_nothing(people):
    rows = [["綦江建设公司", "", "綦建", NUMBER]]
    approved(people, taken(people, *rows))
    again = taken(people, *rows)
    assert {outcome for row in cells(again) for _, outcome, *_ in row} == {"unchanged"}
    with pytest.raises(Refused) as refused:
        batches.send(again, DraftSheet(again).rows(AT), expected=again.version, by=people.editor, at=AT)
    assert refused.value.code == "batch_changes_nothing"


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (["乙公司", "", "", NUMBER[:-1] + "0"], "credit_code", "fact_unfit"),
        (["乙公司", "", "", NUMBER], "organisation", "organisation_taken"),
        (["", "No Name", "", ""], "organisation", "name_missing"),
        (["长" * 151, "", "", ""], "organisation", "cell_too_long"),
    ],
)
def test_what_cannot_stand_is_refused_in_its_cell(people, row, column, code):
    organisation("a", name="甲公司", credit_code=NUMBER)
    organisation("b", name="乙公司")
    (found,) = DraftSheet(taken(people, row)).compared(AT)
    refused = [(one.column, one.faults[0].code) for one in found.cells if one.outcome == "refused"]
    assert refused == [(column, code)] and found.is_refused


def test_which_of_two_rows_is_right_nobody_knows(people):
    found = DraftSheet(taken(people, ["甲公司", "", "", NUMBER], ["甲公司", "", "", OTHER_NUMBER])).compared(
        AT
    )
    assert [row.is_refused for row in found] == [False, True]


def test_one_that_moved_on_meanwhile_keeps_all_of_it_back(people):
    of = organisation("a", name="旧名公司", credit_code=NUMBER)
    batch = taken(people, ["新名公司", "", "", NUMBER], ["又一公司", "", "", ""])
    sent = batches.send(batch, DraftSheet(batch).rows(AT), expected=batch.version, by=people.editor, at=AT)[0]
    Organisation.objects.filter(pk=of.pk).update(name="别名公司")
    with pytest.raises(Refused) as refused:
        decisions.approve(sent, expected=sent.version, by=people.second_editor, at=AT)
    assert refused.value.code == "record_moved_on" and Organisation.objects.count() == 1


def test_without_a_column_that_tells_it_is_asked(people):
    """Organisations alone may be parties of projects, too."""
    batch = taken(people, ["甲公司", "A"], heads=["单位名称", "英文名称"])
    assert DraftSheet(batch).mapping[0].codes[0] == "organisation"
    chosen = [dict(one) | ({"code": "organisation"} if n == 0 else {}) for n, one in enumerate(batch.mapping)]
    batch = batches.save(batch, expected=batch.version, by=people.editor, at=AT, mapping=chosen)
    assert DraftSheet(batch).compared(AT)[0].is_organisation
    assert organisations.code_of("甲公司").startswith("org-")
