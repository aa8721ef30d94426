"""What was said in public about many projects at once, in one statement, as the rules see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from projects.core.statements import Statement
from projects.models import Claim


def said_of(
    projects: Collection[int], known: date, topics: Collection[str] = ()
) -> dict[int, list[Statement]]:
    """By project; of some topics only, where a page needs no more."""
    claims = Claim.objects.public(known).filter(project__in=projects)
    if topics:
        claims = claims.filter(topic__in=topics)
    said: dict[int, list[Statement]] = defaultdict(list)
    for claim in claims.select_related("source", "section", "corrects"):
        said[claim.project_id].append(claim.statement())
    return said
