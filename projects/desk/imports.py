"""Imported files: the list of them, and a new one taken in.

One that takes long to be read is `import_reading`. The steps of one are `import_columns`, `import_faults` and
`import_page`.
"""

import hashlib

from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.choices import BatchState, Kind, Role, Stage
from projects.core.refusals import Fault, Refused
from projects.core.roles import Person
from projects.desk import book_rows, import_reading
from projects.desk.frame import desk_page, frame
from projects.desk.outcomes import REFUSALS, onward, why
from projects.imports import blank_sheets, draft_sheet, file_readings, long_work
from projects.imports.draft_sheet import SentFile
from projects.imports.rules import sheet_limits
from projects.imports.rules.cells import Sheet
from projects.models import Batch
from projects.models.batch import MAX_SENDER
from projects.words.refusals import sentence
from tracker.methods import BOTH

READERS = (Role.EDITOR, Role.REVIEWER)
A_PAGE = 30
LARGE = ("cells", "became", "mapping", "choices", "skipped")


def batches_of(person: Person) -> QuerySet[Batch]:
    """Drafts are for editors, what was sent for whoever decides, too."""
    rows = Batch.objects.select_related("withdraws", "part_of", "source", "entered_by", "sent_by")
    return rows if person.has(Role.EDITOR) else rows.exclude(state=BatchState.DRAFT)


def found(request: HttpRequest, number: int) -> Batch:
    row = batches_of(request.person).filter(pk=number).first()
    if row is None:
        raise Http404
    return row


def draft(request: HttpRequest, number: int) -> Batch:
    row = found(request, number)
    if row.state != BatchState.DRAFT:
        raise Http404
    return row


def waiting_for(person: Person) -> int:
    """How many wait for this person's decision."""
    if not any(person.has(role) for role in READERS):
        return 0
    return Batch.objects.waiting_alone().exclude(sent_by=person.pk).count()


@desk_page(*READERS, methods=BOTH)
def import_list(request: HttpRequest) -> HttpResponse:
    faults: list[str] = []
    if request.method == "POST":
        if not request.person.has(Role.EDITOR):
            raise Http404
        answer, faults = _take_in(request)
        if answer:
            return answer
    return render(request, "desk/import_list.html", _context(request) | {"faults": faults})


def _context(request: HttpRequest) -> dict:
    first = Case(
        When(state=BatchState.SENT, then=Value(0)),
        When(state=BatchState.DRAFT, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = batches_of(request.person).defer(*LARGE).order_by(first, "-pk")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    may_import = request.person.has(Role.EDITOR)
    return frame(request, "imports") | {
        "page": page,
        "numbers": list(page.paginator.get_elided_page_range(page.number)),
        "may_import": may_import,
        "readings": import_reading.lines(timezone.now()) if may_import else [],
        "forms": blank_sheets.TITLES.items(),
        "kinds": Kind.choices,
        "stages": Stage.choices,
        "most": sheet_limits.MAX_FILE // 2**20,
        "sender": request.POST.get("sender", ""),
    }


def _take_in(request: HttpRequest) -> tuple[HttpResponse | None, list[str]]:
    """Where it goes on, or why it does not."""
    file = request.FILES.get("file")
    if file is None:
        return None, [_("Choose the file first.")]
    if file.size > sheet_limits.MAX_FILE:
        size = str(sheet_limits.MAX_FILE)
        return None, [sentence(Fault("sheet_file_too_large", "file", {"size": size}))]
    data, sender = file.read(), request.POST.get("sender", "").strip()[:MAX_SENDER]
    sent = SentFile(file.name[:255], data, hashlib.sha256(data).hexdigest(), sender)
    try:
        return _read(request, sent), []
    except REFUSALS as refused:
        return None, [why(refused)]


def _read(request: HttpRequest, sent: SentFile) -> HttpResponse:
    """To its drafts or, where reading takes long, to the page that says so."""
    by, at = request.user, timezone.now()
    if row := file_readings.going_on(sent, by=by, at=at):
        return onward(request, "import_reading", str(row.pk))
    reading = long_work.start(draft_sheet.read, sent, at, _refuse_report_book)
    if long_work.is_done_soon(reading):
        return import_reading.to_drafts(request, draft_sheet.keep(reading.result(), sent, by=by, at=at))
    row = file_readings.go_on(reading, sent, by=by, at=at)
    return onward(request, "import_reading", str(row.pk))


def _refuse_report_book(sheets: list[Sheet]) -> None:
    """What it says are reports, with a reviewer of their own."""
    if book_rows.rows_of(sheets) is not None:
        raise Refused("file_is_report_book", "file")
