"""A monthly round as files: a workbook (units, then projects) and an official paper.

The rows are those of the page (`reports.round_overview`), the words `reports.round_words`; how a workbook is
written is `pages.excel_file`, how a paper is set `pages.word_file`.
"""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from projects.models import Department, Round
from projects.pages.excel_file import WorkbookSheet, workbook
from projects.pages.word_file import Heading, Paragraph, Part, Table, Title, letter
from projects.reports import round_words
from projects.reports.round_overview import RoundEntry, UnitLine, total
from projects.reports.round_words import COLUMNS, Owed, UnitTally
from projects.reports.rules.rounds import Tally
from projects.words import dates
from projects.words.language import in_language

UNIT_WIDTH, PROJECT_WIDTH = 28, 44


def unit_name(department: Department | None) -> str:
    return in_language(department) if department else _("No unit named")


def unit(line: UnitLine) -> UnitTally:
    """A line of the grid as sentences take it."""
    owed = (Owed(in_language(one.project), one.project.code, one.state) for one in line.outstanding)
    return UnitTally(unit_name(line.department), line.tally, tuple(owed))


def overview_xlsx(monthly_round: Round, lines: list[UnitLine], at: datetime) -> bytes:
    words = _unit_word()
    units = WorkbookSheet(
        _("Units"), [*_columns(), _("Completeness (%)")], _numbers(lines), {words: UNIT_WIDTH}
    )
    columns = [words, _("Record number"), _("Project"), _("State of the report"), _("Handed in on")]
    columns += [_("Late"), _("Outstanding")]
    widths = {words: UNIT_WIDTH, _("Project"): PROJECT_WIDTH}
    rows = (_row(line, entry) for line in lines for entry in line.entries)
    return workbook([units, WorkbookSheet(_("Projects"), columns, rows, widths)], at)


def overview_docx(monthly_round: Round, lines: list[UnitLine], at: datetime) -> bytes:
    title = _("Monthly reports for %(month)s: who has reported")
    title %= {"month": dates.month(monthly_round.month_earliest)}
    return letter(_parts(title, monthly_round, lines, at), title, at)


def _parts(title: str, monthly_round: Round, lines: list[UnitLine], at: datetime) -> Iterator[Part]:
    whole = total(lines)
    yield Title(title)
    yield Paragraph(round_words.in_one_sentence(monthly_round.month_earliest, timezone.localdate(at), whole))
    yield Heading(round_words.numbered(1, _("Reports by unit")))
    yield Table(
        [*_columns(), _("Completeness")],
        [_figures(unit_name(line.department), line.tally) for line in lines],
        _figures(_("Total"), whole),
    )
    yield Heading(round_words.numbered(2, _("Reports outstanding")))
    units = [told for told in map(unit, lines) if told.owed]
    if not units:
        yield Paragraph(_("None: every report that was expected has been handed in."))
    for number, told in enumerate(units, start=1):
        yield Heading(round_words.numbered_below(number, round_words.heading(told)), level=2)
        yield from map(Paragraph, round_words.items(told.owed))


def _unit_word() -> str:
    return _("Responsible unit")


def _columns() -> list[str]:
    return [_unit_word(), *map(str, COLUMNS.values())]


def _figures(name: str, tally: Tally) -> list[object]:
    return [name, *round_words.figures(tally), round_words.completeness(tally)]


def _numbers(lines: list[UnitLine]) -> Iterator[list[object]]:
    """Each unit, and all together last; the rate as a number, empty where nothing is expected."""
    named = [(unit_name(line.department), line.tally) for line in lines]
    for name, tally in [*named, (_("Total"), total(lines))]:
        rate = None if tally.completeness is None else float(tally.completeness)
        yield [name, *round_words.figures(tally), rate]


def _row(line: UnitLine, entry: RoundEntry) -> list[object]:
    return [
        unit_name(line.department),
        entry.project.code,
        in_language(entry.project),
        str(COLUMNS[entry.state or "missing"]),
        entry.submitted_on,
        _("handed in late") if entry.is_late and entry.is_handed_in else None,
        None if entry.is_handed_in else _("outstanding"),
    ]
