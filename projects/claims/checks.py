"""What is wrong with a claim or a statistic before it is stored: the rules, given what is in the tables.

The rules themselves are `claims.rules`; writing is `claims.approval`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
    if isinstance(draft, Claim):
        return faults_of_all([draft], at)[0]
    said, corrected = draft.statement(), _corrected(draft, _corrections([draft]))
    found = faults_of_statistic(said, corrected=corrected, today=timezone.localdate(at))
    return found + _unknown_members(draft) + lacks_note(said, draft.note, None)


def faults_of_all(drafts: Sequence[Claim], at: datetime) -> list[list[Fault]]:
    """Of each claim, in their order; the tables are asked as often as for a single one."""
    asked = _Asked.of(drafts)
    return [_faults_of_claim(draft, asked, timezone.localdate(at)) for draft in drafts]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the rules ask the tables about claims."""

    measures: frozenset[str]
    stages: dict[int, Stage]  # that hold, by the project's key
    corrections: dict[int, int]

    @classmethod
    def of(cls, drafts: Sequence[Claim]) -> "_Asked":
        measures = frozenset(Indicator.objects.values_list("code", flat=True))
        rows = Current.objects.filter(project__in={draft.project_id for draft in drafts} - {None})
        stages = {pk: Stage(held) for pk, held in rows.values_list("project", "stage") if held}
        return cls(measures, stages, _corrections(drafts))


def _faults_of_claim(draft: Claim, asked: _Asked, today: date) -> list[Fault]:
    said = draft.statement()
    found = faults_of(
        said,
        project=draft.project.code,
        measures=asked.measures,
        corrected=_corrected(draft, asked.corrections),
        today=today,
    )
    return found + lacks_note(said, draft.note, asked.stages.get(draft.project_id))


def out_of_order(draft: Assertion) -> list[Fault]:
    """Faults of a typed date: a promise of a day that was past when it was said, steps in the wrong order.

    Asked of what people type into a form, never of fixtures: documents do say such things.
    """
    said = draft.statement()
    if not isinstance(draft, Claim) or draft.topic not in DATED_TOPICS or not isinstance(said.value, Fuzzy):
        return []
    named = {"milestone": said.series.measure}
    if draft.topic == Topic.PROMISED:
        is_past = said.value.latest < said.as_of.earliest
        return [Fault("promised_before_said", "value", named)] if is_past else []
    rows = ProjectMilestone.objects.today().filter(project=draft.project, scope=draft.scope)
    rows = rows.filter(actual_earliest__isnull=False).exclude(milestone=draft.measure)
    found = rows.values_list("milestone", "actual_earliest", "actual_latest")
    return [fault for row in found for fault in _wrong_way_round(said, *row)]


def _wrong_way_round(said: Statement, other: str, earliest: date, latest: date) -> Iterator[Fault]:
    """Faults only where the order is wrong on whichever of their days the two steps were."""
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


def _corrections(drafts: Sequence[Assertion]) -> dict[int, int]:
    """The key of each claim that these drafts correct and that is corrected already: its correction's key."""
    named = {draft.corrects_id for draft in drafts} - {None}
    if not named:
        return {}
    rows = type(drafts[0]).objects.approved().filter(corrects__in=named)
    return dict(rows.values_list("corrects", "pk"))


def _corrected(draft: Assertion, corrections: dict[int, int]) -> Corrected | None:
    """What it says that it corrects, if that is published."""
    corrected = draft.corrects
    if corrected is None or corrected.approved_at is None:
        return None
    by = corrections.get(corrected.pk)
    project = corrected.project.code if isinstance(corrected, Claim) else ""
    return Corrected(project, corrected.statement(), by is not None and by != draft.pk)
