"""Tips as the desk lists them: those to be answered by their day, doubtful ones apart, closed ones last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from projects.models import Tip
from projects.pages import keyset
from projects.pages.keyset import KeysetPage, Segment

PAGE_SIZE = 50
STATE_WORDS = {"open": _("To be answered"), "doubtful": _("Doubtful"), "closed": _("Closed")}


@dataclass(frozen=True, slots=True)
class TipCounts:
    open: int
    overdue: int
    doubtful: int


def state_of(asked: str | None) -> str:
    """What an address says beyond these words is as if it said nothing."""
    return asked if asked in STATE_WORDS else "open"


def page(state: str, params: QueryDict) -> KeysetPage:
    segment = {
        "open": Segment(Tip.objects.likely(), ("due_on", "id")),
        "doubtful": Segment(Tip.objects.doubtful(), ("due_on", "id")),
        "closed": Segment(Tip.objects.exclude(closed_at=None), ("-closed_at", "-id")),
    }[state]
    found = keyset.page([segment], ("pk",), PAGE_SIZE, params, state)
    by_key = reached().in_bulk([row[0] for row in found.rows])
    return replace(found, rows=[by_key[row[0]] for row in found.rows])


def reached() -> QuerySet:
    return Tip.objects.select_related("project", "closed_by__department")


def counts(today: date) -> TipCounts:
    return TipCounts(
        **Tip.objects.open().aggregate(
            open=Count("pk", filter=Q(is_doubtful=False)),
            overdue=Count("pk", filter=Q(is_doubtful=False, due_on__lt=today)),
            doubtful=Count("pk", filter=Q(is_doubtful=True)),
        )
    )
