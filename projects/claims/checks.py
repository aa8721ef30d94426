"""What is wrong with a claim or a statistic before it is stored: the rules, given what is in the tables.

The rules themselves are `claims.rules`; writing is `claims.approval`.
"""

from datetime import datetime

from django.utils import timezone

from projects.choices import Stage
from projects.claims.rules import Corrected, faults_of, faults_of_statistic, lacks_note
from projects.core.refusals import Fault, Refused
from projects.models import Claim, Indicator, Project, Standing, Statistic

Assertion = Claim | Statistic


def faults(draft: Assertion, at: datetime) -> list[Fault]:
    """Everything that is wrong with a draft on the day."""
    said, today = draft.statement(), timezone.localdate(at)
    corrected = _corrected(draft)
    if isinstance(draft, Statistic):
        found = faults_of_statistic(said, corrected=corrected, today=today)
        return found + _unknown_members(draft) + lacks_note(said, draft.note, None)
    found = faults_of(
        said,
        project=draft.project.code,
        measures=frozenset(Indicator.objects.values_list("code", flat=True)),
        corrected=corrected,
        today=today,
    )
    return found + lacks_note(said, draft.note, _stage_before(draft))


def _unknown_members(draft: Statistic) -> list[Fault]:
    known = set(Project.objects.filter(code__in=draft.members).values_list("code", flat=True))
    unknown = [code for code in draft.members if code not in known]
    return [Fault("unknown_member", "members", {"text": ", ".join(unknown)})] if unknown else []


def refuse_faults(draft: Assertion, at: datetime) -> None:
    """Raise `Refused` with all of them."""
    if found := faults(draft, at):
        raise Refused.of(found)


def _stage_before(claim: Claim) -> Stage | None:
    rows = Standing.objects.today().filter(project=claim.project).values_list("stage", flat=True)
    held = rows.first()
    return Stage(held) if held else None


def _corrected(draft: Assertion) -> Corrected | None:
    """What it says that it corrects, if that is published."""
    corrected = draft.corrects
    if corrected is None or corrected.approved_at is None:
        return None
    others = type(draft).objects.approved().filter(corrects=corrected).exclude(pk=draft.pk)
    project = corrected.project.code if isinstance(corrected, Claim) else ""
    return Corrected(project, corrected.statement(), others.exists())
