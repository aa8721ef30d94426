"""The dates of milestones in a report form as its page shows them: the rows, and the day beside the stage."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from projects.core.refusals import Fault
from projects.desk.field_lines import FieldLine, plain, reading_of
from projects.desk.report_dates import ACTUAL, STAGE_ON, DateRow, stage_key
from projects.desk.report_fields import ReportForm
from projects.models import Project
from projects.reports import diff_words
from projects.reports.rules.content import Content
from projects.reports.rules.report_diff import Difference, compared
from projects.words.refusals import sentence
from projects.words.stage_words import milestone_word

# Where a fault of a promised date is put right.
PARTS = {"reason_missing": "reason", "words_missing": "words"}


@dataclass
class DateLine:
    """The date of a milestone: promised, with why it moves, or reached."""

    project: Project
    row: DateRow
    date: FieldLine
    reason: FieldLine
    words: FieldLine
    actual: FieldLine

    @property
    def label(self) -> str:
        return milestone_word(self.row.milestone, self.project)

    @property
    def all(self) -> tuple[FieldLine, ...]:
        return self.date, self.reason, self.words, self.actual


def date_lines(form: ReportForm, content: Content, faults: Iterable[Fault]) -> list[DateLine]:
    beside = {(one.field, one.milestone, one.scope): one for one in compared(content, form.sheet.held)}
    made = []
    for row in form.rows:
        held = form.sheet.held.promised.get(row.key)
        date, reason, words = (plain(form, row.name(part)) for part in ("date", "reason", "words"))
        date.before = diff_words.said("promises", held)
        date.is_read, date.reading = True, reading_of(beside.get(("promises", *row.key)))
        actual = _reached(form, row.name(ACTUAL), beside.get(("actuals", *row.key)))
        made.append(DateLine(form.sheet.project, row, date, reason, words, actual))
    _place(made, form, content, faults)
    return made


def _place(made: list[DateLine], form: ReportForm, content: Content, faults: Iterable[Fault]) -> None:
    """A fault names the milestone alone: it stands at the row where something was typed."""
    typed = {one.key for one in (*content.promises, *content.actuals)}
    for fault in faults:
        rows = [one for one in made if one.row.milestone == fault.values.get("milestone")]
        if fault.on in diff_words.DATES and rows and not is_beside_stage(fault, form, content):
            line = next((one for one in rows if one.row.key in typed), rows[0])
            part = ACTUAL if fault.on == "actuals" else PARTS.get(fault.code, "date")
            getattr(line, part).faults.append(sentence(fault))


def stage_on(form: ReportForm, content: Content) -> FieldLine:
    """The day of the step that the stage moves to."""
    said = {
        (one.milestone, one.scope): one
        for one in compared(content, form.sheet.held)
        if one.field == "actuals"
    }
    line = _reached(form, STAGE_ON, said.get(stage_key(content)))
    line.label = _("if it moves, on which day?")
    return line


def is_beside_stage(fault: Fault, form: ReportForm, content: Content) -> bool:
    """Whether a date that is wrong was given beside the stage, and in no row."""
    key = stage_key(content)
    is_given = key is not None and bool(form[STAGE_ON].value())
    return (
        is_given
        and fault.values.get("milestone") == key[0]
        and all(one.key != key for one in content.promises)
    )


def _reached(form: ReportForm, name: str, one: Difference | None) -> FieldLine:
    line = plain(form, name)
    line.is_read, line.reading = True, [diff_words.reading(one.after)] if one and line.bound.value() else []
    return line
