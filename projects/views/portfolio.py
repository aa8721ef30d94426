"""The portfolio as a whole: overview, timeline, promises, two dates side by side."""

from datetime import date
from operator import itemgetter

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from projects.choices import Kind, Stage, Verdict
from projects.claims import standings
from projects.core.clocks import ClockNotice, Clocks, read_day
from projects.models import Place
from projects.models.standing import facts_from_json
from projects.pages import charts, page_frame
from projects.queries import comparing
from projects.queries.overview import overview
from projects.records import list_question, promise_list
from projects.records.facets import counted_within
from projects.records.filters import Ignored, narrowed
from projects.views import timelines
from tracker.kept import do_not_keep

MOST_LINES = 400
MOST_BARS = 5


@page_frame.public_page()
def home(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    found = overview(clocks)
    stages = {stage.value: found.facets["stage"].get(stage.value, 0) for stage in Stage}
    context = page_frame.frame(request, clocks, "home") | {
        "overview": found,
        "stages": (pieces := charts.pieces(stages.items())),
        "furthest_first": pieces[::-1],
        "unknown_stage": found.facets["stage"].get("", 0),
        "kinds": charts.bars(found.facets["kind"].items())[:MOST_BARS],
        "sectors": charts.bars((code, n) for code, n in found.facets["sector"].items() if code)[:MOST_BARS],
        "places": charts.bars(_places(found.facets["place"]))[:MOST_BARS],
    }
    return render(request, "public/home.html", context)


def _places(counts: dict[str, int]) -> list[tuple[Place, int]]:
    """Places with what lies in them, each as a row with its name."""
    rows = {place.code: place for place in Place.objects.select_related("parent__parent")}
    return [(rows[code], count) for code, count in counted_within(counts, rows).items()]


@page_frame.public_page("verdict", "sort")
def promises(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    found = promise_list.with_claims(promise_list.promises(clocks))
    ignored: list[Ignored] = []
    verdicts = _chosen(request.GET, "verdict", Verdict.values, ignored)
    sort = (_chosen(request.GET, "sort", promise_list.ORDERS, ignored) or ["-due"])[-1]
    shown = [one for one in found if not verdicts or one.verdict in verdicts]
    context = page_frame.frame(request, clocks, "promises") | {
        "promises": promise_list.ordered(shown, sort),
        "count": len(found),
        "tally": promise_list.tally(found),
        "kept": promise_list.share_kept(found),
        "verdicts": verdicts,
        "with_word": [one.value for one in promise_list.WITH_WORD],
        "sort": sort,
        "ignored": list_question.told(request, ignored),
        "verdict_codes": Verdict.values,
    }
    return render(request, "public/promises.html", context)


def _chosen(params: QueryDict, name: str, values, ignored: list[Ignored]) -> list[str]:
    """What means something of all that was asked for under a name."""
    texts = [text.strip() for text in params.getlist(name)]
    ignored += [Ignored(name, text) for text in texts if text and text not in values]
    return [text for text in dict.fromkeys(texts) if text in values]


@page_frame.public_page(*list_question.FILTERS)
def timeline(request: HttpRequest) -> HttpResponse:
    """Only records of which some date was said or has happened."""
    clocks = page_frame.clocks_of(request)
    params, ignored = list_question.meant(request)
    rows = narrowed(params, clocks)
    rows = rows.exclude(milestones=[]).select_related("project").order_by("project__kind", "project__code")
    told = [(row, [facts_from_json(one) for one in row.milestones]) for row in rows[:MOST_LINES]]
    spans = [span for _, facts in told for span in timelines.spans_of(facts)]
    scale = charts.scale_of(spans, clocks.asof)
    context = page_frame.frame(request, clocks, "timeline") | {
        "lines": [
            (row, [mark for one in facts for mark in timelines.marks_of(one, scale)]) for row, facts in told
        ],
        "scale": scale,
        "years": scale.years(),
        "today": scale.at(clocks.asof),
        "kinds": Kind,
        "params": params,
        "ignored": ignored,
    }
    return render(request, "public/timeline.html", context)


@page_frame.public_page("from", "to")
def compare(request: HttpRequest) -> HttpResponse:
    """`from` and `to`: by default the first day on which anything was known, and that of the other pages."""
    today = timezone.localdate()
    clocks = page_frame.at_today(today) if request.GET.get("to") else page_frame.clocks_of(request)
    (begins, first), (ends, last) = _two_days(request.GET, clocks)
    notices = [one for one in (*clocks.notices, first, last) if one]
    if notices:
        do_not_keep(request)
    context = page_frame.frame(request, clocks, "compare") | {
        "comparison": comparing.compare(begins, ends),
        "begins": begins,
        "ends": ends,
        "today": today,
        "notices": notices,
    }
    return render(request, "public/compare.html", context)


def _two_days(params: QueryDict, clocks: Clocks) -> list[tuple[date, ClockNotice | None]]:
    """Each with what had to be changed, the earlier one first; the later one is a day of knowledge, too."""
    reach = standings.reach(clocks.today)
    until = params.get("to") or clocks.asof.isoformat()
    least = max(reach.first_asof, reach.first_known)
    begins = read_day("from", params.get("from", ""), reach.first_known, reach.first_asof, clocks.today)
    return sorted([begins, read_day("to", until, clocks.today, least, clocks.today)], key=itemgetter(0))
