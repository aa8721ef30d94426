"""On which documents the rows of a question draw, and how many on each (`claims.standings`)."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from projects.claims.standings import DOCUMENTS
from projects.models import PortfolioTally, Source, SourceUse, Standing


@dataclass(frozen=True, slots=True)
class SourceCount:
    code: str
    title: str
    title_en: str
    count: int | None  # None where it is not asked


def by_source(rows: QuerySet, most: int) -> list[SourceCount]:
    """The documents on which most rows draw, each with their number, in the order of publication."""
    if rows.model is Standing:
        return _by_source_on_past(rows)
    uses = SourceUse.objects.filter(is_drawn_on=True, project__in=rows.order_by().values("project"))
    uses = uses.filter(source__is_public=True).order_by()
    names = ("source__published_latest", "source__code", "source__title", "source__title_en")
    counted = sorted(uses.values_list(*names).annotate(n=Count("pk")).order_by("-n")[:most])
    return [SourceCount(*one) for _, *one in counted]


def by_source_of_everything(most: int) -> list[SourceCount]:
    drawn = PortfolioTally.objects.filter(what="drawn").order_by("-n").values_list("choice", "n")[:most]
    counts = {int(source): n for source, n in drawn}
    sources = Source.objects.filter(DOCUMENTS, pk__in=counts).values_list("pk", "code", "title", "title_en")
    return [SourceCount(code, title, title_en, counts[pk]) for pk, code, title, title_en in sources]


def _by_source_on_past(rows: QuerySet[Standing]) -> list[SourceCount]:
    counts = Counter(
        code for codes in rows.order_by().values_list("sources", flat=True) for code in codes.split()
    )
    values = Source.objects.filter(DOCUMENTS).values_list("code", "title", "title_en")
    return [SourceCount(*names, counts[names[0]]) for names in values]
