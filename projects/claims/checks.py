"""What is wrong with a claim or a statistic before it is stored: the rules, given what is in the tables.

The rules themselves are `claims.rules`; writing is `claims.approval`.
"""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone

from projects.choices import Stage, Topic
from projects.claims.rules import Corrected, faults_of, faults_of_statistic, lacks_note
from projects.core.fuzzy_dates import Fuzzy
from projects.core.refusals import Fault, Refused
from projects.core.statements import DATED_TOPICS, Statement
from projects.core.steps import ORDER
from projects.models import Claim, Current, Indicator, Project, ProjectMilestone, Statistic

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


def out_of_order(draft: Assertion) -> list[Fault]:
    """Of a date that is typed: a promise of what was past already, or two steps the wrong way round.

    Only where somebody enters it, who looks at it twice: fixtures hold what documents say.
    """
    said = draft.statement()
    if not isinstance(draft, Claim) or said.topic not in DATED_TOPICS or not isinstance(said.value, Fuzzy):
        return []
    named = {"milestone": said.series.measure}
    if said.topic == Topic.PROMISED:
        is_past = said.value.latest < said.as_of.earliest
        return [Fault("promised_before_said", "value", named)] if is_past else []
    rows = ProjectMilestone.objects.filter(project=draft.project, scope=draft.scope)
    rows = rows.filter(actual_earliest__isnull=False).exclude(milestone=draft.measure)
    found = rows.values_list("milestone", "actual_earliest", "actual_latest")
    return [fault for row in found for fault in _wrong_way_round(said, *row)]


def _wrong_way_round(said: Statement, other: str, earliest: date, latest: date) -> Iterator[Fault]:
    """What surely is: however the spans are read."""
    own, value = said.series.measure, said.value_as(Fuzzy)
    if ORDER[own] > ORDER[other] and value.latest < earliest:
        yield Fault("dates_out_of_order", "value", {"milestone": own, "earlier": other})
    if ORDER[own] < ORDER[other] and latest < value.earliest:
        yield Fault("dates_out_of_order", "value", {"milestone": other, "earlier": own})


def _unknown_members(draft: Statistic) -> list[Fault]:
    known = set(Project.objects.filter(code__in=draft.members).values_list("code", flat=True))
    unknown = [code for code in draft.members if code not in known]
    return [Fault("unknown_member", "members", {"text": ", ".join(unknown)})] if unknown else []


def refuse_faults(draft: Assertion, at: datetime) -> None:
    """Raise `Refused` with all of them."""
    if found := faults(draft, at):
        raise Refused.of(found)


def _stage_before(claim: Claim) -> Stage | None:
    rows = Current.objects.filter(project=claim.project).values_list("stage", flat=True)
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
