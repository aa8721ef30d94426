"""One report as a reviewer reads it, decided on or not: what it changed, its moves so far, its claims.

The queue is `queries.reviewing`.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import timezone

from projects.choices import Origin, ReportState
from projects.claims.public_statements import said_of
from projects.core.roles import Person
from projects.models import AuditEntry, Claim, Report
from projects.queries.reviewing import Waiting, beside, together
from projects.rules.workflow import AUDITED


def find(person: Person, month: str, code: str) -> Report | None:
    """Anybody's but a draft, which is read by nobody but who writes it."""
    rows = together(Report.objects.reachable_by(person)).exclude(state=ReportState.DRAFT)
    rows = rows.select_related("returned_by", "approved_by", "source")
    return rows.filter(round__month=month, project__code=code).first()


def compared(report: Report, today: date) -> Waiting:
    """Beside what was on record without it: what it would change, or what it changed when it was approved."""
    known = timezone.localdate(report.approved_at) if report.approved_at else today
    own = report.source.code if report.source else None
    said = said_of([report.project_id], known)[report.project_id]
    return beside(report, [one for one in said if one.source != own], known)


def moves(report: Report) -> list[AuditEntry]:
    """Who did what with it, and when; the last return with its note, which the report alone holds."""
    entries = AuditEntry.objects.filter(report=report, action__in=AUDITED)
    found = list(entries.select_related("by").order_by("number"))
    for entry in [one for one in found if one.action == "report.return"][-1:]:
        entry.note = report.return_note
    return found


def claims_of(report: Report) -> list[Claim]:
    """What an approved report put on record, each with whether it was corrected since."""
    if report.source is None:
        return []
    correction = Claim.objects.approved().filter(corrects=OuterRef("pk"))
    claims = Claim.objects.filter(source=report.source, origin=Origin.REPORT).annotate(
        is_corrected=Exists(correction)
    )
    return list(claims.order_by("pk"))
