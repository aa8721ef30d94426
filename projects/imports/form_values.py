"""What the record says for the columns of a form of projects as they stood on a day, in a few statements.

Stages, totals and dates are those of the standing rectangles; what they do not hold is found among the claims
by the same rules. How a value is written is `form_cells`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from projects.choices import Condition, PartyRole, PromiseState, Topic
from projects.core import methods, precedence
from projects.core.clocks import Clocks
from projects.core.money import Money
from projects.core.promises import Facts
from projects.core.statements import Series, Statement, Value
from projects.imports import named_records
from projects.imports.named_records import PLAIN_FACTS, READ_WITH, REFERENCES
from projects.imports.rules import reading_frame
from projects.imports.rules.claim_reading import series_of
from projects.imports.rules.mapping import MappedColumn
from projects.imports.rules.reading_frame import ReadingFrame
from projects.models import Claim, Standing
from projects.models.standing import facts_from_json

OF_STANDING = (Topic.TOTAL_INVESTMENT, Topic.AGREED_INVESTMENT)
OF_CLAIMS = (
    *(Topic.INVESTED_TO_DATE, Topic.INVESTED_IN_PERIOD, Topic.ANNUAL_PLAN, Topic.FUNDS),
    *(Topic.PROGRESS, Topic.WORKS),
)


@dataclass(frozen=True, slots=True)
class SaidValue:
    """What holds; `topic` tells a promise from what came true."""

    value: Value
    qualifier: str = ""
    topic: str = ""


@dataclass
class FormValues:
    frame: ReadingFrame
    rows: Sequence[Standing]  # with their projects and what those name
    clocks: Clocks

    def of(self, column: MappedColumn, row: Standing) -> SaidValue | None:
        """None where nothing is known."""
        rule = self.frame.rules.get(column.code)
        if rule is None or not (rule.topic or rule.is_either):
            return self._fact(column.code, row)
        if rule.reads == reading_frame.DATE:
            return self._date(rule.measure, rule.topic, row)
        if rule.topic == Topic.STAGE:
            return SaidValue(row.stage, row.stage_qualifier, rule.topic) if row.stage else None
        if rule.topic == Topic.CONDITION:
            return SaidValue(row.condition) if row.condition != Condition.ACTIVE else None
        if rule.topic in OF_STANDING:
            said = row.amounts.get(rule.topic)
            money = getattr(row, rule.topic)
            return (
                SaidValue(Money(money, said["unit"], said["decimals"]), said["qualifier"]) if said else None
            )
        return self._claimed(series_of(self.frame, rule, column), row)

    def _fact(self, code: str, row: Standing) -> SaidValue | None:
        project = row.project
        if code in REFERENCES:
            named = getattr(project, code)
            return SaidValue(named.code) if named and getattr(named, "is_public", True) else None
        if code in PartyRole.values:
            names = self._parties.get((project.code, code))
            return SaidValue(named_records.BETWEEN.join(names)) if names else None
        value = getattr(project, code) if code in (*PLAIN_FACTS, "code", "slug", "version") else None
        return SaidValue(str(value)) if value else None

    def _date(self, measure: str, topic: str, row: Standing) -> SaidValue | None:
        """A column of either takes what came true, and else the promise."""
        facts = self._milestones[row.pk].get(measure)
        if facts is None:
            return None
        if facts.actual and topic != Topic.PROMISED:
            return SaidValue(facts.actual.value, facts.actual.qualifier, Topic.ACTUAL.value)
        if topic == Topic.ACTUAL:
            return None
        if facts.undecided:
            return SaidValue(PromiseState.TBD.value, facts.undecided.qualifier, Topic.PROMISED.value)
        said = facts.promised
        return SaidValue(said.value, said.qualifier, Topic.PROMISED.value) if said else None

    def _claimed(self, series: Series, row: Standing) -> SaidValue | None:
        """Where the heading names no book, what is unsaid or of the platform."""
        held = self._winners.get(row.project_id, {})
        said = held.get(methods.booked(series)) or held.get(series)
        return SaidValue(said.value, said.qualifier, series.topic) if said and said.value else None

    @cached_property
    def _milestones(self) -> dict[int, dict[str, Facts]]:
        """Those of the whole."""
        return {
            row.pk: {one["milestone"]: facts_from_json(one) for one in row.milestones if not one["scope"]}
            for row in self.rows
        }

    @cached_property
    def _parties(self) -> dict[tuple[str, str], list[str]]:
        return named_records.parties_of({"project__in": self._projects})

    @cached_property
    def _winners(self) -> dict[int, dict[Series, Statement]]:
        claims = Claim.objects.public(self.clocks.today)
        claims = claims.filter(
            project__in=self._projects, topic__in=OF_CLAIMS, known_on__lte=self.clocks.known
        )
        said: dict[int, list[Statement]] = defaultdict(list)
        for one in claims.select_related(*READ_WITH):
            said[one.project_id].append(one.statement())
        return {key: self._held(found) for key, found in said.items()}

    def _held(self, said: Iterable[Statement]) -> dict[Series, Statement]:
        alive = precedence.live(said, self.clocks.known)
        return precedence.winners(precedence.candidates(alive, self.clocks.asof))

    @cached_property
    def _projects(self) -> list[int]:
        return [row.project_id for row in self.rows]
