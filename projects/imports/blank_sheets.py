"""Workbooks for editors: empty forms. The projects on record, to be changed, are `record_sheets`.

Headings, notes and words to choose from are those of the column catalogue; what fills them is the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.imports import reading
from projects.imports.rules.cells import letters
from projects.imports.rules.headings import Names, plain_name
from projects.imports.rules.mapping import STATEMENT, UNIT
from projects.models import Department, Place
from projects.pages import excel_file
from projects.pages.excel_file import WorkbookSheet
from projects.pages.excel_notes import CellNote
from projects.words.column import ColumnType
from projects.words.columns import COLUMNS
from projects.words.headings import OF_STATEMENTS, ROLES, STATEMENTS

MAX_FORM_ROWS = 2000  # for which a form offers words
FORM = (
    *("name", "kind", "place", "department", "funding", "record_type", "stage", "condition"),
    *("total_investment", "invested_to_date", "annual_plan", "progress", "works"),
    *(
        "promised_started",
        "actual_started",
        "promised_completed",
        "actual_completed",
        "national_code",
        "note",
    ),
    *ROLES.split(),
)
PARTIES = ("code", "name", "organisation", "role")
CLAIMS = (
    *("code", "name", "stage", "condition", "total_investment", "agreed_investment", "invested_to_date"),
    *("invested_in_period", "annual_plan", "funds", "progress", "works"),
    *("promised_started", "actual_started", "promised_completed", "actual_completed"),
    *("promised_operating", "actual_operating", "section", "paragraph", "sentence", "note"),
)
ORGANISATIONS = ("organisation", "organisation_en", "aliases", "credit_code")
FORMS = {
    "projects": FORM,
    "claims": CLAIMS,
    "statements": ("code", "name", *OF_STATEMENTS.split(), "section", "paragraph", "sentence", "note"),
    "parties": PARTIES,
    "organisations": ORGANISATIONS,
}
EXAMPLES = {
    "name": "某某物流园一期",
    "organisation": "某某公司",
    "organisation_en": "Example Company",
    "aliases": "某某集团綦江公司、某某綦江",
    "credit_code": "91500110MA5U12345C",
    "total_investment": 12000,
    "invested_to_date": 3500.5,
    "annual_plan": 5000,
    "progress": 35,
    "works": "主体施工",
    "promised_started": "2025年6月",
    "actual_started": "2025-06-18",
    "promised_completed": "2027年底",
    "statement": "总投资",
    "said_value": 12000,
    "said_unit": "万元",
    "said_as_of": "2026-02-28",
    "said_period": "2026年",
    "section": 2,
    "paragraph": 3,
    "sentence": 1,
}
TITLES = {
    "projects": gettext_lazy("Projects"),
    "claims": gettext_lazy("Statements about projects"),
    "statements": gettext_lazy("Statements, one a row"),
    "parties": gettext_lazy("Parties of projects"),
    "organisations": gettext_lazy("Organisations"),
}
NAMED = {"place": Place, "department": Department}
UNITS = ("元", "万元", "亿元", "%")


def blank_form(of: str, at: datetime) -> Iterator[bytes]:
    """An empty form, a sheet that explains it, and the words to choose from where there are any."""
    form = FORMS[of]
    words = {code: list(_words(code)) for code in form}
    listed = [code for code in form if words[code]]
    notes = tuple(_note(number, code, listed, words) for number, code in enumerate(form, start=1))
    heads = [head(code) for code in form]
    widths = dict.fromkeys(heads, 18) | {heads[0]: 32}
    sheets = [WorkbookSheet(str(TITLES[of]), heads, (), widths, notes), _explanation(form)]
    if listed:
        listed_heads = [head(code) for code in listed]
        sheets.append(WorkbookSheet(_("Words"), listed_heads, _columns(words, listed), {}))
    yield from excel_file.stream(sheets, at)


def head(code: str) -> str:
    """With the unit of its figures."""
    column, name = COLUMNS[code], _name(code, reading.names())
    if column.type == ColumnType.YUAN:
        return f"{name}（万元）"
    return f"{name}（%）" if code == "progress" else name


def _name(code: str, known: Names) -> str:
    """One that means this column and no other."""
    column = COLUMNS[code]
    names = (capfirst(str(column.name)), *column.synonyms)
    return next((one for one in names if known[plain_name(one)] == (code,)), names[0])


def _words(code: str) -> Iterable[str]:
    if code == STATEMENT:
        return [_name(one, reading.statement_names()) for one in STATEMENTS]
    if code == UNIT:
        return UNITS
    column = COLUMNS[code]
    if code in NAMED:
        return NAMED[code].objects.order_by("code").values_list("name", flat=True)
    return (str(one.label) for one in column.codes) if column.codes else ()


def _note(number: int, code: str, listed: list[str], words: dict[str, list[str]]) -> CellNote:
    column = letters(number)
    choices = ""
    if code in listed:
        at = letters(listed.index(code) + 1)
        choices = f"'{_('Words')}'!${at}$2:${at}${len(words[code]) + 1}"
    return CellNote(f"{column}2:{column}{MAX_FORM_ROWS + 1}", _meaning(code), choices)


def _meaning(code: str) -> str:
    column = COLUMNS[code]
    if column.type == ColumnType.YUAN:
        return _("In ten thousand yuan; another unit may be written after the figure, as in 1.2亿元.")
    if column.type == ColumnType.DATE:
        return _("As exact as it is known: 2026-10-17, 2026年10月, 2026年底; 待定 where no date stands.")
    return str(column.meaning) or str(column.name)


def _explanation(form: tuple[str, ...]) -> WorkbookSheet:
    rows = []
    for code in form:
        first = next(iter(_words(code)), "")
        rows.append((head(code), _meaning(code), EXAMPLES.get(code, first)))
    heads = [_("Column"), _("What to write"), _("For example")]
    return WorkbookSheet(_("How to fill it in"), heads, rows, {heads[0]: 28, heads[1]: 70, heads[2]: 24})


def _columns(words: dict[str, list[str]], listed: list[str]) -> Iterator[list[str]]:
    for row in range(max(map(len, words.values()))):
        yield [words[code][row] if row < len(words[code]) else "" for code in listed]
