"""What the list says of all rows that fit, whatever page of them is shown.

Remembered by the data version and the question alone (decision 0055): its other pages and orders ask no more.
"""

from dataclasses import dataclass, replace
from datetime import date

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


@dataclass(frozen=True, slots=True)
class ListCounts:
    """By facet, the money, by document; the newest report; whether a date is to come, for a calendar."""

    facets: dict[str, dict[str, int]]
    money: MoneySum
    sources: list[SourceCount]
    last_report: LastReport | None
    has_dates: bool


@until_published
def told(narrowed: ListFilter) -> ListCounts:
    newest = _newest_of(narrowed.asked(narrowed_rows).then(_newest, narrowed.clocks).fetch())
    return ListCounts(*_counted(narrowed), *newest)


def _counted(narrowed: ListFilter) -> tuple[dict, MoneySum, list[SourceCount]]:
    """By facet, the money, and by document; of everything, or of what the headline counts, they are kept."""
    asked, clocks = narrowed.values.keys(), narrowed.clocks
    if clocks.is_today and not asked - {"counted"}:
        kept = standings.portfolio_counts(clocks.asof, counted_only="counted" in asked)
        sources = source_counts.by_source_of_everything(MAX_SOURCES)
        return kept.facets, kept.money, [replace(one, count=None) for one in sources] if asked else sources
    if not clocks.is_today:
        by_source = source_counts.by_source(narrowed.leaving("source"), MAX_SOURCES)
        return counts(narrowed), standings.sum_of(narrowed.qs), by_source
    counted = facet_counts.facet_counts(narrowed.asked(count_rows).fetch())
    money = standings.sum_told(narrowed.asked(narrowed_rows).then(standings.sum_rows).fetch())
    return counted, money, source_counts.source_counts(narrowed.asked(_source_rows).fetch())


def _newest(rows: QuerySet, clocks: Clocks) -> QuerySet:
    """The newest report, and 1 where a date is to come.

    Each date is asked whose it is: as a list of projects it would be taken first, however long.
    """
    is_among = Exists(rows.order_by().filter(project=OuterRef("project")))
    to_come = Exists(ProjectMilestone.objects.to_come(clocks).filter(is_among))
    newest = last_report.newest(rows).annotate(n=Case(When(to_come, then=1), default=0))
    return newest.values_list("last_known_on", "last_known", "n")


def _newest_of(found: list[tuple[date, str, int]]) -> tuple[LastReport | None, bool]:
    return next(((LastReport(day, words), bool(n)) for day, words, n in found), (None, False))


def _source_rows(narrowed: ProjectFilter) -> QuerySet:
    return source_counts.source_rows(narrowed.leaving("source"), MAX_SOURCES)
