"""Two versions of a report, box by box: what is kept beside what was typed, also where it could not be read.

What could be read is compared by `reports.rules.report_diff`; what a posted form does is `desk.report_post`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from django.forms import Form
from django.utils.translation import gettext as _

from projects.desk.problem_forms import ProblemForm
from projects.desk.report_dates import ACTUAL, PARTS, STAGE_ON, DateRow
from projects.desk.report_fields import AMOUNTS, CONFIRM, ReportForm
from projects.models import Report
from projects.pages.lost_forms import storable
from projects.reports import diff_words
from projects.reports.diff_words import DifferenceLine
from projects.reports.rules import soft_checks
from projects.reports.rules.content import Content
from projects.reports.rules.report_diff import Difference, plain


def unread(form: ReportForm, problem: ProblemForm, data: Mapping[str, str]) -> dict[str, str]:
    """What was typed and could not be read, by its box; half a problem too."""
    found = {name: data[name] for name in form.errors if data.get(name)}
    if problem.is_given and problem.errors:
        found |= {name: data.get(name, "") for name in problem.fields}
    return storable(found)


def is_raised(report: Report, problem: ProblemForm) -> bool:
    """Whether the report has this very problem already: the button was pressed twice."""
    text, unit, due_on = (problem.cleaned_data[name] for name in problem.fields)
    return report.problems.filter(text=text, department=unit, due_on=due_on).exists()


def lines(
    sides: Iterable[Difference], form: ReportForm, problem: ProblemForm, data: Mapping[str, str]
) -> list[DifferenceLine]:
    """In words, how what is kept differs from what was typed: a text that was not read stands as it is."""
    made = {line.field: line for line in (diff_words.line(one, form.sheet.project) for one in sides)}
    kept = form.sheet.report.unread if form.sheet.report else {}
    typed = _typed(form, problem, data)
    for name, box in _boxes(form, problem):
        before, after = kept.get(name, ""), typed.get(name, "")
        if before != after:
            line, asks = made.get(box.field, box), form if name in form.fields else problem
            told = {"before": _words(asks, name, before), "after": _words(asks, name, after)}
            made[box.field] = replace(line, **{side: words for side, words in told.items() if words})
    return list(made.values())


def _typed(form: ReportForm, problem: ProblemForm, data: Mapping[str, str]) -> dict[str, str]:
    """What no difference tells: what was not read, what stands beside such a date, a problem not raised."""
    found = unread(form, problem, data)
    for names in ([row.name(part) for part in PARTS] for row in form.rows):
        if not form.errors.keys().isdisjoint(names):
            found |= {name: data[name] for name in names if data.get(name)}
    report = form.sheet.report
    if problem.is_given and not problem.errors and not (report and is_raised(report, problem)):
        found |= {name: data.get(name, "") for name in problem.fields}
    return found


def _boxes(form: ReportForm, problem: ProblemForm) -> Iterator[tuple[str, DifferenceLine]]:
    """Every box by its name, as a line on which both sides are what is kept."""
    said = plain(form.kept)
    for name, value in said.items():
        yield name, diff_words.line(Difference(name, value, value), form.sheet.project)
    for name in AMOUNTS:
        yield f"{name}_unit", _bare(f"{diff_words.FIELDS[name]} · {_('Unit')}")
    yield STAGE_ON, _bare(_("if it moves, on which day?"))
    for row in form.rows:
        yield from _boxes_of(row, form)
    for code in soft_checks.FIELDS:
        ((label, _reason),) = diff_words.checks({code: ""})
        yield CONFIRM + code, _bare(label)
    for name in problem.fields:
        yield name, _bare(str(problem[name].label))


def _boxes_of(row: DateRow, form: ReportForm) -> Iterator[tuple[str, DifferenceLine]]:
    promised = _dated("promises", row, form.kept, form)
    yield row.name("date"), promised
    yield row.name("reason"), _bare(f"{promised.field} · {_('Why it moves')}")
    yield row.name("words"), _bare(f"{promised.field} · {_('In words')}")
    yield row.name(ACTUAL), _dated("actuals", row, form.kept, form)


def _dated(field: str, row: DateRow, kept: Content, form: ReportForm) -> DifferenceLine:
    on = next((one.date for one in getattr(kept, field) if one.key == row.key), None)
    one = Difference(field, on, on, milestone=row.milestone, scope=row.scope)
    return diff_words.line(one, form.sheet.project)


def _bare(label: str) -> DifferenceLine:
    return DifferenceLine(label, "", "", "", "", "", is_wordy=False, is_internal=False, is_news=False)


def _words(form: Form, name: str, text: str) -> str:
    """Of a choice the words, as far as there is such a one."""
    choices = getattr(form.fields[name], "choices", ())
    return str(dict(choices).get(text, text)) if text else ""
