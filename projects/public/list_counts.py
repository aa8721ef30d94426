"""What the list says of all rows that fit, whatever page of them is shown.

Remembered by the data version and the question alone (decision 0055): its other pages and orders ask no more.
"""

from dataclasses import dataclass, replace

from django.db.models import Case, Exists, OuterRef, QuerySet, When

from projects.audit.version_memory import until_published
from projects.claims import facet_counts, source_counts, standings
from projects.claims.source_counts import SourceCount
from projects.claims.standings import MoneySum
from projects.core.clocks import Clocks
from projects.models import ProjectMilestone
from projects.records import last_report
from projects.records.facets import count_rows, counts
from projects.records.filters import ListFilter, ProjectFilter, narrowed_rows
from projects.records.last_report import LastReport

MAX_SOURCES = 50  # that the list names beside it
NEWEST = "newest"  # beside the facets that are counted


@dataclass(frozen=True, slots=True)
class ListCounts:
    """By facet, the money, by document; the newest report; whether a date is to come, for a calendar."""

    facets: dict[str, dict[str, int]]
    money: MoneySum
    sources: list[SourceCount]
    last_report: LastReport | None
    has_dates: bool

    @property
    def count(self) -> int:
        return sum(self.facets[standings.COUNTED].values())


@until_published
def told(narrowed: ListFilter) -> ListCounts:
    """The numbers of a question; of everything, and of what the headline counts, they are kept."""
    asked, clocks = narrowed.values.keys(), narrowed.clocks
    if clocks.is_today and asked - {"counted"}:
        return _counted(narrowed)
    beside = narrowed.asked(narrowed_rows).then(_newest, clocks).fetch()
    newest = _newest_of(facet_counts.apart(beside, NEWEST)[1])
    if not clocks.is_today:
        by_source = source_counts.by_source(narrowed.leaving("source"), MAX_SOURCES)
        return ListCounts(counts(narrowed), standings.sum_of(narrowed.qs), by_source, *newest)
    kept = standings.portfolio_counts(clocks.asof, counted_only="counted" in asked)
    sources = source_counts.by_source_of_everything(MAX_SOURCES)
    sources = [replace(one, count=None) for one in sources] if asked else sources
    return ListCounts(kept.facets, kept.money, sources, *newest)


def _counted(narrowed: ListFilter) -> ListCounts:
    found = narrowed.asked(_count_rows, narrowed.clocks).fetch()
    groups, newest = facet_counts.apart(found, NEWEST)
    money = standings.sum_told(narrowed.asked(narrowed_rows).then(standings.sum_rows).fetch())
    sources = source_counts.source_counts(narrowed.asked(_source_rows).fetch())
    return ListCounts(facet_counts.facet_counts(groups), money, sources, *_newest_of(newest))


def _count_rows(narrowed: ProjectFilter, clocks: Clocks) -> QuerySet:
    return count_rows(narrowed).union(_newest(narrowed.qs, clocks), all=True)


def _newest(rows: QuerySet, clocks: Clocks) -> QuerySet:
    """Beside the facets: the time of the newest report, and 1 where a date is to come.

    Each project is asked for its dates: of those of the whole record a rare search would look through all.
    """
    dates = ProjectMilestone.objects.to_come(clocks).filter(project=OuterRef("project"))
    has_dates = Exists(rows.order_by().filter(Exists(dates), due_on__isnull=False))
    newest = last_report.newest(rows)
    return facet_counts.beside(newest, NEWEST, "last_known", Case(When(has_dates, then=1), default=0))


def _newest_of(told: list[tuple[str, int]]) -> tuple[LastReport | None, bool]:
    return last_report.of_rows(words for words, _ in told), any(n for _, n in told)


def _source_rows(narrowed: ProjectFilter) -> QuerySet:
    return source_counts.source_rows(narrowed.leaving("source"), MAX_SOURCES)
