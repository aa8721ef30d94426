"""Fill this form (代填): the blank form of somebody else taken in, its columns confirmed, filled, sent back.

How it is filled is `imports.filled_form`.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from projects.choices import Kind, Role, Stage
from projects.claims import standings
from projects.core.clocks import Clocks
from projects.core.refusals import Fault
from projects.desk.frame import desk_page, frame
from projects.desk.import_columns import typed_codes
from projects.desk.outcomes import REFUSALS, file_answer, onward, why
from projects.imports import filled_form
from projects.imports.cell_faults import head_of
from projects.imports.filled_form import BlankForm, FilledForm
from projects.imports.rules import mapping, sheet_limits
from projects.imports.rules.form_layout import FORMULA, MERGED
from projects.imports.rules.headings import SURE
from projects.models import Place, Workbook
from projects.models.batch import MAX_SENDER
from projects.pages import page_frame
from projects.records import filters
from projects.records.filters import WholeFilter
from projects.words.headings import PROJECTS
from projects.words.refusals import sentence
from tracker.methods import BOTH, READING

FILLERS = (Role.EDITOR, Role.REPORTER)
MAX_SHOWN = 12  # cells that are named


@desk_page(*FILLERS, methods=BOTH)
def fill_list(request: HttpRequest) -> HttpResponse:
    faults: list[str] = []
    if request.method == "POST":
        taken, faults = _take_in(request)
        if taken:
            return onward(request, "fill_form", str(taken.pk))
    context = frame(request, "fill") | {
        "forms": filled_form.forms_of(request.user).defer("data", "cells"),
        "faults": faults,
        "most": sheet_limits.MAX_FILE // 2**20,
        "sender": request.POST.get("sender", ""),
    }
    return render(request, "desk/fill_list.html", context)


def _take_in(request: HttpRequest) -> tuple[Workbook | None, list[str]]:
    file, sender = request.FILES.get("file"), request.POST.get("sender", "").strip()[:MAX_SENDER]
    if file is None:
        return None, [_("Choose the file first.")]
    if not sender:
        return None, [
            _("Say who wants the form filled: how its columns are read is remembered under this name.")
        ]
    if file.size > sheet_limits.MAX_FILE:
        size = str(sheet_limits.MAX_FILE)
        return None, [sentence(Fault("sheet_file_too_large", "file", {"size": size}))]
    try:
        told = {"sender": sender, "by": request.user, "at": timezone.now()}
        return filled_form.keep(file.name, file.read(), **told), []
    except REFUSALS as refused:
        return None, [why(refused)]


def _form(request: HttpRequest, number: int) -> BlankForm:
    row = filled_form.forms_of(request.user).filter(pk=number).first()
    if row is None:
        raise Http404
    return BlankForm(row)


@desk_page(*FILLERS, methods=BOTH)
def fill_form(request: HttpRequest, number: int) -> HttpResponse:
    """What is in the form, which column is which, of which projects and as of which day."""
    form = _form(request, number)
    if request.method == "POST":
        columns = mapping.chosen(form.mapping, typed_codes(request.POST, form.mapping))
        filled_form.confirm(form, columns, at=timezone.now())
        return onward(request, "fill_form", str(number), query=request.GET.dict())
    context = frame(request, "fill") | {
        "form": form,
        "lines": [(one, one.certainty != SURE) for one in form.mapping],
        "columns": [(code, capfirst(head_of(code))) for code in PROJECTS if code not in filled_form.UNFILLED],
        "said": list(_said(form)),
        "kinds": Kind.choices,
        "stages": Stage.choices,
        "places": Place.objects.order_by("code"),
    }
    return render(request, "desk/fill_form.html", context | (_preview(request, form) if form.memory else {}))


def _said(form: BlankForm):
    """What stands in the way, before anything is filled."""
    heads = {one.column: one.head for one in form.mapping}
    for reason, words in (
        (FORMULA, _("Formulas stay as they are, and their columns are not filled: %(names)s.")),
        (MERGED, _("Cells merged over several rows are not filled: %(names)s.")),
    ):
        found = [heads[at] for at, one in sorted(form.form.blocked.items()) if one == reason and at in heads]
        if found:
            yield words % {"names": "、".join(found)}
    if form.form.stays:
        yield _("Drawings, notes and buttons stay, each where it is, also where rows are added above it.")


def _preview(request: HttpRequest, form: BlankForm) -> dict:
    clocks = _clocks(request)
    try:
        done = _filled(request, form, clocks)
    except REFUSALS as refused:
        return {"faults": [why(refused)], "clocks": clocks, "asked": request.GET}
    query = {name: value for name, value in request.GET.items() if value}
    return {
        "filled": done,
        "count": len(done.rows),
        "clocks": clocks,
        "asked": request.GET,
        "unsaid": [f"{one.letters}{row} ({one.head})" for row, one in done.unsaid[:MAX_SHOWN]],
        "left_out": done.left_out[:MAX_SHOWN],
        "more_left_out": max(len(done.left_out) - MAX_SHOWN, 0),
        "more": max(len(done.unsaid) - MAX_SHOWN, 0),
        "query": urlencode(query),
    }


def _clocks(request: HttpRequest) -> Clocks:
    return page_frame.read(request.GET, timezone.localdate(), standings.reach)


def _filled(request: HttpRequest, form: BlankForm, clocks: Clocks) -> FilledForm:
    asked = filters.meant(request.GET)[0]
    rows = filled_form.reachable(standings.rectangles_on(clocks), request.person)
    return filled_form.filled(form, WholeFilter(asked, rows, clocks.asof).qs, clocks)


@desk_page(*FILLERS, methods=READING)
def fill_file(request: HttpRequest, number: int) -> HttpResponse:
    """The filled form; whoever has not confirmed its columns yet is led to them."""
    form = _form(request, number)
    if form.memory is None:
        return onward(request, "fill_form", str(number))
    try:
        data = _filled(request, form, _clocks(request)).file()
    except REFUSALS:
        return onward(request, "fill_form", str(number), query=request.GET.dict())
    name = form.workbook.file_name
    return file_answer(data, f"{name.rpartition('.')[0] or name}-代填.xlsx")
