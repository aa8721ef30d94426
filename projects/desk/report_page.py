"""What the pages of a report show: the form with all that is said about it, or the report to be read.

The fields are `desk.report_lines`; what a posted form did is `desk.report_post`.
"""

import secrets
from collections.abc import Iterator

from django.forms import Form
from django.http import HttpRequest

from projects.choices import Condition, ReportMove, ReportState, Role
from projects.core import date_words
from projects.core.statements import Statement
from projects.desk import report_lines
from projects.desk.date_lines import DateLine, date_lines
from projects.desk.field_lines import FieldLine
from projects.desk.frame import frame
from projects.desk.problem_forms import ProblemForm
from projects.desk.report_buttons import COPIED
from projects.desk.report_fields import ReportForm, left_unread
from projects.desk.report_post import CAPTION, STAMPS, PostedReport
from projects.models import Attachment, Indicator, Report
from projects.pages import lost_forms
from projects.reports import diff_words, queue, report_sheet
from projects.reports.report_sheet import ReportSheet
from projects.words import dates
from projects.words.language import either

PAUSE = ("pause_reason", "pause_resumes", "pause_note")


def opened(request: HttpRequest, sheet: ReportSheet) -> dict:
    """The form as it is kept, unread texts too, or with what was posted here while the session was dead."""
    kept = lost_forms.given_back(request)
    data = kept.fields if kept else left_unread(sheet)
    units = report_sheet.units()
    form, problem = ReportForm(sheet, data), ProblemForm(units, sheet.today, data)
    form.is_valid(), problem.is_valid()
    one = PostedReport(sheet, data or {}, units, form, problem, is_saved=not kept)
    version = kept.fields.get("version", "") if kept else sheet.version
    return written(request, one) | {"kept": kept, "version": version}


def written(request: HttpRequest, one: PostedReport) -> dict:
    """The form with what is wrong, what was computed, and how it differs from the record."""
    last = report_sheet.last_words(one.sheet)
    return (
        _both(request, one.sheet)
        | _fields(one, last)
        | _last(one.form, last)
        | _belongs(one)
        | kept_by_browser(request, is_unsaved=one.form.is_bound and (one.form.errors or not one.is_saved))
        | {
            "form": one.form,
            "version": one.sheet.version,
            "is_saved": one.is_saved,
            "was_to_be_handed_in": one.is_saved and one.was_to_be_handed_in,
            "sides": one.side_lines,
        }
    )


def _fields(one: PostedReport, last: Report | None) -> dict:
    """Every field as `report_lines` makes it, and the list of all that is wrong."""
    form = one.form
    content = form.content() if form.is_bound else form.kept
    lines = report_lines.lines_of(form, content, one.faults)
    rows = date_lines(form, content, one.faults)
    problem = report_lines.problem_lines(one.problem)
    _tell_last(lines, last)
    others = [row for row in rows if not row.row.is_asked]
    is_paused = _text(form, "condition") not in ("", Condition.ACTIVE)
    return {
        "lines": lines,
        "asked_dates": [row for row in rows if row.row.is_asked],
        "other_dates": others,
        "others_open": any(_is_used(row) for row in others),
        "pause_open": is_paused or any(lines[name].faults for name in PAUSE),
        "problem": problem,
        "wrong": report_lines.summary(lines | problem, rows, one.faults, one.told),
    }


def _last(form: ReportForm, last: Report | None) -> dict:
    """The last published report, whose words can be copied."""
    return {
        "last": last,
        "last_month": dates.month(last.round.month_earliest) if last else "",
        "copied": _copied(form, last) if last else {},
    }


def _belongs(one: PostedReport) -> dict:
    """Problems and files that are in the report already."""
    report = one.sheet.report
    return {
        "problems": list(report.problems.select_related("department")) if report else [],
        "problem_open": one.problem.is_given,
        "attachments": list(_captioned(one)),
        "caption": one.data.get("caption", ""),
        "files_wrong": [words for element, words in one.told if element == "id_files"],
    }


def _captioned(one: PostedReport) -> Iterator[Attachment]:
    """The files, with what was typed of them."""
    for row in one.sheet.report.attachments.all() if one.sheet.report else ():
        row.caption = one.data.get(CAPTION + row.name, row.caption)
        yield row


def kept_by_browser(request: HttpRequest, *, is_unsaved: bool) -> dict:
    """What the script needs to know of what it keeps: which texts have arrived, whether this one has."""
    return {
        "token": lost_forms.token(request),
        "stamp": secrets.token_urlsafe(12),
        "saved_stamps": " ".join(request.session.get(STAMPS, [])),
        "is_unsaved": bool(is_unsaved),
    }


def read_only(request: HttpRequest, sheet: ReportSheet) -> dict:
    """The report as it was handed in, beside what was on record without it; nothing where none was begun."""
    code = sheet.project.code
    report = queue.find(sheet.person, sheet.round.month, code) if sheet.report else None
    return _both(request, sheet) | {
        "one": queue.compared_of(report, sheet.today) if report else None,
        "may_withdraw": ReportMove.WITHDRAW in sheet.moves,
        "may_review": sheet.person.has(Role.REVIEWER),
    }


def overtaken(request: HttpRequest, one: PostedReport) -> dict:
    """A colleague handed it in while it was typed: the report as it is, and what was typed beside it."""
    told = [words for _, words in one.told]
    return read_only(request, one.sheet) | {"sides": one.side_lines, "told": told}


def _both(request: HttpRequest, sheet: ReportSheet) -> dict:
    report, examples = sheet.report, date_words.examples(sheet.day)
    return frame(request, "desk") | {
        "sheet": sheet,
        "report": report,
        "project": sheet.project,
        "round": sheet.round,
        "capacities": _capacities(sheet),
        "today": sheet.today,
        "example": examples[0],
        "examples": either("、", ", ").join(examples),
        "is_expected": report_sheet.is_expected(sheet),
        "is_returned": report is not None and report.state == ReportState.RETURNED,
        "is_published": report is not None and report.state == ReportState.APPROVED,
    }


def _capacities(sheet: ReportSheet) -> list[tuple[Indicator | None, Statement]]:
    """What is built, as far as it is counted: it stays, whatever a month brings."""
    said = sheet.held.capacities
    codes = {one.series.measure for one in said}
    names = Indicator.objects.in_bulk(codes, field_name="code") if codes else {}
    return [(names.get(one.series.measure), one) for one in said]


def _tell_last(lines: dict[str, FieldLine], last: Report | None) -> None:
    """What is never published is not on record: beside it stands what the last report said."""
    if last is None:
        return
    pause = last.content().pause
    said = {"next_steps": last.next_steps, "pause_reason": pause.reason}
    said |= {"pause_resumes": pause.resumes, "pause_note": pause.note}
    for name, value in said.items():
        lines[name].before, lines[name].is_internal = diff_words.said(name, value or None), True


def _text(form: Form, name: str) -> str:
    return form[name].value() or ""


def _is_used(row: DateLine) -> bool:
    return any(line.faults or line.bound.value() for line in row.all)


def _copied(form: ReportForm, last: Report) -> dict[str, bool]:
    """Where the words are still those of the last published report."""
    return {name: bool(getattr(last, name)) and _plain(form, name) == getattr(last, name) for name in COPIED}


def _plain(form: ReportForm, name: str) -> str:
    return _text(form, name).replace("\r\n", "\n").strip()
