"""The page that draws the milestones of many projects to one scale, those with the next date first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from projects.choices import Kind
from projects.core import today
from projects.core.clocks import Clocks
from projects.core.promises import Dated, Facts
from projects.models import ProjectMilestone
from projects.models.standing import facts_from_json
from projects.pages import charts, keyset, page_frame
from projects.pages.charts import Band, Scale
from projects.records import list_question
from projects.records.filters import FILTERS, Ignored, narrowed

PAGE_SIZE = 50
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
    told: list[Facts]

    def group(self, asof: date) -> str:
        if self.due_on is None:
            return OVER
        return TO_COME if self.due_on >= asof else PAST_DUE


@dataclass(frozen=True, slots=True)
class TimelineMark:
    """A promise or a fact of a project as a band, with its words."""

    row: TimelineRow
    kind: str
    milestone: str
    scope: str
    said: Dated
    band: Band


def _page(params: QueryDict, clocks: Clocks, asked: QueryDict) -> tuple[list[TimelineRow], keyset.KeysetPage]:
    """Only records of which some date was said or has happened."""
    rows = narrowed(params, clocks)
    if not clocks.is_today:
        values = rows.exclude(milestones=[]).order_by("number").values_list(*COLUMNS, "milestones")
        found = [_row(names, [facts_from_json(one) for one in told]) for *names, told in values]
        found.sort(key=lambda one: _next_first(one, clocks.asof))
        page = keyset.page_of_list(found, lambda one: one.slug, PAGE_SIZE, asked, params.urlencode())
        return page.rows, page
    dated = rows.filter(is_dated__in=[True])  # so asked, SQLite takes the index
    segments = [
        keyset.Segment(dated.filter(due_on__gte=clocks.asof), ("due_on", "number")),
        keyset.Segment(dated.filter(due_on__lt=clocks.asof), ("due_on", "number")),
        keyset.Segment(dated.filter(due_on__isnull=True), ("number",)),
    ]
    page = keyset.page(segments, COLUMNS, PAGE_SIZE, asked, params.urlencode())
    told = _told([pk for pk, *_ in page.rows])
    return [_row(values, told.get(values[0], [])) for values in page.rows], page


def _row(values: list, told: list[Facts]) -> TimelineRow:
    return TimelineRow(*values, today.earliest_due(told), told)


def _next_first(row: TimelineRow, asof: date) -> tuple:
    return list(GROUPS).index(row.group(asof)), row.due_on or date.min


def _told(keys: list[int]) -> dict[int, list[Facts]]:
    found: dict[int, list[Facts]] = {}
    rows = ProjectMilestone.objects.filter(project__in=keys).order_by("project", "position")
    for project, told in rows.values_list("project", "told"):
        found.setdefault(project, []).append(facts_from_json(told))
    return found


def _said(row: TimelineRow) -> list[tuple[str, Facts, Dated]]:
    """What was said of it, each once: the first promise, the one that holds where it moved, the fact."""
    found = []
    for told in row.told:
        if told.first:
            found.append(("first", told, told.first))
        if told.promised and (told.first is None or told.promised.value.text != told.first.value.text):
            found.append(("promised", told, told.promised))
        if told.actual:
            found.append(("actual", told, told.actual))
    return found


def _marks(row: TimelineRow, scale: Scale) -> list[TimelineMark]:
    """In the order of their dates."""
    marks = [
        TimelineMark(row, kind, told.milestone, told.scope, said, scale.band(said.value))
        for kind, told, said in _said(row)
    ]
    return sorted(marks, key=_by_date)


def _by_date(mark: TimelineMark) -> tuple[date, date]:
    return mark.said.value.latest, mark.said.value.earliest


def _by_year(marks: list[TimelineMark], asof: date) -> list[tuple[int, list[TimelineMark | None]]]:
    """For a narrow screen: by the year in which it is over at the latest, None where today lies."""
    ordered = sorted(marks, key=_by_date)
    at = sum(mark.said.value.latest < asof for mark in ordered)
    lines = [*ordered[:at], None, *ordered[at:]]
    years = groupby(lines, key=lambda mark: mark.said.value.latest.year if mark else asof.year)
    return [(year, list(group)) for year, group in years]


@page_frame.public_page(*FILTERS, *keyset.LINKS)
def timeline(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    params, ignored = list_question.meant(request)
    rows, page = _page(params, clocks, request.GET)
    ignored = list_question.told(request, [*ignored, *(Ignored(*one) for one in page.bad)])
    scale = charts.scale_of((said.value for row in rows for *_, said in _said(row)), clocks.asof)
    lines = [(row, _marks(row, scale)) for row in rows]
    groups = groupby(lines, key=lambda line: line[0].group(clocks.asof))
    context = page_frame.frame(request, clocks, "timeline") | {
        "groups": [(GROUPS[name], list(group)) for name, group in groups],
        "by_year": _by_year([mark for _, marks in lines for mark in marks], clocks.asof),
        "pages": page.links(page_frame.question(request)),
        "wall": page_frame.link(reverse("wall"), dict(params.lists()) | page_frame.carried(request, clocks)),
        "years": scale.years(),
        "today": scale.at(clocks.asof),
        "kinds": Kind,
        "params": params,
        "ignored": ignored,
    }
    return render(request, "public/timeline.html", context)
