"""How many projects stand at a stage, by kind or place and age: kept for today, counted on a past day."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Sum

from projects.claims import past_day, stage_ages, standings
from projects.claims.past_day import AlikeRows
from projects.claims.tallies import BY_STAGE
from projects.core.clocks import Clocks
from projects.models import PortfolioTally

StageCounts = Counter[tuple[str, str]]  # by the codes of stage and age, both "" where no stage is said


def by_stage(name: str, clocks: Clocks, *, is_counted: bool = True) -> dict[str, StageCounts]:
    """Of what the headline counts, or of the rest: for each kind, or each place by its key, the stages."""
    if not clocks.is_today:
        rows = standings.rectangles_on(clocks).filter(is_counted=is_counted)
        return of_groups(name, past_day.groups([rows], clocks.asof)[0])
    kept = PortfolioTally.objects.filter(what=BY_STAGE[name], is_counted=is_counted)
    kept = kept.annotate(age=stage_ages.age_on(clocks.asof, "day")).values_list("choice", "age")
    return by_choice(kept.annotate(Sum("n")))


def of_groups(name: str, alike: Iterable[AlikeRows]) -> dict[str, StageCounts]:
    found = past_day.counted(alike, standings.FACETS[name], "stage", "age")
    return by_choice((f"{choice or ''} {stage}", age, n) for (choice, stage, age), n in found.items())


def by_choice(groups: Iterable[tuple[str, str, int]]) -> dict[str, StageCounts]:
    """Of choices with their stage, as they are tallied; what has no stage has no age."""
    found: dict[str, StageCounts] = {}
    for told, age, n in groups:
        choice, _, stage = told.partition(" ")
        found.setdefault(choice, Counter())[stage, age if stage else ""] += n
    return found
