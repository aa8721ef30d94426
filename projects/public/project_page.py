"""A project's page: the answer with its age, dates, figures and sources; all that was said of it, folded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from projects.choices import COUNTED_TYPES, Condition, Milestone, RecordType, Stage, Topic
from projects.core import fuzzy_dates, stages
from projects.core.fuzzy_dates import Fuzzy
from projects.core.money import Money
from projects.core.promises import Facts
from projects.core.statements import Series, Statement
from projects.pages import page_frame
from projects.pages.preview_picture import SIDE
from projects.public import change_lines, claim_lines, dated_steps, promise_slope
from projects.public.promise_slope import Slope
from projects.records import footnotes, one_project, project_record
from projects.records.known_claims import KnownClaims
from projects.records.old_addresses import moved
from projects.records.project_record import MONEY, Record, RecordLine, judged
from projects.records.shared_figures import figures_naming
from projects.reports import public_reports
from projects.tips import public_answers
from projects.words import project_sentences
from projects.words.project_sentences import Clause
from projects.words.stage_words import stage_word

ENDS = (Milestone.COMPLETED, Milestone.OPERATING)
# Whose date says the stage in its own words.
EVENTS = frozenset({Milestone.SIGNED, *ENDS})
BUILT_AS_A_WHOLE = (RecordType.PROJECT, RecordType.EXPANSION)  # a park or a hospital is filled by parts


def answer(record: Record, asof: date) -> tuple[Clause, ...]:
    """How far, since when, what next; what is not published has a line of its own."""
    standing = record.standing
    if standing is None:
        return ()
    clauses = [] if is_told_by_an_actual(record) else [_stage(record)]
    if condition := project_sentences.of_condition(standing.condition, _condition_ref(record)):
        clauses.append(condition)
    clauses += _happened(record)
    if standing.condition != Condition.CANCELLED:
        clauses += _to_come(record, asof)
    return tuple(clauses)


def _stage(record: Record) -> Clause:
    """Whether it is inferred is said by the mark beside it."""
    standing = record.standing
    word = stage_word(standing.stage, standing.stage_qualifier, record.project) if standing.stage else ""
    last_said, since = (
        fuzzy_dates.parse(text) if text else None for text in (standing.stage_last_said, standing.stage_since)
    )
    has_own_sentence = since in [told.actual.value for told in record.milestones if told.actual]
    last, first = record.known.once(_said_last), None if has_own_sentence else _said_first(record, since)
    clause = project_sentences.of_stage(
        word,
        True,
        standing.is_partly_in_use,
        standing.stage_ref,
        last_said,
        None if has_own_sentence else since,
        record.project,
        is_since_stated=first is None or first.is_stated,
    )
    is_old = first is not None and last is not None and first.as_of.latest < last.as_of.earliest
    clause = replace(clause, said_last=last.ref if last else "", said_first=first.ref if is_old else "")
    is_jargon = standing.stage == Stage.PREPARING
    return project_sentences.explained(clause, "stage", Stage.PREPARING if is_jargon else None)


def _said_last(known: KnownClaims) -> Statement | None:
    """The claim by which the stage has its age; often another than the one that supports it."""
    held = stages.reached(known.candidates)
    return stages.last_said(known.candidates, held) if held else None


def _said_first(record: Record, since: Fuzzy | None) -> Statement | None:
    """The claim that says the stage of that time; one that a source states, where there is one."""
    stage = (since, Series(Topic.STAGE), record.standing.stage)
    of_it = [one for one in record.known.candidates if (one.as_of, one.series, one.value) == stage]
    return max(of_it, key=lambda one: one.is_stated, default=None)


def is_told_by_an_actual(record: Record) -> bool:
    """Whether a date says the stage in its own words, so that it need not be said twice: signed in 2020."""
    telling = EVENTS | ({Milestone.APPROVED} if record.project.record_type == RecordType.PROGRAMME else set())
    steps = (Milestone(told.milestone) for told in _latest_actuals(record) if not told.scope)
    return any(step in telling and step.stage == record.standing.stage for step in steps)


def _condition_ref(record: Record) -> str:
    held = record.whole(Topic.CONDITION)
    return held.winner.ref if held else ""


def _happened(record: Record) -> list[Clause]:
    return [
        project_sentences.of_actual(
            one.milestone, one.scope, one.actual.value, one.actual.ref, record.project
        )
        for one in _latest_actuals(record)
    ]


def _latest_actuals(record: Record) -> list[Facts]:
    """The last steps that were taken; the rest stands in the list of dates."""
    return [one for one in record.milestones if one.actual][-dated_steps.MAX_SENTENCES :]


def _to_come(record: Record, asof: date) -> list[Clause]:
    coming = [told for told in record.milestones if told.is_to_come]
    return [
        project_sentences.of_promise(told, judged(told, asof)[0], record.project)
        for told in coming[: dated_steps.MAX_SENTENCES]
    ]


# Figures, and what was never published


@dataclass(frozen=True, slots=True)
class FigureGroups:
    of_capacity: str  # the heading
    money: list[RecordLine]
    capacity: list[RecordLine]
    others: list[RecordLine]


def figure_groups(record: Record) -> FigureGroups:
    whole = [(topic, held.winner) for topic in MONEY if (held := record.whole(topic))]
    money = [RecordLine(topic.value, "", "", said.series.method, None, said) for topic, said in whole]
    rest = record.figures
    return FigureGroups(
        _of_capacity(record),
        money + [one for one in rest if isinstance(one.said.value, Money)],
        [one for one in rest if one.topic == Topic.CAPACITY and not isinstance(one.said.value, Money)],
        [one for one in rest if one.topic != Topic.CAPACITY and not isinstance(one.said.value, Money)],
    )


def has_facts(record: Record, figures: FigureGroups) -> bool:
    """Whether anything stands in the lines of facts; without one there is no list."""
    project = record.project
    told = (figures.money, figures.capacity, figures.others, record.works, record.parties, project.funding)
    leads_to_its_place = project.own_place_id and not record.in_place
    return any(told) or any((project.place_id, project.department_id, leads_to_its_place))


def _of_capacity(record: Record) -> str:
    """What is built as a whole is to have it; of what grows by parts it may be there already."""
    if _is_finished(record):
        return _("Capacity")
    is_awaited = record.standing.stage and record.project.record_type in BUILT_AS_A_WHOLE
    return _("Once finished") if is_awaited else _("Scale")


def _is_finished(record: Record) -> bool:
    standing = record.standing
    return standing.stage in (Stage.COMPLETED, Stage.OPERATING) and not standing.stage_qualifier


def missing(record: Record) -> list[str]:
    """What a reader looks for and no source says, in one line.

    One does not ask what it costs and when it is finished of what stands, of plans and titles.
    """
    project, standing = record.project, record.standing
    is_to_be_built = project.record_type in COUNTED_TYPES
    has_end = any(one.milestone in ENDS and (one.actual or one.is_to_come) for one in record.milestones)
    is_over = standing.condition == Condition.CANCELLED or _is_finished(record) or has_end
    wanted = [
        (_("total investment"), is_to_be_built and record.total is None),
        (_("location"), project.place_id is None and project.own_place_id is None),
        (_("responsible unit"), project.department_id is None),
        (_("when it will be finished"), is_to_be_built and not is_over),
    ]
    return [words for words, is_wanted in wanted if is_wanted]


def _slope(record: Record, asof: date) -> Slope | None:
    return promise_slope.of_project(record.project, record.once(dated_steps.of, asof), asof)


@page_frame.public_page()
def project_page(request: HttpRequest, slug: str) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    project = one_project.find(slug, clocks)
    if project is None:
        return moved(request, slug, "project_page")
    record = project_record.record(project, clocks)
    frame = page_frame.frame(request, clocks, "projects")
    notes, said = footnotes.of(record, frame["carried"]), record.once(answer, clocks.asof)
    head = {
        "project": project,
        "standing": record.standing,
        "answer": said,
        "pinned": f"{frame['canonical']}?asof={clocks.asof}&known={clocks.known}",
        "canonical": frame["canonical"],
    }
    context = frame | {
        "head": head,
        "head_by": (record.told, frame["canonical"]),
        "project": project,
        "record": record,
        "notes": notes,
        "claims": claim_lines.lines(record, notes),
        "answer": said,
        "shared_figures": figures_naming(project, clocks) if project.is_member else [],
        "changes": change_lines.days(record, clocks.asof),
        "preview_side": SIDE,
        "published": public_reports.of_project(record, clocks),
        "answers": public_answers.of_project(project, clocks.known) if project.is_answered else [],
    }
    if record.standing:
        figures, steps = record.once(figure_groups), record.once(dated_steps.drawn, clocks.asof)
        context |= {
            "dated": [] if steps else record.once(dated_steps.lines, clocks.asof),
            "steps": steps,
            "slope": record.once(_slope, clocks.asof),
            "figures": figures,
            "has_facts": has_facts(record, figures),
            "facts_by": record.facts_told,
        }
        head |= {"missing": record.once(missing), "has_dates": record.is_to_come(clocks.asof)}
    return render(request, "public/project_page.html", context)
