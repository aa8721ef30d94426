"""The wall: one screen for a meeting room, each promised date in its month: past, to come, done."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from projects.audit.version_memory import until_published
from projects.core import months
from projects.core.clocks import Clocks
from projects.core.promises import Dated, Facts
from projects.models import ProjectMilestone
from projects.models.prepared import Prepared, among
from projects.models.standing import facts_from_text
from projects.pages import page_frame
from projects.pages.keyset import Ignored
from projects.records import filter_words, filters, last_report, list_question
from projects.records.filters import FILTERS
from projects.records.promise_list import IDENTITY
from projects.records.some_projects import first_keys, of_each

BEFORE, AFTER = 3, 8  # months beside this one
MAX_LINES = 6  # of a group: three groups fill a screen
MAX_COUNT = 100
MAX_FIRST = 500  # projects of a filter whose dates are looked at first
USUAL_MINUTES, MAX_MINUTES = 5, 60
PAST, COMING, DONE = "past", "coming", "done"
GROUPS = {
    PAST: _("Past due with no outcome reported"),
    COMING: _("To come"),
    DONE: _("Done"),
}


@dataclass(frozen=True, slots=True)
class WallLine:
    """A milestone of a project with the date that counts: the fact, else the promise that holds."""

    slug: str
    name: str
    name_en: str
    kind: str
    record_type: str
    told: Facts
    said: Dated
    state: str

    @property
    def latest(self) -> date:
        return self.said.value.latest


@dataclass(frozen=True, slots=True)
class WallGroup:
    code: str
    lines: list[WallLine]
    count: int

    @property
    def words(self) -> str:
        return GROUPS[self.code]

    @property
    def in_all(self) -> str:
        return f"{MAX_COUNT}+" if self.count > MAX_COUNT else str(self.count)

    @property
    def is_cut(self) -> bool:
        return self.count > len(self.lines)


@dataclass(frozen=True, slots=True)
class WallColumns:
    """How many columns lie before a date, how many it fills, how many follow."""

    before: int
    filled: int
    after: int


class Window:
    """The months that are shown, each a column; what lies before them shares the first."""

    def __init__(self, asof: date):
        self.asof = asof
        self.months = [months.first_day(asof, shift) for shift in range(-BEFORE, AFTER + 1)]
        self.first = self.months[0]
        self.last = months.first_day(asof, AFTER + 1) - timedelta(days=1)

    def state(self, told: Facts) -> str | None:
        """Which group it belongs to; None where it is of no concern now."""
        if told.actual:
            return DONE if self.first <= told.actual.value.latest <= self.asof else None
        if told.to_come is None or told.to_come.value.latest > self.last:
            return None
        return COMING if told.to_come.value.latest >= self.asof else PAST

    def columns(self, said: Dated) -> WallColumns:
        first, last = self._column(said.value.earliest), self._column(said.value.latest)
        return WallColumns(first, last - first + 1, len(self.months) - last)

    def _column(self, day: date) -> int:
        return sum(month <= day for month in self.months)


def _line(window: Window, identity: Iterable, told: Facts) -> WallLine | None:
    state = window.state(told)
    return state and WallLine(*identity, told, told.actual or told.to_come, state)


@until_published
def _groups(question: str, clocks: Clocks) -> list[WallGroup]:
    """Of all that a question of the filters leaves; those with a line."""
    window, ways = Window(clocks.asof), _ways(QueryDict(question), clocks)
    found = [_found(code, ways[code], window) for code in GROUPS]
    return [group for group in found if group.lines]


def _ways(params: QueryDict, clocks: Clocks) -> dict[str, list[Prepared]]:
    """How the dates of a group are asked for, the last way finding all of them.

    Of many projects each date in turn; of few from those, or the dates of all others would be passed over.
    """
    every = Prepared(_every_date, (clocks,))
    if not params:
        return dict.fromkeys(GROUPS, [every])
    rows = filters.narrowed_prepared(params, clocks)
    in_turn = rows.then(_dated, clocks)
    if not clocks.is_today:
        return dict.fromkeys(GROUPS, [in_turn])
    keys = dict.fromkeys(GROUPS, first_keys(rows, MAX_FIRST))
    if len(keys[DONE]) > MAX_FIRST:
        dated = {code: rows.then(_still_to_come, code, clocks) for code in (PAST, COMING)}
        keys |= {code: first_keys(some, MAX_FIRST) for code, some in dated.items()}
    return {
        code: [every.then(among, "project", keys=few[:MAX_FIRST]), *[in_turn] * (len(few) > MAX_FIRST)]
        for code, few in keys.items()
    }


def _still_to_come(rows: QuerySet, code: str, clocks: Clocks) -> QuerySet:
    """Those of which something is, where it was to be past its day."""
    return rows.filter(due_on__lt=clocks.asof) if code == PAST else rows.filter(due_on__isnull=False)


def _found(code: str, ways: list[Prepared], window: Window) -> WallGroup:
    days = {"first": window.first, "asof": window.asof, "last": window.last}
    asked = [way.then(_group, code, **days) for way in ways]
    values = asked[-1].then(_lines).fetch()
    lines = [_line(window, identity, facts_from_text(told)) for *identity, told in values]
    count = len(lines) if len(lines) < MAX_LINES else _count(asked)
    return WallGroup(code, [line for line in lines if line], count)


def _every_date(clocks: Clocks) -> QuerySet[ProjectMilestone]:
    return ProjectMilestone.objects.held(clocks)


def _dated(rows: QuerySet, clocks: Clocks) -> QuerySet[ProjectMilestone]:
    return of_each(rows, _every_date(clocks), "in_turn")


def _count(asked: list[Prepared]) -> int:
    """Of more than `MAX_COUNT` one more; the first projects have mostly as many."""
    for one in asked:
        count = len(one.then(_counted).fetch())
        if count > MAX_COUNT:
            break
    return count


def _group(dated: QuerySet, code: str, *, first: date, asof: date, last: date) -> QuerySet[ProjectMilestone]:
    if code == PAST:
        return dated.filter(to_come_on__lt=asof).order_by("-to_come_on", "-id")
    if code == COMING:
        return dated.filter(to_come_on__range=(asof, last)).order_by("to_come_on", "id")
    return dated.filter(actual_latest__range=(first, asof)).order_by("-actual_latest", "-id")


def _lines(question: QuerySet) -> QuerySet:
    rows = ProjectMilestone.objects.filter(pk__in=question.values("pk")[:MAX_LINES])
    return rows.order_by(*question.query.order_by).values_list(*IDENTITY, Cast("told", TextField()))


def _counted(question: QuerySet) -> QuerySet:
    return question.order_by().values_list("pk")[: MAX_COUNT + 1]


def _meant(request: HttpRequest) -> tuple[QueryDict, int | None, list[Ignored]]:
    """The question of the filters, after how many minutes it shows itself anew, and what means nothing."""
    asked = request.GET.copy()
    text = asked.pop("every", [""])[-1].strip()
    params, ignored = filters.meant(asked)
    every = int(text) if re.fullmatch("[0-9]{1,2}", text) and 1 <= int(text) <= MAX_MINUTES else None
    if text and not every:
        ignored.append(Ignored("every", text))
    return params, every, list_question.told(request, ignored)


def _anew(request: HttpRequest) -> str:
    """This page, question and all, that shows itself anew."""
    asked = page_frame.question(request)
    asked["every"] = str(USUAL_MINUTES)
    return page_frame.address(request.path, asked)


@page_frame.public_page(*FILTERS, "every")
def wall(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    params, every, ignored = _meant(request)
    window = Window(clocks.asof)
    groups = _groups(params.urlencode(), clocks.alone)
    context = page_frame.frame(request, clocks, "timeline") | {
        "filters": filter_words.looked_up(params),
        "last_report": last_report.of_projects(clocks),
        "months": window.months,
        "this_month": window.months[BEFORE],
        "columns": len(window.months) + 2,
        "groups": [(group, [(line, window.columns(line.said)) for line in group.lines]) for group in groups],
        "every": every,
        "seconds": every and every * 60,
        "anew": _anew(request),
        "usual": USUAL_MINUTES,
        "ignored": ignored,
    }
    return render(request, "public/wall.html", context)
