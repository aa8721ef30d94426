"""A round by unit and state: who has reported, who has not, and which projects have no unit."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import QuerySet

from projects.choices import ReportState, Role
from projects.models import Department, Project, Report, Round, Standing
from projects.rules import rounds
from projects.rules.workflow import Person

HANDED_IN = (ReportState.SUBMITTED, ReportState.APPROVED)


@dataclass(slots=True)
class Line:
    """One unit; None is "no unit named". `missing` are the projects on which nothing was begun."""

    department: Department | None
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ReportState.values, 0))
    missing: list[Project] = field(default_factory=list)
    late: int = 0

    @property
    def expected(self) -> int:
        return sum(self.counts.values()) + len(self.missing)

    @property
    def handed_in(self) -> int:
        return sum(self.counts[state] for state in HANDED_IN)


def grid(round: Round, person: Person) -> list[Line]:
    """Every unit for a reviewer, one's own for a reporter; by the unit that leads the project today."""
    lines: dict[int | None, Line] = {}
    reports = {one.project_id: one for one in Report.objects.filter(round=round)}
    for standing in _standings(person):
        project, report = standing.project, reports.get(standing.project_id)
        is_expected = rounds.is_expected(standing.stage, standing.condition, project.is_public)
        if not (is_expected or report):
            continue
        line = lines.setdefault(project.department_id, Line(project.department))
        if report is None:
            line.missing.append(project)
        else:
            line.counts[report.state] += 1
            line.late += report.is_late
    return sorted(lines.values(), key=_order)


def _standings(person: Person) -> QuerySet[Standing]:
    rows = Standing.objects.today().select_related("project__department").order_by("project__code")
    if person.has(Role.REVIEWER):
        return rows
    if person.has(Role.REPORTER) and person.department is not None:
        return rows.filter(project__department=person.department)
    return rows.none()


def _order(line: Line) -> tuple:
    """By code, "no unit named" last."""
    return (line.department is None, line.department.code if line.department else "")
