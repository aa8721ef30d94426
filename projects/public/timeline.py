"""The page that draws the milestones of many projects to one scale, those with the next date first.

A project stands once: by the next of its dates, else by the one that is past its day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import groupby

from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField, Window
from django.db.models.functions import Cast, RowNumber
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from projects.audit.version_memory import read_missing, until_published
from projects.choices import Kind
from projects.claims import standings
from projects.core.clocks import Clocks
from projects.core.promises import Dated, Facts
from projects.models import ProjectMilestone
from projects.models.prepared import Prepared, among
from projects.models.standing import facts_from_text
from projects.pages import charts, keyset, page_frame
from projects.pages.charts import Band, Scale
from projects.records import list_question, promise_outlook, some_projects
from projects.records.filters import FILTERS
from projects.records.promise_outlook import PromiseOutlook
from projects.records.some_projects import Way

PAGE_SIZE = 50
MAX_LINES, MAX_PAGES = 2_000, 40  # that are remembered
COLUMNS = ("project", "slug", "name", "name_en", "kind", "record_type", "due_on")
TO_COME, PAST_DUE, OVER = "to_come", "past_due", "over"
GROUPS = {
    TO_COME: _("Dates to come, the next one first"),
    PAST_DUE: _("Past due with no outcome reported, and no later date"),
    OVER: _("Nothing more was promised"),
}


@dataclass(frozen=True)
class TimelineRow:
    """A project with what was promised or has happened, and by when the next of it is, or was, to come."""

    key: int
    slug: str
    name: str
    name_en: str
    kind: str
    record_type: str
    due_on: date | None
    told: tuple[str, ...]  # of each milestone, as its row keeps it

    @cached_property
    def said(self) -> list[tuple[str, Facts, Dated]]:
        """Each once: the first promise, the one that holds where it moved, the fact."""
        found = []
        for told in map(facts_from_text, self.told):
            if told.first:
                found.append(("first", told, told.first))
            if told.promised and (told.first is None or told.has_moved):
                found.append(("promised", told, told.promised))
            if told.actual:
                found.append(("actual", told, told.actual))
        return found

    def group(self, asof: date) -> str:
        if self.due_on is None:
            return OVER
        return TO_COME if self.due_on >= asof else PAST_DUE


@dataclass(frozen=True, slots=True, eq=False)
class TimelineMark:
    """A promise or a fact of a project as a band, with its words; remembered as they are."""

    row: TimelineRow
    kind: str
    milestone: str
    scope: str
    said: Dated
    band: Band
    is_past_due: bool


@dataclass(frozen=True, slots=True, eq=False)
class TimelineLine:
    """A project with its marks in the order of their dates, and today; remembered as they are."""

    row: TimelineRow
    marks: list[TimelineMark]
    today: float


Found = tuple[list[TimelineRow], keyset.KeysetPage, PromiseOutlook]


def _page(params: QueryDict, clocks: Clocks, asked: QueryDict) -> Found:
    """Only records of which some date was said or has happened; and what is to be said first of all."""
    projects = some_projects.found_by(params, clocks)
    dated = projects.rows
    whole = None if clocks.is_today else standings.every_rectangle
    segments = [
        keyset.Segment(projects.then(_next_dates, clocks), ("to_come_on", "id"), _every_date),
        keyset.Segment(dated.then(_past_due, clocks, projects.way), ("due_on", "number"), whole),
        keyset.Segment(dated.then(_over, projects.way), ("number",), whole),
    ]
    page = keyset.page(segments, COLUMNS, PAGE_SIZE, asked, params.urlencode())
    outlook = promise_outlook.of(projects, clocks) if params else promise_outlook.of_everything(clocks)
    return _remembered(page.rows, clocks), page, outlook


def _next_dates(rows: QuerySet, clocks: Clocks, way: Way, **pending: str) -> QuerySet[ProjectMilestone]:
    """Of each project the first of its dates to come: of today in turn, as their index has them.

    Of a past day all are read over its index: to ask each of them for its project's others takes longer.
    """
    coming = ProjectMilestone.objects.to_come(clocks)
    earlier = Q(to_come_on__lt=OuterRef("to_come_on"))
    beside = Q(to_come_on=OuterRef("to_come_on"), id__lt=OuterRef("id"))
    found = some_projects.dates_of(rows, clocks, way, to_come_on__gte=clocks.asof, **pending)
    if not clocks.is_today:
        nth = Window(RowNumber(), partition_by="project", order_by=("to_come_on", "id"))
        return ProjectMilestone.objects.filter(pk__in=found.annotate(nth=nth).filter(nth=1).values("pk"))
    return found.filter(~Exists(coming.filter(earlier | beside, project=OuterRef("project"))))


def _every_date() -> QuerySet[ProjectMilestone]:
    names = ("slug", "name_en", "kind", "record_type")
    named = {name: F(f"project__{name}") for name in names}
    return ProjectMilestone.objects.annotate(due_on=F("to_come_on"), **named)


def _past_due(rows: QuerySet, clocks: Clocks, way: Way) -> QuerySet:
    """Those of which nothing is to come any more."""
    coming = ProjectMilestone.objects.to_come(clocks).filter(project=OuterRef("project"))
    return _dated(rows, way).filter(~Exists(coming), due_on__lt=clocks.asof)


def _over(rows: QuerySet, way: Way) -> QuerySet:
    return _dated(rows, way).filter(due_on__isnull=True)


def _dated(rows: QuerySet, way: Way) -> QuerySet:
    """So asked, SQLite takes the index of all, and of a bare column that of the keys."""
    return rows.filter(is_dated=True) if way == "listed" else rows.filter(is_dated__in=[True])


def _remembered(rows: list[tuple], clocks: Clocks) -> list[TimelineRow]:
    """With their milestones, read once a data version."""

    def read(new: list[tuple[tuple, Clocks]]) -> dict[tuple[tuple, Clocks], TimelineRow]:
        told = _told([key for (key, *_), _ in new], clocks)
        return {one: TimelineRow(*one[0], tuple(told[one[0][0]])) for one in new}

    return read_missing(_known(), [(values, clocks) for values in rows], read, MAX_LINES)


@until_published
def _known() -> dict[tuple[tuple, Clocks], TimelineRow]:
    """What was read since something was published, by what its row says and the days."""
    return {}


def _told(keys: list[int], clocks: Clocks) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {key: [] for key in keys}
    for project, told in Prepared(_milestones, (clocks,)).then(among, "project", keys=keys).fetch():
        found[project].append(told)
    return found


def _milestones(clocks: Clocks) -> QuerySet:
    rows = ProjectMilestone.objects.held(clocks).order_by("project", "position", "scope")
    return rows.values_list("project", Cast("told", TextField()))


@lru_cache(MAX_PAGES)
def _drawn(rows: tuple[TimelineRow, ...], asof: date) -> dict:
    """The lines of a page in their groups, to one scale; and the same by year."""
    scale = charts.scale_of((said.value for row in rows for *_, said in row.said), asof)
    lines = [_line(row, scale, asof) for row in rows]
    groups = groupby(lines, key=lambda line: line.row.group(asof))
    drawn = {
        "groups": [(GROUPS[name], list(group)) for name, group in groups],
        "years": tuple(scale.years()),
        "today_at": scale.at(asof),
    }
    return drawn | _narrow(lines, asof)


def _line(row: TimelineRow, scale: Scale, asof: date) -> TimelineLine:
    marks = [
        TimelineMark(
            row, kind, told.milestone, told.scope, said, scale.band(said.value), told.is_past_due(said, asof)
        )
        for kind, told, said in row.said
    ]
    return TimelineLine(row, sorted(marks, key=_by_date), scale.at(asof))


def _by_date(mark: TimelineMark) -> tuple[date, date]:
    return mark.said.value.latest, mark.said.value.earliest


def _narrow(lines: list[TimelineLine], asof: date) -> dict:
    """For a narrow screen: from the year of the day shown on; those before it are folded away."""
    by_year = _by_year([mark for line in lines for mark in line.marks], asof)
    earlier = [one for one in by_year if one[0] < asof.year]
    ends = (str(year) for year, _ in (*earlier[:1], *earlier[-1:]))
    return {
        "earlier": earlier,
        "earlier_years": "–".join(dict.fromkeys(ends)),
        "by_year": by_year[len(earlier) :],
    }


def _by_year(marks: list[TimelineMark], asof: date) -> list[tuple[int, tuple[TimelineMark | None, ...]]]:
    """By the year in which it is over at the latest, None where today lies."""
    ordered = sorted(marks, key=_by_date)
    at = sum(mark.said.value.latest < asof for mark in ordered)
    lines = [*ordered[:at], None, *ordered[at:]]
    years = groupby(lines, key=lambda mark: mark.said.value.latest.year if mark else asof.year)
    return [(year, tuple(group)) for year, group in years]


@page_frame.public_page(*FILTERS, *keyset.LINKS)
def timeline(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    params, ignored = list_question.meant(request)
    rows, page, outlook = _page(params, clocks, request.GET)
    ignored = list_question.told(request, ignored + page.bad)
    context = page_frame.frame(request, clocks, "timeline") | _drawn(tuple(rows), clocks.asof)
    context |= {
        "outlook": outlook,
        "is_narrowed": bool(params),
        "pages": page.links(page_frame.question(request)),
        "wall": page_frame.link(reverse("wall"), dict(params.lists()) | page_frame.carried(request, clocks)),
        "kinds": Kind,
        "chosen": params.get("kind", ""),
        "ignored": ignored,
    }
    return render(request, "public/timeline.html", context)
