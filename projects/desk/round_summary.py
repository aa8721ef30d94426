"""What the pages of rounds show: units and their numbers, who has not reported, reminders to copy."""

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from projects.choices import Role, RoundState
from projects.core.roles import Person
from projects.models import Round
from projects.pages import page_frame
from projects.reports import round_overview, round_words
from projects.reports.round_files import unit, unit_name
from projects.reports.round_overview import Summary, UnitLine, total
from projects.reports.round_words import Occasion
from projects.reports.rules import rounds
from projects.reports.rules.rounds import Tally
from projects.words import deadlines

DUE = (RoundState.OPEN, RoundState.OVERDUE)
MAX_LISTED = 300  # projects on a page; beyond them one unit at a time


def state_of(monthly_round: Round) -> RoundState:
    days, today = (monthly_round.opens_on, monthly_round.closes_on), timezone.localdate()
    return rounds.state_of(*days, monthly_round.is_closed, today, monthly_round.is_called_off)


def summary(told: Summary) -> dict:
    """A round as one row of the list."""
    monthly_round = told.round
    days = round_words.days(monthly_round.opens_on, monthly_round.closes_on)
    return {"round": monthly_round, "days": days, "state": state_of(monthly_round)} | numbers_of(told.tally)


def numbers_of(tally: Tally) -> dict:
    """The figures of a row, each with the word of its column, and their rate."""
    figures = list(zip(round_words.COLUMNS.values(), round_words.figures(tally), strict=True))
    return {"tally": tally, "figures": figures, "completeness": round_words.completeness(tally)}


def listed(request: HttpRequest, monthly_round: Round, lines: list[UnitLine]) -> dict[str, bool]:
    """Put beside the units what they owe: all of it, or where that is too much, of one that was chosen."""
    outstanding = total(lines).outstanding
    chosen = [line for line in lines if code_of(line) == request.GET.get("unit")]
    if outstanding <= MAX_LISTED:
        wanted = Q()
    elif chosen:
        wanted = Q(department=chosen[0].department)
    else:
        return {"is_long": True, "is_cut": False}
    found = round_overview.owing(monthly_round, request.person, wanted, MAX_LISTED)
    round_overview.with_entries(lines, found)
    is_long = outstanding > MAX_LISTED
    return {"is_long": is_long, "is_cut": is_long and chosen[0].tally.outstanding > MAX_LISTED}


def code_of(line: UnitLine) -> str:
    return line.department.code if line.department else "none"


def overview(request: HttpRequest, monthly_round: Round, lines: list[UnitLine]) -> dict:
    state, person, whole = state_of(monthly_round), request.person, total(lines)
    shown = listed(request, monthly_round, lines)
    when = _occasion(request, monthly_round, state)
    is_reviewer = person.has(Role.REVIEWER)
    closed_on = timezone.localdate(monthly_round.closed_at) if monthly_round.is_closed else None
    asked = [unit(line) for line in lines if line.department] if not shown["is_long"] else []
    return {
        "round": monthly_round,
        "days": round_words.days(monthly_round.opens_on, monthly_round.closes_on),
        "left": deadlines.left((monthly_round.closes_on - when.on).days) if state in DUE else "",
        "closed_on": closed_on,
        "state": state,
        "said": round_words.in_one_sentence(monthly_round.month_earliest, closed_on or when.on, whole),
        "columns": list(round_words.COLUMNS.values()),
        "rows": [
            _row(line, when if is_reviewer else None, _reports_here(person, line, state)) for line in lines
        ],
        "whole": numbers_of(whole),
        "is_reviewer": is_reviewer,
        "sees_all": person.reads_all_reports,
        "later": round_overview.came_later(monthly_round, person),
        "most": MAX_LISTED,
        **shown,
        "nobodys": sum(line.tally.outstanding for line in lines if line.department is None),
        "to_all": round_words.reminder_to_all(when, asked) if any(one.owed for one in asked) else "",
    }


def _row(line: UnitLine, when: Occasion | None, reports_here: bool) -> dict:
    is_whole = len(line.outstanding) == line.tally.outstanding
    is_asked = when is not None and line.department is not None and line.outstanding and is_whole
    return numbers_of(line.tally) | {
        "unit": unit_name(line.department),
        "anchor": f"unit-{line.department.pk if line.department else 'none'}",
        "outstanding": line.outstanding,
        "code": code_of(line),
        "reports_here": reports_here,
        "reminder": round_words.reminder(when, unit(line)) if is_asked else "",
        "contact": line.department.contact if is_asked else "",
    }


def _reports_here(person: Person, line: UnitLine, state: RoundState) -> bool:
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
        book=page_frame.root(request) + reverse("report_book", args=[monthly_round.month]),
    )
