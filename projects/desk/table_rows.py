"""The rows of the month's table: of each report the cells that the table asks for, and what is wrong in them.

They are the fields of the report form, read and checked as there; what the table does not ask for stays as
it is kept. What becomes of a posted table is `desk.table_post`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from projects.desk import report_lines
from projects.desk.date_lines import date_lines
from projects.desk.field_lines import FieldLine
from projects.desk.problem_forms import ProblemForm
from projects.desk.report_dates import STAGE_ON
from projects.desk.report_fields import AMOUNTS, CONFIRM, ReportForm, as_kept, left_unread
from projects.desk.report_post import PostedReport
from projects.reports import diff_words
from projects.reports.diff_words import DifferenceLine
from projects.reports.report_sheet import ReportSheet
from projects.reports.rules import soft_checks

CELLS = ("stage", *AMOUNTS, "progress", "works")  # in the order of the columns
UNITS = tuple(f"{name}_unit" for name in AMOUNTS)
SENT = (*CELLS, STAGE_ON, *UNITS, *(CONFIRM + code for code in soft_checks.FIELDS), "version")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One project: `elsewhere` is what is wrong outside of its cells, `seen` what stood in them."""

    sheet: ReportSheet
    cells: tuple[FieldLine, ...]
    said: tuple[str, ...]  # beside `cells`: what a report says that is only read
    wrong: tuple[tuple[str, str], ...]  # (element, sentence)
    elsewhere: tuple[str, ...]
    sides: list[DifferenceLine]
    seen: str
    is_chosen: bool

    @property
    def readings(self) -> list[tuple[FieldLine, str]]:
        return list(zip(self.cells, self.said, strict=True))

    @property
    def is_open(self) -> bool:
        """What was typed and refused stands there still, though nobody can write it any more."""
        return self.sheet.may_write or bool(self.wrong)


def unsent(sheet: ReportSheet, typed: Mapping[str, str] | None) -> PostedReport:
    """As it is kept, or with what was posted while the session was dead."""
    data = complete(sheet, typed) if typed else left_unread(sheet)
    form, problem = ReportForm(sheet, data, sheet.project.code), ProblemForm([], sheet.today)
    form.is_valid()
    return PostedReport(sheet, data or {}, [], form, problem)


def row_of(one: PostedReport, *, is_chosen: bool) -> TableRow:
    content = one.form.content() if one.form.is_bound else one.form.kept
    lines = report_lines.lines_of(one.form, content, one.faults)
    dates = date_lines(one.form, content, one.faults)
    wrong = report_lines.summary(lines, dates, one.faults, one.told)
    cells = tuple(lines[name] for name in CELLS)
    cells[0].then = lines[STAGE_ON]
    shown = {
        element
        for line in (*cells, lines[STAGE_ON])
        for element in (line.id, *(doubt.id for doubt in line.doubts))
    }
    row = anchor(one.sheet)
    return TableRow(
        sheet=one.sheet,
        cells=cells,
        said=tuple(
            diff_words.said(name, getattr(content, name) or None, one.sheet.project) for name in CELLS
        ),
        wrong=tuple((at if at in shown else row, label + words) for at, label, words in wrong),
        elsewhere=tuple(label + words for at, label, words in wrong if at not in shown),
        sides=one.side_lines,
        seen=seen(as_kept(one.sheet)),
        is_chosen=is_chosen,
    )


def anchor(sheet: ReportSheet) -> str:
    return f"row-{sheet.project.code}"


def typed_of(fields: Mapping[str, str], code: str) -> dict[str, str]:
    """What was sent of a row, by the names of the report form."""
    names = {name: f"{code}-{name}" for name in SENT}
    return {name: fields[sent] for name, sent in names.items() if sent in fields}


def complete(sheet: ReportSheet, typed: Mapping[str, str]) -> dict[str, str]:
    """The cells that were sent, and the rest of the report as it is kept."""
    return as_kept(sheet) | {"version": ""} | typed


def seen(texts: Mapping[str, str]) -> str:
    """What stood in the cells, in short: a row sent back with the same was left alone."""
    told = [_plain(texts.get(name, "")) for name in (*CELLS, STAGE_ON)]
    told += [texts.get(unit, "") for name, unit in zip(AMOUNTS, UNITS, strict=True) if texts.get(name, "")]
    return sha256("\x1f".join(told).encode(errors="replace")).hexdigest()[:16]


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
