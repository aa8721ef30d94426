"""The report book: downloaded, filled in as offices do, sent back, and told row by row."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from projects.desk import book_file, report_book
from projects.imports import sheet_file
from projects.models import Batch, Claim, Report, Workbook
from projects.reports import moves
from tests.cast import AT
from tests.desk.filled import again, field, opened, sent, texts
from tests.imports.workbooks import Formula, workbook
from tests.paperwork import content, draft_of, nearly_completed, on_record, submitted
from tests.public.reading import Page, read

pytestmark = [pytest.mark.django_db, pytest.mark.every_engine]
PAGE = "/en/desk/book/2026-02/"
TYPED = {"this_year": "3000", "to_date": "110000", "progress": "37.5", "works": "架梁"}


@pytest.fixture
def factories(monthly_round) -> list:
    return [on_record(name_en=f"Works {number}") for number in (1, 2, 3)]


def file_of(client, people, unit: str, month: str = "2026-02") -> bytes:
    client.force_login(people.reporter)
    answer = client.get(f"/en/desk/book/{month}.xlsx?unit={unit}")
    assert answer.status_code == 200
    return answer.content


@pytest.fixture
def rows(client, people, factories) -> list[list]:
    return rows_of(file_of(client, people, factories[0].department.code))


def rows_of(data: bytes) -> list[list]:
    """Headings and rows as plain values, None where a cell is empty."""
    sheet = sheet_file.read(data)[0]
    columns = range(1, len(book_file.COLUMNS) + 1)
    return [
        [cell.text if (cell := sheet.cell(row, at)) else None for at in columns] for row in sorted(sheet.rows)
    ]


def fill(rows: list[list], number: int, **typed) -> None:
    for name, value in typed.items():
        rows[number][book_file.COLUMNS.index(name)] = value


def back(client, rows: list[list], address: str = PAGE) -> Page:
    file = SimpleUploadedFile("book.xlsx", workbook(rows))
    return Page(client.post(address, {"file": file}, follow=True))


def lines(page: Page) -> list[str]:
    return [one.text for one in page.all("li") if one.is_in("ol", "book-rows")]


def reports() -> dict[str, str]:
    return {one.project.code: one.state for one in Report.objects.select_related("project")}


def test_the_book_is_prefilled_locked_and_keyed(client, people, factories):
    draft_of(factories[0], people, content(works="架梁"))
    data = file_of(client, people, factories[0].department.code)
    found = rows_of(data)
    assert [one[0] for one in found[1:]] == ["QJ-0001", "QJ-0002", "QJ-0003"]
    held = dict(zip(book_file.COLUMNS, found[1], strict=True))
    assert (held["stage"], held["to_date"], held["last_to_date"]) == (
        "under construction",
        "110000",
        "100000",
    )
    assert held["works"] == "架梁" and held["key"].split()[:4] == ["QJ-0001", "2026-02", "fagai", "1"]
    page = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    assert '<sheetProtection sheet="1"' in page and 'hidden="1"' in page and 'type="list"' in page
    assert "万元" in "".join(found[0]) and len(sheet_file.read(data)) == 3


@pytest.mark.parametrize("language", ["", "/en"])
def test_what_is_largely_completed_is_called_so_and_stays_it(client, people, monthly_round, language):
    """As the form calls it; a page in the other language reads it alike."""
    rows = rows_of(file_of(client, people, nearly_completed().department.code))
    assert rows[1][book_file.COLUMNS.index("stage")] == "largely completed"
    assert lines(back(client, rows, f"{language}/desk/book/2026-02/")) and not Report.objects.exists()
    fill(rows, 1, works="收尾")
    back(client, rows, f"{language}/desk/book/2026-02/")
    assert (Report.objects.get().stage, Report.objects.get().works) == ("completed", "收尾")


def test_changed_rows_become_drafts_and_the_others_are_left_alone(client, rows):
    fill(rows, 1, to_date=110000, works="架梁")
    page = back(client, rows)
    assert reports() == {"QJ-0001": "draft"}
    assert [one.rpartition(": ")[2] for one in lines(page)][1:] == ["left alone"] * 2
    assert "draft made" in lines(page)[0]
    assert Report.objects.get().to_date_yuan == 11 * 10**8
    sent(client, page, address=PAGE, do="all")
    assert reports() == {"QJ-0001": "submitted"}


def test_the_same_book_sent_twice_changes_nothing(client, rows):
    fill(rows, 1, to_date=110000)
    back(client, rows)
    page = back(client, rows)
    assert Report.objects.get().version == 1 and "while you were typing" not in page.main


def test_a_fault_is_told_at_its_cell_and_what_was_typed_stays(client, rows):
    fill(rows, 1, to_date="many", works="架梁")
    fill(rows, 2, stage="外星")
    fill(rows, 3, to_date=Formula("A1+1", None))
    page = back(client, rows)
    assert "G2" in lines(page)[0] and "many" in lines(page)[0] and "C3" in lines(page)[1]
    assert "G4" in lines(page)[2]
    assert texts(page)["QJ-0001-to_date"] == "many"


def test_rows_sorted_moved_and_added_by_hand_find_their_reports(client, rows):
    fill(rows, 1, to_date=110000)
    fill(rows, 2, to_date=120000)
    added = ["QJ-0099", "别家的", *[None] * 4, 5, *[None] * 6]
    moved = [["某单位二月填报"], [], *[[*one[2:], *one[:2]] for one in (rows[0], rows[2], added, rows[1])]]
    page = back(client, moved)
    assert "QJ-0099" in lines(page)[1] and "not a project of your unit" in lines(page)[1]
    assert {one.project.code: one.to_date_yuan for one in Report.objects.select_related("project")} == {
        "QJ-0001": 11 * 10**8,
        "QJ-0002": 12 * 10**8,
    }


def test_an_older_version_shows_both_and_keeps_both(client, people, factories, rows):
    draft_of(factories[0], people, content(works="别人写的"))
    fill(rows, 1, works="我写的")
    page = back(client, rows)
    assert "别人写的" in page.main and texts(page)["QJ-0001-works"] == "我写的"
    assert Report.objects.get().works == "别人写的" and "changed meanwhile" in lines(page)[0]
    sent(client, page, address=PAGE, do="save")
    assert Report.objects.get().works == "我写的"


@pytest.mark.parametrize(
    ("part", "other", "words"), [(1, "2026-01", "of the book of 2026-01"), (2, "other", "another department")]
)
def test_a_book_of_another_round_or_department_is_compared_and_not_kept(client, rows, part, other, words):
    fill(rows, 1, works="我写的")
    key = rows[1][-1].split()
    key[part] = other
    rows[1][-1] = " ".join(key)
    page = back(client, rows)
    assert words in lines(page)[0] and texts(page)["QJ-0001-works"] == "我写的"
    assert reports() == {}


def test_what_is_handed_in_already_is_told_and_stays(client, people, factories, rows):
    submitted(factories[0], people, content(works="架梁"))
    fill(rows, 1, works="我写的")
    page = back(client, rows)
    assert "我写的" in page.main and Report.objects.get().works == "架梁"


def test_a_cell_that_cannot_be_read_is_told_though_the_rest_is_handed_in_already(client, people, rows):
    fill(rows, 1, **TYPED)
    back(client, rows)
    report = Report.objects.get()
    moves.submit(report, expected=report.version, by=people.reporter, at=AT)
    fill(rows, 1, progress="130")
    page = back(client, rows)
    assert page.status == 409 and "draft made" not in lines(page)[0]
    assert field(page, "QJ-0001-progress").given["value"] == "130"


def test_and_though_the_rest_is_a_draft_already(client, rows):
    fill(rows, 1, works="架梁")
    back(client, rows)
    fill(rows, 1, progress="130")
    page = back(client, rows)
    assert page.status == 409 and "changed meanwhile by somebody else" in lines(page)[0]
    assert "physical progress: — → 130" in page.main


def test_what_is_no_book_is_said(client, people, monthly_round):
    client.force_login(people.reporter)
    assert "no report book" in back(client, [["a"], ["b"]]).main
    file = SimpleUploadedFile("book.xlsx", b"\x00\x01")
    assert client.post(PAGE, {"file": file}).status_code == 200


def test_a_book_is_no_file_to_be_imported(client, people, rows):
    """Its figures would be published without a report."""
    fill(rows, 1, to_date=110000)
    client.force_login(people.editor)
    file = SimpleUploadedFile("book.xlsx", workbook(rows))
    page = Page(client.post("/en/desk/imports/", {"file": file, "sender": "fagai"}))
    assert "report book" in page.main and not Batch.objects.exists() and not Workbook.objects.exists()


def test_another_units_reporter_neither_takes_nor_sends(client, people, rows):
    client.force_login(people.other_reporter)
    assert client.get("/en/desk/book/2026-02.xlsx?unit=fagai").status_code == 404
    fill(rows, 1, works="我写的")
    assert "not a project of your unit" in lines(back(client, rows))[0]
    assert reports() == {}


def test_more_rows_than_are_kept_at_once_go_with_the_next_sending(client, rows, monkeypatch):
    monkeypatch.setattr(report_book, "MAX_BOOK", 2)
    for number in (1, 2, 3):
        fill(rows, number, to_date=100000 + number)
    assert "send the book again" in lines(back(client, rows))[2]
    assert reports() == {"QJ-0001": "draft", "QJ-0002": "draft"}
    assert "draft made" in lines(back(client, rows))[2]
    assert len(reports()) == 3


def test_desk_round_and_reminder_lead_to_it(client, people, factories):
    client.force_login(people.reporter)
    assert read(client, "/en/desk/").link("Report book") == PAGE
    assert read(client, "/en/desk/rounds/2026-02/").link("Report book") == PAGE
    client.force_login(people.reviewer)
    assert f"testserver{PAGE}" in read(client, "/en/desk/rounds/2026-02/").main


@pytest.mark.parametrize("who", ["reviewer", "editor"])
def test_who_writes_no_report_takes_a_book_and_sends_none(client, people, factories, who):
    """As in the form: of a draft that is another's nothing is told."""
    draft_of(factories[0], people, content(works="架梁"))
    client.force_login(getattr(people, who))
    page = read(client, PAGE)
    assert not [one for one in page.elements if one.given.get("type") == "file"]
    data = client.get(f"/en/desk/book/2026-02.xlsx?unit={factories[0].department.code}").content
    assert "架梁" not in str(rows_of(data)) and len(rows_of(data)) == 4
    file = SimpleUploadedFile("book.xlsx", data)
    assert client.post(PAGE, {"file": file}).status_code == 404


def test_a_month_by_form_by_table_and_by_book_gives_equal_claims(client, people, factories, rows):
    units = {"this_year_unit": "wan", "to_date_unit": "wan"}
    form = "/en/desk/reports/2026-02/QJ-0001/"
    sent(client, opened(client, people.reporter, form), address=form, do="submit", **TYPED, **units)
    table = "/en/desk/table/2026-02/"
    typed = {f"QJ-0002-{name}": text for name, text in (TYPED | units).items()}
    client.post(table, texts(again(client, table)) | typed | {"do": "all"})
    fill(rows, 3, **TYPED | {"this_year": 3000, "to_date": 110000, "progress": 37.5})
    sent(client, back(client, rows), address=PAGE, do="all")
    assert reports() == dict.fromkeys(("QJ-0001", "QJ-0002", "QJ-0003"), "submitted")
    for report in Report.objects.all():
        moves.approve(report, expected=report.version, by=people.reviewer, at=AT)
    apart = {"id", "code", "project_id", "source_id", "version", "entered_at", "approved_at", "known_on"}
    apart |= {one.attname for one in Claim._meta.concrete_fields if one.unique}
    made = [list(_claims(one, apart)) for one in factories]
    assert made[0] == made[1] == made[2] and len(made[0]) > 3


def _claims(project, apart: set[str]):
    names = [one.attname for one in Claim._meta.concrete_fields if one.attname not in apart]
    rows = Claim.objects.filter(project=project, source__kind="report").order_by("topic", "scope")
    yield from rows.values_list(*names)
