"""Each part of the templates once, in DEBUG only: what a page may be built from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from projects.choices import Condition, Stage, Verdict
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.core.statements import Series, Statement
from projects.pages import charts, page_frame
from projects.public import project_page
from projects.records.project_record import MONEY

# In 亿元: total, invested, agreed; beside each other, beyond the total, one alone, none.
AMOUNTS = [(40, 12, 30), (40, 48, None), (40, None, None), (None, 12, None), (None, None, 30), (None,) * 3]


@page_frame.public_page()
def styleguide(request: HttpRequest) -> HttpResponse:
    stages = [(stage.value, number) for number, stage in enumerate(Stage, start=2)]
    context = page_frame.frame(request, page_frame.clocks_of(request), "styleguide") | {
        "stage_codes": Stage.values,
        "conditions": Condition.values,
        "verdict_codes": Verdict.values,
        "stages": charts.pieces(stages),
        "bars": charts.bars(stages),
        "moneys": [project_page.of_statements(list(map(_said, MONEY, yi))) for yi in AMOUNTS],
        "ignored": [{"name": "sort", "value": "zzz"}],
    }
    return render(request, "public/styleguide.html", context)


def _said(topic: str, yi: int | None) -> Statement | None:
    on = fuzzy_dates.parse("2025-06-30")
    money = Money((yi or 0) * 10**8, "yi", 0)
    return None if yi is None else Statement(f"example-{topic}", Series(topic), money, on, on.latest)
