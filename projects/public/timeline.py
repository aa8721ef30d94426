"""The page that draws the milestones of all projects to one scale."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from projects.choices import Kind
from projects.models.standing import facts_from_json
from projects.pages import charts, page_frame
from projects.public import milestone_chart
from projects.records import list_question
from projects.records.filters import narrowed

MOST_LINES = 400


@page_frame.public_page(*list_question.FILTERS)
def timeline(request: HttpRequest) -> HttpResponse:
    """Only records of which some date was said or has happened."""
    clocks = page_frame.clocks_of(request)
    params, ignored = list_question.meant(request)
    rows = narrowed(params, clocks)
    rows = rows.exclude(milestones=[]).select_related("project").order_by("project__kind", "project__code")
    told = [(row, [facts_from_json(one) for one in row.milestones]) for row in rows[:MOST_LINES]]
    spans = [span for _, facts in told for span in milestone_chart.spans_of(facts)]
    scale = charts.scale_of(spans, clocks.asof)
    context = page_frame.frame(request, clocks, "timeline") | {
        "lines": [
            (row, [mark for one in facts for mark in milestone_chart.marks_of(one, scale)])
            for row, facts in told
        ],
        "scale": scale,
        "years": scale.years(),
        "today": scale.at(clocks.asof),
        "kinds": Kind,
        "params": params,
        "ignored": ignored,
    }
    return render(request, "public/timeline.html", context)
