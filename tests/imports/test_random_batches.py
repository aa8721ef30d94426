"""Whatever files are sent, approved, refused and withdrawn: projects stand as the rules say."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from projects.choices import Topic
from projects.claims import projection
from projects.core import fuzzy_dates, precedence
from projects.core.money import Money
from projects.core.refusals import Refused
from projects.core.statements import Series, Statement
from projects.imports import batches, decisions
from projects.models import Batch, Claim, Current, Project
from tests.cast import AT, Cast, cast, project
from tests.imports.rows import claim, kept, row

TOTAL = Series(Topic.TOTAL_INVESTMENT.value)
MONTHS = ("2025-11", "2025-12", "2026-01", "2026-02")
cells = st.tuples(st.integers(0, 1), st.sampled_from(MONTHS), st.integers(1, 3))
sends = st.tuples(st.just("send"), st.lists(cells, min_size=1, max_size=2, unique_by=lambda one: one[0]))
moves = st.tuples(st.sampled_from(["approve", "refuse", "withdraw"]), st.integers(0, 4))


class Office:
    """The application beside a list of statements to which the rules are applied directly."""

    def __init__(self):
        self.people: Cast = cast()
        self.projects: list[Project] = [project(), project()]
        self.sent: list[Batch] = []
        self.day = AT
        self.said: dict[int, list[tuple[str, Statement]]] = {}  # by batch, with the project's code

    def send(self, told: list) -> None:
        rows = [
            row(
                self.projects[which],
                claim(Money(yi * 10**8, "yi", 0), as_of=fuzzy_dates.parse(month)),
                number=number,
            )
            for number, (which, month, yi) in enumerate(told, start=2)
        ]
        draft = kept(self.people)
        try:
            (batch,) = batches.send(draft, rows, expected=1, by=self.people.editor, at=self.day)
        except Refused as refused:
            assert refused.code == "batch_changes_nothing"
        else:
            self.sent.append(batch)

    def decide(self, what: str, which: int) -> None:
        if not self.sent:
            return
        batch = Batch.objects.get(pk=self.sent[which % len(self.sent)].pk)
        told = {"expected": batch.version, "by": self.people.second_editor, "at": self.day}
        try:
            if what == "approve":
                self.said[batch.pk] = self.statements(decisions.approve(batch, **told))
            elif what == "refuse":
                decisions.refuse(batch, why="no", **told)
            else:
                second = decisions.withdraw(batch, why="no", **told | {"by": self.people.editor})
                told["expected"] = second.version
                decisions.approve(second, **told)
                del self.said[batch.pk]
        except Refused as refused:
            assert refused.code == "decided_already"

    def statements(self, batch: Batch) -> list[tuple[str, Statement]]:
        rows = batch.claims.select_related("project", "source", "section", "corrects")
        return [(one.project.code, one.statement()) for one in rows]

    def total(self, of: Project) -> int | None:
        said = [one for told in self.said.values() for code, one in told if code == of.code]
        held = precedence.strongest(said)
        return held.value_as(Money).yuan if held else None


@pytest.mark.django_db
@given(steps=st.lists(sends | moves, max_size=12))
def test_projects_stand_as_the_rules_say(steps):
    with transaction.atomic():
        office = Office()
        for what, told in steps:
            office.send(told) if what == "send" else office.decide(what, told)
            office.day += timedelta(days=1)
        for of in office.projects:
            held = Current.objects.filter(project=of).values_list("total_investment", flat=True).first()
            assert held == office.total(of) and not projection.differs(of)
        refused = Claim.objects.filter(batch__state="refused")
        assert not refused.filter(approved_at__isnull=False).exists()
        transaction.set_rollback(True)
