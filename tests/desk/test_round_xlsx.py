"""The overview of a round as a workbook: the grid, then every project; text stays text."""

from datetime import date, timedelta

import pytest

from projects.reports import rounds
from tests.cast import AT
from tests.pages.xlsx import Page, read, text_of
from tests.paperwork import approved, draft_of, on_record, returned, submitted

pytestmark = pytest.mark.django_db
FILE, ENGLISH = "/desk/rounds/2026-02.xlsx", "/en/desk/rounds/2026-02.xlsx"


def book(client, user, path: str = FILE) -> dict[str, Page]:
    client.force_login(user)
    answer = client.get(path)
    assert answer.status_code == 200
    return read(answer.content)


@pytest.fixture
def filled(people, monthly_round):
    on_record(name="=1+1", name_en="=1+1"), on_record(department=None, name="无主厂")
    draft_of(on_record(), people), returned(on_record(), people)
    submitted(on_record(), people), approved(on_record(), people)
    on_record(department=people.other_reporter.department)
    return monthly_round


def test_the_first_sheet_is_the_grid_and_its_columns_add_up(client, people, filled):
    sheets = book(client, people.reviewer)
    assert list(sheets) == ["各单位", "项目"]
    units = sheets["各单位"]
    head = ["责任单位", "应报", "未填报", "草稿", "已退回", "待审核", "已审核", "已报", "迟报", "填报率（%）"]
    assert units.row(1) == head and units.frozen_rows == 1
    assert units.row(2) == ["发展改革委", "5", "1", "1", "1", "1", "1", "2", "0", "40"]
    assert units.row(4)[0] == "未明确责任单位"
    assert units.row(5) == ["合计", "7", "3", "1", "1", "1", "1", "2", "0", "28.6"]
    for letter in "BCDEFGHI":
        kinds, numbers = zip(*units.column(letter)[1:], strict=True)
        assert set(kinds) == {"n"} and sum(map(int, numbers[:-1])) == int(numbers[-1])


def test_the_second_lists_each_project_with_its_state(client, people, filled):
    projects = book(client, people.reviewer)["项目"]
    assert projects.row(1) == ["责任单位", "项目编号", "项目", "月报状态", "提交日期", "迟报", "未报"]
    handed_in = str((date(2026, 3, 2) - date(1899, 12, 30)).days)
    assert projects.row(2) == ["发展改革委", "QJ-0001", "=1+1", "未填报", "未报"]
    assert [projects.row(number)[3] for number in (3, 4, 5, 6)] == ["草稿", "已退回", "待审核", "已审核"]
    assert projects.row(5)[4:] == [handed_in] and projects.row(4)[4:] == ["未报"]
    assert len(projects.column("A")) == 8


def test_late_ones_say_so(client, people, filled):
    submitted(on_record(name="迟厂"), people, monthly_round=filled, at=AT + timedelta(days=7))
    rounds.close_round(filled, by=None, at=AT + timedelta(days=8))
    late = [row for row in map(book(client, people.reviewer)["项目"].row, range(2, 10)) if "迟厂" in row]
    assert late[0][-1] == "迟报" and late[0][3] == "待审核"


def test_a_name_that_looks_like_a_formula_is_text(client, people, filled):
    client.force_login(people.reviewer)
    content = client.get(FILE).content
    sheet = read(content)["项目"]
    assert ("inlineStr", "=1+1") in sheet.column("C") and not sheet.has_formula_or_link
    assert "<f>" not in text_of(content)


def test_in_english(client, people, filled):
    sheets = book(client, people.reviewer, ENGLISH)
    assert list(sheets) == ["Units", "Projects"]
    assert sheets["Units"].row(2)[0] == "Development and Reform Commission"
    assert sheets["Units"].row(5)[0] == "Total"
    assert sheets["Projects"].row(1)[3:] == ["State of the report", "Handed in on", "Late", "Outstanding"]


def test_it_names_no_person_and_none_of_a_reports_words(client, people, filled):
    client.force_login(people.reviewer)
    told = text_of(client.get(FILE).content)
    assert "reporter" not in told and "Which lot?" not in told


def test_it_is_a_file_of_its_own_that_nobody_keeps(client, people, monthly_round):
    client.force_login(people.reviewer)
    headers = client.get(FILE).headers
    assert headers["Content-Type"].endswith("spreadsheetml.sheet")
    name = "filename*=utf-8''2026-02-%E5%A1%AB%E6%8A%A5%E6%83%85%E5%86%B5.xlsx"
    assert headers["Content-Disposition"] == f"attachment; {name}"
    assert "no-store" in headers["Cache-Control"] and headers["X-Content-Type-Options"] == "nosniff"
    assert client.get(ENGLISH).headers["Content-Disposition"].endswith('="2026-02-who-has-reported.xlsx"')


@pytest.mark.parametrize("who", ["reporter", "stranger"])
def test_to_others_it_is_not_there(client, people, filled, who):
    client.force_login(getattr(people, who))
    assert client.get(FILE).status_code == 404


@pytest.mark.parametrize("month", ["2026-05", "nonsense", "2026-02%00"])
def test_a_month_without_a_round_has_none(client, people, monthly_round, month):
    client.force_login(people.reviewer)
    assert client.get(f"/desk/rounds/{month}.xlsx").status_code == 404
