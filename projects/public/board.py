"""The board that stands at a site: a sheet to print, and its code."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from projects.models import Project
from projects.pages import page_frame, qr_code
from projects.records import one_project, project_record
from projects.records.old_addresses import moved
from projects.records.project_record import judged


def _page_of(request: HttpRequest, project: Project) -> str:
    """The address of the project's page, whole, in the language of this one."""
    return page_frame.root(request) + reverse("project_page", args=[project.slug])


@page_frame.public_page()
def board(request: HttpRequest, slug: str) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    project = one_project.find(slug, clocks)
    if project is None:
        return moved(request, slug, "board")
    record = project_record.record(project, clocks)
    context = page_frame.frame(request, clocks, "projects") | {
        "project": project,
        "standing": record.standing,
        "neighbours": record.neighbours,
        "milestones": [(told, judged(told, clocks.asof)[0]) for told in record.milestones],
        "page": _page_of(request, project),
        "qr": qr_code.svg(_page_of(request, project)),
    }
    return render(request, "public/board.html", context)


@page_frame.public_page()
def project_qr(request: HttpRequest, slug: str) -> HttpResponse:
    project = Project.objects.public().filter(slug=slug).first()
    if project is None:
        return moved(request, slug, "project_qr")
    return HttpResponse(qr_code.svg(_page_of(request, project)), content_type="image/svg+xml")
