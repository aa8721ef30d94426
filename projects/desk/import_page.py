"""An imported file beside the record: seen and sent by an editor, decided by a second person, withdrawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.choices import BatchState, CellOutcome, Role
from projects.core.numbers import whole
from projects.core.refusals import Refused
from projects.desk import import_reading, imports
from projects.desk.frame import desk_page, frame
from projects.desk.outcomes import acted, onward
from projects.imports import batches, decisions, kept_comparison
from projects.imports.draft_sheet import DraftSheet
from projects.imports.named_records import REFERENCES
from projects.imports.rules import compared
from projects.imports.rules.as_of_notes import AsOfNote
from projects.imports.rules.compared import ComparedCell, ComparedRow
from projects.models import Batch
from projects.words.language import in_language
from tracker.methods import BOTH

A_PAGE = 20  # rows of a sheet


@dataclass(frozen=True)
class ShownRow:
    row: ComparedRow
    cells: list[ComparedCell]


@desk_page(*imports.READERS, methods=BOTH)
@import_reading.or_progress
def import_page(request: HttpRequest, number: int) -> HttpResponse:
    at, batch, faults = timezone.now(), imports.found(request, number), []
    if request.method == "POST":
        expected = whole(request.POST.get("version", "")) or 0
        faults = acted(request, ACTS, batch, expected=expected, at=at)
        if not faults:
            is_there = Batch.objects.filter(pk=number).exists()
            return onward(request, "import_page", str(number)) if is_there else onward(request, "import_list")
        batch = imports.found(request, number)
    return render(request, "desk/import_page.html", _context(request, batch, at) | {"faults": faults})


def _context(request: HttpRequest, batch: Batch, at: datetime) -> dict:
    rows = _rows(batch, at, is_patient=request.method == "POST")
    counts = compared.tally(rows)
    show = request.GET.get("show")
    outcome = CellOutcome(show) if show in CellOutcome.values else None
    shown = [one for row in rows if (one := _shown(row, outcome)).cells or row.faults and outcome is None]
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    is_sent = batch.state == BatchState.SENT
    return frame(request, "imports") | {
        "batch": batch,
        "as_of_notes": _as_of_notes(batch),
        "counts": [(one, counts[one]) for one in CellOutcome],
        "show": outcome or "",
        "page": page,
        "names": _names(page),
        "numbers": list(page.paginator.get_elided_page_range(page.number)),
        "row_count": len(rows),
        "new_count": sum(row.is_new and not row.is_skipped and not row.is_organisation for row in rows),
        "refused_rows": sum(row.is_refused for row in rows),
        "may_send": batch.state == BatchState.DRAFT and request.person.has(Role.EDITOR),
        "may_decide": is_sent and not batch.is_double and decisions.may_decide(batch, request.user),
        "waits_for_other": is_sent and not batch.is_double and not decisions.may_decide(batch, request.user),
        "may_withdraw": _may_withdraw(request, batch),
        "withdrawn": _withdrawn(request, batch),
        "left": batch.became[0]["left"] if batch.withdraws_id else [],
        "typed": request.POST,
    }


def _as_of_notes(batch: Batch) -> list[AsOfNote]:
    """Those that name the day of a file that is still to be decided on."""
    is_open = batch.state in (BatchState.DRAFT, BatchState.SENT) and isinstance(batch.cells, dict)
    return [one for one in DraftSheet(batch).as_of_notes if one.as_of.text == batch.as_of] if is_open else []


def _rows(batch: Batch, at: datetime, *, is_patient: bool) -> list[ComparedRow]:
    if batch.withdraws_id or batch.is_double:
        return []
    if batch.state != BatchState.DRAFT:
        return decisions.rows_of(batch)
    return kept_comparison.compared(batch, at, is_patient=is_patient)


def _shown(row: ComparedRow, outcome: CellOutcome | None) -> ShownRow:
    """A row with its cells of one outcome; with all of them where none was asked for."""
    cells = [
        one for one in row.cells if outcome in (None, CellOutcome.SKIPPED if row.is_skipped else one.outcome)
    ]
    return ShownRow(row, cells)


def _names(page: Iterable[ShownRow]) -> dict[tuple[str, str], str]:
    """Of the units, places and projects whose codes stand in the cells of a page."""
    codes: dict[str, set[str]] = defaultdict(set)
    for cell in (cell for one in page for cell in one.cells if cell.column in REFERENCES):
        codes[cell.column] |= {said for said in (cell.new, cell.old) if isinstance(said, str)}
    return {
        (column, row.code): in_language(row)
        for column, found in codes.items()
        for row in REFERENCES[column].objects.filter(code__in=found)
    }


def _may_withdraw(request: HttpRequest, batch: Batch) -> bool:
    is_standing = batch.state == BatchState.APPROVED and not (batch.withdraws_id or batch.is_double)
    return is_standing and request.person.has(Role.EDITOR)


def _withdrawn(request: HttpRequest, batch: Batch):
    """A page of what a withdrawal takes back, or of what a double said."""
    if not (batch.withdraws_id or batch.is_double):
        return None
    rows = batch.claims.select_related("project", "corrects").order_by("pk")
    return Paginator(rows, A_PAGE).get_page(request.GET.get("page"))


def _send(request: HttpRequest, batch: Batch, **told) -> None:
    if batch.state != BatchState.DRAFT:
        raise Refused("decided_already", ref=batch.file_name)
    sent = batches.send(batch, DraftSheet(batch).rows(told["at"]), **told)
    said = (
        _("Sent: it waits for a second person, in %(count)s parts.")
        if len(sent) > 1
        else _("Sent: it waits for a second person.")
    )
    messages.success(request, said % {"count": len(sent)})


def _discard(request: HttpRequest, batch: Batch, **told) -> None:
    batches.discard(batch, **told)
    messages.success(request, _("The file is thrown away; nothing of it was written."))


def _approve(request: HttpRequest, batch: Batch, **told) -> None:
    decisions.approve(batch, **told)
    messages.success(request, _("Approved: what it says is on record and public."))


def _refuse(request: HttpRequest, batch: Batch, **told) -> None:
    decisions.refuse(batch, why=request.POST.get("why", ""), **told)
    messages.success(request, _("Refused: nothing of it is public. Who sent it reads your reason."))


def _withdraw(request: HttpRequest, batch: Batch, **told) -> None:
    decisions.withdraw(batch, why=request.POST.get("why", ""), **told)
    messages.success(request, _("The withdrawal waits for a second person."))


ACTS = {
    "send": _send,
    "discard": _discard,
    "approve": _approve,
    "refuse": _refuse,
    "withdraw": _withdraw,
}
