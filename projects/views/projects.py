"""The list of projects and a project's page."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from projects.choices import Topic
from projects.filters.facets import facets, toggled
from projects.filters.projects import Ignored, ProjectFilter, asked
from projects.models import Place
from projects.queries import listing, records, standings
from projects.views import asking, footnotes, planes, timelines
from projects.views.answering import answer
from tracker.kept import public_page

PAGE_SIZE = 50


@public_page
def project_list(request: HttpRequest) -> HttpResponse:
    clocks = asking.clocks_of(request)
    places = {place.code: place for place in Place.objects.select_related("parent__parent")}
    rows = standings.with_counted(standings.on(clocks), clocks)
    sources = standings.by_source(rows)
    params, ignored = asked(request.GET, set(places), {one.code for one in sources})
    result = ProjectFilter(params, rows).qs
    sort, number = _sort(request.GET, ignored), _number(request.GET, ignored)
    count, counted = standings.count(result)
    pages = max(1, -(-count // PAGE_SIZE))
    if number > pages:
        ignored.append(Ignored("page", str(number)))
        number = pages
    frame = asking.frame(request, clocks, "projects")
    context = frame | {
        "rows": listing.page(listing.ordered(result, sort), number, PAGE_SIZE),
        "count": count,
        "counted": counted,
        "total": standings.sum_of(result, Topic.TOTAL_INVESTMENT.value),
        "facets": facets(params, rows, places, frame["carried"]),
        "sources": _sources(sources, params, frame["carried"]),
        "question": params.get("q", ""),
        "is_narrowed": bool(params),
        "kept_fields": [(name, value) for name, values in params.lists() if name != "q" for value in values],
        "ignored": ignored,
        "sort": sort,
        "orders": _orders(params, sort, frame["carried"]),
        "number": number,
        "pages": _pages(params, sort, number, pages, frame["carried"]),
        "download": _query(params, frame["carried"]),
    }
    return render(request, "public/project_list.html", context)


def _sort(params: QueryDict, ignored: list[Ignored]) -> str:
    sort = params.get("sort", "").strip()
    if sort.removeprefix("-") in listing.ORDERS:
        return sort
    if sort:
        ignored.append(Ignored("sort", sort))
    return "code"


def _number(params: QueryDict, ignored: list[Ignored]) -> int:
    text = params.get("page", "").strip()
    if text.isascii() and text.isdigit() and int(text[:9]) > 0:
        return int(text[:9])
    if text:
        ignored.append(Ignored("page", text))
    return 1


def _query(params: QueryDict, carried: dict, **more) -> str:
    query = params.copy()
    for name, value in (carried | more).items():
        query[name] = value
    return query.urlencode()


def _orders(params: QueryDict, sort: str, carried: dict) -> dict[str, str]:
    """For each column the question that sorts by it, turned round where it is sorted by already."""
    turned = {name: f"-{name}" if sort == name else name for name in listing.ORDERS}
    return {name: _query(params, carried, sort=order) for name, order in turned.items()}


def _pages(params: QueryDict, sort: str, number: int, last: int, carried: dict) -> list[dict]:
    near = [page for page in range(1, last + 1) if page in (1, last) or abs(page - number) <= 2]
    return [
        {"number": page, "query": _query(params, carried, sort=sort, page=page), "is_here": page == number}
        for page in near
    ]


def _sources(sources: list, params: QueryDict, carried: dict) -> list[dict]:
    return [
        {
            "source": one,
            "is_on": params.get("source") == one.code,
            "query": toggled(params, "source", one.code, carried, alone=True),
        }
        for one in sources
    ]


@public_page
def project_page(request: HttpRequest, slug: str) -> HttpResponse:
    project = records.find(slug)
    if project is None:
        return _moved(slug)
    clocks = asking.clocks_of(request)
    record = records.record(project, clocks)
    frame = asking.frame(request, clocks, "projects")
    context = frame | {
        "project": project,
        "record": record,
        "notes": footnotes.of(record, frame["carried"]),
        "answer": answer(record, clocks),
        "drawing": timelines.of_project(record.milestones, clocks),
        "milestones": [(told, *records.judged(told, clocks.asof)) for told in record.milestones],
    }
    return render(request, "public/project_page.html", context)


@public_page
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Every claim and correction, and the rectangles of days that they make."""
    project = records.find(slug)
    if project is None:
        return _moved(slug, "history")
    clocks = asking.clocks_of(request)
    record = records.record(project, clocks)
    frame = asking.frame(request, clocks, "projects")
    rectangles = records.rectangles(project)
    context = frame | {
        "project": project,
        "record": record,
        "notes": footnotes.of(record, frame["carried"]),
        "plane": planes.of(rectangles, clocks),
    }
    return render(request, "public/history.html", context)


def _moved(slug: str, page: str = "project_page") -> HttpResponse:
    """An old address leads to the new one for ever."""
    if now := records.moved_to(slug):
        return HttpResponsePermanentRedirect(reverse(page, args=[now]))
    raise Http404
