"""How many projects stand at a stage, by kind or by place: kept for today, counted on a past day."""

from collections import Counter
from collections.abc import Iterable

from projects.claims import past_day, standings
from projects.claims.past_day import AlikeRows
from projects.claims.tallies import BY_STAGE
from projects.core.clocks import Clocks
from projects.models import PortfolioTally


def by_stage(name: str, clocks: Clocks, *, is_counted: bool = True) -> dict[str, Counter[str]]:
    """Of what the headline counts, or of the rest: for each kind, or each place by its key, the stages."""
    if not clocks.is_today:
        rows = standings.rectangles_on(clocks).filter(is_counted=is_counted)
        return of_groups(name, past_day.groups([rows], clocks.asof)[0])
    kept = PortfolioTally.objects.filter(what=BY_STAGE[name], is_counted=is_counted)
    return _by_choice((*choice.split(" "), n) for choice, n in kept.values_list("choice", "n"))


def of_groups(name: str, alike: Iterable[AlikeRows]) -> dict[str, Counter[str]]:
    found = past_day.counted(alike, standings.FACETS[name], "stage")
    return _by_choice((str(choice or ""), stage, n) for (choice, stage), n in found.items())


def _by_choice(groups: Iterable[tuple[str, str, int]]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for choice, stage, n in groups:
        found.setdefault(choice, Counter())[stage] += n
    return found
