"""The projects on record as a workbook: edited and taken in again, it changes just what was changed in it.

Each cell is written as the comparison reads it: what holds of the very series that its column stands for,
and words only where they are found again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from projects.choices import Milestone, PromiseState, Qualifier, Topic
from projects.core import date_words
from projects.core.fuzzy_dates import Fuzzy
from projects.core.money import Money
from projects.core.refusals import Refused
from projects.core.statements import Series
from projects.imports import reading
from projects.imports.blank_sheets import head
from projects.imports.named_records import (
    BETWEEN,
    PLAIN_FACTS,
    REFERENCES,
    HeldClaims,
    old_fact,
    organisations,
    parties_of,
)
from projects.imports.rules import compared, row_reading, values
from projects.imports.rules.lookups import WordTable
from projects.models import Current, Department, Place, Project
from projects.models.managers import in_batches
from projects.pages import excel_file
from projects.pages.excel_file import WorkbookSheet
from projects.words import dates
from projects.words.columns import COLUMNS
from projects.words.headings import ROLES

FACTS = (*PLAIN_FACTS, *REFERENCES)
CLAIMS = (
    *("stage", "condition", "total_investment", "agreed_investment", "invested_to_date"),
    *(f"{topic}_{step.value}" for step in Milestone for topic in (Topic.PROMISED, Topic.ACTUAL)),
)
PARTIES = tuple(ROLES.split())
RECORD = ("code", "version", *FACTS, *CLAIMS, *PARTIES)
PORTION = 200  # projects whose statements are at hand at once
QUALIFIERS = {Qualifier.EXPECTED: "预计", Qualifier.ABOUT: "约", Qualifier.NEARLY: "近", Qualifier.OVER: "超"}
UNDECIDED = "待定"
WAN = 10_000
PLAIN_DATE = re.compile("[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?)?")  # as workbooks have them


def record_workbook(rows: QuerySet[Current], at: datetime) -> Iterator[bytes]:
    """The projects of some rows with their numbers and versions, a portion after the other."""
    heads = [head(code) for code in RECORD]
    yield from excel_file.stream(
        [WorkbookSheet(_("Projects"), heads, _records(rows, at), {heads[2]: 40})], at
    )


def _records(rows: QuerySet[Current], at: datetime) -> Iterator[list[object]]:
    names = {"place": reading.named(Place, ""), "department": reading.named(Department, "")}
    companies, on = _companies(), timezone.localdate(at)
    of = rows.select_related("project", *(f"project__{name}" for name in REFERENCES))
    for portion in in_batches(of, size=PORTION):
        projects = [one.project for one in portion]
        held = HeldClaims.of([one.code for one in projects], at)
        parties = parties_of({"project__in": projects})
        for project in projects:
            facts = [_fact(code, project, names) for code in FACTS]
            claims = [_claim(code, project, held, on) for code in CLAIMS]
            said = [_parties(parties.get((project.code, role), ()), companies) for role in PARTIES]
            yield [project.code, project.version, *facts, *claims, *said]


def _fact(code: str, project: Project, names: dict[str, WordTable]) -> str | None:
    found, column = old_fact(code, project, {}), COLUMNS[code]
    if found and code in names:
        name = getattr(project, code).name
        return name if names[code].codes.get(names[code].plain(name)) == found else found
    return str(column.codes(found).label) if found and column.codes else found


def _companies() -> dict[str, str]:
    """Organisations, each by a name under which a cell finds it again: its own, else another."""
    said = {name: own for name, own in organisations().items() if _reads_back(name)}
    return {own: name for name, own in said.items()} | {name: name for name in said if said[name] == name}


def _reads_back(name: str) -> bool:
    return row_reading.several(name) == [name] and not values.is_cleared(name)


def _parties(names: Iterable[str], companies: dict[str, str]) -> str | None:
    return BETWEEN.join(companies[one] for one in names if one in companies) or None


def _claim(code: str, project: Project, held: HeldClaims, on: date) -> object:
    column = COLUMNS[code]
    value, qualifier = held.value(project.code, Series(column.topic, column.measure))
    if value is None or isinstance(value, str):
        return _coded(code, value, qualifier)
    before = QUALIFIERS[Qualifier(qualifier)] if qualifier else ""
    if isinstance(value, Fuzzy):
        return _dated(value, before, on)
    if not isinstance(value, Money):
        return f"{before}{value}" if before else value
    return f"{before}{Decimal(value.yuan) / WAN:f}" if before else value.yuan / WAN


def _coded(code: str, value: str | None, qualifier: str) -> str | None:
    """A stage that is nearly reached is inferred, and no sheet says so: its cell stays empty."""
    if value is None or qualifier:
        return None
    codes = COLUMNS[code].codes
    return str(codes(value).label) if codes else UNDECIDED if value == PromiseState.TBD else value


def _dated(value: Fuzzy, before: str, on: date) -> str:
    """A quarter or a span in words where they are read as the same, else as it is kept."""
    kept = f"{before}{value.text}"
    if PLAIN_DATE.fullmatch(value.text):
        return kept
    with override("zh-hans"):
        words = f"{before}{dates.words(value)}"
    try:
        found = date_words.read(words, on)
    except Refused:
        return kept
    is_read = found.value is not None and compared.is_same(found.value, value)
    return words if is_read else kept
