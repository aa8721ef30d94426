"""The boxes of a project's usual facts as its page shows them: what is on record, understood, wrong.

Of names that are alike a person judges: they are shown with their pages, and never chosen here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from projects.choices import Milestone, Topic
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.core.refusals import Fault
from projects.core.stages import WHOLE_STAGE
from projects.core.statements import Series, Value
from projects.desk.desk_tags import cell_words
from projects.desk.facts_form import UNIT, FactsForm
from projects.desk.field_lines import FieldLine, errors_of
from projects.imports.cell_faults import ALIKE, MOVED, head_of
from projects.imports.named_records import NamedRecords, old_fact
from projects.imports.rules.proposals import ProposedClaim, ProposedRow
from projects.imports.rules.values import CLEARED
from projects.imports.typed_facts import DATES, IDENTITY, PARTIES, SUMS
from projects.models import Project
from projects.reports import diff_words
from projects.words import dates
from projects.words.language import either, in_language
from projects.words.refusals import sentence

READ = ("name", *SUMS, *DATES, "source")  # asked by the script while one types
STEPS = {"date_started": Milestone.STARTED, "date_completed": Milestone.COMPLETED}


@dataclass
class FactLine(FieldLine):
    """A box with the projects whose names are like what stands in it."""

    alike: list[Project] = field(default_factory=list)


def lines_of(form: FactsForm, row: ProposedRow | None, faults: dict[str, list[Fault]]) -> dict[str, FactLine]:
    """By name of the box."""
    made = {name: FactLine(form[name], _label(name), faults=errors_of(form[name])) for name in form.fields}
    for name in SUMS:
        made[name].beside = form[name + UNIT]
    for name in READ:
        made[name].is_read = True
    if row:
        _tell_understood(made, form, row)
    for name, found in faults.items():
        if name in made:
            made[name].faults += [sentence(fault) for fault in found if fault.code != ALIKE]
    made["name"].alike = alike(row) if row and any(fault.code == ALIKE for fault in faults["name"]) else []
    return made


def alike(row: ProposedRow) -> list[Project]:
    """Those whose names are like the one of a new project."""
    codes = [code for fault in row.faults if fault.code == ALIKE for code in fault.near]
    found = {one.code: one for one in Project.objects.filter(code__in=codes)}
    return [found[code] for code in codes]


def named(project: Project) -> str:
    return f"{in_language(project)} ({project.code})"


def summary(lines: dict[str, FactLine], told: Iterable[str]) -> list[tuple[str, str, str]]:
    """All that is wrong: the element, its label, the sentence; what belongs to no box first."""
    found = [("", "", words) for words in told]
    for line in lines.values():
        names = either("、", ", ").join(map(named, line.alike))
        wrong = [*line.faults, *([f"{_('Names like this are on record:')} {names}"] if names else [])]
        found += [(line.id, either(f"{line.label}：", f"{capfirst(line.label)}: "), words) for words in wrong]
    return found


def tell_record(lines: dict[str, FactLine], project: Project, faults: dict[str, list[Fault]], at: datetime):
    """What stands on record, beside boxes that are empty from the first and beside what changed meanwhile."""
    record = NamedRecords.of([ProposedRow(0, project.code)], at)
    for name, (value, qualifier) in _held(project, record, lines["plan_year"].bound.value()).items():
        lines[name].before = str(cell_words(name, value, qualifier))
    for name in PARTIES:
        lines[name].before = old_fact(name, project, record.parties) or ""
    for name in IDENTITY:
        if any(fault.code == MOVED for fault in faults.get(name, ())):
            lines[name].before = str(cell_words(name, old_fact(name, project, {})))


def _held(project: Project, record: NamedRecords, year: str) -> dict[str, tuple[Value, str]]:
    """By name of the box: what holds today, of a step what came true before what was promised."""
    asked = {
        "total_investment": [Series(Topic.TOTAL_INVESTMENT.value)],
        "annual_plan": [Series(Topic.ANNUAL_PLAN.value, "", "", year)],
        "works": [Series(Topic.WORKS.value)],
        "stage": [WHOLE_STAGE],
    }
    for name, step in STEPS.items():
        asked[name] = [Series(topic.value, step.value) for topic in (Topic.ACTUAL, Topic.PROMISED)]
    held = {}
    for name, rows in asked.items():
        values = (record.held.value(project.code, series) for series in rows)
        if said := next((one for one in values if one[0] is not None), None):
            held[name] = said
    return held


def _label(name: str) -> str:
    labels = {
        "date_started": _("Start"),
        "date_completed": _("Finish"),
        "plan_year": _("Year of the plan"),
        "source": _("Document that says it"),
        "section": _("section"),
        "paragraph": _("paragraph"),
        "sentence": _("sentence"),
        "as_of": _("As of"),
    }
    return labels.get(name) or head_of(name)


# What was understood


def _tell_understood(lines: dict[str, FactLine], form: FactsForm, row: ProposedRow) -> None:
    for claim in row.claims:
        if claim.column in READ:
            lines[claim.column].reading = [_words(claim)]
    if source := form.cleaned_data.get("source"):
        lines["source"].reading = [
            in_language(source, "title"),
            dates.words(fuzzy_dates.parse(source.published)),
        ]


def _words(claim: ProposedClaim) -> str:
    """A sum in the units beside its own too; a step as promised or as come true, which the day decides."""
    if claim.value is None:
        return CLEARED
    if isinstance(claim.value, Money) and not claim.qualifier:
        return diff_words.reading(claim.value)
    words = str(cell_words(claim.column, claim.value, claim.qualifier))
    if claim.column not in DATES:
        return words
    return f"{Topic(claim.series.topic).label}{either('：', ': ')}{words}"
