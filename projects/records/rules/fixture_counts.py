"""What is counted of the fixtures and pinned, so that no row comes or goes unseen.

Of rows without findings (`records.rules.fixture_checks`): their codes, dates and places can be read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from projects.choices import Milestone, Stage, Topic
from projects.core import fuzzy_dates
from projects.records.rules.fixture_checks import Rows


def stages_below_actuals(rows: Rows) -> list[str]:
    """Refs of stage claims of the whole below an actual that was earlier; each is looked at and pinned."""
    actuals: dict[str, list[tuple[int, date]]] = defaultdict(list)
    for row in rows["claims"]:
        if row["topic"] == Topic.ACTUAL and not row["scope"]:
            order, on = Milestone(row["measure"]).stage.order, fuzzy_dates.parse(row["value_date"]).latest
            actuals[row["project"][0]].append((order, on))
    return sorted(
        row["ref"]
        for row in rows["claims"]
        if row["topic"] == Topic.STAGE and not row["scope"] and row["value_code"]
        if any(
            Stage(row["value_code"]).order < order and on < fuzzy_dates.parse(row["as_of"]).earliest
            for order, on in actuals[row["project"][0]]
        )
    )


def counts(rows: Rows) -> dict[str, dict[str, int]]:
    """How much there is, by document and by kind."""
    projects_of = {(row["source"][0], row["project"][0]) for row in rows["claims"]}
    return {
        "rows": {file: len(found) for file, found in sorted(rows.items())},
        "projects_by_source": _tally(source for source, _ in projects_of),
        "projects_by_kind": _tally(row["kind"] for row in rows["projects"]),
        "projects_by_record_type": _tally(row["record_type"] for row in rows["projects"]),
        "claims_by_source": _tally(row["source"][0] for row in rows["claims"]),
        "claims_by_topic": _tally(row["topic"] for row in rows["claims"]),
        "claims_by_basis": _tally(row["basis"] for row in rows["claims"]),
        "statistics_by_source": _tally(row["source"][0] for row in rows["statistics"]),
    }


def _tally(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))
