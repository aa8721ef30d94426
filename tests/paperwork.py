"""Rounds and monthly reports for tests: a project on record, what an official says of it, and each state."""

from datetime import date

from projects.choices import Condition, Stage, Topic
from projects.claims import projection
from projects.core.money import Money
from projects.models import Project, Report, Round
from projects.models.source import Source
from projects.reports import moves, rounds
from projects.reports.rules.content import Content
from tests.cast import AT, Cast, department, project, published, source

MONTH = "2026-02"
OPENS_ON, CLOSES_ON = date(2026, 2, 25), date(2026, 3, 5)
TOTAL = Money(40 * 10**8, "yi", 0)
INVESTED = Money(10 * 10**8, "yi", 0)
MORE = Money(11 * 10**8, "yi", 0)


def month_round(month: str = MONTH) -> Round:
    """Opened by the command."""
    return Round.objects.filter(month=month).first() or rounds.open_round(month, by=None, at=AT)


def on_record(stage: str = Stage.BUILDING.value, said_in: Source | None = None, **fields) -> Project:
    """A project of the reporter's unit: at a stage, with a total and what was invested in October 2024."""
    fields = {"department": department()} | fields
    of = project(**fields)
    said_in = said_in or source()
    published(of, Topic.STAGE, stage, source=said_in)
    published(of, Topic.TOTAL_INVESTMENT, TOTAL, source=said_in)
    published(of, Topic.INVESTED_TO_DATE, INVESTED, source=said_in)
    projection.rebuild(of)
    return of


def nearly_completed() -> Project:
    """基本建成, as its source is read."""
    of = on_record()
    said = {"qualifier": "nearly", "basis": "inferred", "note": "说基本建成", "as_of": "2025-06"}
    published(of, Topic.STAGE, Stage.COMPLETED.value, source=source("later", published="2025-06"), **said)
    projection.rebuild(of)
    return of


def content(**changes) -> Content:
    fields = {"stage": Stage.BUILDING.value, "condition": Condition.ACTIVE.value, "to_date": MORE}
    return Content(**fields | changes)


PLAIN = content(to_date=INVESTED)  # the figure on record: nothing asks for a look of its own


def draft_of(
    of: Project, people: Cast, said: Content | None = None, monthly_round: Round | None = None, at=AT
) -> Report:
    said, monthly_round = said or content(), monthly_round or month_round()
    return moves.save_draft(of, said, monthly_round=monthly_round, expected=0, by=people.reporter, at=at)


def submitted(
    of: Project, people: Cast, said: Content | None = None, monthly_round: Round | None = None, at=AT
):
    draft = draft_of(of, people, said, monthly_round, at)
    return moves.submit(draft, expected=draft.version, by=people.reporter, at=at)


def returned(of: Project, people: Cast, said: Content | None = None, note: str = "Which lot?") -> Report:
    handed = submitted(of, people, said)
    return moves.return_(handed, expected=handed.version, note=note, by=people.reviewer, at=AT)


def approved(
    of: Project, people: Cast, said: Content | None = None, monthly_round: Round | None = None, at=AT
):
    handed = submitted(of, people, said, monthly_round, at)
    return moves.approve(handed, expected=handed.version, by=people.reviewer, at=at)


def moved(act, at=AT, **kwargs) -> Report:
    """Make a move with the one report there is, as it is now: `moved(moves.approve, by=…)`."""
    report = Report.objects.get()
    return act(report, expected=report.version, at=at, **kwargs)
