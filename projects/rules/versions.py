"""Two versions of one report set side by side: the one that is kept, the one that was typed meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

from projects.rules.differences import Difference
from projects.rules.reported import Content, Promise

PLAIN = ("stage", "condition", "this_year", "to_date", "progress", "works", "next_steps")
PAUSE = {"pause_reason": "reason", "pause_resumes": "resumes", "pause_note": "note"}


def sides(kept: Content, typed: Content) -> list[Difference]:
    """What differs, in the order of the form: `before` is kept, `after` typed; None says nothing.

    Reasons for what is unusual are left out: they are no figures of the report.
    """
    both = [(name, getattr(kept, name), getattr(typed, name)) for name in PLAIN]
    both += [(name, getattr(kept.pause, part), getattr(typed.pause, part)) for name, part in PAUSE.items()]
    plain = [Difference(name, _said(one), _said(other)) for name, one, other in both if one != other]
    return [*plain, *_promised(kept.promises, typed.promises)]


def _promised(kept: tuple[Promise, ...], typed: tuple[Promise, ...]) -> Iterator[Difference]:
    before, after = ({one.key: one for one in some} for some in (kept, typed))
    for key in sorted(before.keys() | after.keys()):
        one, other = before.get(key), after.get(key)
        if one != other:
            why = {"reason": other.reason, "words": other.words} if other else {}
            dates = (one and one.date, other and other.date)
            yield Difference("promises", *dates, milestone=key[0], scope=key[1], **why)


def _said(value):
    """Nothing is said by an empty text; a 0 is said."""
    return None if value == "" else value
