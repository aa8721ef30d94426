"""What happened last: dated facts and changes of records, each with the claim that says so.

Events are rows (`core.events`); their day is the last of a span, so what is shown is the date of the claim.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Count, Exists, OuterRef, Q

from projects.choices import EventKind, Topic
from projects.core.clocks import Clocks
from projects.models import Claim, ProjectEvent

NEWS = (
    *(EventKind.ACTUAL, EventKind.STARTED, EventKind.FINISHED),
    *(EventKind.CONDITION, EventKind.CANCELLED, EventKind.SLIPPED, EventKind.RAISED),
)
SPARE = 4  # so many candidates for each that is shown: a project is named once


@dataclass(frozen=True, slots=True)
class NewsItem:
    event: ProjectEvent
    claim: Claim


def events(clocks: Clocks, most: int) -> list[ProjectEvent]:
    """The newest of each kind at the end of its index, in one statement; of a project one."""
    rows = ProjectEvent.objects.filter(day__lte=clocks.asof)
    if clocks.known != clocks.today:
        rows = rows.filter(known_on__lte=clocks.known)
    newest = (rows.filter(what=what).order_by("-day", "-id").values("pk")[: most * SPARE] for what in NEWS)
    found = ProjectEvent.objects.filter(reduce(or_, (Q(pk__in=each) for each in newest)))
    by_project: dict[int, ProjectEvent] = {}
    for event in found.select_related("project").order_by("-day", "-id"):
        by_project.setdefault(event.project_id, event)
    return list(by_project.values())[: most * SPARE]


def claims(found: list[ProjectEvent], refs: list[str], clocks: Clocks) -> list[Claim]:
    """Those that may say so, and further ones by their keys, in one statement."""
    public = Claim.objects.public(clocks.known)
    live = public.filter(~Exists(public.filter(corrects=OuterRef("pk"))))
    rows = live.filter(reduce(or_, (_said_by(event) for event in found), Q(ref__in=refs)))
    return list(rows.select_related("project", "source", "section").order_by("-known_on", "ref"))


def counts(since: date, clocks: Clocks) -> Counter[str]:
    """How often what happened after a day and by that of the page."""
    rows = ProjectEvent.objects.filter(day__gt=since, day__lte=clocks.asof, known_on__lte=clocks.known)
    return Counter(dict(rows.values_list("what").annotate(n=Count("pk"))))


def items(found: list[ProjectEvent], said: list[Claim], most: int) -> list[NewsItem]:
    pairs = ((event, next((claim for claim in said if _says(claim, event)), None)) for event in found)
    return [NewsItem(event, claim) for event, claim in pairs if claim is not None][:most]


def _said_by(event: ProjectEvent) -> Q:
    return Q(project=event.project_id, **_told(event))


def _says(claim: Claim, event: ProjectEvent) -> bool:
    told = _told(event).items()
    return claim.project_id == event.project_id and all(getattr(claim, name) == value for name, value in told)


def _told(event: ProjectEvent) -> dict[str, object]:
    """What the claim behind an event says, column by column."""
    dated = {"measure": event.milestone, "scope": event.scope}
    match event.what:
        case EventKind.ACTUAL:
            return {"topic": Topic.ACTUAL.value, "value_date": event.after} | dated
        case EventKind.SLIPPED:
            return {"topic": Topic.PROMISED.value, "value_date": event.after} | dated
        case EventKind.RAISED:
            return {"topic": Topic.TOTAL_INVESTMENT.value, "as_of_latest": event.day}
        case EventKind.CONDITION | EventKind.CANCELLED:
            return {"topic": Topic.CONDITION.value, "value_code": event.after}
    return {"topic": Topic.STAGE.value, "value_code": event.after, "as_of_latest": event.day}
