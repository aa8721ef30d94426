"""What files say of a milestone. Many projects say the same of theirs: it is judged once, and remembered."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from projects.choices import Milestone, Verdict
from projects.core.promises import Dated
from projects.models.standing import facts_from_json
from projects.opendata.bid_words import words_of_step
from projects.records.project_record import judged
from projects.words.column import NO_WORDS, words_of
from projects.words.columns import columns

MAX_TOLD = 2_000  # milestones that are remembered
OF_MILESTONE = [
    one.code
    for one in columns(
        "milestone+ scope first_promised promised actual verdict+ slip_min slip_max promised_state"
    )
]


class ToldMilestone(NamedTuple):
    """One of a project as it is told in a file: its columns, and what JSON makes of them."""

    columns: tuple
    as_record: dict
    verdict: Verdict | None
    slip: tuple[int | None, int | None]
    due_in: str  # the year of the first promise; empty without one


def told_milestone(row: dict, asof: date, is_bid: bool = False) -> ToldMilestone:
    """Many projects say the same: of the claims that say it only matters which are one and the same."""
    refs: dict[str, int] = {}
    said = []
    for name, one in row.items():
        if type(one) is list:
            ref, *told = one
            one = (refs.setdefault(ref, len(refs)), *told)
        said.append((name, one))
    return _told(tuple(said), asof, is_bid)


@lru_cache(MAX_TOLD)
def _told(said: tuple[tuple, ...], asof: date, is_bid: bool) -> ToldMilestone:
    told = facts_from_json(dict(said))
    verdict, slip = judged(told, asof)
    columns = (
        *(words_of_step(told.milestone) if is_bid else words_of(Milestone)[told.milestone]),
        told.scope,
        *(_text(told.first), _text(told.promised), _text(told.actual)),
        *words_of(Verdict).get(verdict, NO_WORDS),
        *(slip or (None, None)),
        told.state,
    )
    record = dict(zip(OF_MILESTONE, columns, strict=True))
    least, most, state = (record.pop(name) for name in ("slip_min", "slip_max", "promised_state"))
    record |= {"slip_days": None if least is None else [least, most], "promised_state": state}
    due_in = f"{told.first.value.latest:%Y}" if told.first else ""
    return ToldMilestone(columns, record, verdict, slip or (None, None), due_in)


def _text(said: Dated | None) -> str | None:
    return said.value.text if said else None
