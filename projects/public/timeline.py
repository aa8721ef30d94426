"""The page that draws the milestones of all projects to one scale."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from projects.choices import Kind
from projects.core.clocks import Clocks
from projects.core.promises import Facts
from projects.models import ProjectMilestone, Standing
from projects.models.standing import facts_from_json
from projects.pages import charts, keyset, page_frame
from projects.public import milestone_chart
from projects.records import list_question
from projects.records.filters import FILTERS, Ignored, narrowed

PAGE_SIZE = 50
COLUMNS = ("pk", "slug", "name", "name_en", "kind", "record_type")


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A project with what was promised or has happened."""

    slug: str
    name: str
    name_en: str
    kind: str
    record_type: str
    told: list[Facts]


def _page(params: QueryDict, clocks: Clocks, asked: QueryDict) -> tuple[list[TimelineRow], keyset.KeysetPage]:
    """Only records of which some date was said or has happened, by kind."""
    rows = narrowed(params, clocks)
    dated = rows.filter(is_dated=True) if clocks.is_today else rows.exclude(milestones=[])
    segments = [keyset.Segment(dated, ("kind", "number"))]
    found = keyset.page(segments, COLUMNS, PAGE_SIZE, asked, params.urlencode())
    told = _told([pk for pk, *_ in found.rows], clocks)
    return [TimelineRow(*names, told.get(pk, [])) for pk, *names in found.rows], found


def _told(keys: list[int], clocks: Clocks) -> dict[int, list[Facts]]:
    """By the key of a row of today or of a past day."""
    if not clocks.is_today:
        past = Standing.objects.filter(pk__in=keys).values_list("pk", "milestones")
        return {pk: [facts_from_json(one) for one in milestones] for pk, milestones in past}
    found: dict[int, list[Facts]] = {}
    rows = ProjectMilestone.objects.filter(project__in=keys).order_by("project", "position")
    for project, told in rows.values_list("project", "told"):
        found.setdefault(project, []).append(facts_from_json(told))
    return found


@page_frame.public_page(*FILTERS, *keyset.LINKS)
def timeline(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    params, ignored = list_question.meant(request)
    rows, page = _page(params, clocks, request.GET)
    ignored = list_question.told(request, [*ignored, *(Ignored(*one) for one in page.bad)])
    scale = charts.scale_of(
        [span for row in rows for span in milestone_chart.spans_of(row.told)], clocks.asof
    )
    context = page_frame.frame(request, clocks, "timeline") | {
        "lines": [
            (row, [mark for one in row.told for mark in milestone_chart.marks_of(one, scale)]) for row in rows
        ],
        "pages": page.links(page_frame.question(request)),
        "scale": scale,
        "years": scale.years(),
        "today": scale.at(clocks.asof),
        "kinds": Kind,
        "params": params,
        "ignored": ignored,
    }
    return render(request, "public/timeline.html", context)
