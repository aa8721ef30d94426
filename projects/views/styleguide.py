"""Each part of the templates once, in DEBUG only: what a page may be built from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from projects.choices import Condition, Stage, Verdict
from projects.formats import charts
from projects.views import asking
from tracker.kept import public_page


@public_page
def styleguide(request: HttpRequest) -> HttpResponse:
    stages = [(stage.value, number) for number, stage in enumerate(Stage, start=2)]
    context = asking.frame(request, asking.clocks_of(request), "styleguide") | {
        "stage_codes": Stage.values,
        "conditions": Condition.values,
        "verdict_codes": Verdict.values,
        "stages": charts.pieces(stages),
        "bars": charts.bars(stages),
        "ignored": [{"name": "sort", "value": "zzz"}],
    }
    return render(request, "public/styleguide.html", context)
