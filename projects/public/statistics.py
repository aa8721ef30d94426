"""The page of district figures: by subject and period, those that disagree side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, When
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from projects.choices import IndicatorGroup
from projects.core import fuzzy_dates, precedence
from projects.core.clocks import Clocks
from projects.core.precedence import Conflict
from projects.core.statements import Statement
from projects.models import Indicator, Statistic
from projects.models.prepared import Prepared, among
from projects.pages import keyset, page_frame
from projects.public import statistic_lines
from projects.public.statistic_lines import LineGroup
from projects.records import last_report, list_question
from projects.words.language import language

PAGE_SIZE, QUESTION = 50, "statistics"  # subjects


@dataclass(frozen=True, slots=True)
class StatisticFigure:
    """What holds for a subject and period, what contradicts it, where else it was said or said before,
    and whether a target's time is over."""

    row: Statistic
    others: list[tuple[Statistic, Conflict]]
    elsewhere: list[Statistic]
    has_passed: bool


@dataclass(frozen=True, slots=True)
class Subject:
    indicator: Indicator
    figures: list[StatisticFigure]


@dataclass(frozen=True, slots=True)
class Group:
    group: IndicatorGroup
    subjects: list[Subject]


@dataclass(frozen=True, slots=True)
class StatisticPage:
    groups: list[LineGroup]
    numbers: dict[str, int]  # of the notes


def subjects(clocks: Clocks) -> QuerySet[Indicator]:
    """Those of which a figure was true by D, in the order of the groups, as far as is known on K."""
    groups = [When(group=group, then=number) for number, group in enumerate(IndicatorGroup)]
    figures = Statistic.objects.live(clocks.known).filter(as_of_latest__lte=clocks.asof)
    rows = Indicator.objects.filter(Exists(figures.filter(subject=OuterRef("pk"))))
    return rows.annotate(group_order=Case(*groups, default=len(groups), output_field=IntegerField()))


def figures_of(*, known: date, wanted: str) -> QuerySet[Statistic]:
    """All that was said of these subjects, by our own numbers, and published by a day."""
    rows = among(Statistic.objects.public(known), "subject", keys=wanted)
    rows = rows.select_related("subject", "source", "section", "corrects")
    return rows.order_by("subject__position", "subject__code", "ref")


def statistic_page(clocks: Clocks, wanted: list[int]) -> StatisticPage:
    """What is shown of some subjects: the same as long as what was said of them is."""
    rows = Prepared(figures_of, values={"known": clocks.known, "wanted": wanted})
    return rows.made(_page, clocks, language())


def _page(rows: list[Statistic], clocks: Clocks, _language: str) -> StatisticPage:
    groups = statistic_lines.groups(statistic_groups(rows, clocks))
    return StatisticPage(groups, statistic_lines.numbers(groups))


def statistic_groups(rows: Iterable[Statistic], clocks: Clocks) -> list[Group]:
    """Figures in the order of groups and subjects, the latest period first."""
    by_ref = {row.ref: row for row in rows}
    said = [row.statement() for row in by_ref.values()]
    said = precedence.candidates(precedence.live(said, clocks.known), clocks.asof)
    figures = [_figure(group, by_ref, clocks) for group in precedence.by_series(said).values()]
    order = list(IndicatorGroup)
    figures.sort(
        key=lambda one: (order.index(one.row.subject.group), one.row.subject.position, one.row.subject.code)
    )
    return [
        Group(IndicatorGroup(name), _subjects(list(group)))
        for name, group in groupby(figures, key=lambda one: one.row.subject.group)
    ]


def _figure(said: list[Statement], by_ref: dict[str, Statistic], clocks: Clocks) -> StatisticFigure:
    held = precedence.holding(said)
    others = [(by_ref[conflict.other.ref], conflict) for conflict in held.conflicts]
    shown = {held.winner.ref, *(conflict.other.ref for conflict in held.conflicts)}
    elsewhere = [by_ref[one.ref] for one in said if one.ref not in shown]
    row = by_ref[held.winner.ref]
    has_passed = row.is_target and bool(row.period) and fuzzy_dates.parse(row.period).latest < clocks.asof
    return StatisticFigure(row, others, elsewhere, has_passed)


def _subjects(figures: list[StatisticFigure]) -> list[Subject]:
    found = []
    for _, group in groupby(figures, key=lambda one: one.row.subject.code):
        ordered = sorted(group, key=_latest_first)
        found.append(Subject(ordered[0].row.subject, ordered))
    return found


def _latest_first(figure: StatisticFigure) -> tuple:
    ends = fuzzy_dates.parse(figure.row.period).latest.toordinal() if figure.row.period else 0
    return (figure.row.is_target, -ends, figure.row.ref)


def _beginning_with(params: QueryDict, clocks: Clocks) -> QueryDict:
    """A link to one subject leads to a page on which it stands: it begins behind what comes before it."""
    code = params.get("subject", "").replace("\0", "")
    if not code:
        return params
    asked = params.copy()
    rows = subjects(clocks).filter(code=code).values_list("group_order", "position")
    if found := rows.first():
        asked[keyset.AFTER] = keyset.key_of(QUESTION, *found, "")
    return asked


@page_frame.public_page("subject", "page", *keyset.LINKS)
def statistics(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    segments = [keyset.Segment(Prepared(subjects, (clocks,)), ("group_order", "position", "code"))]
    page = keyset.page(segments, ("pk",), PAGE_SIZE, _beginning_with(request.GET, clocks), QUESTION)
    question = page_frame.question(request)
    question.pop("subject", None)
    shown = statistic_page(clocks, [pk for (pk,) in page.rows])
    context = page_frame.frame(request, clocks, "statistics") | {
        "last_report": last_report.of_figures(clocks),
        "groups": shown.groups,
        "numbers": shown.numbers,
        "pages": page.links(question),
        "ignored": list_question.told(request, page.bad + list_question.old_page(request.GET)),
    }
    return render(request, "public/statistics.html", context)
