"""What today's public pages cost at two sizes: statements, work, bytes, and no scan of what grows."""

import re
from itertools import count as counting
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from projects.choices import Condition, EventKind, Sector, Stage, Topic, Verdict
from projects.claims import row_differences
from projects.core import fuzzy_dates
from projects.core.events import NEWS
from projects.core.promises import Dated, Facts
from projects.models import Claim, Current, Project, ProjectEvent, Source
from projects.models.milestone import Unindexed
from projects.models.prepared import _statement
from projects.models.standing import facts_as_json
from projects.records import some_projects
from tests import cast
from tests.public.addresses import patterns
from tests.public.crowd import SINCE, analyze, crowd

pytestmark = pytest.mark.django_db
NUMBERS = counting()
FEW = 100
# On PostgreSQL statements are counted, and no work.
MANY = 5000 if connection.vendor == "sqlite" else 1000
A_DOCUMENT = 100  # projects that it names
MAX_BYTES = 200_000
TABLES = (
    *("project", "current", "projectmilestone", "projectevent", "claim", "sourceuse", "standing"),
    *("searchtext", "searchpair"),
)
KINDS = (EventKind.STARTED, EventKind.MOVED, EventKind.CORRECTED, EventKind.NEW)
COMPARED = "/compare/?from=2024-01-01"
OF_ONE = "crowd-1"  # the record whose own pages are asked
FEW_OF_ALL, FEW_ALIKE = "/wall/?sector=food", 10  # ten of them, however many there are
OF_FEW = ("/timeline/?sector=food", "/calendar.ics?sector=food", "/timeline/?q=项目0042")
PAGES = [
    "/",
    "/projects/",
    *(f"/projects/?sort={sort}" for sort in ("-code", "name", "stage", "-stage", "total", "-total", "-news")),
    "/projects/?counted=1",
    "/projects/?kind=industrial",
    f"/projects/{OF_ONE}/",
    f"/projects/{OF_ONE}/history/",
    f"/projects/{OF_ONE}/history/?part=days",
    "/projects/?q=项目",
    "/projects/?q=项目&kind=industrial",
    "/projects/?q=项目0042",
    "/projects/?q=xm",
    "/projects/?q=项",
    "/projects/?q=没有的",
    "/timeline/",
    "/timeline/?kind=industrial",
    *OF_FEW,
    "/wall/",
    "/wall/?kind=industrial",
    FEW_OF_ALL,
    "/promises/",
    *(f"/promises/?sort={sort}" for sort in ("due", "slip", "-slip", "name", "verdict")),
    *(f"/promises/?verdict={verdict}" for verdict in Verdict.values),
    *(f"/promises/?year=2026&{more}" for more in ("", "sort=-due", "sort=name", "sort=slip", "verdict=late")),
    COMPARED,
    f"{COMPARED}&counted=all",
    *(f"{COMPARED}&what={kind.value}" for kind in KINDS),
    f"{COMPARED}&what=new&counted=all",
    "/statistics/",
    "/sources/",
    "/sources/document-1/",
    "/places/",
    "/places/park/",
    "/news/",
    f"/projects/{OF_ONE}/board/",
    f"/projects/{OF_ONE}/qr.svg",
    f"/projects/{OF_ONE}/preview.png",
    "/data/",
    "/data/names.json",
    "/about/",
    "/about/changes/",
    "/follow/",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap-pages-1.xml",
    "/calendar.ics",
    "/feeds/projects.atom",
    "/feeds/projects.atom?kind=industrial",
    f"/feeds/projects/{OF_ONE}.atom",
    f"/projects/{OF_ONE}/project.json",
    f"/projects/{OF_ONE}/milestones.ics",
]
# Files that hold everything are no pages, and a part of the sitemap is as long as parts may be.
FILES = {
    *("projects_json", "projects_csv", "projects_xlsx", "claims_csv", "claims_json", "statistics_json"),
    *(
        "milestones_csv",
        "parties_csv",
        "neighbours_csv",
        "sources_csv",
        "promises_csv",
        "promises_xlsx",
        "statistics_csv",
        "statistics_xlsx",
    ),
    *("words_csv", "record_zip", "comparison_csv", "comparison_xlsx", "attachment", "styleguide"),
}
# What the choices beside a narrowed list would give is counted over a covering index of all records.
GROUPED = ("/projects/?kind=industrial",)
LONG = ("/calendar.ics",)  # the soonest 500 dates
# Of a search at most 1,001 hits are ranked, of each file at most 10,001 rows counted, 1,000 names given;
# of a group of the wall, and of those that a narrowed timeline speaks of, at most 101 dates are counted; of a
# feed at most 2,001 lines are looked at.
LIMITED = (
    *("/projects/?q=项目", "/projects/?q=项目&kind=industrial", "/projects/?q=项目0042", "/projects/?q=项"),
    *("/data/", "/data/names.json", "/wall/?kind=industrial", "/timeline/?kind=industrial"),
    "/feeds/projects.atom?kind=industrial",
)
# By name one walks past what the headline does not count, which lies together in this crowd.
SKEWED = ("/projects/?sort=name",)
# A search that hits a fifth of so few records reads them all; parties are counted from the public projects.
SCANNED = {"/projects/?q=项目", "/projects/?q=项", "/data/"}
EXEMPT = (*GROUPED, *LONG, *LIMITED, *SKEWED)
sqlite_alone = pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's plans")
SORTED = "USE TEMP B-TREE FOR ORDER BY"
SORTS = {"/projects/?sort=name": 1}  # of the places
CONTROLS = {
    "current_name": "/projects/?sort=name",
    "milestone_slip": "/promises/?sort=slip",
    "milestone_year_name": "/promises/?year=2026&sort=name",
    "milestone_year_slip": "/promises/?year=2026&sort=slip",
    "milestone_without_slip": "/promises/?year=2026&sort=-slip",
    "event_news": "/news/",
    "event_day": f"{COMPARED}&what=started",
}
RARE = "/projects/?q=项目0042"
STEPS = 50  # of SQLite's machine between two counts
MORE = 1.5  # times the work, of fifty times the records
SLACK = 100  # counts: what a page of so few rows may differ by


def said(text: str) -> Dated:
    return Dated("x0", fuzzy_dates.parse(text), fuzzy_dates.parse("2024-10-17"))


def promised(number: int) -> list[dict]:
    """Every other project with a promise, of years to both sides of today."""
    promise = said(str(2022 + number % 9))
    facts = Facts("completed", "", first=promise, promised=promise)
    return [facts_as_json(facts)] if number % 2 else []


def filled(count: int, first: int = 1) -> None:
    """Further projects, each with a claim and with events of some kinds."""
    crowd(count, first, milestones=promised)
    projects = list(Project.objects.filter(claims=None).order_by("pk"))
    if first == 1:
        cast.published(projects[0], ref="x0")
        Current.objects.filter(number__lte=FEW_ALIKE).update(sector=Sector.FOOD)
    claims = []
    for begin in range(0, len(projects), A_DOCUMENT):
        document = cast.source(f"document-{first + begin}")
        claims += [_claim(one, document) for one in projects[begin : begin + A_DOCUMENT]]
    Claim.objects.bulk_create(claims, batch_size=500)
    counted = set(Current.objects.filter(is_counted=True).values_list("project", flat=True))
    events = [
        ProjectEvent(
            project_id=claim.project_id,
            what=kind.value,
            day=SINCE,
            known_on=SINCE,
            claim=claim,
            is_counted=claim.project_id in counted,
            is_news=kind in NEWS,
        )
        for claim in claims
        for kind in KINDS
    ]
    row_differences.write([], events)
    analyze()


def _claim(of: Project, document: Source) -> Claim:
    day = {"known_on": SINCE, "as_of_earliest": SINCE, "as_of_latest": SINCE}
    approved = {"entered_at": cast.AT, "approved_at": cast.AT}
    said = (Topic.CONDITION, Condition.ACTIVE.value) if of.pk % 2 else (Topic.STAGE, Stage.PLANNED.value)
    return cast.draft(of, *said, ref=f"of-{of.slug}", source=document, **day, **approved)


def asked(client, path: str) -> list[str]:
    """What a page asks, and that it is none too large."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    assert answer.status_code == 200, path
    assert len(answer.content) < MAX_BYTES or path in LONG, (path, len(answer.content))
    return [one["sql"] for one in captured if one["sql"].startswith("SELECT")]


def plans(client, path: str, part: str = "") -> list[str]:
    """The lines of SQLite's plans of all that a page asks, or of what has a part in it."""
    questions = [sql for sql in asked(client, path) if part in sql]
    with connection.cursor() as cursor:
        # A plan is kept by its text, and would be shown again after an index has gone.
        return [
            _named(line, sql)
            for sql in questions
            for *_, line in cursor.execute(f"EXPLAIN QUERY PLAN {sql} -- {next(NUMBERS)}").fetchall()
        ]


def _named(line: str, sql: str) -> str:
    """With the name of the table where the plan gives what a question calls it.

    Of several that are called the same it is the first; what the others read is in the work that is counted.
    """
    found = re.findall(r'"projects_(\w+)" ([TUVW]\d+)\b', sql)
    tables = {alias: table for table, alias in reversed(found)}
    return re.sub(r"^SCAN (\w+)", lambda found: f"SCAN {tables.get(found[1], found[1])}", line)


def scans(lines: list[str]) -> list[str]:
    """Without an index, whole tables of a row a project."""
    bare = re.compile(rf"SCAN (projects_)?({'|'.join(TABLES)})( AS \w+)?$")
    return [line for line in lines if bare.match(line)]


def work(client, path: str) -> int:
    """What SQLite's machine does for a page: it takes some steps for each row that it reads."""
    counted = []
    connection.ensure_connection()
    connection.connection.set_progress_handler(lambda: counted.append(1), STEPS)
    try:
        client.get(path)
    finally:
        connection.connection.set_progress_handler(None, 0)
    return len(counted)


def costs() -> dict[str, tuple[int, int]]:
    """Of each page the statements, and the work on SQLite, by a worker that keeps no page yet."""
    client = Client()
    client.get("/data/")  # the version of the data is settled once
    statements = {path: len(asked(client, path)) for path in PAGES}
    if connection.vendor != "sqlite":
        return {path: (taken, 0) for path, taken in statements.items()}
    return {path: (taken, work(client, aside(path))) for path, taken in statements.items()}


def aside(path: str) -> str:
    """The same page, not the copy that is kept of it."""
    return f"{path}{'&' if '?' in path else '?'}type=large"


def grown(few: dict[str, tuple[int, int]], many: dict[str, tuple[int, int]]) -> dict[str, tuple]:
    """The pages that cost more of more records; a statement more finds that a page goes on."""
    return {
        path: (few[path], cost)
        for path, cost in many.items()
        if cost[0] > few[path][0] + 1 or cost[1] > MORE * few[path][1] + SLACK and path not in EXEMPT
    }


@pytest.mark.every_engine
def test_no_page_costs_more_of_many_times_as_many_records(monkeypatch):
    """Statements and bytes on both engines; on SQLite the work, and no plan that scans. And the controls."""
    filled(FEW)
    few = costs()
    filled(MANY - FEW, first=FEW + 1)
    many = costs()
    found = grown(few, many)
    assert not found, _told(found)
    if connection.vendor != "sqlite":
        return
    assert {
        path: found for path in PAGES if path not in SCANNED and (found := scans(plans(Client(), path)))
    } == {}
    for index, path in CONTROLS.items():
        controlled(Client(), index, path, few)
    monkeypatch.setattr(some_projects, "MAX_FEW", 0)
    for path in OF_FEW:  # the control: asked as of many, the dates of all others are passed over
        assert work(Client(), aside(path)) > MORE * few[path][1] + SLACK, path


def untell() -> None:
    """SQLite knows of no rows how many there are, as of a record that nobody analysed."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_stat1")
        cursor.execute("ANALYZE sqlite_schema")


def _told(found: dict[str, tuple]) -> str:
    """With the plans, to see what is read."""
    return "\n".join(f"{path} {cost} {plans(Client(), aside(path))}" for path, cost in found.items())


def controlled(client, index: str, path: str, few: dict[str, tuple[int, int]]) -> None:
    """Without its index a page scans, sorts or works more: the guard finds it."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {index}")
    there = aside(path)
    lines = plans(client, there)
    has_sorted = lines.count(SORTED) > SORTS.get(path, 0)
    before = few.get(path, (0, 0))[1]
    assert scans(lines) or has_sorted or work(client, f"{there}&x=1") > MORE * before + SLACK, (index, lines)


def test_no_page_is_left_out():
    known = {resolve(urlsplit(path).path).url_name for path in PAGES}
    assert {one.name for one in patterns()} - FILES == known


@sqlite_alone
def test_a_rare_search_looks_through_no_dates_of_others(client):
    """Whether a date is to come, for its calendar, only what it has found is asked."""
    filled(FEW)
    of_all = [any("milestone_to_come" in line for line in plans(client, path)) for path in (RARE, "/wall/")]
    assert of_all == [False, True], "the wall, of all, is the control"


def walked_for_few(client) -> set[str]:
    """Pages of few projects for which an index of what all have is read."""
    _statement.cache_clear()
    indexes = ("milestone_after", "milestone_due", "current_dated")
    found = {path: plans(client, f"{aside(path)}&x={next(NUMBERS)}") for path in OF_FEW}
    assert all(found.values())
    return {path for path, lines in found.items() if any(one in line for line in lines for one in indexes)}


@sqlite_alone
def test_few_projects_are_asked_by_their_keys_whether_sqlite_was_told_of_the_rows_or_not(client, monkeypatch):
    """And the control: where it may take an index of a verdict, it does."""
    filled(FEW)
    untell()
    assert walked_for_few(client) == set()
    monkeypatch.setattr(Unindexed, "template", "%(expressions)s")
    assert walked_for_few(client)
    _statement.cache_clear()


# A list in its usual order that filters narrow, the index that has it, and by what it is found there
NARROWED = {
    "/projects/?kind=industrial": ("current_kind_counted", "kind=? AND is_counted=?"),
    "/projects/?kind=industrial&place=park": ("current_kind_counted", "kind=? AND is_counted=?"),
    "/projects/?kind=industrial&place=park&sort=news": ("current_kind_counted", "kind=? AND is_counted=?"),
    "/projects/?place=park": ("current_counted", "is_counted=?"),
}


def is_in_order(client, path: str) -> bool:
    index, by = NARROWED[path]
    lines = plans(client, path, "amounts_text")
    return f"SEARCH projects_current USING INDEX {index} ({by})" in lines and SORTED not in lines


@sqlite_alone
@pytest.mark.parametrize("is_told", [False, True])
def test_a_narrowed_list_is_read_in_its_order(client, is_told):
    """Whether SQLite was told of the rows or not. And the control: without its index it is not."""
    filled(FEW)
    if not is_told:
        untell()
    with connection.cursor() as cursor:
        found = {path: is_in_order(client, path) for path in NARROWED}
        cursor.execute("DROP INDEX current_kind_counted")
        assert found == dict.fromkeys(NARROWED, True)
        assert not any(is_in_order(client, path) for path, (index, _) in NARROWED.items() if "kind" in index)


# A past day

READ = {
    "standing_day": ("/", "/projects/", "/projects/?kind=industrial", "/places/"),
    "milestone_day": ("/", "/promises/", "/wall/"),
}


def narrow(client, index: str) -> list[str]:
    """The pages of a day on which this index answers all that is counted and ordered: its rows are wide."""
    found = []
    for path in READ[index]:
        lines = plans(client, f"{path}{'&' if '?' in path else '?'}asof=2025-06-30")
        is_wide = any("(asof_from<" in line and "COVERING INDEX" not in line for line in lines)
        if not is_wide and any(f"COVERING INDEX {index}" in line for line in lines):
            found.append(path)
    return found


@sqlite_alone
@pytest.mark.parametrize("index", READ)
def test_a_past_day_is_counted_and_ordered_over_a_narrow_index(client, index):
    filled(FEW)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as after loading
    assert narrow(client, index) == list(READ[index])
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {index}")
    assert narrow(client, index) == []
