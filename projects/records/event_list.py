"""What happened between two days: counted by kind, the newest of each kind, and one kind in pages.

Which events there are is `core.events`; both days are taken as known on the later one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.http import QueryDict

from projects.audit.version_memory import until_published
from projects.choices import EventKind, Topic
from projects.claims import standings
from projects.core import fuzzy_dates
from projects.core.clocks import ClockNotice, Clocks, Reach, read_day
from projects.core.fuzzy_dates import Fuzzy
from projects.core.statements import Value
from projects.core.today import EVENT
from projects.models import Indicator, PortfolioTally, ProjectEvent
from projects.models.prepared import Prepared, among
from projects.pages import keyset
from projects.pages.keyset import KeysetPage, Segment
from projects.words.news_sentences import stage_told

SHOWN = 5  # of each kind, where all kinds stand on one page
PAGE_SIZE = 50
BATCH = 500
MAX_YEARS = 8  # whose ends are offered
NEWEST = ("-day", "-id")
ON_ITS_DAY = (EventKind.CORRECTED, EventKind.NEW)  # known on that day, whatever they speak of
READ = ("project", "claim__source", "claim__section", "was")


@dataclass(frozen=True, slots=True)
class Span:
    """After one day, until another; of what the headline counts or of all records."""

    begins: date
    ends: date
    today: date
    is_counted: bool = False

    def rows(self, kind: str) -> QuerySet[ProjectEvent]:
        """Of one kind, as known on the later day."""
        return self.narrowed(ProjectEvent.objects.filter(what=kind))

    def narrowed(self, events: QuerySet) -> QuerySet:
        events = events.filter(day__gt=self.begins, day__lte=self.ends)
        events = events.filter(known_on__lte=self.ends, known_until__gt=self.ends)
        return events.filter(is_counted=True) if self.is_counted else events

    def asked(self, write: Callable[..., QuerySet], *form: Hashable) -> Prepared:
        """What `write` makes of this span, by one prepared statement for all pairs of days."""
        days = {"begins": self.begins, "ends": self.ends}
        return Prepared(_written, (write, self.is_counted, form), days)


@until_published
def counts(span: Span) -> dict[str, int]:
    """By kind, in their order; of what is known today the days are tallied."""
    tallies = _tallies if span.ends == span.today else _kinds
    found = dict(span.asked(tallies).fetch())
    return {kind: found.get(kind, 0) for kind in EventKind.values}


def _written(write: Callable, is_counted: bool, form: tuple, *, begins: date, ends: date) -> QuerySet:
    return write(Span(begins, ends, ends, is_counted), *form)


def _tallies(span: Span) -> QuerySet:
    days = PortfolioTally.objects.filter(what=EVENT, day__gt=span.begins, day__lte=span.ends)
    days = days.filter(is_counted=True) if span.is_counted else days
    return days.values_list("choice").annotate(n=Sum("n"))


def _kinds(span: Span) -> QuerySet:
    kinds = ProjectEvent.objects.filter(what__in=EventKind.values)
    return span.narrowed(kinds).values_list("what").annotate(n=Count("pk"))


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event with what a page and a file tell of it."""

    event: ProjectEvent

    @property
    def on(self) -> Fuzzy:
        """When, as its source says it."""
        claim = self.event.claim
        if self.event.what in ON_ITS_DAY:
            published = claim.published() if claim.known_on == self.event.day else None
            return published or fuzzy_dates.day(self.event.day)
        return fuzzy_dates.parse(claim.value_date if claim.topic == Topic.ACTUAL else claim.as_of)

    @property
    def before(self) -> Value | None:
        """What held; of a stage that only an actual date told of, that stage."""
        was = self.event.was
        if was and self.topic == Topic.STAGE:
            return stage_told(was)
        return was.value() if was else None

    @property
    def after(self) -> Value | None:
        return self.event.claim.value()

    @property
    def topic(self) -> str:
        return self.event.claim.topic

    @property
    def is_told_by_topic(self) -> bool:
        """Whether its topic is named: corrections and first mentions do not say what they are about."""
        return self.event.what in ON_ITS_DAY

    @property
    def has_values(self) -> bool:
        """Of a step that was taken the day is all, and stands in front already."""
        return self.is_told_by_topic or self.topic != Topic.ACTUAL


def newest(span: Span, counts: dict[str, int]) -> dict[str, list[EventRow]]:
    """The first rows of each kind that has any: which they are in one read, what they say in another."""
    kinds = [kind for kind, count in counts.items() if count]
    keys = span.asked(_first_keys, tuple(kinds)).fetch() if kinds else []
    found: dict[str, list[EventRow]] = {kind: [] for kind in kinds}
    for row in told(key for (key,) in keys):
        found[row.event.what].append(row)
    return found


def _first_keys(span: Span, kinds: tuple[str, ...]) -> QuerySet:
    firsts = [span.rows(kind).order_by(*NEWEST).values("pk")[:SHOWN] for kind in kinds]
    parts = [ProjectEvent.objects.filter(pk__in=first).values_list("pk") for first in firsts]
    return parts[0].union(*parts[1:], all=True)


def page(span: Span, kind: str, params: QueryDict) -> tuple[list[EventRow], KeysetPage]:
    question = f"{kind} {span.begins} {span.ends} {span.is_counted}"
    found = keyset.page([Segment(span.asked(Span.rows, kind), NEWEST)], ("pk",), PAGE_SIZE, params, question)
    return told(key for (key,) in found.rows), found


def told(keys: Iterable[int]) -> list[EventRow]:
    keys = list(keys)
    return [EventRow(one) for one in Prepared(_events).then(among, "pk", keys=keys).fetch()] if keys else []


def _events() -> QuerySet[ProjectEvent]:
    named = Indicator.objects.filter(code=OuterRef("claim__measure"))
    rows = ProjectEvent.objects.select_related(*READ).order_by(*NEWEST)
    return rows.annotate(
        measure_name=Subquery(named.values("name")), measure_name_en=Subquery(named.values("name_en"))
    )


def everything(span: Span, kinds: Iterable[str] = EventKind.values) -> Iterator[EventRow]:
    """One kind after the other, in short reads."""
    for kind in kinds:
        keys = list(span.rows(kind).order_by(*NEWEST).values_list("pk", flat=True))
        for at in range(0, len(keys), BATCH):
            yield from told(keys[at : at + BATCH])


@dataclass(frozen=True, slots=True)
class TwoDays:
    """The days asked for, the earlier one first, and what had to be changed."""

    begins: date
    ends: date
    reach: Reach
    notices: list[ClockNotice]

    def year_ends(self) -> list[date]:
        """The ends of the last years of which anything is known."""
        years = range(self.reach.first_asof.year - 1, self.ends.year + 1)
        return [date(year, 12, 31) for year in years][-MAX_YEARS:]


def two_days(params: QueryDict, clocks: Clocks) -> TwoDays:
    """`from` and `to`: by default the first day on which anything was known, and that of the other pages."""
    reach = standings.reach(clocks.today)
    until = params.get("to", "").strip() or clocks.asof.isoformat()
    least = max(reach.first_asof, reach.first_known)
    first = params.get("from", "").strip()
    before_all = date(max(reach.first_asof.year - 1, 1), 12, 31)
    begins = read_day("from", first, reach.first_known, before_all, clocks.today)
    (begins, one), (ends, other) = sorted(
        [begins, read_day("to", until, clocks.today, least, clocks.today)], key=itemgetter(0)
    )
    return TwoDays(begins, ends, reach, [told for told in (*clocks.notices, one, other) if told])
