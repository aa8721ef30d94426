"""A project's page: the answer in words, its money, its milestones, its claims and reports."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from projects.choices import COUNTED_TYPES, Condition, Milestone, RecordType, Stage, Topic
from projects.core import fuzzy_dates
from projects.core.changes import changes
from projects.core.clocks import Clocks
from projects.core.money import Money
from projects.core.statements import Statement
from projects.models import Project, Statistic
from projects.models.assertion import holds_only
from projects.pages import page_frame
from projects.pages.charts import MoneyBar, money_bar
from projects.public import milestone_chart
from projects.records import footnotes, project_record
from projects.records.project_record import MONEY, Record, judged, moved
from projects.reports import public_reports
from projects.words import project_sentences
from projects.words.project_sentences import Clause
from projects.words.stage_words import stage_word

EVENTS = frozenset({Milestone.SIGNED, Milestone.COMPLETED, Milestone.OPERATING})
ENDS = (Stage.COMPLETED, Stage.OPERATING)


def answer(record: Record, clocks: Clocks) -> list[Clause]:
    """How far, how much, since when, what next; the summary before it is the record's own."""
    standing = record.standing
    if standing is None:
        return []
    clauses = [] if is_told_by_an_actual(record) else [_stage(record)]
    if condition := project_sentences.of_condition(standing.condition, _condition_ref(record)):
        clauses.append(condition)
    clauses += _happened(record)
    clauses += _money(record)
    if standing.condition != Condition.CANCELLED:
        clauses += _to_come(record, clocks)
    return clauses


def _stage(record: Record) -> Clause:
    standing = record.standing
    word = stage_word(standing.stage, standing.stage_qualifier, record.project) if standing.stage else ""
    last_said, since = (
        fuzzy_dates.parse(text) if text else None for text in (standing.stage_last_said, standing.stage_since)
    )
    has_own_sentence = since in [told.actual.value for told in record.milestones if told.actual]
    is_stated = standing.stage_basis == "stated"
    return project_sentences.of_stage(
        word,
        is_stated,
        standing.is_partly_in_use,
        standing.stage_ref,
        last_said,
        None if has_own_sentence else since,
        record.project,
    )


def is_told_by_an_actual(record: Record) -> bool:
    """Whether a date says the stage in its own words, so that it need not be said twice: signed in 2020."""
    telling = EVENTS | ({Milestone.APPROVED} if record.project.record_type == RecordType.PROGRAMME else set())
    steps = (Milestone(told.milestone) for told in record.milestones if told.actual and not told.scope)
    return any(step in telling and step.stage == record.standing.stage for step in steps)


def _condition_ref(record: Record) -> str:
    held = record.whole(Topic.CONDITION)
    return held.winner.ref if held else ""


def _happened(record: Record) -> list[Clause]:
    return [
        project_sentences.of_actual(
            told.milestone, told.scope, told.actual.value, told.actual.ref, record.project
        )
        for told in record.milestones
        if told.actual
    ]


def _money(record: Record) -> list[Clause]:
    """What it costs in all; where that was never published it says so, beside what was agreed."""
    clauses = []
    for topic in (Topic.TOTAL_INVESTMENT, Topic.AGREED_INVESTMENT, Topic.INVESTED_TO_DATE):
        if held := record.whole(topic):
            said = held.winner
            clauses.append(
                project_sentences.of_money(
                    topic.label, said.value_as(Money), said.qualifier, said.is_stated, said.ref
                )
            )
        elif topic == Topic.TOTAL_INVESTMENT and is_to_be_built(record):
            clauses.append(project_sentences.unknown(topic.label))
    return clauses


def _to_come(record: Record, clocks: Clocks) -> list[Clause]:
    milestones = record.milestones
    clauses = [
        project_sentences.of_promise(told, judged(told, clocks.asof)[0], record.project)
        for told in milestones
        if told.is_to_come
    ]
    if not clauses and is_to_be_built(record) and not is_finished(record):
        clauses.append(project_sentences.unknown(_("Next date")))
    return clauses


def is_to_be_built(record: Record) -> bool:
    """Whether one asks what it costs and when it is finished: not of what stands, of plans and titles."""
    return record.project.record_type in COUNTED_TYPES


def is_finished(record: Record) -> bool:
    return record.standing.stage in ENDS and not record.standing.stage_qualifier


@dataclass(frozen=True, slots=True)
class Sum:
    """One line of the table; `said` is None where nothing was published."""

    topic: Topic
    said: Statement | None


@dataclass(frozen=True, slots=True)
class MoneyOnRecord:
    bar: MoneyBar | None
    sums: list[Sum]

    @property
    def is_known(self) -> bool:
        """Whether there is any amount; one of nothing is known, and yet has no bar."""
        return any(one.said for one in self.sums)


def of_record(record: Record) -> MoneyOnRecord:
    return of_statements([held.winner if (held := record.whole(topic)) else None for topic in MONEY])


def of_statements(said: list[Statement | None]) -> MoneyOnRecord:
    """In the order of `MONEY`."""
    yuan = [one.value_as(Money).yuan if one else None for one in said]
    return MoneyOnRecord(money_bar(*yuan), [Sum(*pair) for pair in zip(MONEY, said, strict=True)])


MOST_SHARED = 20


def figures_naming(project: Project, clocks: Clocks) -> list[Statistic]:
    """Live figures about several projects of which this is one; they are shown, and never added."""
    known = Statistic.objects.public(clocks.known)
    rows = known.naming(project.code).filter(as_of_latest__lte=clocks.asof)
    rows = rows.exclude(holds_only(None)).filter(~Exists(known.filter(corrects=OuterRef("pk"))))
    return list(rows.select_related("subject", "source", "section", "corrects").order_by("ref")[:MOST_SHARED])


@page_frame.public_page()
def project_page(request: HttpRequest, slug: str) -> HttpResponse:
    project = project_record.find(slug)
    if project is None:
        return moved(request, slug, "project_page")
    clocks = page_frame.clocks_of(request)
    record = project_record.record(project, clocks)
    frame = page_frame.frame(request, clocks, "projects")
    context = frame | {
        "project": project,
        "record": record,
        "notes": footnotes.of(record),
        "pinned": f"{frame['canonical']}?{urlencode({'asof': clocks.asof, 'known': clocks.known})}",
        "answer": answer(record, clocks),
        "money": of_record(record),
        "shared_figures": figures_naming(project, clocks) if project.is_member else [],
        "changes": changes([one.statement for one in record.known], clocks.asof),
        "drawing": milestone_chart.of_project(record.milestones, clocks, project),
        "milestones": [(told, *project_record.judged(told, clocks.asof)) for told in record.milestones],
        "published": public_reports.of_project(record, clocks),
    }
    return render(request, "public/project_page.html", context)
