"""A project's answer in words, from its record: the clauses in the order in which people ask."""

from django.utils.translation import gettext as _

from projects.choices import Condition, Stage, Topic
from projects.core.clocks import Clocks
from projects.core.promises import Facts
from projects.records.project_record import Record, judged
from projects.words import project_sentences
from projects.words.project_sentences import Clause


def answer(record: Record, clocks: Clocks) -> list[Clause]:
    """How far, how much, since when, what next; the summary before it is the record's own."""
    standing = record.standing
    if standing is None:
        return []
    clauses = [_stage(record)]
    if condition := project_sentences.of_condition(standing.condition, _condition_ref(record)):
        clauses.append(condition)
    clauses += _happened(record.milestones)
    clauses += _money(record)
    if standing.condition != Condition.CANCELLED:
        clauses += _to_come(record.milestones, clocks)
    return clauses


def _stage(record: Record) -> Clause:
    standing = record.standing
    known = record.by_ref.get(standing.stage_ref)
    on = known.statement.as_of if known else None
    is_stated = standing.stage_basis == "stated"
    return project_sentences.of_stage(
        standing.stage, is_stated, standing.is_partly_in_use, standing.stage_ref, on
    )


def _condition_ref(record: Record) -> str:
    held = record.whole(Topic.CONDITION)
    return held.winner.ref if held else ""


def _happened(milestones: list[Facts]) -> list[Clause]:
    return [
        project_sentences.of_actual(told.milestone, told.scope, told.actual.value, told.actual.ref)
        for told in milestones
        if told.actual
    ]


def _money(record: Record) -> list[Clause]:
    """What it costs in all; where that was never published it says so, beside what was agreed."""
    clauses = []
    for topic in (Topic.TOTAL_INVESTMENT, Topic.AGREED_INVESTMENT, Topic.INVESTED_TO_DATE):
        if held := record.whole(topic):
            said = held.winner
            clauses.append(
                project_sentences.of_money(topic.label, said.value, said.qualifier, said.is_stated, said.ref)
            )
        elif topic == Topic.TOTAL_INVESTMENT:
            clauses.append(project_sentences.unknown(topic.label))
    return clauses


def _to_come(milestones: list[Facts], clocks: Clocks) -> list[Clause]:
    clauses = []
    for told in (one for one in milestones if one.is_to_come):
        verdict, _slip = judged(told, clocks.asof)
        clauses.append(
            project_sentences.of_promise(
                told.milestone, told.scope, told.promised.value, verdict, told.promised.ref
            )
        )
    is_done = any(told.milestone in ("completed", "operating") and told.actual for told in milestones)
    if not clauses and not is_done and not _is_in_use(milestones):
        clauses.append(project_sentences.unknown(_("Next date")))
    return clauses


def _is_in_use(milestones: list[Facts]) -> bool:
    return any(told.reached and told.milestone == Stage.OPERATING for told in milestones)
