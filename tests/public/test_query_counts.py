"""How many statements each public page takes: as many for ten rows of everything as for a hundred."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from projects.choices import Stage, Topic
from projects.claims import current, projection
from projects.core import fuzzy_dates
from projects.core.statements import Number
from projects.models import Project, ProjectEvent, Standing
from projects.public import sources
from projects.search import index
from tests import cast
from tests.public.addresses import patterns
from tests.public.crowd import crowd
from tracker.connections import tell_planner

pytestmark = [pytest.mark.django_db, pytest.mark.every_engine]

FEW, MANY = 10, 100
TAKES = {
    "/": 6,
    "/projects/": 6,
    "/projects/?q=10&kind=industrial&sort=-total": 7,  # the rows without an amount apart
    "/projects/?q=广厦": 6,
    "/projects/?q=没有的": 5,  # what it sounds like, what is near, and which kinds there are
    "/projects/?page=2": 6,
    "/projects/wide/": 6,
    "/projects/long/": 3,  # it has no other names and no parties
    "/projects/wide/history/": 6,
    "/projects/long/history/": 5,
    "/projects/long/history/?part=days": 4,
    "/timeline/": 6,
    "/wall/": 5,
    "/promises/": 6,
    "/compare/?from=2019-12-31&to=2025-03-01": 4,
    "/compare/?from=2019-12-31&to=2025-03-01&what=new": 4,
    "/statistics/": 3,
    "/sources/": 3,
    "/sources/paper/": 6,
    "/data/": 0,  # kept since it was asked for first
    "/about/": 1,
    "/about/changes/": 0,
    "/follow/": 1,
    "/news/": 3,
    "/places/": 3,
    "/places/park/": 5,
    "/projects/wide/board/": 5,
    "/projects/wide/qr.svg": 1,
    "/projects/wide/preview.png": 2,
    "/sitemap.xml": 2,
    "/sitemap-pages-1.xml": 0,
    "/sitemap-projects-1.xml": 2,
    "/robots.txt": 0,
    "/projects/wide/project.json": 6,
    "/projects/wide/milestones.ics": 3,
    "/feeds/projects.atom": 2,
    "/feeds/projects/long.atom": 3,
    "/calendar.ics": 2,
    "/data/comparison.csv?what=new": 4,
    "/data/comparison.xlsx?what=new": 4,
    "/data/projects.json": 6,  # names of places once a batch, not with each row
    "/data/projects.csv": 5,
    "/data/projects.xlsx": 7,
    "/data/milestones.csv": 3,
    "/data/parties.csv": 3,
    "/data/neighbours.csv": 4,
    "/data/sources.csv": 3,
    "/data/promises.csv": 4,
    "/data/promises.xlsx": 4,
    "/data/claims.csv": 3,
    "/data/claims.json": 5,
    "/data/statistics.json": 4,
    "/data/statistics.csv": 3,
    "/data/statistics.xlsx": 4,
    "/data/words.csv": 1,
    "/data/names.json": 3,
}
SEGMENTED = {"/timeline/", "/promises/"}
GOES_ON = {"/projects/wide/history/"}  # what was said before the page, where it goes on, takes one more
# As of a past day one more: how far back there is anything. What is kept of today is counted there.
COUNTED_THEN = {
    "/": 11,  # of news that became known only later, their days are asked first
    "/projects/": 9,
    "/projects/?q=10&kind=industrial&sort=-total": 11,
    "/projects/?q=广厦": 10,
    "/projects/?q=没有的": 6,
    "/projects/?page=2": 9,
    "/sources/": 7,
    "/news/": 5,
    "/timeline/": 7,
    "/wall/": 5,
    "/promises/": 7,
}
PAST = {
    path: COUNTED_THEN.get(path, taken + 1)
    for path, taken in TAKES.items()
    if taken and "/compare" not in path and "." not in path
}


def rows_of_everything(count: int) -> None:
    """Many records; one with much to say, one with a long history; many documents and figures."""
    crowd(count, first=1000)
    wide, long = cast.project("广厦", slug="wide"), cast.project("长", slug="long")
    for number in range(count):
        scope, paper = f"{number}号线", cast.source(f"paper-{number}", title=f"第{number}期")
        cast.published(wide, Topic.PROMISED, fuzzy_dates.parse("2025"), measure="operating", scope=scope)
        cast.published(wide, Topic.CAPACITY, Number(Decimal(number), "个"), measure="water", scope=scope)
        cast.published(wide, Topic.WORKS, scope, source=paper)
        cast.alias(wide, f"别名{number}")
        cast.party(wide, organisation=cast.organisation(f"firm-{number}", name=scope))
        cast.statistic(Number(Decimal(number), "个"), period=str(2000 + number))
    for number in range(min(count, 40)):  # the plane is cut anew for each
        on = (date(2020, 1, 1) + timedelta(days=30 * number)).isoformat()
        stage = (Stage.PLANNED, Stage.SIGNED)[number % 2].value
        cast.published(long, Topic.STAGE, stage, as_of=on, known_on=on)
    # Past audit and version, for speed.
    QuerySet.update(Project.objects.filter(slug__startswith="crowd-"), parent=wide)
    for project in (wide, long):
        projection.rebuild(project)
        index.index(Project.objects.filter(pk=project.pk))
    told = Standing.objects.filter(project=wide).latest("pk").milestones[:1]
    many = Standing.objects.filter(project__slug__startswith="crowd-")
    many.update(milestones=told)
    current.refresh(list(many.values_list("project", flat=True)))
    ProjectEvent.objects.filter(claim__topic=Topic.STAGE).update(is_news=True)
    tell_planner()  # else PostgreSQL holds for empty what tests have emptied, and an answer takes too long


def statements(client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    assert answer.status_code == 200, path
    return len(captured)


@pytest.mark.parametrize("count", [FEW, MANY])
def test_every_page_takes_as_many_for_many_rows_as_for_few(client, count):
    rows_of_everything(count)
    client.get("/data/")  # the version of the data is settled once
    of_a_day = {path: path + "&?"["?" not in path] + "asof=2025-01-01" for path in PAST}
    for wanted, asked in ((TAKES, dict(zip(TAKES, TAKES, strict=True))), (PAST, of_a_day)):
        taken = {path: statements(client, there) for path, there in asked.items()}
        # A page that is full asks nothing of the parts of its list that come after.
        spared = {path for path in SEGMENTED if count == MANY and taken.get(path, 0) < wanted.get(path, 0)}
        spared |= {path for path in GOES_ON if count == FEW and taken.get(path, 0) == wanted.get(path, 0) - 1}
        assert {path: n for path, n in taken.items() if path not in spared} == {
            path: n for path, n in wanted.items() if path not in spared
        }


def test_a_question_that_is_heard_takes_one_more(client):
    rows_of_everything(FEW)
    client.get("/data/")
    assert statements(client, "/projects/?q=光厦") == TAKES["/projects/?q=广厦"] + 1


def test_no_page_takes_more_than_six():
    """But for a search, whose hits are found first, and a workbook, which is three files in one."""
    assert max(taken for path, taken in TAKES.items() if "q=" not in path and ".xlsx" not in path) <= 6
    assert max(TAKES.values()) <= 7


def test_no_public_address_is_left_out(db):
    asked = {resolve(urlsplit(path).path).url_name for path in TAKES}
    # The zip takes what each of its files takes.
    assert {one.name for one in patterns()} - {"attachment", "styleguide", "record_zip"} == asked


def test_control_a_query_for_each_row_is_found(client, monkeypatch):
    """Broken on purpose: the sources counted one by one."""
    each = sources.documents

    def one_by_one(clocks, params):
        page = each(clocks, params)
        return replace(page, rows=[one for one in page.rows if one.claims.count() >= 0])

    monkeypatch.setattr(sources, "documents", one_by_one)
    rows_of_everything(FEW)
    client.get("/data/")
    assert statements(client, "/sources/") > TAKES["/sources/"]
