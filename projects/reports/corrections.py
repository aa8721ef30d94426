"""The figures of published reports: what became of each, and the corrections that their unit asks for.

A correction is asked for by who reports, and is a pending claim like any other: its source is the report
whose figure it corrects, a second person decides (`claims.approval`), and it is known from its approval on.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from projects.audit.data_version import locked_version
from projects.choices import Origin, Topic
from projects.claims import approval
from projects.core.refusals import Refused
from projects.core.statements import Value
from projects.models import Claim, Report, User
from projects.models.user import person_of
from projects.reports import publication

FIGURES = {
    Topic.INVESTED_IN_PERIOD: "this_year",
    Topic.INVESTED_TO_DATE: "to_date",
    Topic.PROGRESS: "progress",
}


@dataclass(frozen=True, slots=True)
class ReportedFigure:
    """A figure as its report said it, the corrections that were approved since, and what is asked for."""

    name: str
    said: Claim
    corrections: tuple[Claim, ...] = ()
    waiting: Claim | None = None
    refused: Claim | None = None

    @property
    def holds(self) -> Claim:
        """The claim that stands now: what a correction names."""
        return self.corrections[-1] if self.corrections else self.said

    @property
    def may_be_corrected(self) -> bool:
        return self.waiting is None and not self.holds.is_withdrawal


def figures_of(reports: Collection[Report]) -> dict[int, list[ReportedFigure]]:
    """By report, in the order of its form; in one statement."""
    claims = Claim.objects.filter(project__in={one.project_id for one in reports}, topic__in=FIGURES)
    said = Q(origin=Origin.REPORT, source__in={one.source_id for one in reports if one.source_id})
    answers: dict[int, list[Claim]] = defaultdict(list)
    of_source: dict[int, list[Claim]] = defaultdict(list)
    rows = claims.filter(said | Q(corrects__isnull=False)).select_related("source", "entered_by", "corrects")
    for claim in rows.order_by("pk"):
        (answers[claim.corrects_id] if claim.corrects_id else of_source[claim.source_id]).append(claim)
    return {one.pk: list(_in_order(of_source[one.source_id], answers)) for one in reports if one.source_id}


def ask(report: Report, figures: Mapping[str, Value], *, reason: str, by: User, at: datetime) -> list[Claim]:
    """Ask for other figures, by the reference of the claim that each corrects: all of them or none."""
    with transaction.atomic():
        locked_version()  # two who ask at once take turns
        if not person_of(by, timezone.localdate(at)).reports_for(report.project.department_id):
            raise Refused("not_yours")
        found = {one.holds.ref: one for one in figures_of([report])[report.pk]}
        return [_ask(report, found.get(ref), value, reason, by, at) for ref, value in figures.items()]


def _ask(
    report: Report, one: ReportedFigure | None, value: Value, reason: str, by: User, at: datetime
) -> Claim:
    if one is None:
        raise Refused("changed_meanwhile")
    if not one.may_be_corrected:
        raise Refused("correction_waits", one.name)
    columns = publication.columns(one.holds.topic, value)
    draft = approval.correction_of(one.holds, source=report.source, note=reason.strip(), **columns)
    return approval.enter(draft, by=by, at=at)


def _in_order(said: list[Claim], answers: Mapping[int, list[Claim]]) -> Iterator[ReportedFigure]:
    claims = {FIGURES[Topic(one.topic)]: one for one in said}
    for name in FIGURES.values():
        if name in claims:
            yield _figure(name, claims[name], answers)


def _figure(name: str, said: Claim, answers: Mapping[int, list[Claim]]) -> ReportedFigure:
    """A figure with its chain of approved corrections, and what is asked for of the last of them."""
    chain, asked = [said], answers.get(said.pk, [])
    while approved := next((one for one in asked if one.approved_at), None):
        chain.append(approved)
        asked = answers.get(approved.pk, [])
    waiting = next((one for one in asked if not one.refused_at), None)
    refused = next((one for one in reversed(asked) if one.refused_at), None)
    return ReportedFigure(name, said, tuple(chain[1:]), waiting, None if waiting else refused)
