"""Monthly reports as the public reads them: what was published, and for which months nothing was.

Every figure comes with the claim that it made, so that a later correction shows. A report that is not
published yet can be shown the same way to those who reach it (`shown`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from projects.choices import Condition, ReportState, Topic
from projects.core import fuzzy_dates, precedence, stages
from projects.core.clocks import Clocks
from projects.core.fuzzy_dates import Fuzzy
from projects.core.money import Money
from projects.core.statements import Number, Series, Statement
from projects.models import Attachment, Department, QuarterlyStage, Report, Round
from projects.models.report import as_typed
from projects.records.known_claims import Known
from projects.records.project_record import Record
from projects.reports import rounds_of_project
from projects.reports.rules import content, rounds
from projects.reports.rules.content import PROGRESS, TO_DATE, Actual, Content, Pause, Promise, this_year_of

AT_ONCE = 3  # the newest entries stand open


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """What a report said, the claim that it made ("" before it is published), and what corrected that."""

    topic: str
    period: str
    value: Money | Number
    ref: str
    corrected_by: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A month of which a report was expected and none is published; why is not for the public to read."""

    month: date
    is_missing: bool = True


@dataclass(frozen=True, slots=True)
class Shown:
    """One report. `code` is that of its source, "" before it is published."""

    month: date
    asof: date
    department: Department
    code: str
    published_on: date | None
    is_unchanged: bool
    is_late: bool
    stage: str
    stage_qualifier: str
    condition: str
    figures: tuple[PublishedFigure, ...]
    works: str
    promises: tuple[Promise, ...]
    actuals: tuple[Actual, ...]
    pause: Pause | None
    files: tuple[Attachment, ...]

    @property
    def photos(self) -> tuple[Attachment, ...]:
        return tuple(one for one in self.files if one.is_photo)

    @property
    def papers(self) -> tuple[Attachment, ...]:
        return tuple(one for one in self.files if not one.is_photo)

    @property
    def door(self) -> str:
        """By which address its files are shown."""
        return "attachment" if self.code else "desk_attachment"


@dataclass(frozen=True, slots=True)
class Published:
    """The monthly reports of a project, newest first, and how many problems are open."""

    entries: tuple[Shown | Missing, ...] = ()
    open_problems: int = 0

    @property
    def newest(self) -> tuple[Shown | Missing, ...]:
        return self.entries[:AT_ONCE]

    @property
    def earlier(self) -> tuple[Shown | Missing, ...]:
        return self.entries[AT_ONCE:]


def shown(report: Report) -> Shown:
    """In whatever state it is, for those who reach it; a draft as of the end of its month."""
    return _shown(report, report.content(), report.attachments.all(), ())


def of_project(record: Record, clocks: Clocks) -> Published:
    """As of D, as known on K, in one statement: a row for each round, and for each file of its report."""
    found: dict[Round, list[Attachment]] = {}
    if not (rows := rounds_of_project.found(record.project, clocks)):
        return Published((), 0)
    for row in rows:
        file = getattr(row, "file", None)
        found.setdefault(row, []).extend([file] if file else [])
    # Read where one is over and not closed.
    quarterly = QuarterlyStage.objects.values_list("stage", flat=True)
    entries = [_entry(record, row, files, clocks, quarterly) for row, files in found.items()]
    return Published(tuple(filter(None, entries)), getattr(rows[0], "open_problems", 0) or 0)


def _entry(
    record: Record,
    monthly_round: Round,
    files: list[Attachment],
    clocks: Clocks,
    quarterly: Collection[str],
) -> Shown | Missing | None:
    report = getattr(monthly_round, "own", None)
    if report is None:
        was_expected = _was_expected(record, monthly_round, clocks, quarterly)
        return Missing(monthly_round.month_earliest) if was_expected else None
    report.round = monthly_round
    made = [one for one in record.known if _is_of(report, one)]
    if not report.source.is_public or _asof(report) > clocks.asof:
        return None
    dated = Content(
        promises=tuple(_promise(one.statement) for one in made if one.claim.topic == Topic.PROMISED),
        actuals=tuple(_actual(one.statement) for one in made if one.claim.topic == Topic.ACTUAL),
    )
    return _shown(report, dated, files, made)


def _is_of(report: Report, one: Known) -> bool:
    """Whether approving the report made the claim; a correction of it may name the same source."""
    return one.claim.source_id == report.source_id and one.claim.corrects_id is None


def _was_expected(record: Record, monthly_round: Round, clocks: Clocks, quarterly: Collection[str]) -> bool:
    """Whether the round was over by K, and asked for a report: as written down where it is closed."""
    closed_on = timezone.localdate(monthly_round.closed_at) if monthly_round.closed_at else date.max
    is_over = monthly_round.closes_on < clocks.known or closed_on <= clocks.known
    if not is_over or monthly_round.month_latest > clocks.asof:
        return False
    if monthly_round.is_closed:
        return monthly_round.has_line
    alive = precedence.live([one.statement for one in record.known], monthly_round.closes_on)
    said = precedence.candidates(alive, monthly_round.month_latest)
    reached, (condition, _claim) = stages.reached(said), stages.condition(said)
    stage = reached and reached.stage
    if not rounds.ends_quarter(monthly_round.month) and rounds.is_quarterly(
        record.project.cadence, stage, quarterly
    ):
        return False
    return rounds.is_expected(stage, condition)


def _shown(report: Report, dated: Content, files: Iterable[Attachment], made: Sequence[Known]) -> Shown:
    """`dated`: the dates of milestones that it gives."""
    is_published = report.state == ReportState.APPROVED
    return Shown(
        month=report.round.month_earliest,
        asof=_asof(report),
        department=report.department,
        code=report.source.code if is_published else "",
        published_on=timezone.localdate(report.approved_at) if is_published else None,
        is_unchanged=report.is_unchanged,
        is_late=report.is_late,
        stage=report.stage,
        stage_qualifier="".join(one.statement.qualifier for one in made if one.claim.topic == Topic.STAGE),
        condition=report.condition,
        figures=tuple(_figures(report, made)),
        works=report.works,
        promises=dated.promises,
        actuals=dated.actuals,
        pause=_pause(report),
        files=tuple(files),
    )


def _asof(report: Report) -> date:
    ends_on, at = report.round.month_latest, report.submitted_at
    return rounds.as_of_day(ends_on, timezone.localdate(at) if at else ends_on)


def _pause(report: Report) -> Pause | None:
    """Why and until when; the note on it is for the offices alone."""
    if report.condition != Condition.PAUSED:
        return None
    resumes = fuzzy_dates.parse(report.pause_resumes) if report.pause_resumes else None
    return Pause(report.pause_reason, resumes)


def _figures(report: Report, made: Sequence[Known]) -> Iterable[PublishedFigure]:
    values = {
        this_year_of(_asof(report)): report.amount("this_year"),
        TO_DATE: report.amount("to_date"),
        PROGRESS: None if report.progress is None else Number(as_typed(report.progress), "%"),
    }
    claims = {one.statement.series: one for one in made}
    for series, value in values.items():
        if value is not None:
            yield _figure(series, value, claims.get(series))


def _figure(series: Series, value: Money | Number, claim: Known | None) -> PublishedFigure:
    made = (claim.statement.ref, claim.corrected_by or "") if claim else ("", "")
    return PublishedFigure(series.topic, series.period, value, *made)


def _promise(said: Statement) -> Promise:
    return Promise(said.series.measure, content.due_of(said), said.series.scope, qualifier=said.qualifier)


def _actual(said: Statement) -> Actual:
    return Actual(said.series.measure, said.value_as(Fuzzy), said.series.scope)
