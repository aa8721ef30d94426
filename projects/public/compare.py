"""The page that sets two dates side by side: new, gone, started, finished, slipped, raised, corrected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from projects.choices import Condition, Stage
from projects.claims import standings
from projects.core.clocks import ClockNotice, Clocks, read_day
from projects.models import Standing
from projects.models.standing import facts_from_json
from projects.pages import page_frame
from tracker.kept import do_not_keep


@dataclass(frozen=True, slots=True)
class ComparedChange:
    """One record on both dates; `before` or `after` is None where it was not on record."""

    slug: str
    name: str
    name_en: str
    before: Standing | None
    after: Standing | None
    moved: tuple[str, str] | None = None  # the promise that held then and now


@dataclass(frozen=True, slots=True)
class Comparison:
    count_before: int
    count_after: int
    stages: list[tuple[str, int, int]]  # "" where none is known; how many before, how many after
    new: list[ComparedChange] = field(default_factory=list)
    gone: list[ComparedChange] = field(default_factory=list)
    cancelled: list[ComparedChange] = field(default_factory=list)
    started: list[ComparedChange] = field(default_factory=list)
    finished: list[ComparedChange] = field(default_factory=list)
    slipped: list[ComparedChange] = field(default_factory=list)
    raised: list[ComparedChange] = field(default_factory=list)
    corrected: list[ComparedChange] = field(default_factory=list)

    @property
    def lists(self) -> list[tuple[str, list[ComparedChange]]]:
        names = ("new", "gone", "started", "finished", "cancelled", "slipped", "raised", "corrected")
        return [(name, getattr(self, name)) for name in names]


def comparison(begins: date, ends: date) -> Comparison:
    """Both dates as known on the later one; corrected: the earlier one, known then against known later."""
    before, after = _on(begins, ends), _on(ends, ends)
    then = _on(begins, begins)
    changes = [
        _change(code, before.get(code), after.get(code)) for code in sorted(before.keys() | after.keys())
    ]
    both = [one for one in changes if one.before and one.after]
    return Comparison(
        count_before=len(before),
        count_after=len(after),
        stages=_stages(before.values(), after.values()),
        new=[one for one in changes if one.before is None],
        gone=[one for one in changes if one.after is None],
        cancelled=[one for one in both if _was_cancelled(one)],
        started=[one for one in both if _passed(one, Stage.BUILDING)],
        finished=[one for one in both if _passed(one, Stage.COMPLETED)],
        slipped=[one for one in both if one.moved],
        raised=[one for one in both if _has_raised(one)],
        corrected=_corrected(then, before),
    )


def _stages(before: Iterable[Standing], after: Iterable[Standing]) -> list[tuple[str, int, int]]:
    then, now = Counter(row.stage for row in before), Counter(row.stage for row in after)
    return [(stage, then[stage], now[stage]) for stage in (*Stage.values, "") if then[stage] or now[stage]]


def _on(asof: date, known: date) -> dict[str, Standing]:
    rows = Standing.objects.on(asof, known).select_related("project")
    return {row.project.code: row for row in rows}


def _change(code: str, before: Standing | None, after: Standing | None) -> ComparedChange:
    project = (after or before).project
    moved = _moved(before, after) if before and after else None
    return ComparedChange(project.slug, project.name, project.name_en, before, after, moved)


def _passed(change: ComparedChange, stage: Stage) -> bool:
    """Was known to be below it, and is known to have reached it."""
    then, now = change.before.stage_order, change.after.stage_order
    return then is not None and now is not None and then < stage.order <= now


def _was_cancelled(change: ComparedChange) -> bool:
    cancelled = Condition.CANCELLED
    return change.before.condition != cancelled and change.after.condition == cancelled


def _has_raised(change: ComparedChange) -> bool:
    then, now = change.before.total_investment, change.after.total_investment
    return then is not None and now is not None and now > then


def _moved(before: Standing, after: Standing) -> tuple[str, str] | None:
    """The first milestone whose promise that holds now ends later than the one that held."""
    now = {(told["milestone"], told["scope"]): told for told in after.milestones}
    for row in before.milestones:
        later = now.get((row["milestone"], row["scope"]))
        then = facts_from_json(row).promised
        since = facts_from_json(later).promised if later else None
        if then and since and since.value.latest > then.value.latest:
            return then.value.text, since.value.text
    return None


def _corrected(then: dict[str, Standing], now: dict[str, Standing]) -> list[ComparedChange]:
    """What was said on the earlier day and is known better since."""
    shared = sorted(then.keys() & now.keys())
    return [_change(code, then[code], now[code]) for code in shared if _says(then[code]) != _says(now[code])]


def _says(row: Standing) -> tuple:
    return (row.stage, row.condition, row.total_investment, row.agreed_investment, row.milestones)


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
        "comparison": comparison(begins, ends),
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
