"""What the pages of rounds show: units and their numbers, who has not reported, reminders to copy."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from projects.choices import Role, RoundState
from projects.core.roles import Person
from projects.models import Round
from projects.pages import page_frame
from projects.reports import round_words
from projects.reports.round_files import unit, unit_name
from projects.reports.round_overview import RoundLine, Summary, total
from projects.reports.round_words import Occasion
from projects.reports.rules import rounds
from projects.reports.rules.rounds import Tally
from projects.words import deadlines

DUE = (RoundState.OPEN, RoundState.OVERDUE)


def state_of(monthly_round: Round) -> RoundState:
    return rounds.state_of(
        monthly_round.opens_on, monthly_round.closes_on, monthly_round.is_closed, timezone.localdate()
    )


def summary(told: Summary) -> dict:
    """A round as one row of the list."""
    monthly_round = told.round
    days = round_words.days(monthly_round.opens_on, monthly_round.closes_on)
    return {"round": monthly_round, "days": days, "state": state_of(monthly_round)} | numbers_of(told.tally)


def numbers_of(tally: Tally) -> dict:
    """The figures of a row, each with the word of its column, and their rate."""
    figures = list(zip(round_words.COLUMNS.values(), round_words.figures(tally), strict=True))
    return {"tally": tally, "figures": figures, "completeness": round_words.completeness(tally)}


def overview(request: HttpRequest, monthly_round: Round, lines: list[RoundLine]) -> dict:
    state, person, whole = state_of(monthly_round), request.person, total(lines)
    when = _occasion(request, monthly_round, state)
    is_reviewer = person.has(Role.REVIEWER)
    asked = [unit(line) for line in lines if line.department]
    return {
        "round": monthly_round,
        "days": round_words.days(monthly_round.opens_on, monthly_round.closes_on),
        "left": deadlines.left((monthly_round.closes_on - when.on).days) if state in DUE else "",
        "closed_on": timezone.localdate(monthly_round.closed_at) if monthly_round.is_closed else None,
        "state": state,
        "said": round_words.in_one_sentence(monthly_round.month_earliest, when.on, whole),
        "columns": list(round_words.COLUMNS.values()),
        "rows": [
            _row(line, when if is_reviewer else None, _reports_here(person, line, state)) for line in lines
        ],
        "whole": numbers_of(whole),
        "is_reviewer": is_reviewer,
        "to_all": round_words.reminder_to_all(when, asked) if any(one.owed for one in asked) else "",
    }


def _row(line: RoundLine, when: Occasion | None, reports_here: bool) -> dict:
    is_asked = when is not None and line.department is not None and line.outstanding
    return numbers_of(line.tally) | {
        "unit": unit_name(line.department),
        "anchor": f"unit-{line.department.pk if line.department else 'none'}",
        "outstanding": line.outstanding,
        "reports_here": reports_here,
        "reminder": round_words.reminder(when, unit(line)) if is_asked else "",
    }


def _reports_here(person: Person, line: RoundLine, state: RoundState) -> bool:
    """Whether this person reports on the projects of a line, and the round has begun."""
    unit = line.department.pk if line.department else None
    return person.reports_for(unit) and state != RoundState.COMING


def _occasion(request: HttpRequest, monthly_round: Round, state: RoundState) -> Occasion:
    """Where a round was closed before its last day, that was the last."""
    last = (
        min(monthly_round.closes_on, timezone.localdate(monthly_round.closed_at))
        if monthly_round.is_closed
        else monthly_round.closes_on
    )
    return Occasion(
        month=monthly_round.month_earliest,
        closes_on=last,
        is_past=state in (RoundState.OVERDUE, RoundState.ENDED),
        on=timezone.localdate(),
        address=page_frame.root(request) + reverse("my_desk"),
    )
