"""Handing projects over: another unit answers for them, with what is open on them.

Each project's change publishes at once and keeps its history (`records.saving`). Along go the reports that
are still being written and the open problems for which the unit answered itself; what was handed in stays
with who said it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from projects.audit import log
from projects.audit.data_version import locked_version
from projects.core.refusals import Refused
from projects.models import Department, Problem, Project, Report, User
from projects.records import saving, saving_together
from projects.records.saving_together import Fact, SetTogether
from projects.reports.rules.workflow import WRITABLE


def goes_along(giver: Department, projects: Iterable[Project]) -> tuple[QuerySet[Report], QuerySet[Problem]]:
    """The reports and the problems that the receiving unit takes over with these projects."""
    reports = Report.objects.filter(project__in=projects, department=giver, state__in=WRITABLE)
    problems = Problem.objects.open().filter(report__project__in=projects, department=giver)
    return reports, problems


def hand_over(
    giver: Department, to: Department, projects: Iterable[Project], *, by: User, at: datetime
) -> list[Project]:
    """All of them or none: one that has gone to another unit meanwhile stops it."""
    asked = {project.pk for project in projects}
    with transaction.atomic():
        locked_version()
        rows = Project.objects.select_for_update(of=["self"]).filter(pk__in=asked, department=giver)
        rows = list(rows)
        if len(rows) != len(asked):
            raise Refused("changed_meanwhile")
        reports, problems = goes_along(giver, rows)
        along = {"reports": reports.update(department=to), "problems": problems.update(department=to)}
        for project in rows:
            project.department = to
            saving.save_project(project, by=by, at=at)
        told = {"to": to.code, "projects": [project.code for project in rows]} | along
        log.record("department.hand_over", giver.code, by=by, at=at, after=told)
    return rows


def give(seen: Mapping[int, int], to: Department, *, by: User, at: datetime, why: str) -> SetTogether:
    """Projects of whatever units, each over the version that was seen; what is open on them goes along."""
    with transaction.atomic():
        done = saving_together.set_fact(Fact("department", to), seen, by=by, at=at, why=why)
        given: dict[Department, list[Project]] = defaultdict(list)
        for project in done.changed:
            if giver := done.before[project.pk]:
                given[giver].append(project)
        for giver, projects in given.items():
            for rows in goes_along(giver, projects):
                rows.update(department=to)
    return done
