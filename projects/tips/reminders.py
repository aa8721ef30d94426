"""That what people outside told us should have been answered: told to who answers, by number alone.

Once for each day that passes with one still open. Of reports and promises it is `reports.rules.reminders`.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Max, Min

from projects.choices import NoticeKind, Role
from projects.models import Tip
from projects.notices.rules import Reminder


def overdue(today: date) -> list[Reminder]:
    """Doubtful ones wait for nobody."""
    late = Tip.objects.likely().filter(due_on__lt=today)
    told = late.aggregate(tips=Count("pk"), first=Min("due_on"), last=Max("due_on"))
    if not told["tips"]:
        return []
    day = told["last"].isoformat()
    values = {"tips": str(told["tips"]), "due_on": told["first"].isoformat()}
    roles = (Role.EDITOR, Role.REVIEWER)
    return [Reminder(NoticeKind.TIPS_OVERDUE, day, role, values=values) for role in roles]
