"""Imported files: the list of them, and a new one taken in.

The steps of one are `import_columns`, `import_faults` and `import_page`.
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
from projects.desk import book_rows
from projects.desk.frame import BOTH, desk_page, frame
from projects.desk.outcomes import REFUSALS, onward, why
from projects.imports import blank_sheets, draft_sheet
from projects.imports.rules import sheet_limits
from projects.imports.rules.cells import Sheet
from projects.models import Batch
from projects.models.batch import MAX_SENDER
from projects.words.refusals import sentence

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
        taken, faults = _take_in(request)
        if len(taken) == 1:
            return onward(request, "import_columns", str(taken[0].pk))
        if taken:
            return onward(request, "import_list")
    first = Case(
        When(state=BatchState.SENT, then=Value(0)),
        When(state=BatchState.DRAFT, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = batches_of(request.person).defer(*LARGE).order_by(first, "-pk")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = frame(request, "imports") | {
        "page": page,
        "numbers": list(page.paginator.get_elided_page_range(page.number)),
        "may_import": request.person.has(Role.EDITOR),
        "faults": faults,
        "forms": blank_sheets.TITLES.items(),
        "kinds": Kind.choices,
        "stages": Stage.choices,
        "most": sheet_limits.MAX_FILE // 2**20,
        "sender": request.POST.get("sender", ""),
    }
    return render(request, "desk/import_list.html", context)


def _take_in(request: HttpRequest) -> tuple[list[Batch], list[str]]:
    """A draft of each sheet, or why there is none."""
    file = request.FILES.get("file")
    if file is None:
        return [], [_("Choose the file first.")]
    if file.size > sheet_limits.MAX_FILE:
        size = str(sheet_limits.MAX_FILE)
        return [], [sentence(Fault("sheet_file_too_large", "file", {"size": size}))]
    data = file.read()
    told = {"sender": request.POST.get("sender", "").strip()[:MAX_SENDER], "by": request.user}
    told["looked_at"] = _refuse_report_book
    digest = hashlib.sha256(data).hexdigest()
    try:
        return draft_sheet.take_in(file.name[:255], data, digest, at=timezone.now(), **told), []
    except REFUSALS as refused:
        return [], [why(refused)]


def _refuse_report_book(sheets: list[Sheet]) -> None:
    """What it says are reports, with a reviewer of their own."""
    if book_rows.rows_of(sheets) is not None:
        raise Refused("file_is_report_book", "file")
