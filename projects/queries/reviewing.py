"""The reviewers' queue: what was handed in, oldest first, with what it would change."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from projects.choices import ReportState, Role
from projects.models import Claim, Report
from projects.rules import reported, rounds
from projects.rules.reported import Held
from projects.rules.statements import Statement
from projects.rules.workflow import Person


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report with the record it is compared to, and the fields that differ from it."""

    report: Report
    held: Held
    changed: tuple[str, ...]

    @property
    def is_plain(self) -> bool:
        """Nothing was confirmed with a reason and no problem was raised: it may be approved with others."""
        return not self.report.confirmed and not self.report.problems.all()


def queue(person: Person, today: date) -> list[Waiting]:
    """Everybody's but one's own; nothing for who is no reviewer."""
    if not person.has(Role.REVIEWER):
        return []
    own = Q(entered_by=person.pk) | Q(saved_by=person.pk) | Q(submitted_by=person.pk)
    rows = Report.objects.reachable_by(person).filter(state=ReportState.SUBMITTED).exclude(own)
    rows = rows.select_related("project", "round", "department", "submitted_by")
    reports = list(rows.prefetch_related("dates", "problems").order_by("submitted_at", "pk"))
    said = _statements([one.project_id for one in reports], today)
    return [_waiting(one, said[one.project_id], today) for one in reports]


def _statements(projects: list[int], today: date) -> dict[int, list[Statement]]:
    claims = Claim.objects.public(today).filter(project__in=projects)
    said: dict[int, list[Statement]] = defaultdict(list)
    for claim in claims.select_related("source", "section", "corrects"):
        said[claim.project_id].append(claim.statement())
    return said


def _waiting(report: Report, said: list[Statement], today: date) -> Waiting:
    submitted_on = timezone.localdate(report.submitted_at)
    held = reported.held(said, rounds.as_of_day(report.round.month_latest, submitted_on), today)
    return Waiting(report, held, reported.changed_fields(report.content(), held))
