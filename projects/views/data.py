"""Downloads: the records as files, for any (as-of, known), and what each column means."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from projects.filters.projects import ProjectFilter, asked
from projects.formats import cells, columns, exports
from projects.models import Place, Source
from projects.queries import exports as rows_of
from projects.queries import standings
from projects.rules.clocks import Clocks
from projects.views import asking
from tracker.kept import public_page


@public_page
def data(request: HttpRequest) -> HttpResponse:
    context = asking.frame(request, asking.clocks_of(request), "data") | {"files": columns.FILES}
    return render(request, "public/data.html", context)


@public_page
def projects_json(request: HttpRequest) -> HttpResponse:
    clocks = asking.clocks_of(request)
    return _json(clocks, "projects", _projects(request, clocks))


@public_page
def projects_csv(request: HttpRequest) -> HttpResponse:
    clocks = asking.clocks_of(request)
    return _csv("projects.csv", exports.PROJECT_COLUMNS, exports.flat(_projects(request, clocks)))


@public_page
def claims_csv(request: HttpRequest) -> HttpResponse:
    return _csv("claims.csv", exports.CLAIM_COLUMNS, rows_of.claims(asking.clocks_of(request)))


@public_page
def statistics_json(request: HttpRequest) -> HttpResponse:
    clocks = asking.clocks_of(request)
    return _json(clocks, "statistics", rows_of.statistics(clocks))


def _projects(request: HttpRequest, clocks: Clocks) -> list[dict]:
    """The same question as the list's, so that a download is exactly what the list shows."""
    places = set(Place.objects.values_list("code", flat=True))
    sources = set(Source.objects.values_list("code", flat=True))
    params, _ignored = asked(request.GET, places, sources)
    rows = ProjectFilter(params, standings.with_counted(standings.on(clocks), clocks)).qs
    return [exports.project(row, clocks, _url(request, row.project.slug)) for row in rows_of.projects(rows)]


def _url(request: HttpRequest, slug: str) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        path = reverse("project_page", args=[slug])
    return f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)


def _json(clocks: Clocks, name: str, rows: list[dict]) -> HttpResponse:
    head = {
        "as_of": clocks.asof.isoformat(),
        "known": clocks.known.isoformat(),
        "generated": rows_of.generated(),
        "licence": None,
        "count": len(rows),
    }
    return JsonResponse(head | {name: rows}, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _csv(name: str, columns: list[str], rows) -> HttpResponse:
    answer = HttpResponse(cells.csv_text(columns, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
