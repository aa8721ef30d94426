"""Rounds: opened for a month and closed, by a reviewer or by the daily command (`by=None`); the stages asked
quarterly."""

from collections.abc import Collection
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from projects.audit import log
from projects.audit.data_version import locked_version, publishing
from projects.choices import NoticeKind, ReportState, Role
from projects.core import fuzzy_dates, months
from projects.core.refusals import Refused
from projects.models import QuarterlyStage, Round, RoundLine, User
from projects.models.user import person_of
from projects.notices import inbox
from projects.reports import round_overview
from projects.reports.rules import rounds
from projects.reports.rules.rounds import UsualDays

MAX_ROWS = 500  # in a statement
NOTICES = (NoticeKind.ROUND_OPENED, NoticeKind.ROUND_CLOSING, NoticeKind.NO_UNIT)


def open_round(
    month: str,
    *,
    by: User | None,
    at: datetime,
    opens_on: date | None = None,
    closes_on: date | None = None,
) -> Round:
    """Ask for the reports of a month such as 2026-03, also anew; without days on the usual ones."""
    _require_reviewer(by)
    if not months.is_month(month):
        raise Refused("bad_month", "month", text=month)
    if rounds.is_too_far(month, timezone.localdate(at)):
        raise Refused("month_too_far", "month")
    first, last = rounds.default_days(month, usual_days())
    opens_on, closes_on = opens_on or first, closes_on or last
    if not fuzzy_dates.parse(month).earliest <= opens_on < closes_on:
        raise Refused("days_out_of_order", "closes_on")
    with publishing(at):  # two who open the same one take turns; of a month that is over reports lack
        row = Round.objects.filter(month=month).first() or Round(month=month)
        if row.pk and not row.is_called_off:
            raise Refused("round_exists", "month")
        row.opens_on, row.closes_on, row.opened_by, row.opened_at = opens_on, closes_on, by, at
        row.called_off_by = row.called_off_at = None
        row.full_clean()
        row.save()
        log.record("round.open", month, by=by, at=at, after=_told(row))
    return row


def close_round(monthly_round: Round, *, by: User | None, at: datetime) -> Round:
    """Write down who was expected and what came; what is handed in from now on is late, whatever the day."""
    _require_reviewer(by)
    with publishing(at):  # which months of a project are without a report is public
        row = Round.objects.select_for_update().get(pk=monthly_round.pk)
        if row.is_closed or row.is_called_off:
            raise Refused("round_closed" if row.is_closed else "round_called_off")
        RoundLine.objects.bulk_create(round_overview.as_it_stands(row), batch_size=MAX_ROWS)
        row.closed_by, row.closed_at = by, at
        row.save(update_fields=["closed_by", "closed_at"])
        log.record("round.close", row.month, by=by, at=at, after=_told(row))
    return row


def call_off(monthly_round: Round, *, by: User, at: datetime) -> Round:
    """Ask for nothing any more, as if it had not been opened; drafts are kept, should it be opened again."""
    _require_reviewer(by)
    with publishing(at):
        row = Round.objects.select_for_update().get(pk=monthly_round.pk)
        if row.is_closed or row.is_called_off:
            raise Refused("round_closed" if row.is_closed else "round_called_off")
        if row.reports.filter(state=ReportState.APPROVED).exists():
            raise Refused("round_has_published")
        row.called_off_by, row.called_off_at = by, at
        row.full_clean()
        row.save()
        withdrawn = inbox.withdraw(NOTICES, row.month)
        log.record("round.call_off", row.month, by=by, at=at, after=_told(row) | {"notices": withdrawn})
    return row


def ask_quarterly(stages: Collection[str], *, by: User, at: datetime) -> None:
    """Of projects at exactly these stages a report is expected quarterly; closed rounds stay as they are."""
    if not person_of(by).reads_all_reports:
        raise Refused("not_yours")
    with transaction.atomic():
        locked_version()
        before = sorted(QuarterlyStage.objects.values_list("stage", flat=True))
        if (after := sorted(set(stages))) == before:
            return
        with publishing(at):  # which months of a project are without a report is public
            QuarterlyStage.objects.exclude(stage__in=after).delete()
            for stage in set(after).difference(before):
                row = QuarterlyStage(stage=stage)
                row.full_clean()
                row.save()
            told = {"before": {"stages": before}, "after": {"stages": after}}
            log.record("round.quarterly", "stages", by=by, at=at, **told)


def month_to_report(today: date) -> str:
    """Of which month reports are due; none where no round is open."""
    rows = Round.objects.open_on(today).order_by("-month_earliest")
    return rows.values_list("month", flat=True).first() or ""


def usual_days() -> UsualDays:
    return UsualDays(settings.ROUND_OPENS_ON, settings.ROUND_CLOSES_ON)


def _require_reviewer(by: User | None) -> None:
    if by is not None and not person_of(by).has(Role.REVIEWER):
        raise Refused("not_yours")


def _told(row: Round) -> dict:
    return {"opens_on": row.opens_on.isoformat(), "closes_on": row.closes_on.isoformat()}


def open_due(*, at: datetime) -> list[str]:
    """Open the rounds of the months whose day has come; which."""
    with transaction.atomic():
        locked_version()  # two machines take turns: the second finds them open
        last = Round.objects.order_by("-month_earliest").values_list("month", flat=True).first()
        months = rounds.to_open(last, timezone.localdate(at), usual_days())
        for month in months:
            open_round(month, by=None, at=at)
    return months


def close_due(*, at: datetime) -> list[str]:
    """Close those whose last day is past; which."""
    today = timezone.localdate(at)
    with transaction.atomic():
        locked_version()
        still_open = Round.objects.open_on(today).order_by("month_earliest")
        ended = [one for one in still_open if rounds.has_ended(one.closes_on, today)]
        for one in ended:
            close_round(one, by=None, at=at)
    return [one.month for one in ended]
