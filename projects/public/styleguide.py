"""Each part of the templates once, in DEBUG only: what a page may be built from."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from projects.choices import Condition, Stage, Topic, Verdict
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.core.statements import Series, Statement
from projects.pages import charts, page_frame


@page_frame.public_page()
def styleguide(request: HttpRequest) -> HttpResponse:
    stages = [(stage.value, number) for number, stage in enumerate(Stage, start=2)]
    context = page_frame.frame(request, page_frame.clocks_of(request), "styleguide") | {
        "stage_codes": Stage.values,
        "conditions": Condition.values,
        "verdict_codes": Verdict.values,
        "stages": stages,
        "labels": (pieces := charts.pieces(stages)),
        "pieces": [replace(one, code=(one.code, one.code == Stage.PLANNED)) for one in pieces],
        "bars": charts.bars(stages),
        "said": _said(40),
        "ignored": [{"name": "sort", "value": "zzz"}],
    }
    return render(request, "public/styleguide.html", context)


def _said(yi: int) -> Statement:
    on = fuzzy_dates.parse("2025-06-30")
    series = Series(Topic.TOTAL_INVESTMENT)
    return Statement("example", series, Money(yi * 10**8, "yi", 0), on, on.latest, is_stated=False)
