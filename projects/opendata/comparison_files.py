"""What happened between two days as files: every event of the page, or of all records."""

from collections.abc import Iterator
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from projects.choices import EventKind
from projects.core.fuzzy_dates import Fuzzy
from projects.core.money import Money
from projects.core.statements import Number, Value
from projects.opendata.export_rows import generated
from projects.opendata.project_workbook import BEFORE_ANYTHING
from projects.pages import csv_cells, excel_file, page_frame
from projects.pages.excel_file import EXCEL, WorkbookSheet
from projects.records import event_list
from projects.records.event_list import EventRow, Span

COLUMNS = ["kind", "project", "milestone", "topic", "before", "after", "as_of", "known_on", "source"]
PARAMETERS = ("from", "to", "what", "counted")


@page_frame.public_page(*PARAMETERS)
def comparison_csv(request: HttpRequest) -> HttpResponse:
    text = csv_cells.csv_text(COLUMNS, _rows(request))
    return _file("comparison.csv", "text/csv; charset=utf-8", text)


@page_frame.public_page(*PARAMETERS)
def comparison_xlsx(request: HttpRequest) -> HttpResponse:
    cells = ([row[name] for name in COLUMNS] for row in _rows(request))
    moment = generated()
    made_at = datetime.fromisoformat(moment) if moment else BEFORE_ANYTHING
    sheet = WorkbookSheet("comparison", COLUMNS, cells, {"before": 18, "after": 18})
    return _file("comparison.xlsx", EXCEL, excel_file.workbook([sheet], made_at))


def _rows(request: HttpRequest) -> Iterator[dict]:
    """Without `counted` of all records; without `what` of every kind."""
    today = timezone.localdate()
    days = event_list.two_days(request.GET, page_frame.clocks_of(request))
    span = Span(days.begins, days.ends, today, is_counted=request.GET.get("counted") in ("1", "true"))
    kind = request.GET.get("what", "").strip()
    kinds = [kind] if kind in EventKind.values else EventKind.values
    return (_row(one) for one in event_list.everything(span, kinds))


def _row(one: EventRow) -> dict:
    event, claim = one.event, one.event.claim
    return {
        "kind": event.what,
        "project": event.project.code,
        "milestone": event.milestone or None,
        "topic": claim.topic,
        "before": _plain(one.before),
        "after": _plain(one.after),
        "as_of": claim.as_of,
        "known_on": event.known_on.isoformat(),
        "source": claim.source.code,
    }


def _plain(value: Value | None) -> str | int | float | None:
    """Whole yuan, EDTF text, a code, a figure."""
    if isinstance(value, Money):
        return value.yuan
    if isinstance(value, Number):
        return float(value.value)
    return value.text if isinstance(value, Fuzzy) else value


def _file(name: str, content_type: str, content: str | bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
