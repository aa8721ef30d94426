"""The fields of a report form as its page shows them: what is on record, the difference, what is wrong.

Nothing is decided here: the record is `reports.rules.content`, the checks `reports.rules.checks`, the words
`words`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.forms import BoundField, Form
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from projects.core.refusals import Fault
from projects.desk.problem_forms import ProblemForm
from projects.desk.report_dates import DateRow
from projects.desk.report_fields import CONFIRM, ReportForm
from projects.models import Project
from projects.reports import diff_words
from projects.reports.publication import month_of
from projects.reports.rules import checks
from projects.reports.rules.content import Content
from projects.reports.rules.report_diff import Difference, compared
from projects.words import dates
from projects.words.language import either
from projects.words.refusals import sentence
from projects.words.stage_words import milestone_word

# Where a fault of a promised date is put right.
# A figure on record stands in the way: which one of `Held`, by the field.
DEAD_ENDS = {"figure_fell": "", "figure_above_later": "later_"}
PARTS = {"reason_missing": "reason", "words_missing": "words"}
# Typed as text and read into a value, as the promised dates are.
READ = ("this_year", "to_date", "progress", "pause_resumes")


@dataclass
class FieldLine:
    """One field: its input, what is on record, by how much it differs, what is wrong, what to confirm."""

    bound: BoundField
    label: str = ""
    beside: BoundField | None = None  # the unit of a sum
    before: str = ""
    is_internal: bool = False  # never on record: what stands before it is the last report's
    since: str = ""
    is_read: bool = False  # its text is read into a value: the script asks for it
    reading: list[str] = field(default_factory=list)  # what was understood, by how much it differs
    faults: list[str] = field(default_factory=list)
    doubts: list["Doubt"] = field(default_factory=list)
    is_dead_end: bool = False  # a figure on record stands in the way
    wrong_month: str = ""  # of the report that published it; none where a document says it

    @property
    def id(self) -> str:
        return self.bound.field.widget.attrs.get("id") or self.bound.auto_id

    @property
    def answer(self) -> str:
        """Of a text: what was understood, or why it cannot be."""
        return " ".join(self.faults) or self.understood

    @property
    def understood(self) -> str:
        """Nothing of what could not be read: what is kept instead would be taken for it."""
        return "" if self.bound.errors else either("，", "; ").join(filter(None, self.reading))

    @property
    def widget(self) -> SafeString:
        return self._input(self.bound)

    @property
    def unit(self) -> SafeString:
        words = f"{self.label} · {_('Unit')}"
        return self._input(self.beside, **{"aria-label": words}) if self.beside else ""

    def _input(self, bound: BoundField, **attrs: str) -> SafeString:
        told = [f"{self.id}-{part}" for part in ("before", "fault") if self._has(part)]
        attrs |= {"aria-describedby": " ".join(told)} if told else {}
        return bound.as_widget(attrs=attrs | ({"aria-invalid": "true"} if self.faults else {}))

    def _has(self, part: str) -> bool:
        return bool(self.before if part == "before" else self.faults)


@dataclass
class Doubt:
    """What is unusual, with the input for the reason; `words` names it where it is no open question."""

    bound: BoundField
    words: str
    is_open: bool

    @property
    def id(self) -> str:
        return self.bound.auto_id

    @property
    def widget(self) -> SafeString:
        invalid = {"aria-invalid": "true"} if self.is_open else {}
        return self.bound.as_widget(attrs={"aria-describedby": f"{self.id}-doubt"} | invalid)


@dataclass
class DateLine:
    """A promised date: its three inputs."""

    project: Project
    row: DateRow
    date: FieldLine
    reason: FieldLine
    words: FieldLine

    @property
    def label(self) -> str:
        return milestone_word(self.row.milestone, self.project)

    @property
    def all(self) -> tuple[FieldLine, FieldLine, FieldLine]:
        return self.date, self.reason, self.words


def lines_of(form: ReportForm, content: Content, faults: Iterable[Fault]) -> dict[str, FieldLine]:
    """By name of the field, each with its faults; `dates-<number>` are not here."""
    beside = {one.field: one for one in compared(content, form.sheet.held) if not one.milestone}
    complete = form.sheet.complete(content)
    made = {name: _line(form, name, beside.get(name)) for name in diff_words.FIELDS}
    made["pause_resumes"].reading = [diff_words.reading(content.pause.resumes)]
    for name in READ:
        made[name].is_read = True
    for name in ("this_year", "to_date"):
        line = made[name]
        line.beside = form[f"{name}_unit"]
        line.faults += _errors(line.beside)
        computed = getattr(complete, name)
        if getattr(content, name) is None and computed is not None:
            said = {"amount": diff_words.said(name, computed)}
            line.reading = [_("computed from the other amount: %(amount)s") % said]
    for fault in faults:
        if fault.on in made and fault.code not in checks.FIELDS:
            made[fault.on].faults.append(sentence(fault))
        if fault.code in DEAD_ENDS:
            _tell_way_out(made[fault.on], form, DEAD_ENDS[fault.code] + fault.on)
    for code, name in checks.FIELDS.items():
        made[name].doubts += _doubts(form, code, faults)
    return made


def _tell_way_out(line: FieldLine, form: ReportForm, name: str) -> None:
    """Who published what stands in the way: a unit's own report can be corrected from there."""
    on_record = getattr(form.sheet.held, name)
    line.is_dead_end = True
    line.wrong_month = month_of(on_record.source, form.sheet.project.code)


def date_lines(form: ReportForm, content: Content, faults: Iterable[Fault]) -> list[DateLine]:
    beside = {(one.milestone, one.scope): one for one in compared(content, form.sheet.held)}
    made = []
    for row in form.rows:
        held = form.sheet.held.promised.get(row.key)
        date, reason, words = (_plain(form, row.name(part)) for part in ("date", "reason", "words"))
        date.before = dates.words(held) if held else ""
        date.is_read, date.reading = True, _reading(beside.get(row.key))
        made.append(DateLine(form.sheet.project, row, date, reason, words))
    _place(made, content, faults)
    return made


def problem_lines(form: ProblemForm) -> dict[str, FieldLine]:
    made = {name: _plain(form, name) for name in form.fields}
    for line in made.values():
        line.label = str(line.bound.label)
    day, made["problem_due"].is_read = form.day, True
    made["problem_due"].reading = [dates.day(day)] if day else []
    return made


def _place(made: list[DateLine], content: Content, faults: Iterable[Fault]) -> None:
    """A fault names the milestone alone: it stands at the row where something was typed."""
    typed = {one.key for one in content.promises}
    for fault in faults:
        rows = [one for one in made if one.row.milestone == fault.values.get("milestone")]
        if fault.on == "promises" and rows:
            line = next((one for one in rows if one.row.key in typed), rows[0])
            getattr(line, PARTS.get(fault.code, "date")).faults.append(sentence(fault))


def _line(form: ReportForm, name: str, one: Difference | None) -> FieldLine:
    line = _plain(form, name)
    line.label = str(diff_words.FIELDS[name])
    if one:
        said = diff_words.line(one)
        line.before, line.since, line.reading = said.before, said.since, _reading(one)
    return line


def _plain(form: Form, name: str) -> FieldLine:
    return FieldLine(form[name], faults=_errors(form[name]))


def _errors(bound: BoundField) -> list[str]:
    return [str(error) for error in bound.errors]


def _reading(one: Difference | None) -> list[str]:
    return [diff_words.reading(one.after), diff_words.line(one).change] if one else []


def _doubts(form: ReportForm, code: str, faults: Iterable[Fault]) -> Iterator[Doubt]:
    """Asked for now, or answered before."""
    bound = form[CONFIRM + code]
    open_ones = [sentence(fault) for fault in faults if fault.code == code]
    if open_ones or bound.value() or bound.errors:
        ((named, _reason),) = diff_words.checks({code: ""})
        words = " ".join([*(open_ones or [named]), *_errors(bound)])
        yield Doubt(bound, words, is_open=bool(open_ones or bound.errors))


def summary(
    lines: dict[str, FieldLine],
    rows: list[DateLine],
    faults: Iterable[Fault],
    told: Iterable[tuple[str, str]],
) -> list[tuple[str, str, str]]:
    """All that is wrong: the element, its label, the sentence; what belongs to no field first."""
    found = [("", "", sentence(fault)) for fault in faults if fault.on not in (*lines, "promises")]
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
