"""How many projects stand at a stage, by kind or by place: kept for today, counted on a past day."""

from collections import Counter

from django.db.models import Count

from projects.claims import standings
from projects.claims.tallies import BY_STAGE
from projects.core.clocks import Clocks
from projects.models import PortfolioTally


def by_stage(name: str, clocks: Clocks) -> dict[str, Counter[str]]:
    """Of what the headline counts: for each kind, or each place by its key, how many stand at which stage."""
    found: dict[str, Counter[str]] = {}
    if clocks.is_today:
        kept = PortfolioTally.objects.filter(what=BY_STAGE[name], is_counted=True)
        groups = [(*choice.split(" "), n) for choice, n in kept.values_list("choice", "n")]
    else:
        rows = standings.rectangles_on(clocks).filter(is_counted=True).order_by()
        groups = rows.values_list(standings.FACETS[name], "stage").annotate(n=Count("pk"))
    for choice, stage, n in groups:
        found.setdefault(str(choice or ""), Counter())[stage] += n
    return found
