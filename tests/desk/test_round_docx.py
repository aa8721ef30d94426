"""The overview of a round as an official paper: one computed sentence, the grid, what is outstanding."""

import io

import docx
import pytest

from projects.models.user import person_of
from projects.reports.round_overview import grid, total
from projects.reports.round_words import figures
from tests.paperwork import approved, draft_of, on_record, returned, submitted

pytestmark = pytest.mark.django_db
FILE, ENGLISH = "/desk/rounds/2026-02.docx", "/en/desk/rounds/2026-02.docx"


def paper(client, user, path: str = FILE):
    client.force_login(user)
    answer = client.get(path)
    assert answer.status_code == 200
    return docx.Document(io.BytesIO(answer.content))


def lines(made) -> list[str]:
    return [one.text for one in made.paragraphs]


def cells(made) -> list[list[str]]:
    [table] = made.tables
    return [[cell.text for cell in row.cells] for row in table.rows]


@pytest.fixture
def filled(people, monthly_round):
    on_record(name="=1+1", name_en="=1+1"), on_record(department=None, name="无主厂")
    draft_of(on_record(name="草稿厂"), people), returned(on_record(name="退回厂"), people)
    submitted(on_record(), people), approved(on_record(), people)
    on_record(department=people.other_reporter.department, name="公路")
    return monthly_round


def test_title_sentence_and_what_is_outstanding_by_unit(client, people, filled):
    assert lines(paper(client, people.reviewer)) == [
        "2026年2月项目进度月报填报情况",
        "截至2026年3月2日，2026年2月项目进度月报应报7个，已报2个（其中迟报0个），未报5个；"
        "填报率（已报÷应报）：28.6%。",
        "一、各单位填报情况",
        "二、未报项目",
        "（一）发展改革委（3个）",
        "1. =1+1（QJ-0001）",
        "2. 草稿厂（QJ-0003，草稿，尚未提交）",
        "3. 退回厂（QJ-0004，已退回，待修改后重新提交）",
        "（二）交通局（1个）",
        "1. 公路（QJ-0007）",
        "（三）未明确责任单位（1个）",
        "1. 无主厂（QJ-0002）",
    ]


def test_its_table_is_the_grid_and_adds_up(client, people, filled):
    told = grid(filled, person_of(people.reviewer))
    table = cells(paper(client, people.reviewer))
    assert table[0] == [
        "责任单位",
        "应报",
        "未填报",
        "草稿",
        "已退回",
        "待审核",
        "已审核",
        "已报",
        "迟报",
        "填报率",
    ]
    assert [row[1:-1] for row in table[1:-1]] == [list(map(str, figures(line.tally))) for line in told]
    assert table[-1] == ["合计", *map(str, figures(total(told))), "28.6%"]
    for column in range(1, 9):
        assert sum(int(row[column]) for row in table[1:-1]) == int(table[-1][column])


def test_where_all_is_handed_in_it_says_so(client, people, monthly_round):
    approved(on_record(), people)
    assert lines(paper(client, people.reviewer))[-1] == "无。应报项目均已报送。"


def test_a_round_that_expects_nothing_has_a_paper_too(client, people, monthly_round):
    assert cells(paper(client, people.reviewer))[-1][-1] == "无应报项目"


def test_in_english(client, people, filled):
    made = paper(client, people.reviewer, ENGLISH)
    told = lines(made)
    assert told[0] == "Monthly reports for February 2026: who has reported"
    assert told[2:5] == [
        "1. Reports by unit",
        "2. Reports outstanding",
        "(1) Development and Reform Commission (3)",
    ]
    assert cells(made)[-1][0] == "Total" and cells(made)[3][0] == "No unit named"


def test_it_names_no_person(client, people, filled):
    made = paper(client, people.reviewer)
    assert (made.core_properties.author, made.core_properties.last_modified_by) == ("", "")
    assert made.core_properties.title == lines(made)[0]
    assert "reporter" not in " ".join(lines(made))


def test_it_is_a_file_of_its_own_that_nobody_keeps(client, people, monthly_round):
    client.force_login(people.reviewer)
    headers = client.get(FILE).headers
    assert headers["Content-Type"].endswith("wordprocessingml.document")
    name = "filename*=utf-8''2026-02-%E5%A1%AB%E6%8A%A5%E6%83%85%E5%86%B5.docx"
    assert headers["Content-Disposition"] == f"attachment; {name}"
    assert "no-store" in headers["Cache-Control"] and headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("who", ["reporter", "stranger"])
def test_to_others_it_is_not_there(client, people, filled, who):
    client.force_login(getattr(people, who))
    assert client.get(FILE).status_code == 404


@pytest.mark.parametrize("month", ["2026-05", "nonsense", "2026-02%00"])
def test_a_month_without_a_round_has_none(client, people, monthly_round, month):
    client.force_login(people.reviewer)
    assert client.get(f"/desk/rounds/{month}.docx").status_code == 404


@pytest.mark.parametrize("count", [1, 6])
def test_it_takes_as_many_statements_for_many_rows(
    client, people, monthly_round, count, django_assert_num_queries
):
    for _ in range(count):
        on_record()
    paper(client, people.reviewer)
    with django_assert_num_queries(10):
        client.get(FILE)
