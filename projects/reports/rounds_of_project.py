"""The rounds in force with what a project's page tells of each: whether it was asked, its report, files."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Exists, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from projects.audit.midnight import end_of
from projects.audit.version_memory import until_published
from projects.choices import ReportState
from projects.core.clocks import Clocks
from projects.models import Problem, Project, Round, RoundLine
from projects.models.prepared import Prepared


def found(project: Project, clocks: Clocks) -> list[Round]:
    """With the lines and reports of the project, which are asked for where `find` saw some."""
    rounds_of = Prepared(_rounds, values={"project": project.pk})
    if not getattr(project, "has_reports", True):
        return rounds_of.fetch() if getattr(project, "has_lines", True) else _without_lines()
    return rounds_of.then(_with_reports, owner=project.pk, end=end_of(clocks.known)).fetch()


@until_published
def _without_lines() -> list[Round]:
    """As a project meets them that none of them asked for a report."""
    return Prepared(_rounds, values={"project": 0}).fetch()


def _rounds(project: int) -> QuerySet[Round]:
    lines = RoundLine.objects.filter(round=OuterRef("pk"), project=project)
    return Round.objects.in_force().annotate(has_line=Exists(lines)).order_by("-month_earliest")


def _with_reports(rows: QuerySet[Round], owner: int, end: datetime) -> QuerySet[Round]:
    """Each with the project's own report, where one was published before, and that report's files."""
    own = Q(reports__project=owner, reports__state=ReportState.APPROVED, reports__approved_at__lt=end)
    problems = Problem.objects.public().filter(report__project=owner, report__approved_at__lt=end)
    problems = problems.filter(Q(closed_at=None) | Q(closed_at__gte=end)).order_by()
    count = problems.values("report__project").annotate(n=Count("pk")).values("n")
    rows = rows.annotate(own=FilteredRelation("reports", condition=own), open_problems=Subquery(count))
    rows = rows.annotate(file=FilteredRelation("own__attachments"))
    rows = rows.select_related("own__department", "own__source", "file")
    return rows.order_by("-month_earliest", "file__position", "file__pk")
