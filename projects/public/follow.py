"""How to follow a project, or all of them: a calendar and a feed, in plain words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from projects.models import Project
from projects.pages import page_frame
from projects.records import list_question
from projects.records.filters import Ignored


@page_frame.public_page("project")
def follow(request: HttpRequest) -> HttpResponse:
    """Of one project where its address is asked for."""
    slug = request.GET.get("project", "").strip().replace("\0", "")
    project = Project.objects.public().filter(slug=slug).first() if slug else None
    ignored = [Ignored("project", slug)] if slug and not project else []
    context = page_frame.frame(request, page_frame.clocks_of(request), "follow") | {
        "project": project,
        "root": page_frame.root(request),
        "ignored": list_question.told(request, ignored),
    }
    return render(request, "public/follow.html", context)
