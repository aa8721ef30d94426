"""The reports of the units that one acts for, by month and project, with what became of each figure."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from projects.choices import ReportState, Role
from projects.core.roles import Person
from projects.desk.frame import desk_page, frame
from projects.models import Project, Report, Round
from projects.reports import corrections, diff_words
from projects.reports.corrections import ReportedFigure

A_PAGE = 30


@dataclass(frozen=True, slots=True)
class ReportLine:
    report: Report
    figures: list[tuple[str, ReportedFigure]]

    @property
    def is_published(self) -> bool:
        return self.report.state == ReportState.APPROVED

    @property
    def may_be_corrected(self) -> bool:
        return any(one.may_be_corrected for _, one in self.figures)


@desk_page(Role.REPORTER)
def my_reports(request: HttpRequest) -> HttpResponse:
    own = _of_unit(request.person)
    month, code = (request.GET.get(name, "").replace("\0", "") for name in ("month", "project"))
    asked = {name: text for name, text in {"round__month": month, "project__code": code}.items() if text}
    rows = own.filter(**asked).select_related("round", "project", "source")
    pages = Paginator(rows.order_by("-round__month_earliest", "project"), A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = frame(request, "reports") | {
        "page": page,
        "rows": _lines(list(page)),
        "pages": list(pages.get_elided_page_range(page.number)),
        "months": Round.objects.filter(reports__in=own).distinct().order_by("-month_earliest"),
        "projects": Project.objects.filter(reports__in=own).distinct().order_by("pk"),
        "month": month,
        "project": code,
    }
    return render(request, "desk/my_reports.html", context)


def _of_unit(person: Person) -> QuerySet[Report]:
    return Report.objects.reachable_by(person).filter(project__department__in=person.units)


def _lines(reports: list[Report]) -> list[ReportLine]:
    figures = corrections.figures_of(reports)
    return [
        ReportLine(one, [(str(diff_words.FIELDS[figure.name]), figure) for figure in figures.get(one.pk, [])])
        for one in reports
    ]
