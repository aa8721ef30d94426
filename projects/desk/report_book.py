"""The report book of a month and a unit: taken along as a workbook, sent back, and told row by row.

Each row becomes a draft by the very path of the month's table (`table_post`), and what was refused, or stands
beside another version, is shown in that table to be decided. A row left as it was says nothing.
"""

from dataclasses import dataclass, field

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.choices import Role
from projects.desk import book_file, book_rows, month_table, report_post, signoff, table_post, table_rows
from projects.desk.book_rows import BookRow
from projects.desk.frame import READERS, desk_page, round_of, writing_frame
from projects.desk.outcomes import REFUSALS, file_answer, onward, why
from projects.desk.table_post import PostedTable
from projects.imports import sheet_file
from projects.imports.rules import sheet_limits
from projects.models import Round
from projects.reports import report_sheet
from projects.reports.report_sheet import ReportSheet
from projects.reports.rules.report_diff import sides
from tracker.methods import BOTH, READING

MAX_BOOK = 300  # rows of one book that are kept at once: the others are named, and go with the next sending


@dataclass
class SentBook:
    """What became of a book: a line a row, and the rows to be shown in the table."""

    table: PostedTable = field(default_factory=lambda: PostedTable(frozenset()))
    lines: list[tuple[BookRow, str]] = field(default_factory=list)


@desk_page(*READERS, methods=READING)
def report_book_xlsx(request: HttpRequest, month: str) -> HttpResponse:
    monthly_round = round_of(month)
    unit = signoff.chosen(signoff.units_of(request.person), request.GET.get("unit"))
    if unit is None:
        raise Http404
    sheets, at = _sheets(request, monthly_round, [unit.pk]), timezone.now()
    data = book_file.workbook(sheets, monthly_round, unit, at)
    return file_answer(data, f"填报簿-{unit.name}-{month}.xlsx")


@desk_page(*READERS, methods=BOTH)
def report_book(request: HttpRequest, month: str) -> HttpResponse:
    monthly_round = round_of(month)
    if request.method != "POST":
        return _shown(request, monthly_round)
    if not request.person.has(Role.REPORTER):
        raise Http404
    sheets = _sheets(request, monthly_round, request.person.units)
    if "file" in request.FILES:
        return _shown(request, monthly_round, _sent(request, sheets), sheets)
    table = table_post.sent(request, sheets)
    month_table.tell(request, table)
    if not table.refused:
        return onward(request, "report_book", month)
    return _shown(request, monthly_round, SentBook(table), sheets)


def _sheets(request: HttpRequest, monthly_round: Round, units) -> list[ReportSheet]:
    projects = [row.project for row in month_table.of_units(units, monthly_round)]
    return report_sheet.of_month(request.person, monthly_round, projects, timezone.localdate())


def _sent(request: HttpRequest, sheets: list[ReportSheet]) -> SentBook:
    book, rows = SentBook(), _read(request)
    reports, taken = {sheet.project.code: sheet for sheet in sheets}, set()
    for row in rows:
        code = row.key.code if row.key else row.code
        sheet = reports.get(code)
        if sheet is None:
            words = _("not a project of your unit in this round: left alone")
        elif code in taken:
            words = _("a second row of the same project: left alone")
        elif len(book.table.saved) + len(book.table.refused) >= MAX_BOOK:
            words = _("one row too many: send the book again for this one")
        else:
            words = _kept(request, book, row, sheet)
            taken.add(code)
        book.lines.append((row, words))
    return book


def _read(request: HttpRequest) -> list[BookRow]:
    file = request.FILES["file"]
    try:
        if file.size > sheet_limits.MAX_FILE:
            messages.error(request, _("This file is too large for a report book."))
            return []
        rows = book_rows.rows_of(sheet_file.read(file.read()))
    except REFUSALS as refused:
        messages.error(request, why(refused))
        return []
    if rows is None:
        messages.error(request, _("This is no report book: download it anew and fill that in."))
    return rows or []


def _kept(request: HttpRequest, book: SentBook, row: BookRow, sheet: ReportSheet) -> str:
    """A draft by the path of the table, or both versions where the row is not of this report as it was."""
    if row.broken:
        cells = ", ".join(row.broken)
        return _("%(cells)s: no value there, a formula or an error: left alone") % {"cells": cells}
    if row.is_untouched or row.is_kept(sheet):
        return _("unchanged: left alone")
    typed, project = row.typed(sheet), sheet.project
    typed["version"] = row.key.version if row.key else "0"
    data = table_rows.complete(sheet, typed)
    one = report_post.read(sheet, data, [], project.code)
    if stranger := _stranger(row, sheet):
        one.told.append(("", stranger))
        one.sides = sides(sheet.complete(sheet.content()), sheet.complete(one.form.content()))
    else:
        one, _report = report_post.keep_draft(request, one)
    if one.is_clean or report_post.handed_in_already(one):
        book.table.saved.append(project)
        return _("draft made")
    book.table.refused[project.code] = one
    return stranger or _told(row, one)


def _stranger(row: BookRow, sheet: ReportSheet) -> str:
    """Why a row is compared and not kept."""
    if row.key is None:
        return _("the row has lost its key: both versions are shown below")
    if row.key.month != sheet.round.month:
        return _("of the book of %(month)s: both versions are shown below") % {"month": row.key.month}
    if sheet.project.department is None or row.key.unit != sheet.project.department.code:
        return _("of another department's book: both versions are shown below")
    return ""


def _told(row: BookRow, one: report_post.PostedReport) -> str:
    if one.side_lines:
        return _("changed meanwhile by somebody else: both versions are shown below")
    wrong = [f"{row.places.get(name, '')} {' '.join(said)}".strip() for name, said in one.form.errors.items()]
    return "; ".join(wrong) or "; ".join(words for _at, words in one.told)


def _shown(
    request: HttpRequest,
    monthly_round: Round,
    book: SentBook | None = None,
    sheets: list[ReportSheet] | None = None,
) -> HttpResponse:
    """Refused rows first: of those nothing is kept but what this page holds."""
    context, units = writing_frame(request, "desk"), signoff.units_of(request.person)
    book = book or SentBook()
    codes = [*book.table.refused, *(one.code for one in book.table.saved)][: month_table.MAX_ROWS]
    rows = [sheet for sheet in sheets or [] if sheet.project.code in codes]
    # As they stand now: drafts were made since.
    projects = [one.project for one in rows]
    rows = report_sheet.of_month(request.person, monthly_round, projects, timezone.localdate())
    context |= month_table.rows_shown(request, monthly_round, rows, book.table)
    context |= {
        "units": units,
        "lines": book.lines,
        "may_send": request.person.has(Role.REPORTER),
        "left_out": len(book.table.refused) > month_table.MAX_ROWS,
        "after": "",
    }
    return render(request, "desk/report_book.html", context, status=409 if book.table.is_overtaken else 200)
