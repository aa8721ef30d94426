"""Tips closed: one with a verdict and an answer, or many at once that are about no project."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from projects.audit import log
from projects.audit.data_version import locked_version, publishing
from projects.choices import TipVerdict
from projects.core.refusals import Refused
from projects.models import Tip, User
from projects.models.user import person_of
from projects.tips.rules.words import answer_faults


def close(tip: Tip, *, verdict: str, answer: str, by: User, at: datetime) -> Tip:
    """Say what came of it. An answer that everybody may read is published by this."""
    answer = answer.strip()
    with publishing(at) if tip.may_be_shown else transaction.atomic():
        locked_version()
        row = Tip.objects.select_for_update(of=["self"]).get(pk=tip.pk)
        _refuse_strangers(by)
        if row.closed_at:
            raise Refused("tip_closed")
        if faults := answer_faults(verdict, answer, row.contact):
            raise Refused.of(faults)
        row.verdict, row.answer, row.closed_by, row.closed_at = verdict, answer, by, at
        row.days = _days(row, at) if answer else None
        row.full_clean(exclude=["project"])
        row.save()
        log.record("tip.close", f"tip #{row.pk}", by=by, at=at, after={"verdict": verdict, "answer": answer})
    return row


def close_unrelated(tips: QuerySet, *, by: User, at: datetime) -> int:
    """Those of them that are open, as about no project, without an answer; gives how many there were."""
    with transaction.atomic():
        locked_version()
        _refuse_strangers(by)
        told = {"verdict": TipVerdict.UNRELATED, "closed_by": by, "closed_at": at}
        count = tips.open().update(**told)
        if count:
            log.record("tip.close", "tips", by=by, at=at, after={"verdict": told["verdict"], "count": count})
    return count


def _refuse_strangers(by: User) -> None:
    if not person_of(by).reads_all_reports:
        raise Refused("not_yours")


def _days(tip: Tip, at: datetime) -> int:
    return (timezone.localdate(at) - timezone.localdate(tip.received_at)).days
