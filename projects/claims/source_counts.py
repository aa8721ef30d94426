"""On which documents the rows of a question draw, and how many on each (`claims.standings`)."""

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nlargest
from operator import attrgetter

from django.db.models import Count, QuerySet

from projects.audit.version_memory import until_published
from projects.claims import past_day
from projects.models import PortfolioTally, Source, SourceUse, Standing
from projects.models.prepared import Prepared, among


@dataclass(frozen=True, slots=True)
class SourceCount:
    code: str
    title: str
    title_en: str
    count: int | None  # None where it is not asked


def by_source(rows: QuerySet, most: int) -> list[SourceCount]:
    """The documents on which most rows draw, each with their number, in the order of publication."""
    if rows.model is Standing:
        return _by_source_on_past(rows, most)
    return source_counts(source_rows(rows, most))


def source_rows(rows: QuerySet, most: int) -> QuerySet:
    """Of rows of today."""
    uses = SourceUse.objects.filter(is_drawn_on=True, project__in=rows.order_by().values("project"))
    uses = uses.filter(source__is_public=True).order_by()
    names = ("source__published_latest", "source__code", "source__title", "source__title_en")
    return uses.values_list(*names).annotate(n=Count("pk")).order_by("-n")[:most]


def source_counts(rows: Iterable[tuple]) -> list[SourceCount]:
    return [SourceCount(*one) for _, *one in sorted(rows)]


@until_published
def by_source_of_everything(most: int) -> list[SourceCount]:
    counts = {int(source): n for source, n in Prepared(_most_drawn_on, (most,)).fetch()}
    sources = Prepared(_documents).then(among, "pk", keys=list(counts)).fetch()
    return [SourceCount(code, title, title_en, counts[pk]) for pk, code, title, title_en in sources]


def _most_drawn_on(most: int) -> QuerySet:
    return PortfolioTally.objects.filter(what="drawn").order_by("-n").values_list("choice", "n")[:most]


def _documents() -> QuerySet:
    return Source.objects.documents().values_list("pk", "code", "title", "title_en")


def _by_source_on_past(rows: QuerySet[Standing], most: int) -> list[SourceCount]:
    counts = past_day.drawn_on(rows)
    documents = (
        Source.objects.documents().filter(code__in=list(counts)).values_list("code", "title", "title_en")
    )
    found = [SourceCount(*one, counts[one[0]]) for one in documents]
    shown = {one.code for one in nlargest(most, found, key=attrgetter("count"))}
    return [one for one in found if one.code in shown]
