"""How to follow a project, or all of them: a calendar and a feed, in plain words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from projects.core.clocks import Clocks
from projects.models import Project, ProjectMilestone
from projects.pages import page_frame
from projects.pages.keyset import Ignored
from projects.records import list_question, one_project


def _is_to_come(project: Project | None, clocks: Clocks) -> bool:
    """Of one project, or of any."""
    rows = ProjectMilestone.objects.to_come(clocks)
    return (rows.filter(project=project) if project else rows).exists()


@page_frame.public_page("project")
def follow(request: HttpRequest) -> HttpResponse:
    """Of one project where its address is asked for."""
    slug = request.GET.get("project", "").strip().replace("\0", "")
    clocks = page_frame.clocks_of(request)
    project = one_project.find(slug, clocks) if slug else None
    ignored = [Ignored("project", slug)] if slug and not project else []
    context = page_frame.frame(request, clocks, "follow") | {
        "project": project,
        "has_dates": _is_to_come(project, clocks),
        "has_news": project is None or project.has_news,
        "root": page_frame.root(request),
        "ignored": list_question.told(request, ignored),
    }
    return render(request, "public/follow.html", context)
