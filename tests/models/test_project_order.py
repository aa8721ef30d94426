"""Projects stand in the order of their numbers: a code of five digits comes after those of four."""

import pytest

from projects.desk.reporter_desk import projects_of
from projects.models import Project, Report
from projects.models.user import person_of
from projects.records.similar_names import similar
from projects.search import index
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.every_engine]

CODES = ["QJ-0002", "QJ-9999", "QJ-10000", "QJ-10001"]


@pytest.fixture
def numbered():
    for code in sorted(CODES):
        cast.project(f"示范工厂{code}", code=code, slug=code.lower())
    index.index_all()


def test_by_default(numbered):
    assert [one.code for one in Project.objects.all()] == CODES
    assert [one.code for one in similar(*(f"示范工厂{code}" for code in CODES))] == CODES


def test_on_the_desk(numbered):
    person = cast.cast().reporter
    for project in Project.objects.all():
        project.department = person.department
        project.save()
    assert [one.code for one in projects_of(person_of(person), CODES)] == CODES


def test_reports_by_their_projects(numbered):
    query = str(Report.objects.order_by("project").query)
    assert "LENGTH" in query.upper(), "the order of a project's rows is the project's own"
