"""Monthly reports: drafts kept, submitted, withdrawn, returned, approved; each move once, by who may.

The moves are the table in `reports.rules.workflow`, the checks `reports.rules.checks`. Approval publishes:
what it writes is `reports.publication`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from projects.audit import log
from projects.audit.data_version import locked_version, publishing
from projects.choices import ReportMove, ReportState
from projects.claims import approval, projection
from projects.core.refusals import Fault, Refused
from projects.models import Claim, Project, Report, Round, User
from projects.models.user import person_of
from projects.notices import inbox
from projects.reports import drafts, publication
from projects.reports.drafts import ChangedMeanwhile
from projects.reports.rules import reminders, rounds
from projects.reports.rules.checks import faults_of_report, hard_faults, reasons_given
from projects.reports.rules.content import Content, Pause, unchanged, with_both_amounts
from projects.reports.rules.plain import is_plain
from projects.reports.rules.workflow import refusal, state_after


@dataclass
class Outcome:
    """What became of several, each by itself: done, or why not."""

    done: list[Report] = field(default_factory=list)
    refused: list[tuple[Project, Exception]] = field(default_factory=list)


def save_draft(
    project: Project,
    content: Content,
    *,
    monthly_round: Round,
    expected: int,
    by: User,
    at: datetime,
    unread: Mapping[str, str] | None = None,
) -> Report:
    """Keep what was typed, complete or not: `unread` what could not be understood, by its box.

    `expected` is the version it was typed over, 0 for a new one.
    """
    with transaction.atomic():
        locked_version()  # two who begin at once take turns
        row = drafts.locked().filter(round=monthly_round, project=project).first() or _new(
            project, monthly_round, by, at
        )
        if refused := refusal(ReportMove.SAVE, row.access(), person_of(by, timezone.localdate(at))):
            raise refused
        if row.round.is_called_off:
            raise Refused("round_called_off")
        if row.pk is None and monthly_round.opens_on > timezone.localdate(at):
            raise Refused("round_not_open", "round", since=monthly_round.opens_on.isoformat())
        if row.pk and row.version != expected:
            raise ChangedMeanwhile(row)
        return _keep(row, content, unread or {}, by, at)


def submit(report: Report, *, expected: int, by: User, at: datetime) -> Report:
    """Hand it to the reviewers: no hard fault, and a reason for whatever is unusual."""
    with transaction.atomic():
        locked_version()
        row = drafts.for_move(report, ReportMove.SUBMIT, by, at, expected)
        given = drafts.situation_of(row, at, at)
        content = with_both_amounts(row.content(), given.held, given.asof)
        if faults := [*drafts.faults_of_unread(row), *faults_of_report(content, given)]:
            raise Refused.of(faults)
        drafts.put(row, replace(content, confirmed=reasons_given(content, given)))
        drafts.remember_writer(row, by)
        row.is_late = rounds.is_late(timezone.localdate(at), row.round.closes_on, row.round.is_closed)
        told = _capacity(row, by, at)
        return _move(row, ReportMove.SUBMIT, by=by, at=at, told=told, submitted_by=by, submitted_at=at)


def withdraw(report: Report, *, expected: int, by: User, at: datetime) -> Report:
    """Take it back to work on it, as long as nobody has reviewed it."""
    with transaction.atomic():
        locked_version()
        row = drafts.for_move(report, ReportMove.WITHDRAW, by, at, expected)
        told = _capacity(row, by, at)
        return _move(row, ReportMove.WITHDRAW, by=by, at=at, told=told, submitted_by=None, submitted_at=None)


def return_(report: Report, *, expected: int, note: str, by: User, at: datetime) -> Report:
    """Give it back with a note that says what is to be changed."""
    with transaction.atomic():
        locked_version()
        row = drafts.for_move(report, ReportMove.RETURN, by, at, expected, note)
        changes = {"returned_by": by, "returned_at": at, "return_note": note.strip()}
        row = _move(row, ReportMove.RETURN, by=by, at=at, **changes)
        inbox.tell([reminders.returned(row.handed())], at=at)
    return row


def approve(report: Report, *, expected: int, by: User, at: datetime) -> Report:
    """Publish it: source, claims, standing, audit entry and data version, all or nothing."""
    with publishing(at):
        row = drafts.for_move(report, ReportMove.APPROVE, by, at, expected)
        given = drafts.situation_of(row, row.submitted_at, at)
        if faults := hard_faults(row.content(), given):
            raise Refused.of([Fault("record_moved_since"), *faults])  # all was well when it was handed in
        row.source = publication.source_of(row, at=at)
        publication.write_claims(row, given, by=by, at=at)
        row.dates.update(is_final=True)
        row.attachments.update(is_final=True)
        _move(row, ReportMove.APPROVE, by=by, at=at, told=_made(row), approved_by=by, approved_at=at)
        projection.rebuild(row.project)
    return row


def _made(row: Report) -> dict:
    """The claims of its approval as they stand in the database, where `verify` will look for them."""
    claims = Claim.objects.filter(source=row.source).select_related(
        "project", "source", "section", "corrects"
    )
    return {"claims": {claim.ref: approval.as_json(claim) for claim in claims.order_by("ref")}}


def nothing_changed(projects: Iterable[Project], *, monthly_round: Round, by: User, at: datetime) -> Outcome:
    """State stage and amounts again, for one project or several; a report begun is left alone."""
    return _each(
        projects, lambda project: _unchanged(project, monthly_round, by, at), lambda project: project
    )


def approve_several(seen: Iterable[tuple[Report, int]], *, by: User, at: datetime) -> Outcome:
    """Approve those that are plain (`reports.rules.plain`), each in the version that was seen."""

    def plainly(one: tuple[Report, int]) -> Report:
        report, expected = one
        with transaction.atomic():
            locked_version()
            row = drafts.for_move(report, ReportMove.APPROVE, by, at, expected)
            given = drafts.situation_of(row, row.submitted_at, at)
            has_more = row.problems.exists() or row.attachments.exists()
            if not is_plain(row.content(), given.held, given.asof, has_more=has_more):
                raise Refused("needs_a_look")
            return approve(report, expected=expected, by=by, at=at)

    return _each(seen, plainly, lambda one: one[0].project)


def move_several(seen: Iterable[tuple[Report, int]], move: ReportMove, *, by: User, at: datetime) -> Outcome:
    """Hand in, or take back, each in the version that was seen."""
    act = {ReportMove.SUBMIT: submit, ReportMove.WITHDRAW: withdraw}[move]
    return _each(seen, lambda one: act(one[0], expected=one[1], by=by, at=at), lambda one: one[0].project)


def _unchanged(project: Project, monthly_round: Round, by: User, at: datetime) -> Report:
    with transaction.atomic():
        locked_version()
        if Report.objects.filter(round=monthly_round, project=project).exists():
            raise Refused("report_exists", "project")
        day = drafts.day_of(monthly_round, at)
        content = unchanged(drafts.record_on(project, day, timezone.localdate(at)), day)
        content = replace(content, pause=_pause_before(project))
        draft = save_draft(project, content, monthly_round=monthly_round, expected=0, by=by, at=at)
        return submit(draft, expected=draft.version, by=by, at=at)


def _pause_before(project: Project) -> Pause:
    """The reason and the resumption last published; the note is written anew."""
    approved = Report.objects.filter(project=project, state=ReportState.APPROVED)
    last = approved.order_by("-round__month_earliest").first()
    return replace(last.content().pause, note="") if last else Pause()


def _new(project: Project, monthly_round: Round, by: User, at: datetime) -> Report:
    return Report(round=monthly_round, project=project, version=0, entered_by=by, entered_at=at)


def _keep(row: Report, content: Content, unread: Mapping[str, str], by: User, at: datetime) -> Report:
    """The next version; only its beginning is an entry in the audit, later drafts change no state."""
    is_new = row.pk is None
    row.version += 1
    # Whoever hands in what another typed has not written it.
    has_written = is_new or row.content() != content or row.unread != unread
    row.unread = dict(unread)
    if has_written:
        row.saved_by, row.saved_at = by, at
    drafts.put(row, content)
    if has_written:
        drafts.remember_writer(row, by)
    if is_new:
        _record("enter", row, by, at, after=drafts.told(row) | _capacity(row, by, at))
    return row


def _move(
    row: Report, move: ReportMove, *, by: User, at: datetime, told: dict | None = None, **changes
) -> Report:
    """The next state with who and when, and its audit entry."""
    before = {"state": str(row.state), "version": row.version}
    row.state = state_after(move, ReportState(row.state))
    row.version += 1
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()
    after = drafts.told(row) | {"note": changes.get("return_note", "")} | (told or {})
    _record(move.value, row, by, at, before=before, after=after)
    return row


def _capacity(row: Report, by: User, at: datetime) -> dict:
    return drafts.capacity(by, at, row.project.department)


def _record(verb: str, row: Report, by: User, at: datetime, **told: dict) -> None:
    log.record(f"report.{verb}", drafts.key(row), report=row, by=by, at=at, **told)


def _each(rows: Iterable, act: Callable, project_of: Callable) -> Outcome:
    """One after the other, each in a transaction of its own: a refused one keeps none of the others back."""
    outcome = Outcome()
    for row in rows:
        try:
            outcome.done.append(act(row))
        except (Refused, ValidationError) as refused:
            outcome.refused.append((project_of(row), refused))
    return outcome
