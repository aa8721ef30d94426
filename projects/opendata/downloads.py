"""Downloads: the records as files, for any (as-of, known), and what each column means."""

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation

from projects.claims import standings
from projects.core.clocks import Clocks
from projects.models import Project
from projects.opendata import export_columns, export_rows, project_workbook
from projects.pages import csv_cells, page_frame
from projects.pages.excel_file import EXCEL
from projects.records import list_question, project_record
from projects.records.filters import FILTERS
from projects.records.project_record import moved
from projects.words import columns


@page_frame.public_page()
def data(request: HttpRequest) -> HttpResponse:
    context = page_frame.frame(request, page_frame.clocks_of(request), "data") | {"files": columns.FILES}
    return render(request, "public/data.html", context)


@page_frame.public_page(*FILTERS)
def projects_json(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    rows = _projects(request, clocks)
    return _json(_head(clocks, len(rows)) | {"projects": rows})


@page_frame.public_page(*FILTERS)
def projects_csv(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    return _csv(
        "projects.csv", export_columns.PROJECT_COLUMNS, export_columns.flat(_projects(request, clocks))
    )


@page_frame.public_page(*FILTERS)
def projects_xlsx(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    rows = _projects(request, clocks)
    return _file("projects.xlsx", EXCEL, project_workbook.projects(rows, _head(clocks, len(rows))))


@page_frame.public_page()
def project_json(request: HttpRequest, slug: str) -> HttpResponse:
    """As among all of them, with its claims; null where nothing was on record on that day."""
    project = project_record.find(slug)
    if project is None:
        return moved(request, slug, "project_json")
    clocks = page_frame.clocks_of(request)
    rows = standings.on(clocks).filter(project=project)
    found = [
        row | {"claims": export_rows.claims(clocks, project)} for row in _exported(request, rows, clocks)
    ]
    return _json(_head(clocks, len(found)) | {"project": found[0] if found else None})


@page_frame.public_page()
def claims_csv(request: HttpRequest) -> HttpResponse:
    return _csv("claims.csv", export_columns.CLAIM_COLUMNS, export_rows.claims(page_frame.clocks_of(request)))


@page_frame.public_page("project")
def claims_json(request: HttpRequest) -> HttpResponse:
    """The columns of the csv, and the sentence where it may be quoted; of one project by its code."""
    clocks, code = page_frame.clocks_of(request), request.GET.get("project", "")
    project = get_object_or_404(Project.objects.public(), code=code) if code else None
    rows = export_rows.claims(clocks, project, with_quotes=True)
    return _json(_head(clocks, len(rows)) | {"claims": rows})


@page_frame.public_page()
def statistics_json(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    rows = export_rows.statistics(clocks)
    return _json(_head(clocks, len(rows)) | {"statistics": rows})


def _projects(request: HttpRequest, clocks: Clocks) -> list[dict]:
    """The same question as the list's, so that a download is exactly what the list shows."""
    return _exported(request, list_question.rows(request, clocks), clocks)


def _exported(request: HttpRequest, rows: QuerySet, clocks: Clocks) -> list[dict]:
    return [
        export_columns.project(row, clocks, _url(request, row.project.slug))
        for row in export_rows.projects(rows, clocks)
    ]


def _url(request: HttpRequest, slug: str) -> str:
    """The Chinese address, whichever language is read."""
    with translation.override(settings.LANGUAGE_CODE):
        return page_frame.root(request) + reverse("project_page", args=[slug])


def _head(clocks: Clocks, count: int) -> dict:
    return {
        "as_of": clocks.asof.isoformat(),
        "known": clocks.known.isoformat(),
        "generated": export_rows.generated(),
        "licence": None,
        "count": count,
    }


def _json(content: dict) -> HttpResponse:
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _csv(name: str, columns: list[str], rows) -> HttpResponse:
    return _file(name, "text/csv; charset=utf-8", csv_cells.csv_text(columns, rows))


def _file(name: str, content_type: str, content: str | bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
