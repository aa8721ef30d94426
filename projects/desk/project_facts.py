"""The usual facts of a project, entered at once from one document and sent to a second person.

A new project is private until then. Its boxes are `desk.facts_form`, how they are shown `desk.facts_lines`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.choices import Role
from projects.core.refusals import Fault
from projects.desk import facts_lines
from projects.desk.facts_form import DOCUMENTS, FactsForm
from projects.desk.frame import WRITING, desk_page, writing_frame
from projects.desk.outcomes import REFUSALS, onward, why
from projects.desk.report_page import kept_by_browser
from projects.desk.report_post import acknowledge
from projects.imports import typed_facts
from projects.imports.rules.proposals import ProposedRow
from projects.imports.typed_facts import TypedFacts
from projects.models import Batch, Project, Source
from projects.pages import page_frame
from tracker.methods import BOTH

MAX_SOURCES = 100  # that are offered while one types


@dataclass
class PostedFacts:
    """A form as it was posted, with what was read of it and all that is wrong."""

    form: FactsForm
    at: datetime
    row: ProposedRow | None = None
    typed: TypedFacts | None = None
    faults: dict[str, list[Fault]] = field(default_factory=lambda: defaultdict(list))
    told: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, project: Project | None, data: Mapping[str, str] | None, at: datetime) -> PostedFacts:
        one = cls(FactsForm(project, timezone.localdate(at), data), at)
        if data is not None:
            one.form.is_valid()
            one.typed = one.form.typed()
            one.row = one.typed.read(at)
        return one

    def check(self) -> bool:
        """Whether nothing is wrong; a name that is missing, the form has said."""
        self.faults |= typed_facts.faults_of(self.typed, self.row, self.at)
        if not self.typed.texts["name"]:
            self.faults["name"] = []
        return not self.form.errors and not any(self.faults.values())


@desk_page(Role.EDITOR, methods=BOTH)
def project_facts(request: HttpRequest, code: str = "") -> HttpResponse:
    """Without a code a new project's."""
    project, at = _project(code), timezone.now()
    context = writing_frame(request, "imports")
    lost = context["lost"].fields if context["lost"] else None
    one = PostedFacts.of(project, request.POST.dict() if request.method == "POST" else lost, at)
    if request.method == "POST" and one.check() and (batch := _sent(request, one)):
        acknowledge(request)
        messages.success(request, _("Sent: it waits for a second person."))
        return onward(request, "import_page", str(batch.pk))
    return render(request, "desk/project_facts.html", context | _shown(request, one, project))


@desk_page(Role.EDITOR, methods=WRITING)
def facts_reading(request: HttpRequest) -> JsonResponse:
    """What the form understands of its boxes, asked by the script while one types; nothing is kept."""
    one = PostedFacts.of(_project(request.GET.get("project", "")), request.POST.dict(), timezone.now())
    read = defaultdict(list)
    for fault in one.row.faults:
        read[fault.column].append(Fault(fault.code, fault.column, {"text": fault.text}))
    lines = facts_lines.lines_of(one.form, one.row, read)
    asked = [line for line in lines.values() if line.is_read and line.bound.value()]
    return JsonResponse({line.bound.name: _answer(line) for line in asked})


def _answer(line: facts_lines.FactLine) -> dict:
    links = [
        {"href": page_frame.path_of("project_facts", one.code), "words": facts_lines.named(one)}
        for one in line.alike
    ]
    words = _("Names like this are on record:") if links else line.answer
    return {"words": words, "is_fault": bool(line.faults), "links": links}


def _project(code: str) -> Project | None:
    if not code:
        return None
    found = Project.objects.select_related("place", "department").filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _sent(request: HttpRequest, one: PostedFacts) -> Batch | None:
    try:
        return typed_facts.send(one.typed, one.row, by=request.user, at=one.at)
    except REFUSALS as refused:
        one.told.append(why(refused))
    return None


def _shown(request: HttpRequest, one: PostedFacts, project: Project | None) -> dict:
    lines = facts_lines.lines_of(one.form, one.row, one.faults)
    if project:
        facts_lines.tell_record(lines, project, one.faults, one.at)
    sources = Source.objects.filter(kind__in=DOCUMENTS).order_by("-published_latest", "-pk")
    version = one.form.data.get("version", "") if request.method == "GET" else ""
    return kept_by_browser(request, is_unsaved=one.form.is_bound) | {
        "form": one.form,
        "project": project,
        "version": version or (project.version if project else ""),
        "lines": lines,
        "is_another": one.typed is not None and one.typed.is_another,
        "wrong": facts_lines.summary(lines, one.told),
        "sources": sources[:MAX_SOURCES],
    }
