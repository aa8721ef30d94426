"""What holds today on the series of pending claims: what each would stand beside, or in place of."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from projects.core import precedence, stages
from projects.core.statements import Statement
from projects.models import Claim


def held_values(pending: Sequence[Claim], today: date) -> dict[int, Statement]:
    """By the keys of these: of a correction what it corrects, else what holds on its series; one read."""
    rows = Claim.objects.approved().filter(project__in={one.project_id for one in pending})
    said: dict[int, list[Statement]] = defaultdict(list)
    for row in rows.select_related("source", "section", "corrects").order_by("ref"):
        said[row.project_id].append(row.statement())
    held = {
        project: stages.holdings(precedence.candidates(precedence.live(statements, today), today))
        for project, statements in said.items()
    }
    by_ref = {one.ref: one for statements in said.values() for one in statements}
    found = {}
    for one in pending:
        holding = held.get(one.project_id, {}).get(one.series())
        before = by_ref.get(one.corrects.ref) if one.corrects else holding and holding.winner
        if before:
            found[one.pk] = before
    return found
