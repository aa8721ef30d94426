"""Downloads: the records as files, for any (as-of, known), sent while they are read.

What stands in them is `opendata.export_formats`; the page that offers them is `opendata.data`.
"""

import hashlib
import zlib
from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import condition

from projects.audit import data_version
from projects.choices import EventKind, Verdict
from projects.core.clocks import Clocks
from projects.models import Project
from projects.opendata import export_assertions, export_events, export_formats, export_projects
from projects.opendata.bid_words import Worded, as_code, for_sheet
from projects.opendata.chosen_projects import ChosenProjects
from projects.opendata.export_neighbours import neighbours
from projects.opendata.export_sources import sources
from projects.pages import page_frame
from projects.pages.excel_file import EXCEL
from projects.records import event_list, list_question, promise_counts
from projects.records.event_list import Span
from projects.records.filters import FILTERS
from tracker.encoding import accepts_gzip

CSV = "text/csv; charset=utf-8"
JSON = "application/json"
ZIP = "application/zip"
COMPARED = ("from", "to", "what", "counted")


def _tag(request: HttpRequest, **kwargs) -> str:
    """Of the question, the day and the data: what is sent in parts is not read to be compared."""
    number, request.published_at = data_version.number_and_moment()
    asked = (page_frame.root(request), request.get_full_path(), timezone.localdate(), number)
    return f'W/"{hashlib.sha256(repr(asked).encode()).hexdigest()[:32]}"'


unless_known = condition(etag_func=_tag)


@page_frame.public_page(*FILTERS)
@unless_known
def projects_json(request: HttpRequest) -> HttpResponse:
    chosen = _chosen(request)
    rows = export_projects.projects(chosen, request, with_records=True)
    return _json(request, chosen.clocks, "projects", chosen.__len__, rows)


@page_frame.public_page(*FILTERS)
@unless_known
def projects_csv(request: HttpRequest) -> HttpResponse:
    return _csv(request, "projects", export_projects.projects(_chosen(request), request))


@page_frame.public_page(*FILTERS)
@unless_known
def projects_xlsx(request: HttpRequest) -> HttpResponse:
    chosen = _chosen(request)
    tables = {
        "projects": export_projects.projects(chosen, request),
        "milestones": export_projects.milestones(chosen),
        "parties": export_projects.parties(chosen),
    }
    return _xlsx(request, chosen.clocks, chosen.__len__, tables)


@page_frame.public_page(*FILTERS)
@unless_known
def milestones_csv(request: HttpRequest) -> HttpResponse:
    return _csv(request, "milestones", export_projects.milestones(_chosen(request)))


@page_frame.public_page(*FILTERS)
@unless_known
def parties_csv(request: HttpRequest) -> HttpResponse:
    return _csv(request, "parties", export_projects.parties(_chosen(request)))


@page_frame.public_page(*FILTERS)
@unless_known
def neighbours_csv(request: HttpRequest) -> HttpResponse:
    return _csv(request, "neighbours", neighbours(_chosen(request)))


@page_frame.public_page(*FILTERS, "verdict", "year")
@unless_known
def promises_csv(request: HttpRequest) -> HttpResponse:
    return _csv(request, "promises", _promises(request, _chosen(request), as_code))


@page_frame.public_page(*FILTERS, "verdict", "year")
@unless_known
def promises_xlsx(request: HttpRequest) -> HttpResponse:
    chosen = _chosen(request)
    rows = _promises(request, chosen, for_sheet())
    return _xlsx(request, chosen.clocks, lambda: None, {"promises": rows})


@page_frame.public_page()
@unless_known
def claims_csv(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    return _csv(request, "claims", export_assertions.claims(clocks))


@page_frame.public_page("project")
@unless_known
def claims_json(request: HttpRequest) -> HttpResponse:
    """The columns of the csv, and the sentence where it may be quoted; of one project by its code."""
    clocks, code = page_frame.clocks_of(request), request.GET.get("project", "")
    project = get_object_or_404(Project.objects.public(), code=code) if code else None
    rows = export_assertions.claims(clocks, project, with_quotes=True)
    count = export_assertions.known_claims(clocks, project).count
    return _json(request, clocks, "claims", count, rows)


@page_frame.public_page()
@unless_known
def statistics_json(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    rows = export_assertions.live_statistics(clocks)
    return _json(request, clocks, "statistics", rows.count, export_assertions.statistics(rows))


@page_frame.public_page()
@unless_known
def statistics_csv(request: HttpRequest) -> HttpResponse:
    rows = export_assertions.live_statistics(page_frame.clocks_of(request))
    return _csv(request, "statistics", export_assertions.statistics(rows))


@page_frame.public_page()
@unless_known
def statistics_xlsx(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    rows = export_assertions.live_statistics(clocks)
    return _xlsx(request, clocks, rows.count, {"statistics": export_assertions.statistics(rows)})


@page_frame.public_page()
@unless_known
def sources_csv(request: HttpRequest) -> HttpResponse:
    return _csv(request, "sources", sources(page_frame.clocks_of(request).known))


@page_frame.public_page()
@unless_known
def words_csv(request: HttpRequest) -> HttpResponse:
    return sent(request, "words.csv", CSV, export_formats.words_file())


@page_frame.public_page(*COMPARED)
@unless_known
def comparison_csv(request: HttpRequest) -> HttpResponse:
    """Without `counted` of all records; without `what` of every kind."""
    return _csv(request, "comparison", export_events.events(*_compared(request)))


@page_frame.public_page(*COMPARED)
@unless_known
def comparison_xlsx(request: HttpRequest) -> HttpResponse:
    rows = export_events.events(*_compared(request), worded=for_sheet())
    return _xlsx(request, page_frame.clocks_of(request), lambda: None, {"comparison": rows})


def _compared(request: HttpRequest) -> tuple[Span, list[str]]:
    days = event_list.two_days(request.GET, page_frame.clocks_of(request))
    is_counted = request.GET.get("counted") in ("1", "true")
    kind = request.GET.get("what", "").strip()
    kinds = [kind] if kind in EventKind.values else EventKind.values
    return Span(days.begins, days.ends, timezone.localdate(), is_counted), kinds


def _chosen(request: HttpRequest) -> ChosenProjects:
    """The same question as the list's, so that a download is exactly what the list shows."""
    clocks = page_frame.clocks_of(request)
    return ChosenProjects(list_question.rows(request, clocks), clocks)


def _promises(request: HttpRequest, chosen: ChosenProjects, worded: Worded) -> Iterator[tuple]:
    """Those of the page of promises for the same question."""
    verdicts = list_question.chosen(request.GET, "verdict", Verdict.values, [])
    if not request.GET.get("year"):
        return export_projects.promises(chosen, verdicts, worded=worded)
    years = [year for year, _ in promise_counts.promise_counts(chosen.clocks.alone).years()]
    year = list_question.chosen(request.GET, "year", years, [])
    return export_projects.promises(chosen, verdicts, *year[-1:], worded=worded)


def _csv(request: HttpRequest, name: str, rows: Iterator[tuple]) -> HttpResponse:
    return sent(request, f"{name}.csv", CSV, export_formats.csv_file(name, rows))


def _json(
    request: HttpRequest, clocks: Clocks, name: str, count: Callable[[], int], rows: Iterator[tuple]
) -> HttpResponse:
    parts = export_formats.json_file(name, export_formats.head(clocks, request.published_at), count, rows)
    return sent(request, f"{name}.json", JSON, parts)


def _xlsx(
    request: HttpRequest,
    clocks: Clocks,
    count: Callable[[], int | None],
    tables: dict[str, Iterator[tuple]],
) -> HttpResponse:
    parts = export_formats.xlsx_file(tables, export_formats.head(clocks, request.published_at), count)
    return sent(request, f"{next(iter(tables))}.xlsx", EXCEL, parts)


def sent(request: HttpRequest, name: str, content_type: str, parts: Iterator[bytes]) -> HttpResponse:
    answer = StreamingHttpResponse(content_type=content_type)
    if content_type != JSON:
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Vary"] = "Accept-Encoding"
    if content_type not in (EXCEL, ZIP) and accepts_gzip(request.headers.get("Accept-Encoding", "")):
        answer["Content-Encoding"] = "gzip"
        parts = _gzipped(parts)
    answer.streaming_content = () if request.method == "HEAD" else parts
    return answer


def _gzipped(parts: Iterator[bytes]) -> Iterator[bytes]:
    """The first part at once, whatever its length."""
    way = zlib.compressobj(level=1, wbits=zlib.MAX_WBITS | 16)
    yield way.compress(next(parts)) + way.flush(zlib.Z_SYNC_FLUSH)
    for part in parts:
        if done := way.compress(part):
            yield done
    yield way.flush()
