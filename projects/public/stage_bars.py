"""The bar of stages: solid where a word of it is at most two years old, pale where it is older."""

from collections.abc import Mapping

from projects.choices import Age, Stage
from projects.pages import charts
from projects.pages.charts import Piece


def pieces(counts: Mapping[tuple[str, str], int], whole: int = 0) -> list[Piece]:
    """By stage and age (`claims.stage_counts`); each piece is a stage and whether it is old."""
    parts = []
    for stage in Stage.values:
        old = counts.get((stage, Age.OVER2.value), 0)
        of_stage = sum(n for (code, _age), n in counts.items() if code == stage)
        parts += [((stage, False), of_stage - old), ((stage, True), old)]
    return charts.pieces([*parts, (("", False), counts.get(("", ""), 0))], whole)
