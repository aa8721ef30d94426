"""The fields of a report form as its page shows them: what is on record, the difference, what is wrong.

Nothing is decided here: the record is `reports.rules.content`, the checks `reports.rules.checks`, the words
`words`.
"""

from collections.abc import Iterable, Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from projects.core.refusals import Fault
from projects.desk.date_lines import DateLine, is_beside_stage, stage_on
from projects.desk.field_lines import Doubt, FieldLine, errors_of, plain, reading_of
from projects.desk.problem_forms import ProblemForm
from projects.desk.report_dates import STAGE_ON
from projects.desk.report_fields import CONFIRM, ReportForm
from projects.reports import diff_words
from projects.reports.publication import month_of
from projects.reports.rules import soft_checks
from projects.reports.rules.content import Content
from projects.reports.rules.report_diff import Difference, compared
from projects.words import dates
from projects.words.language import either
from projects.words.refusals import sentence

# A figure on record stands in the way: which one of `Held`, by the field.
DEAD_ENDS = {"figure_fell": "", "figure_above_later": "later_"}
# Typed as text and read into a value, as the promised dates are.
READ = ("this_year", "to_date", "progress", "pause_resumes")


def lines_of(form: ReportForm, content: Content, faults: Iterable[Fault]) -> dict[str, FieldLine]:
    """By name of the field, each with its faults; the rows of dates are not here."""
    beside = {one.field: one for one in compared(content, form.sheet.held) if not one.milestone}
    complete = form.sheet.complete(content)
    made = {name: _line(form, name, beside.get(name)) for name in diff_words.FIELDS}
    made[STAGE_ON] = stage_on(form, content)
    made["pause_resumes"].reading = [diff_words.reading(content.pause.resumes)]
    for name in READ:
        made[name].is_read = True
    for name in ("this_year", "to_date"):
        line = made[name]
        line.beside = form[f"{name}_unit"]
        line.faults += errors_of(line.beside)
        computed = getattr(complete, name)
        if getattr(content, name) is None and computed is not None:
            said = {"amount": diff_words.said(name, computed)}
            line.reading = [_("computed from the other amount: %(amount)s") % said]
    for fault in faults:
        if fault.on in made and fault.code not in soft_checks.FIELDS:
            made[fault.on].faults.append(sentence(fault))
        if fault.on in diff_words.DATES and is_beside_stage(fault, form, content):
            made[STAGE_ON].faults.append(sentence(fault))
        if fault.code in DEAD_ENDS:
            _tell_way_out(made[fault.on], form, DEAD_ENDS[fault.code] + fault.on)
    for code, name in soft_checks.FIELDS.items():
        made[name].doubts += _doubts(form, code, faults)
    return made


def _tell_way_out(line: FieldLine, form: ReportForm, name: str) -> None:
    """Who published what stands in the way: a unit's own report can be corrected from there."""
    on_record = getattr(form.sheet.held, name)
    line.is_dead_end = True
    line.wrong_month = month_of(on_record.source, form.sheet.project.code)


def problem_lines(form: ProblemForm) -> dict[str, FieldLine]:
    made = {name: plain(form, name) for name in form.fields}
    for line in made.values():
        line.label = str(line.bound.label)
    day, made["problem_due"].is_read = form.day, True
    made["problem_due"].reading = [dates.day(day)] if day else []
    return made


def _line(form: ReportForm, name: str, one: Difference | None) -> FieldLine:
    line = plain(form, name)
    line.label = str(diff_words.FIELDS[name])
    if one:
        said = diff_words.line(one, form.sheet.project)
        line.before, line.since, line.reading = said.before, said.since, reading_of(one)
    return line


def _doubts(form: ReportForm, code: str, faults: Iterable[Fault]) -> Iterator[Doubt]:
    """Asked for now, or answered before."""
    bound = form[CONFIRM + code]
    open_ones = [sentence(fault) for fault in faults if fault.code == code]
    if open_ones or bound.value() or bound.errors:
        ((named, _reason),) = diff_words.checks({code: ""})
        words = " ".join([*(open_ones or [named]), *errors_of(bound)])
        yield Doubt(bound, words, is_open=bool(open_ones or bound.errors))


def summary(
    lines: dict[str, FieldLine],
    rows: list[DateLine],
    faults: Iterable[Fault],
    told: Iterable[tuple[str, str]],
) -> list[tuple[str, str, str]]:
    """All that is wrong: the element, its label, the sentence; what belongs to no field first."""
    found = [("", "", sentence(fault)) for fault in faults if fault.on not in (*lines, *diff_words.DATES)]
    found += [(element, "", words) for element, words in told if not element]
    for line in lines.values():
        wrong = [(line.id, words) for words in line.faults]
        wrong += [(doubt.id, doubt.words) for doubt in line.doubts if doubt.is_open]
        found += [(element, _named(line.label), words) for element, words in wrong]
    found += [
        (line.id, _named(row.label), words) for row in rows for line in row.all for words in line.faults
    ]
    return found + [(element, "", words) for element, words in told if element]


def _named(label: str) -> str:
    """The field before its sentence."""
    return either(f"{label}：", f"{capfirst(label)}: ") if label else ""
