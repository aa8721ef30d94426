"""Likely duplicates: the list of them, and two records side by side, of which one is chosen to stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.choices import Role
from projects.core import precedence, stages
from projects.core.statements import Series, Statement
from projects.desk.frame import desk_page, frame, writing_frame
from projects.desk.outcomes import REFUSALS, onward, why
from projects.imports import doubles
from projects.models import Claim, HidingRequest, Indicator, Project
from projects.models.hiding import MAX_REASON
from projects.records import doubles as likely_doubles
from projects.words.language import in_language
from projects.words.series import heading
from tracker.methods import BOTH

MAX_LINES = 60  # of what the two say


@dataclass(frozen=True, slots=True)
class PairLine:
    """What holds of a series, each with its claim; None where one says nothing."""

    words: str
    said: tuple[Claim | None, Claim | None]


@dataclass(frozen=True, slots=True)
class PairSide:
    """One of the two, and how much hangs on it."""

    project: Project
    names: list[str]
    claims: int
    pending: int
    reports: int
    tips: int
    parts: int


@desk_page(Role.EDITOR)
def duplicate_list(request: HttpRequest) -> HttpResponse:
    codes = [request.GET.get(name, "").strip().upper() for name in ("one", "other")]
    faults = []
    if all(codes):
        if Project.objects.filter(code__in=codes).count() == len(set(codes)) == len(codes):
            return onward(request, "duplicate_pair", *codes)
        faults = [_("Write the codes of two projects that are on record.")]
    found = likely_doubles.likely(request.GET.get("after", "")[:12])
    waiting = HidingRequest.objects.waiting().filter(
        project__in=[one for pair in found.pairs for one in pair]
    )
    asked = set(waiting.values_list("project", flat=True))
    context = {
        "pairs": [(one, other, bool({one.pk, other.pk} & asked)) for one, other in found.pairs],
        "after": found.after,
        "faults": faults,
        "codes": codes,
    }
    return render(request, "desk/duplicate_list.html", frame(request, "hiding") | context)


@desk_page(Role.EDITOR, methods=BOTH)
def duplicate_pair(request: HttpRequest, one: str, other: str) -> HttpResponse:
    rows = Project.objects.select_related("place", "department", "parent").prefetch_related("aliases")
    found = {row.code: row for row in rows.filter(code__in=[one, other])}
    if len(found) != 2:
        raise Http404
    pair = (found[one], found[other])
    faults = _ask(request, pair) if request.method == "POST" else []
    if request.method == "POST" and not faults:
        double = next(row for row in pair if row.code != request.POST["stays"])
        return onward(request, "project_hiding", double.code)
    context = writing_frame(request, "hiding") | {
        "one": one,
        "other": other,
        "sides": [_side(row) for row in pair],
        "lines": _lines(pair),
        "may_ask": all(row.is_public for row in pair),
        "faults": faults,
        "most": MAX_REASON,
    }
    return render(request, "desk/duplicate_pair.html", context)


def _ask(request: HttpRequest, pair: tuple[Project, Project]) -> list[str]:
    """Why it was not asked for."""
    kept = next((row for row in pair if row.code == request.POST.get("stays")), None)
    if kept is None:
        return [_("Choose which of the two stays.")]
    double = pair[0] if kept is pair[1] else pair[1]
    told = {"reason": request.POST.get("note", ""), "by": request.user, "at": timezone.now()}
    try:
        doubles.ask(double, kept, **told)
    except REFUSALS as refused:
        return [why(refused)]
    messages.success(request, _("Asked for: a second person decides on the hiding and the claims together."))
    return []


def _side(project: Project) -> PairSide:
    rows = project.claims.all()
    return PairSide(
        project=project,
        names=[alias.name for alias in project.aliases.all()],
        claims=rows.public(timezone.localdate()).count(),
        pending=rows.pending().count(),
        reports=project.reports.count(),
        tips=project.tips.open().count(),
        parts=project.parts.count(),
    )


def _lines(pair: tuple[Project, Project]) -> list[PairLine]:
    """Series by series, what holds today of each."""
    held = [dict(_held(row)) for row in pair]
    every = sorted({series for one in held for series in one})[:MAX_LINES]
    rows = Indicator.objects.filter(code__in={series.measure for series in every})
    measures = {one.code: in_language(one) for one in rows}
    words = {series: heading(series, measures.get(series.measure, "")) for series in every}
    return [PairLine(words[series], (held[0].get(series), held[1].get(series))) for series in every]


def _held(project: Project) -> Iterator[tuple[Series, Claim]]:
    today = timezone.localdate()
    rows = Claim.objects.public(today).filter(project=project).select_related("source", "section", "corrects")
    said: dict[str, tuple[Statement, Claim]] = {row.ref: (row.statement(), row) for row in rows}
    alive = precedence.live([statement for statement, _row in said.values()], today)
    for series, holding in stages.holdings(precedence.candidates(alive, today)).items():
        yield series, said[holding.winner.ref][1]
