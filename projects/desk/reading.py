"""What the report form understands of the texts in its boxes, asked by the script while one types.

It is said as the form says it after sending (`desk.report_lines`); nothing is kept, though it is posted:
what one types belongs in no address.
"""

from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone

from projects.choices import Role
from projects.desk import report_lines
from projects.desk.date_lines import date_lines
from projects.desk.frame import WRITING, desk_page
from projects.desk.problem_forms import ProblemForm
from projects.desk.report_fields import ReportForm
from projects.reports import report_sheet
from projects.reports.report_sheet import ReportSheet


@desk_page(Role.REPORTER, methods=WRITING)
def reading(request: HttpRequest) -> JsonResponse:
    month, code = (request.GET.get(name, "") for name in ("month", "project"))
    sheet = report_sheet.find(request.person, month, code, timezone.localdate())
    if sheet is None or not sheet.may_write:
        raise Http404
    return JsonResponse(_answers(sheet, request.POST.dict()))


def _answers(sheet: ReportSheet, typed: dict[str, str]) -> dict[str, dict]:
    """By name of the box: those that were asked for."""
    form, problem = ReportForm(sheet, typed), ProblemForm([], sheet.today, typed)
    form.is_valid(), problem.is_valid()
    content = form.content()
    lines = [
        *report_lines.lines_of(form, content, ()).values(),
        *(line for row in date_lines(form, content, ()) for line in (row.date, row.actual)),
        *report_lines.problem_lines(problem).values(),
    ]
    asked = [line for line in lines if line.is_read and line.bound.name in typed]
    return {line.bound.name: {"words": line.answer, "is_fault": bool(line.faults)} for line in asked}
