"""The portfolio as a whole: overview, timeline, promises, two dates side by side."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from projects.choices import Kind, Stage, Verdict
from projects.filters.facets import counted_within
from projects.filters.projects import Ignored, ProjectFilter, meant
from projects.formats import charts
from projects.models import Place
from projects.models.standing import facts_from_json
from projects.queries import comparing, promised, standings
from projects.queries.overview import overview
from projects.rules.clocks import read_day
from projects.views import asking, timelines
from tracker.kept import public_page

MOST_LINES = 400
MOST_BARS = 7


@public_page
def home(request: HttpRequest) -> HttpResponse:
    clocks = asking.clocks_of(request)
    found = overview(clocks)
    stages = {stage.value: found.facets["stage"].get(stage.value, 0) for stage in Stage}
    context = asking.frame(request, clocks, "home") | {
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


@public_page
def promises(request: HttpRequest) -> HttpResponse:
    clocks = asking.clocks_of(request)
    found = promised.with_claims(promised.promises(clocks))
    ignored: list[Ignored] = []
    verdict = _one_of(request.GET, "verdict", Verdict.values, "", ignored)
    sort = _one_of(request.GET, "sort", promised.ORDERS, "-due", ignored)
    shown = [one for one in found if not verdict or one.verdict == verdict]
    tally = {one.value: sum(1 for each in found if each.verdict == one) for one in Verdict}
    context = asking.frame(request, clocks, "promises") | {
        "promises": promised.ordered(shown, sort),
        "count": len(found),
        "tally": [(code, count) for code, count in tally.items() if count],
        "kept": promised.share_kept(found),
        "verdict": verdict,
        "sort": sort,
        "ignored": ignored,
        "verdict_codes": Verdict.values,
    }
    return render(request, "public/promises.html", context)


def _one_of(params: QueryDict, name: str, values, fallback: str, ignored: list[Ignored]) -> str:
    text = params.get(name, "").strip()
    if text in values:
        return text
    if text:
        ignored.append(Ignored(name, text))
    return fallback


@public_page
def timeline(request: HttpRequest) -> HttpResponse:
    """Only records of which some date was said or has happened."""
    clocks = asking.clocks_of(request)
    params, ignored = meant(request.GET)
    rows = ProjectFilter(params, standings.with_counted(standings.on(clocks), clocks)).qs
    rows = rows.exclude(milestones=[]).select_related("project").order_by("project__kind", "project__code")
    told = [(row, [facts_from_json(one) for one in row.milestones]) for row in rows[:MOST_LINES]]
    spans = [span for _, facts in told for span in timelines.spans_of(facts)]
    scale = charts.scale_of(spans, clocks.asof)
    context = asking.frame(request, clocks, "timeline") | {
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


@public_page
def compare(request: HttpRequest) -> HttpResponse:
    """`from` and `to`: by default today against the first day on which anything was known."""
    today = timezone.localdate()
    reach = standings.reach(today)
    ends, end_notice = read_day("to", request.GET.get("to", ""), today, reach.first_asof, today)
    begins, begin_notice = read_day(
        "from", request.GET.get("from", ""), reach.first_known, reach.first_asof, today
    )
    if begins > ends:
        begins, ends = ends, begins
    context = asking.frame(request, asking.at_today(today), "compare") | {
        "comparison": comparing.compare(begins, ends),
        "begins": begins,
        "ends": ends,
        "today": today,
        "notices": [one for one in (begin_notice, end_notice) if one],
    }
    return render(request, "public/compare.html", context)
