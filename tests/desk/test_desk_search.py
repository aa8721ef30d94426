"""Search on the desk: whoever looks for a word finds what his or her own pages show, and nothing else."""

import pytest

from projects.models import Department, Problem, Project, User
from projects.search import index
from tests.cast import TODAY, project
from tests.paperwork import approved, draft_of, month_round, on_record, submitted
from tests.public.reading import read

pytestmark = pytest.mark.django_db
PAGE = "/desk/search/"


def searched(client, user, question: str) -> str:
    client.force_login(user)
    page = read(client, f"{PAGE}?q={question}")
    return page.main


@pytest.fixture
def record(people) -> None:
    """Each kind of row has a word of its own; the drafts and the problem are of the reporter's unit."""
    month_round()
    draft_of(on_record(name="zz草稿项目"), people)
    published = approved(on_record(name="zz公开项目"), people)
    handed = submitted(on_record(name="zz待审项目"), people)
    project("zz隐藏项目", is_public=False)
    index.index(Project.objects.all())
    for report, text in ((handed, "zz待审问题"), (published, "zz公开问题")):
        Problem.objects.create(
            report=report, department=people.reporter.department, text=text,
            due_on=TODAY, raised_on=TODAY, raised_by=people.reporter,
        )  # fmt: skip
    Department.objects.filter(pk=people.reporter.department_id).update(contact="zz联系人 000")


# What one finds of it, by who looks: project names (P), reports of them (R), problems, contact, accounts.
MATRIX = {
    "reporter": ({"zz草稿项目", "zz公开项目", "zz待审项目", "zz待审问题", "zz公开问题", "zz联系人"}, 3),
    "other_reporter": ({"zz草稿项目", "zz公开项目", "zz待审项目"}, 0),
    "reviewer": (
        {"zz草稿项目", "zz公开项目", "zz待审项目", "zz隐藏项目", "zz待审问题", "zz公开问题", "zz联系人"},
        2,
    ),
    "editor": (
        {"zz草稿项目", "zz公开项目", "zz待审项目", "zz隐藏项目", "zz待审问题", "zz公开问题", "zz联系人"},
        2,
    ),
}
MARKERS = set().union(*(names for names, _ in MATRIX.values()))


@pytest.mark.parametrize("who", MATRIX)
def test_nobody_finds_what_the_own_pages_hide(client, people, record, who):
    names, reports = MATRIX[who]
    page = searched(client, getattr(people, who), "zz")
    assert {marker for marker in MARKERS if marker in page} == names
    assert page.count("2026年2月 ·") == reports


def test_accounts_are_found_by_administrators_alone(client, people):
    root = User.objects.create_superuser("root")
    assert "other_reporter" in searched(client, root, "other_rep")
    assert "other_reporter" not in searched(client, people.editor, "other_rep")


@pytest.mark.parametrize("question", ["", "zz没有", "%00", "%27%22%3C", "x" * 300, "%25"])
def test_any_question_is_answered(client, people, question):
    client.force_login(people.reviewer)
    assert client.get(f"{PAGE}?q={question}").status_code == 200


@pytest.mark.parametrize("count", [1, 15])
def test_it_takes_a_fixed_number_of_statements_and_shows_a_few(
    client, people, count, django_assert_max_num_queries
):
    for number in range(count):
        on_record(name=f"zz项目{number}")
    index.index(Project.objects.all())
    client.force_login(people.reviewer)
    with django_assert_max_num_queries(14):
        page = read(client, f"{PAGE}?q=zz项目").main
    assert page.count("zz项目") - 1 == min(count, 10)
    assert ("还有更多" in page) is (count > 10)


def test_the_box_stands_on_every_page_of_the_desk(client, people):
    client.force_login(people.reporter)
    assert read(client, "/desk/").one("form", "find").given["action"] == PAGE
