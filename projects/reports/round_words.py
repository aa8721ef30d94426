"""How a monthly round reads: its columns, its numbers in one sentence, and the reminders to copy.

A reminder names units, projects and days, never a person. What is counted is `reports.rules.rounds`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.choices import ReportState
from projects.core.numbers import chinese_numeral
from projects.reports.rules.rounds import Tally
from projects.words import dates
from projects.words.language import either

# The columns of every overview, in their order, by the names of `Tally`.
COLUMNS = {
    "expected": gettext_lazy("Expected"),
    "missing": gettext_lazy("No report begun"),
    "draft": gettext_lazy("Draft"),
    "returned": gettext_lazy("Returned"),
    "submitted": gettext_lazy("Waiting for review"),
    "approved": gettext_lazy("Approved"),
    "handed_in": gettext_lazy("Handed in"),
    "late": gettext_lazy("Handed in late"),
}


@dataclass(frozen=True, slots=True)
class Owed:
    """A report that is still to come; `state` is "" where none was begun."""

    name: str
    code: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class UnitTally:
    """A unit with its numbers and what it still owes."""

    name: str
    tally: Tally
    owed: tuple[Owed, ...] = ()


@dataclass(frozen=True, slots=True)
class Occasion:
    """Which month is asked for until when, on which day that is told, and where one reports."""

    month: date
    closes_on: date
    is_past: bool
    on: date
    address: str
    book: str  # the address of the report book


def figures(tally: Tally) -> list[int]:
    return [getattr(tally, name) for name in COLUMNS]


def completeness(tally: Tally) -> str:
    return _("none expected") if tally.completeness is None else f"{tally.completeness}%"


def days(opens_on: date, closes_on: date) -> str:
    """From the first to the last: 2026年2月25日至3月5日."""
    return dates.period(f"{opens_on.isoformat()}/{closes_on.isoformat()}")


def in_one_sentence(month: date, on: date, tally: Tally) -> str:
    said = _(
        "As of %(on)s, %(handed_in)s of the %(expected)s reports expected for %(month)s have been handed in"
        " (%(completeness)s); late among them: %(late)s; outstanding: %(outstanding)s."
    )
    counted = {name: getattr(tally, name) for name in ("expected", "handed_in", "late", "outstanding")}
    told = {"month": dates.month(month), "on": dates.day(on)}
    return said % (counted | told | {"completeness": completeness(tally)})


def reminder(when: Occasion, unit: UnitTally) -> str:
    """For one unit."""
    counts = _(
        "As of %(on)s your unit has handed in %(handed_in)s of %(expected)s reports; outstanding:"
        " %(outstanding)s."
    )
    lines = [_("To %(unit)s:") % {"unit": unit.name}, "", _asked(when, counts, unit.tally), ""]
    return _letter(when, [*lines, *items(unit.owed)])


def reminder_to_all(when: Occasion, units: list[UnitTally]) -> str:
    """One text for all units that still owe something; the numbers are those of all given."""
    counts = _(
        "As of %(on)s, %(handed_in)s of %(expected)s reports have been handed in; outstanding:"
        " %(outstanding)s."
    )
    whole = sum((unit.tally for unit in units), Tally())
    lines = [_("To the units concerned:"), "", _asked(when, counts, whole)]
    for number, unit in enumerate((unit for unit in units if unit.owed), start=1):
        lines += ["", numbered(number, heading(unit)), *items(unit.owed)]
    return _letter(when, lines)


def heading(unit: UnitTally) -> str:
    """A unit over the list of what it owes."""
    return either(f"{unit.name}（{len(unit.owed)}个）", f"{unit.name} ({len(unit.owed)})")


def numbered(number: int, words: str) -> str:
    return either(f"{chinese_numeral(number)}、{words}", f"{number}. {words}")


def numbered_below(number: int, words: str) -> str:
    """On the second level of a paper."""
    return either(f"（{chinese_numeral(number)}）{words}", f"({number}) {words}")


def items(owed: tuple[Owed, ...]) -> Iterator[str]:
    """1. 某项目（QJ-0001，草稿，尚未提交）"""
    notes = {
        ReportState.DRAFT: _("draft, not handed in"),
        ReportState.RETURNED: _("returned, to be changed and handed in again"),
    }
    for number, one in enumerate(owed, start=1):
        known = [one.code, *filter(None, [notes.get(one.state)])]
        told = either(f"（{'，'.join(known)}）", f" ({', '.join(known)})")
        yield f"{number}. {one.name}{told}"


def _asked(when: Occasion, counts: str, tally: Tally) -> str:
    """Until when, how many are there, and what is asked."""
    if when.is_past:
        limit = _("The last day for the reports of %(month)s was %(closes_on)s.")
        wish = _("Please hand in the following without delay; what comes after the last day is late:")
    else:
        limit = _("The last day for the reports of %(month)s is %(closes_on)s.")
        wish = _("Please hand in the following by that day:")
    told = {
        "month": dates.month(when.month),
        "closes_on": dates.day(when.closes_on),
        "on": dates.day(when.on),
    }
    told |= {name: getattr(tally, name) for name in ("expected", "handed_in", "outstanding")}
    return either("", " ").join([limit % told, counts % told, wish])


def _letter(when: Occasion, lines: list[str]) -> str:
    title = _("Reminder: monthly reports for %(month)s") % {"month": dates.month(when.month)}
    where = _("Report here: %(address)s") % {"address": when.address}
    hint = _("Where nothing has changed, one click there says so.")
    book = _("Or as a workbook to fill in: %(address)s") % {"address": when.book}
    return "\n".join([title, "", *lines, "", where, hint, book])
