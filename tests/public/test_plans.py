"""What today's pages cost at two sizes: no scan of tables with a row a project, and no larger a page."""

import re
from itertools import count as counting

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.choices import Verdict
from projects.core import fuzzy_dates
from projects.core.promises import Dated, Facts
from projects.models import Project
from projects.models.standing import facts_as_json
from tests import cast
from tests.public.crowd import crowd

pytestmark = pytest.mark.django_db
NUMBERS = counting()
FEW, MANY = 100, 5000
MAX_BYTES = 200_000
TABLES = ("project", "current", "projectmilestone", "projectevent", "claim", "sourceuse")
PAGES = [
    "/",
    "/projects/",
    *(f"/projects/?sort={sort}" for sort in ("-code", "name", "stage", "-stage", "total", "-total", "-news")),
    "/projects/?counted=1",
    "/projects/?kind=industrial",
    "/timeline/",
    "/promises/",
    *(f"/promises/?sort={sort}" for sort in ("due", "slip", "-slip", "name", "verdict")),
    *(f"/promises/?verdict={verdict}" for verdict in Verdict.values),
    "/sources/",
    "/calendar.ics",
    "/feeds/projects.atom",
]


SORTED = "USE TEMP B-TREE FOR ORDER BY"
SORTS = {"/projects/?sort=name": 1}  # of the places
CONTROLS = {"current_name": "/projects/?sort=name", "milestone_slip": "/promises/?sort=slip"}


def said(text: str) -> Dated:
    return Dated("x0", fuzzy_dates.parse(text), fuzzy_dates.parse("2024-10-17"))


def promised(number: int) -> list[dict]:
    """Every other project with a promise, of years to both sides of today."""
    promise = said(str(2022 + number % 9))
    facts = Facts("completed", "", first=promise, promised=promise)
    return [facts_as_json(facts)] if number % 2 else []


def filled(count: int) -> None:
    crowd(count, milestones=promised)
    cast.published(Project.objects.first(), ref="x0")
    connection.cursor().execute("ANALYZE")


def plans(client, path: str) -> list[str]:
    """The lines of SQLite's plans of all that a page asks; pages' own tests run there alone."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    assert answer.status_code == 200 and len(answer.content) < MAX_BYTES
    asked = [one["sql"] for one in captured if one["sql"].startswith("SELECT")]
    with connection.cursor() as cursor:
        # A plan is kept by its text, and would be shown again after an index has gone.
        explained = (f"EXPLAIN QUERY PLAN {sql} -- {next(NUMBERS)}" for sql in asked)
        return [line for sql in explained for *_, line in cursor.execute(sql).fetchall()]


def scans(lines: list[str]) -> list[str]:
    """Without an index, whole tables of a row a project."""
    bare = re.compile(rf"SCAN (projects_)?({'|'.join(TABLES)})( AS \w+)?$")
    return [line for line in lines if bare.match(line)]


def test_few_records_make_no_large_page(client):
    filled(FEW)
    for path in PAGES:
        assert plans(client, path), path  # and its size


def test_no_page_scans_what_there_is_one_of_for_each_project_and_the_control_does(client):
    filled(MANY)
    assert {path: found for path in PAGES if (found := scans(plans(client, path)))} == {}
    for index, path in CONTROLS.items():
        with connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX {index}")
        lines = plans(client, path + "&type=large")
        assert scans(lines) or lines.count(SORTED) > SORTS.get(path, 0), lines[-6:]
