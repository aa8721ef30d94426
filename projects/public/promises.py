"""The page of promises: every promised date with its verdict."""

from datetime import date
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from projects.choices import Verdict
from projects.pages import keyset, page_frame
from projects.pages.keyset import Ignored
from projects.public import promise_slope
from projects.public.promise_slope import Slope
from projects.records import last_report, list_question, promise_counts, promise_list
from projects.records.promise_list import PromiseRow

MAX_SLOPES = 100  # that are remembered


@page_frame.public_page("verdict", "year", "sort", *keyset.LINKS)
def promises(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    frame = page_frame.frame(request, clocks, "promises")
    ignored: list[Ignored] = []
    verdicts = list_question.chosen(request.GET, "verdict", Verdict.values, ignored)
    sorts = list_question.chosen(request.GET, "sort", promise_list.ORDERS, ignored)
    sort = sorts[-1] if sorts else promise_list.SILENT_FIRST
    told = promise_counts.promise_counts(clocks.alone)
    counts, years = told.verdicts(), told.years(verdicts)
    asked = list_question.chosen(request.GET, "year", [year for year, _ in years], ignored)
    year = asked[-1] if asked else ""
    found = promise_list.page(verdicts, year, sort, clocks, request.GET)
    ignored += found.bad
    context = frame | {
        "last_report": last_report.of_projects(clocks),
        "promises": found.rows,
        "pages": found.links(page_frame.question(request)),
        "slope": _slope(tuple(found.rows), clocks.asof),
        "columns": _telling(found.rows),
        "count": sum(counts.values()),
        "inferred": told.inferred,
        "tally": promise_counts.tally(told.verdicts(year)),
        "years": [one for one in years if one[1] or one[0] == year],
        "year": year,
        "of_verdicts": sum(n for _, n in years),
        "of_year": told.verdicts(year).total(),
        "kept": promise_counts.share_kept(counts),
        "verdicts": verdicts,
        "with_word": [one.value for one in promise_counts.WITH_WORD],
        "sort": sort,
        "ignored": list_question.told(request, ignored),
        "verdict_codes": Verdict.values,
    }
    return render(request, "public/promises.html", context)


@lru_cache(MAX_SLOPES)
def _slope(rows: tuple[PromiseRow, ...], asof: date) -> Slope | None:
    return promise_slope.slope(((one, one.told, one.verdict) for one in rows), asof)


def _telling(rows: list[PromiseRow]) -> frozenset[str]:
    """The columns in which there is anything to read."""
    said = {
        "now": (one.told.undecided or one.told.has_moved for one in rows),
        "actual": (one.told.fulfilment or one.told.part_actual for one in rows),
        "slip": (one.is_slip_told for one in rows),
    }
    return frozenset(name for name, signs in said.items() if any(signs))
