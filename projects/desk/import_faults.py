"""An imported file, third step: what is wrong, by column and value, is put right or left out."""

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from projects.choices import Role
from projects.core.numbers import whole
from projects.desk import import_reading, imports
from projects.desk.frame import desk_page, frame
from projects.desk.outcomes import REFUSALS, file_answer, onward, why
from projects.imports import batches, cell_faults, kept_comparison, red_sheet
from projects.imports.cell_faults import MOVED, FaultGroup
from projects.imports.draft_sheet import DraftSheet
from projects.imports.rules.lookups import NEW
from projects.models import Batch
from tracker.methods import BOTH, READING

A_PAGE = 40
MAX_SHOWN = 12  # row numbers of a group; further ones are counted
MAX_WRITTEN = 100  # characters


@desk_page(Role.EDITOR, methods=BOTH)
@import_reading.or_progress
def import_faults(request: HttpRequest, number: int) -> HttpResponse:
    at, batch = timezone.now(), imports.draft(request, number)
    refused = []
    if request.method == "POST":
        refused = _save(request, batch, at)
        if not refused:
            return onward(request, "import_page" if "see" in request.POST else "import_faults", str(number))
        batch = imports.draft(request, number)
    is_patient = request.method == "POST"
    groups = cell_faults.groups(kept_comparison.compared(batch, at, is_patient=is_patient))
    page = Paginator(groups, A_PAGE).get_page(request.GET.get("page"))
    context = frame(request, "imports") | {
        "batch": batch,
        "page": page,
        "numbers": list(page.paginator.get_elided_page_range(page.number)),
        "groups": [(one, _typed(one, request.POST)) for one in cell_faults.offer(page)],
        "elsewhere": _elsewhere(page, request.POST),
        "count": sum(len(one.rows) for one in groups),
        "most_shown": MAX_SHOWN,
        "new": NEW,
        "faults": refused,
        "back": {whole(one) for one in request.POST.getlist("back")},
    }
    return render(request, "desk/import_faults.html", context)


@desk_page(Role.EDITOR, methods=READING)
def import_red(request: HttpRequest, number: int) -> HttpResponse:
    """The sheet with its wrong cells red and a note in each, for the unit that sent it."""
    at, batch = timezone.now(), imports.draft(request, number)
    sheet = DraftSheet(batch)
    compared = kept_comparison.compared(batch, at)
    data = red_sheet.workbook(batch, sheet.kept, compared, at)
    return file_answer(data, f"{batch.file_name.rpartition('.')[0] or batch.file_name}-标红.xlsx")


def _typed(group: FaultGroup, sent: QueryDict) -> dict[str, object]:
    """What was typed and chosen in a form that was refused; nothing where none was sent."""
    said = {name: sent.get(f"{name}-{group.key}", "") for name in ("choose", "write")}
    return said | {name: f"{name}-{group.key}" in sent for name in ("blank", "skip")}


def _elsewhere(page: Iterable[FaultGroup], sent: QueryDict) -> list[str]:
    """Texts for what is not on this page any more: somebody has put it right meanwhile, or it moved."""
    keys = {one.key for one in page}
    texts = ((name.removeprefix("write-"), text) for name, text in sent.items() if name.startswith("write-"))
    return [text[:MAX_WRITTEN] for key, text in texts if text.strip() and key not in keys]


def _save(request: HttpRequest, batch: Batch, at) -> list[str]:
    sent = request.POST
    groups = cell_faults.groups(kept_comparison.compared(batch, at))
    told = {(column, text): code for column, text, code in batch.choices}
    skipped = set(batch.skipped) - {whole(one) for one in sent.getlist("back")}
    for one in groups:
        if f"skip-{one.key}" in sent:
            skipped |= set(one.rows)
        told |= {(column, text): code for column, text, code in _chosen(one, sent)}
    changes = {"choices": [[*key, code] for key, code in told.items()], "skipped": sorted(skipped)}
    try:
        expected = whole(sent.get("version", "")) or 0
        batches.save(batch, expected=expected, by=request.user, at=at, **changes)
    except REFUSALS as refused:
        return [why(refused)]
    return []


def _chosen(group: FaultGroup, sent: QueryDict) -> list[tuple[str, str, str]]:
    code = sent.get(f"choose-{group.key}", "")
    text = sent.get(f"write-{group.key}", "").strip()[:MAX_WRITTEN]
    if group.fault.code == MOVED:
        return [("version", str(row), "over") for row in group.rows] if code == "over" else []
    if group.may_be_blank and f"blank-{group.key}" in sent:
        return [group.written("")]
    if text and group.may_be_written:
        return [group.written(text)]
    may = {option for option, _ in cell_faults.offer([group])[0].options} | {NEW}
    return [group.chosen(code)] if code in may else []
