"""The list of projects and a project's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from projects.core.changes import changes
from projects.pages import page_frame
from projects.records import footnotes, list_question, project_record
from projects.records.project_record import moved
from projects.reports import published
from projects.views import amounts, planes, project_lists, timelines
from projects.views.answering import answer


@page_frame.public_page(*list_question.FILTERS, "sort", "page")
def project_list(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    frame = page_frame.frame(request, clocks, "projects")
    context = frame | project_lists.shown(request.GET, clocks, frame["carried"])
    list_question.told(request, context["ignored"])
    return render(request, "public/project_list.html", context)


@page_frame.public_page()
def project_page(request: HttpRequest, slug: str) -> HttpResponse:
    project = project_record.find(slug)
    if project is None:
        return moved(request, slug, "project_page")
    clocks = page_frame.clocks_of(request)
    record = project_record.record(project, clocks)
    frame = page_frame.frame(request, clocks, "projects")
    context = frame | {
        "project": project,
        "record": record,
        "notes": footnotes.of(record, frame["carried"]),
        "pinned": f"{frame['canonical']}?{urlencode({'asof': clocks.asof, 'known': clocks.known})}",
        "answer": answer(record, clocks),
        "money": amounts.of_record(record),
        "changes": changes([one.statement for one in record.known], clocks.asof),
        "drawing": timelines.of_project(record.milestones, clocks),
        "milestones": [(told, *project_record.judged(told, clocks.asof)) for told in record.milestones],
        "published": published.of_project(record, clocks),
    }
    return render(request, "public/project_page.html", context)


@page_frame.public_page()
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Every claim and correction, and the rectangles of days that they make."""
    project = project_record.find(slug)
    if project is None:
        return moved(request, slug, "history")
    clocks = page_frame.clocks_of(request)
    record = project_record.record(project, clocks)
    frame = page_frame.frame(request, clocks, "projects")
    rectangles = project_record.rectangles(project)
    context = frame | {
        "project": project,
        "record": record,
        "notes": footnotes.of(record, frame["carried"]),
        "plane": planes.of(rectangles, clocks),
    }
    return render(request, "public/history.html", context)
