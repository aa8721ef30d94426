"""The report book as a workbook: a row a project of one unit and round, as its report is kept, to fill in.

Only the columns of the month's table are open; beside them stands what is on record. The last, hidden column
says which report a row is, in which version, and what stood in its cells. What comes back is `book_rows`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from projects.choices import Qualifier, Stage
from projects.core.money import Money
from projects.desk.report_dates import STAGE_ON
from projects.desk.report_fields import AMOUNTS, ReportForm
from projects.imports.rules.cells import letters
from projects.models import Department, Round
from projects.pages import excel_file
from projects.pages.excel_file import EntryCell, WorkbookSheet
from projects.pages.excel_notes import CellNote
from projects.reports import diff_words
from projects.reports.report_sheet import ReportSheet
from projects.words.stage_words import stage_word

ENTRY = ("stage", STAGE_ON, *AMOUNTS, "progress", "works")
LAST = tuple(f"last_{name}" for name in (*AMOUNTS, "progress", "works"))
COLUMNS = (
    *("code", "name", "stage", STAGE_ON),
    *("this_year", "last_this_year", "to_date", "last_to_date"),
    *("progress", "last_progress", "works", "last_works", "key"),
)
WAN = 10_000
WIDTHS = {"name": 36, "works": 40, "last_works": 32, "last_this_year": 22, "last_to_date": 22}


class BookKey(NamedTuple):
    """Which report a row is; `seen` is what stood in its open cells, in short."""

    code: str
    month: str
    unit: str
    version: str
    seen: str


def heads() -> dict[str, str]:
    """Of each column, in the language of the page."""
    words = {
        name: capfirst(str(diff_words.FIELDS[name])) for name in ("stage", *AMOUNTS, "progress", "works")
    }
    words |= {name: f"{words[name]}（万元）" for name in AMOUNTS} | {"progress": f"{words['progress']}（%）"}
    record = {
        name: _("%(column)s: on record") % {"column": words[name.removeprefix("last_")]} for name in LAST
    }
    return (
        words
        | record
        | {
            "code": _("Project code"),
            "name": capfirst(_("project")),
            STAGE_ON: _("Day on which this stage was reached"),
            "key": _("Key (leave as it is)"),
        }
    )


def workbook(sheets: Iterable[ReportSheet], monthly_round: Round, unit: Department, at: datetime) -> bytes:
    said, sheets = heads(), list(sheets)
    columns, last = [said[name] for name in COLUMNS], len(sheets) + 1
    labels = [str(stage.label) for stage in Stage]
    stages = letters(COLUMNS.index("stage") + 1)
    choices = f"'{_('Words')}'!$A$2:$A${len(labels) + 1}"
    meaning = _meanings()
    notes = [CellNote(f"{stages}2:{stages}{last}", meaning["stage"], choices)]
    for name in ENTRY[1:]:
        column = letters(COLUMNS.index(name) + 1)
        notes.append(CellNote(f"{column}2:{column}{last}", meaning[name]))
    rows = (_row(sheet, monthly_round, unit) for sheet in sheets)
    widths = {said[name]: width for name, width in WIDTHS.items()}
    entry, hidden = frozenset(said[name] for name in ENTRY), frozenset({said["key"]})
    return excel_file.workbook(
        [
            WorkbookSheet(_("Report book"), columns, rows, widths, tuple(notes), entry, hidden),
            _explanation(said, meaning, monthly_round, unit),
            WorkbookSheet(_("Words"), [said["stage"]], ([label] for label in labels), {}),
        ],
        at,
    )


def _row(sheet: ReportSheet, monthly_round: Round, unit: Department) -> list[object]:
    cells = written(sheet)
    version = str(sheet.version)
    key = BookKey(sheet.project.code, monthly_round.month, unit.code, version, seen(cells))
    told: dict[str, object] = {"code": sheet.project.code, "name": sheet.project.name, "key": " ".join(key)}
    told |= {name: EntryCell(_plain(name, text)) for name, text in cells.items()} | _on_record(sheet)
    return [told.get(name, "") for name in COLUMNS]


def written(sheet: ReportSheet) -> dict[str, str]:
    """What stands in the open cells, as text; amounts in the unit of their heading."""
    initial, kept = ReportForm(sheet).initial, sheet.content()
    cells = {name: str(initial.get(name) or "") for name in ENTRY}
    cells["stage"] = stage_word(kept.stage, sheet.held.qualifier_of(kept.stage)) if kept.stage else ""
    for name in AMOUNTS:
        amount: Money | None = getattr(kept, name)
        cells[name] = _figure(Decimal(amount.yuan) / WAN) if amount else ""
    return cells


def seen(cells: Mapping[str, str]) -> str:
    """A digest of the open cells, by which a row that nobody changed is known.

    The same whatever a spreadsheet program makes of a figure's zeros; a stage counts by its code.
    """
    told = [plain_text(name, cells.get(name, "")) for name in ENTRY]
    return sha256("\x1f".join(told).encode(errors="replace")).hexdigest()[:16]


def plain_text(name: str, text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if name == "stage":
        return stage_code(text)
    if name in AMOUNTS or name == "progress":
        try:
            return _figure(Decimal(text.removesuffix("%").replace(",", "")))
        except InvalidOperation:
            return text
    return text


def stage_code(text: str) -> str:
    """Of a stage's word in the language of the page; any other text stays."""
    if text == stage_word(Stage.COMPLETED, Qualifier.NEARLY):
        return Stage.COMPLETED.value
    return {str(stage.label): stage.value for stage in Stage}.get(text, text)


def _figure(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _plain(name: str, text: str) -> object:
    """A number where the program can compute with it, and keeps all of its digits."""
    if name in (*AMOUNTS, "progress") and text and len(text) < 15:
        return float(text)
    return text


def _on_record(sheet: ReportSheet) -> dict[str, object]:
    """What stands beside the open cells: the figures and words on record without this report."""
    held, told = sheet.held, {}
    for name in AMOUNTS:
        if one := getattr(held, name):
            told[f"last_{name}"] = float(Decimal(one.value_as(Money).yuan) / WAN)
    if held.progress is not None:
        told["last_progress"] = float(held.progress)
    if held.works:
        told["last_works"] = held.works
    return told


def _meanings() -> dict[str, str]:
    amount = _("In ten thousand yuan; another unit may be written after the figure, as in 1.2亿元.")
    return {
        "stage": _("Choose one of the words."),
        STAGE_ON: _("As exact as it is known: 2026-10-17, 2026年10月; empty where the stage did not change."),
        "this_year": amount,
        "to_date": amount,
        "progress": _("A percentage with at most two decimals, as in 37.5."),
        "works": _("What was done this month, in at most 500 characters."),
    }


def _explanation(
    said: dict[str, str], meaning: dict[str, str], monthly_round: Round, unit: Department
) -> WorkbookSheet:
    rows = [
        (_("This book"), f"{unit.name} · {monthly_round.month}"),
        (
            _("Send it back"),
            _("On the page where it was downloaded. Rows left alone stay so; the others become drafts."),
        ),
        *((said[name], meaning[name]) for name in ENTRY),
    ]
    columns = [_("Column"), _("What to write")]
    return WorkbookSheet(_("How to fill it in"), columns, rows, {columns[0]: 28, columns[1]: 80})
