"""The page that draws the milestones of many projects to one scale, those with the next date first."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from projects.choices import Kind
from projects.core import today
from projects.core.clocks import Clocks
from projects.core.promises import Dated, Facts
from projects.models import ProjectMilestone
from projects.models.prepared import Prepared, among
from projects.models.standing import facts_from_text
from projects.pages import charts, keyset, page_frame
from projects.pages.charts import Band, Scale
from projects.records import list_question
from projects.records.filters import FILTERS, Ignored, narrowed, narrowed_prepared

PAGE_SIZE = 50
MAX_LINES = 2_000  # that are remembered
COLUMNS = ("pk", "slug", "name", "name_en", "kind", "record_type")
TO_COME, PAST_DUE, OVER = "to_come", "past_due", "over"
GROUPS = {
    TO_COME: _("Dates to come, the next one first"),
    PAST_DUE: _("Past their day and still to come"),
    OVER: _("Nothing more was promised"),
}


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A project with what was promised or has happened, and by when the next of it was to come."""

    pk: int
    slug: str
    name: str
    name_en: str
    kind: str
    record_type: str
    due_on: date | None
    told: tuple[str, ...]  # of each milestone, as its row keeps it

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


@dataclass(frozen=True, slots=True, eq=False)
class TimelineLine:
    """A project with its marks in the order of their dates, the years and today; remembered as they are."""

    row: TimelineRow
    marks: list[TimelineMark]
    years: list[tuple[int, float]]
    today: float


def _page(params: QueryDict, clocks: Clocks, asked: QueryDict) -> tuple[list[TimelineRow], keyset.KeysetPage]:
    """Only records of which some date was said or has happened."""
    if not clocks.is_today:
        rows = narrowed(params, clocks).exclude(milestones=[]).order_by("number")
        values = rows.values_list(*COLUMNS, "milestones")
        found = [_row(names, tuple(map(json.dumps, told))) for *names, told in values]
        found.sort(key=lambda one: _next_first(one, clocks.asof))
        page = keyset.page_of_list(found, lambda one: one.slug, PAGE_SIZE, asked, params.urlencode())
        return page.rows, page
    dated = narrowed_prepared(params, clocks)
    segments = [
        keyset.Segment(dated.then(_due, "due_on__gte", clocks.asof), ("due_on", "number")),
        keyset.Segment(dated.then(_due, "due_on__lt", clocks.asof), ("due_on", "number")),
        keyset.Segment(dated.then(_due, "due_on__isnull", True), ("number",)),
    ]
    page = keyset.page(segments, COLUMNS, PAGE_SIZE, asked, params.urlencode())
    told = _told([pk for pk, *_ in page.rows])
    return [_row(values, tuple(told.get(values[0], ()))) for values in page.rows], page


def _due(rows: QuerySet, lookup: str, value: date | bool) -> QuerySet:
    return rows.filter(is_dated__in=[True], **{lookup: value})  # so asked, SQLite takes the index


def _row(values: Iterable, told: tuple[str, ...]) -> TimelineRow:
    return TimelineRow(*values, today.earliest_due(map(facts_from_text, told)), told)


def _next_first(row: TimelineRow, asof: date) -> tuple:
    return list(GROUPS).index(row.group(asof)), row.due_on or date.min


def _told(keys: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for project, told in Prepared(_milestones).then(among, "project", keys=keys).fetch():
        found.setdefault(project, []).append(told)
    return found


def _milestones() -> QuerySet:
    rows = ProjectMilestone.objects.order_by("project", "position")
    return rows.values_list("project", Cast("told", TextField()))


@lru_cache(MAX_LINES)
def _said(row: TimelineRow) -> list[tuple[str, Facts, Dated]]:
    """What was said of it, each once: the first promise, the one that holds where it moved, the fact."""
    found = []
    for told in map(facts_from_text, row.told):
        if told.first:
            found.append(("first", told, told.first))
        if told.promised and (told.first is None or told.promised.value.text != told.first.value.text):
            found.append(("promised", told, told.promised))
        if told.actual:
            found.append(("actual", told, told.actual))
    return found


@lru_cache(MAX_LINES)
def _line(row: TimelineRow, scale: Scale, asof: date) -> TimelineLine:
    marks = [
        TimelineMark(row, kind, told.milestone, told.scope, said, scale.band(said.value))
        for kind, told, said in _said(row)
    ]
    return TimelineLine(row, sorted(marks, key=_by_date), scale.years(), scale.at(asof))


def _by_date(mark: TimelineMark) -> tuple[date, date]:
    return mark.said.value.latest, mark.said.value.earliest


def _by_year(marks: list[TimelineMark], asof: date) -> list[tuple[int, tuple[TimelineMark | None, ...]]]:
    """For a narrow screen: by the year in which it is over at the latest, None where today lies."""
    ordered = sorted(marks, key=_by_date)
    at = sum(mark.said.value.latest < asof for mark in ordered)
    lines = [*ordered[:at], None, *ordered[at:]]
    years = groupby(lines, key=lambda mark: mark.said.value.latest.year if mark else asof.year)
    return [(year, tuple(group)) for year, group in years]


@page_frame.public_page(*FILTERS, *keyset.LINKS)
def timeline(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    params, ignored = list_question.meant(request)
    rows, page = _page(params, clocks, request.GET)
    ignored = list_question.told(request, [*ignored, *(Ignored(*one) for one in page.bad)])
    scale = charts.scale_of((said.value for row in rows for *_, said in _said(row)), clocks.asof)
    lines = [_line(row, scale, clocks.asof) for row in rows]
    groups = groupby(lines, key=lambda line: line.row.group(clocks.asof))
    context = page_frame.frame(request, clocks, "timeline") | {
        "groups": [(GROUPS[name], list(group)) for name, group in groups],
        "by_year": _by_year([mark for line in lines for mark in line.marks], clocks.asof),
        "pages": page.links(page_frame.question(request)),
        "wall": page_frame.link(reverse("wall"), dict(params.lists()) | page_frame.carried(request, clocks)),
        "years": scale.years(),
        "kinds": Kind,
        "chosen": params.get("kind", ""),
        "ignored": ignored,
    }
    return render(request, "public/timeline.html", context)
