"""The two clocks of a page: as of which day, as known on which day.

Reads what an address asks for and keeps it within what there is; the sentences about what was
changed are in `words`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

THEN = "then"


@dataclass(frozen=True, slots=True)
class Reach:
    """The earliest days about which, and on which, anything is known."""

    first_asof: date
    first_known: date


@dataclass(frozen=True, slots=True)
class ClockNotice:
    """What was asked for and could not be had: which clock, why, the text, the day taken instead."""

    clock: str
    why: str
    text: str
    taken: date


class Clocks(NamedTuple):
    asof: date
    known: date
    today: date
    notices: tuple[ClockNotice, ...] = ()

    @property
    def is_today(self) -> bool:
        return self.asof == self.known == self.today

    @property
    def alone(self) -> Clocks:
        """The same days without the notices: a key by which a page's figures are remembered."""
        return self._replace(notices=())

    @property
    def is_as_known_then(self) -> bool:
        """Whether nothing counts that was published after the day shown."""
        return self.known == self.asof != self.today

    @property
    def asked(self) -> dict[str, str]:
        """What travels in links: only what differs from today."""
        if self.is_today:
            return {}
        return {"asof": self.asof.isoformat()} | (
            {"known": self.known.isoformat()} if self.known != self.today else {}
        )


def read(asof: str, known: str, today: date, reach: Reach) -> Clocks:
    """Without parameters today; with only `asof` known today; with only `known` as of that day.

    A form has one date, and a box for the other clock: with `known=then` both are the same day.
    """
    known = asof if known == THEN else known
    known_on, known_notice = read_day("known", known, today, reach.first_known, today)
    fallback = known_on if known and not asof else today
    asof_on, asof_notice = read_day("asof", asof, fallback, reach.first_asof, today)
    return Clocks(asof_on, known_on, today, tuple(filter(None, (known_notice, asof_notice))))


def read_day(
    clock: str, text: str, fallback: date, first: date, today: date
) -> tuple[date, ClockNotice | None]:
    """The day asked for, kept between the first on record and today, and what had to be changed."""
    if not text:
        return fallback, None
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return fallback, ClockNotice(clock, "unreadable", text, fallback)
    taken = min(max(asked, first), today)
    if taken == asked:
        return taken, None
    return taken, ClockNotice(clock, "in_future" if asked > today else "too_early", text, taken)
