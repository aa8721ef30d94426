"""What people typed is erased: 60 days after the tip was closed, at the latest a year after it came."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from projects.audit import log
from projects.models import Tip
from projects.models.tip import TYPED
from projects.tips.arrival import forget_senders

KEPT_AFTER_CLOSING = timedelta(days=60)
KEPT_AT_MOST = timedelta(days=365)


def erase_due(*, at: datetime) -> int:
    """Subject, verdict and answer stay. Gives how many were erased; the daily command calls it."""
    with transaction.atomic():
        forget_senders(at=at)
        count = _due(at).update(**dict.fromkeys(TYPED, ""))
        if count:
            log.record("tip.erase", "tips", by=None, at=at, after={"count": count})
    return count


def _due(at: datetime) -> QuerySet:
    is_over = Q(closed_at__lte=at - KEPT_AFTER_CLOSING) | Q(received_at__lte=at - KEPT_AT_MOST)
    return Tip.objects.typed().filter(is_over)
