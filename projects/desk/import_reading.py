"""A file of which the reading or the comparison takes long: what is done and since when, until it is done.

The page asks for itself again without a script; whoever leaves it finds it in the list of imports.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.choices import BatchState, Role
from projects.desk.frame import desk_page, frame
from projects.desk.outcomes import onward
from projects.imports import file_readings, kept_comparison
from projects.models import Batch, FileReading
from projects.models.file_reading import MAX_TIME
from projects.words.refusals import sentence
from tracker.methods import BOTH

AGAIN = 3  # seconds until the page asks for itself
MAX_SHOWN = 20  # of a list; what is older is still found by its address


@dataclass(frozen=True)
class ReadingLine:
    """Without faults it is being read."""

    row: FileReading
    faults: list[str]


def lines(at: datetime) -> list[ReadingLine]:
    """What did not become drafts, the newest first."""
    return [ReadingLine(row, _faults(row, at)) for row in file_readings.unfinished()[:MAX_SHOWN]]


@desk_page(Role.EDITOR, methods=BOTH)
def import_reading(request: HttpRequest, number: int) -> HttpResponse:
    row = get_object_or_404(FileReading.objects.select_related("entered_by"), pk=number)
    if request.method == "POST":
        file_readings.give_up(row, by=request.user)
        messages.success(request, _("The file is thrown away; nothing of it was written."))
        return onward(request, "import_list")
    at = timezone.now()
    faults = _faults(row, at)
    if row.ended_at and not faults:
        return to_drafts(request, file_readings.drafts_of(row))
    context = frame(request, "imports") | {"reading": row, "faults": faults}
    answer = render(request, "desk/import_reading.html", context)
    return _asked_again(answer, row.started_at, at) if row.is_going_on(at) else answer


def to_drafts(request: HttpRequest, drafts: list[Batch]) -> HttpResponse:
    """One to its next step, several to the list of them."""
    if len(drafts) != 1:
        return onward(request, "import_list")
    step = "import_columns" if drafts[0].state == BatchState.DRAFT else "import_page"
    return onward(request, step, str(drafts[0].pk))


def or_progress(view: Callable) -> Callable:
    """For a page of a file that is compared: where that takes long, what is done and since when."""

    @wraps(view)
    def answered(request: HttpRequest, number: int) -> HttpResponse:
        try:
            return view(request, number)
        except kept_comparison.Unfinished as unfinished:
            return _comparing(request, number, unfinished.since)

    return answered


def _comparing(request: HttpRequest, number: int, since: datetime) -> HttpResponse:
    at = timezone.now()
    batch = Batch.objects.only("file_name", "sheet", "state").get(pk=number)
    told = {"batch": batch, "since": since, "is_late": at >= since + MAX_TIME}
    answer = render(request, "desk/import_comparing.html", frame(request, "imports") | told)
    return _asked_again(answer, since, at)


def _asked_again(answer: HttpResponse, since: datetime, at: datetime) -> HttpResponse:
    """Not for ever."""
    if at < since + MAX_TIME:
        answer["Refresh"] = str(AGAIN)
    return answer


def _faults(row: FileReading, at: datetime) -> list[str]:
    return [sentence(one) for one in file_readings.faults_of(row, at)]
