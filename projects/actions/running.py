"""Opening and closing rounds as their days come: the daily command's part of them, by nobody.

Which days those are is `rules.rounds`; a reviewer who acts first leaves nothing to do here.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from projects.actions.rounds import close_round, open_round
from projects.audit.data_version import locked_version
from projects.models import Round
from projects.rules import rounds


def open_due(*, at: datetime) -> list[str]:
    """Open the rounds of the months whose day has come; which."""
    with transaction.atomic():
        locked_version()  # two machines take turns: the second finds them open
        last = Round.objects.order_by("-month_earliest").values_list("month", flat=True).first()
        months = rounds.to_open(last, timezone.localdate(at))
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
