"""Asking for the correction of a figure that a report of one's own unit published: the right one, and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from projects.choices import Role
from projects.core.money import Money
from projects.core.statements import Number, Value
from projects.desk.frame import desk_page, writing_frame
from projects.desk.outcomes import REFUSALS, onward, why
from projects.desk.report_fields import AMOUNTS, ReportForm, texts
from projects.pages.form_fields import Words
from projects.reports import corrections, diff_words, report_sheet
from projects.reports.corrections import ReportedFigure
from projects.reports.report_sheet import ReportSheet
from projects.reports.rules.checks import hard_faults
from projects.reports.rules.content import Content, Held, Situation
from projects.words.refusals import sentence
from tracker.methods import BOTH


class FigureForm(ReportForm):
    """The figures, read as the report form reads them; `asked` are those that differ, by claim."""

    reason = Words(
        max_length=300,
        error_messages={"required": gettext_lazy("Say why the figure is wrong: this is published too.")},
    )

    def __init__(
        self, sheet: ReportSheet, figures: list[ReportedFigure], data: Mapping[str, str] | None = None
    ):
        super().__init__(sheet, data)
        self.figures = {one.name: one for one in figures if one.may_be_corrected}
        self.initial = texts(Content(**{one.name: plain(one.holds.value()) for one in figures}), sheet.held)
        self.asked: dict[str, Value] = {}

    def clean(self) -> dict:
        cleaned = super().clean()
        for name, figure in self.figures.items():
            self._compare(name, figure, cleaned)
        self._check_amounts(cleaned)
        if not self.asked and not self.errors:
            raise ValidationError(_("No figure differs from what is published: write the right one."))
        return cleaned

    def _compare(self, name: str, figure: ReportedFigure, cleaned: dict) -> None:
        value = cleaned.get(name)
        if name in self.errors:
            return
        if value is None:
            self.add_error(name, _("Write the right figure here."))
        elif _essence(value) != _essence(plain(figure.holds.value())):
            self.asked[figure.holds.ref] = value if isinstance(value, Money) else Number(value, "%")

    def _check_amounts(self, cleaned: dict) -> None:
        """Among themselves: what other months say may be wrong as well, and is corrected for itself."""
        content = Content(**{name: cleaned.get(name) for name in AMOUNTS})
        for fault in hard_faults(content, Situation(Held(), self.said_on)):
            if fault.on in AMOUNTS:
                self.add_error(fault.on, sentence(fault))


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure with its box; none where a correction waits or nothing stands."""

    figure: ReportedFigure
    label: str
    bound: forms.BoundField | None
    unit: SafeString = SafeString()


@desk_page(Role.REPORTER, methods=BOTH)
def figure_correction(request: HttpRequest, month: str, code: str) -> HttpResponse:
    sheet = _published(request, month, code)
    context = writing_frame(request, "reports")
    figures = corrections.figures_of([sheet.report])[sheet.report.pk]
    lost = context["lost"]
    form = FigureForm(sheet, figures, request.POST.dict() or (lost.fields if lost else None))
    if request.method == "POST" and form.is_valid() and _is_asked(request, sheet, form):
        return onward(request, "my_reports", query={"month": month})
    context |= {
        "form": form,
        "sheet": sheet,
        "round": sheet.round,
        "project": sheet.project,
        "lines": [_line(form, one) for one in figures],
    }
    return render(request, "desk/figure_correction.html", context)


def plain(value: Value | None) -> Value | None:
    """As a report holds it: a percentage without its unit."""
    return value.value if isinstance(value, Number) else value


def _essence(value: Value) -> object:
    return value.yuan if isinstance(value, Money) else value


def _published(request: HttpRequest, month: str, code: str) -> ReportSheet:
    sheet = report_sheet.find(request.person, month, code, timezone.localdate())
    if sheet is None or sheet.report is None or sheet.report.source is None:
        raise Http404
    if not request.person.reports_for(sheet.project.department_id):
        raise Http404
    return sheet


def _is_asked(request: HttpRequest, sheet: ReportSheet, form: FigureForm) -> bool:
    reason, at = form.cleaned_data["reason"], timezone.now()
    try:
        asked = corrections.ask(sheet.report, form.asked, reason=reason, by=request.user, at=at)
    except REFUSALS as refused:
        form.add_error(None, why(refused))
        return False
    words = ngettext(
        "The correction is asked for: a reviewer or a data editor decides, and the answer will stand here.",
        "%(count)s corrections are asked for: a reviewer or a data editor decides, and the answers will stand"
        " here.",
        len(asked),
    )
    messages.success(request, words % {"count": len(asked)})
    return True


def _line(form: FigureForm, one: ReportedFigure) -> FigureLine:
    label, unit = str(diff_words.FIELDS[one.name]), f"{one.name}_unit"
    if one.name not in form.figures:
        return FigureLine(one, label, None)
    named = {"aria-label": f"{label} · {_('Unit')}"}
    return FigureLine(
        one, label, form[one.name], form[unit].as_widget(attrs=named) if unit in form.fields else SafeString()
    )
