"""Hiding a project: the page on which one asks, another decides, and it is shown again; and what waits."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.choices import HidingState, Role
from projects.core.numbers import whole
from projects.core.refusals import Refused
from projects.core.roles import Person
from projects.desk.frame import desk_page, frame, writing_frame
from projects.desk.outcomes import acted, onward
from projects.imports import doubles
from projects.models import HidingRequest, Project
from projects.models.hiding import MAX_REASON
from projects.records import hiding
from tracker.methods import BOTH

READERS_OF_WISHES = (Role.EDITOR, Role.REVIEWER)
A_PAGE = 30
MAX_EARLIER = 20
NAMED = ("project", "same_as", "asked_by__department", "decided_by__department", "shown_by__department")


def waiting_for(person: Person) -> int:
    """How many wait for this person's decision."""
    if not person.reads_all_reports:
        return 0
    return HidingRequest.objects.waiting().exclude(asked_by=person.pk).count()


@desk_page(*READERS_OF_WISHES)
def hiding_list(request: HttpRequest) -> HttpResponse:
    """What waits, then what is hidden, then what was decided otherwise."""
    first = Case(
        When(state=HidingState.WAITING, then=Value(0)),
        When(state=HidingState.HIDDEN, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = HidingRequest.objects.select_related(*NAMED).order_by(first, "-pk")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "numbers": list(page.paginator.get_elided_page_range(page.number))}
    context["may_look"] = request.person.has(Role.EDITOR)
    return render(request, "desk/hiding_list.html", frame(request, "hiding") | context)


@desk_page(*READERS_OF_WISHES, methods=BOTH)
def project_hiding(request: HttpRequest, code: str) -> HttpResponse:
    project = Project.objects.filter(code=code).first()
    if project is None:
        raise Http404
    faults = acted(request, ACTS, project, at=timezone.now()) if request.method == "POST" else []
    if request.method == "POST" and not faults:
        return onward(request, "project_hiding", code)
    project.refresh_from_db()
    context = writing_frame(request, "hiding") | _shown(request, project)
    return render(request, "desk/project_hiding.html", context | {"faults": faults})


def _shown(request: HttpRequest, project: Project) -> dict:
    wish = hiding.open_request(project)
    waits = wish is not None and wish.state == HidingState.WAITING
    edits = request.person.has(Role.EDITOR)
    return {
        "project": project,
        "wish": wish,
        "may_ask": edits and wish is None and project.is_public,
        "may_decide": waits and hiding.may_decide(wish, request.user),
        "may_take_back": waits and wish.asked_by_id == request.person.pk,
        "may_show": edits and wish is not None and not waits,
        "earlier": _earlier(project, wish)[:MAX_EARLIER],
        "most": MAX_REASON,
    }


def _earlier(project: Project, wish: HidingRequest | None) -> QuerySet[HidingRequest]:
    rows = project.hiding_requests.select_related(*NAMED)
    return rows.exclude(pk=wish.pk) if wish else rows


def _seen(request: HttpRequest, project: Project) -> HidingRequest:
    """The wish that the page showed: of another one nothing was read."""
    wish = project.hiding_requests.filter(pk=whole(request.POST.get("wish", ""))).first()
    if wish is None:
        raise Refused("changed_meanwhile")
    return wish


def _ask(request: HttpRequest, project: Project, **told) -> None:
    hiding.ask(project, reason=request.POST.get("note", ""), **told)
    messages.success(request, _("Asked for: it is hidden once a second person approves."))


def _take_back(request: HttpRequest, project: Project, **told) -> None:
    doubles.take_back(_seen(request, project), **told)
    messages.success(request, _("Taken back: the project stays public."))


def _approve(request: HttpRequest, project: Project, **told) -> None:
    doubles.approve(_seen(request, project), **told)
    messages.success(request, _("The project is hidden from everybody."))


def _refuse(request: HttpRequest, project: Project, **told) -> None:
    doubles.refuse(_seen(request, project), why=request.POST.get("note", ""), **told)
    messages.success(request, _("Refused: the project stays public. Who asked reads your reason."))


def _show(request: HttpRequest, project: Project, **told) -> None:
    doubles.show(_seen(request, project), why=request.POST.get("note", ""), **told)
    messages.success(request, _("The project is public again."))


ACTS = {"ask": _ask, "take_back": _take_back, "approve": _approve, "refuse": _refuse, "show": _show}
