"""A monthly report beside the record, and two versions of one report: field by field.

How a difference reads is `reports.diff_words`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from projects.choices import Condition
from projects.core.fuzzy_dates import Fuzzy
from projects.core.money import Money
from projects.core.statements import Statement
from projects.reports.rules.content import Actual, Content, Held, Promise, amount_of, essence

Said = str | Money | Decimal | Fuzzy


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a report; for a date of a milestone also whose it is, and why it moved.

    `before` and `after` are None where nothing is on record or nothing was said; `since` is the day of
    which the value before is true, where that is known; `qualifier` stands beside `after`,
    `held_qualifier` beside `before`.
    """

    field: str
    before: Said | None
    after: Said | None
    since: Fuzzy | None = None
    milestone: str = ""
    scope: str = ""
    reason: str = ""
    words: str = ""
    qualifier: str = ""
    held_qualifier: str = ""

    @property
    def is_news(self) -> bool:
        """Whether something else is said than what is on record: silence changes nothing."""
        return self.after is not None and _essence(self.after) != _essence(self.before)

    @property
    def change(self) -> int | Decimal | None:
        """By how much: yuan, percentage points, or days of the latest day that a date may be."""
        match self.before, self.after:
            case Money(yuan=before), Money(yuan=after):
                return after - before
            case Decimal(), Decimal():
                return self.after - self.before
            case Fuzzy(latest=before), Fuzzy(latest=after):
                return (after - before).days
        return None


def differences(content: Content, on_record: Held) -> tuple[Difference, ...]:
    """What a report says that is not on record so, in the order of the form."""
    return tuple(one for one in compared(content, on_record) if one.is_news)


def compared(content: Content, on_record: Held) -> tuple[Difference, ...]:
    """Every field of a report beside the record, in the order of the form."""
    return (
        _of_stage(content, on_record),
        Difference("condition", on_record.condition.value, content.condition or None),
        *_pause(content),
        of_amount("this_year", on_record.this_year, content.this_year),
        of_amount("to_date", on_record.to_date, content.to_date),
        Difference("progress", on_record.progress, content.progress),
        Difference("works", on_record.works or None, content.works.strip() or None),
        Difference("next_steps", None, content.next_steps.strip() or None),
        *(of_promise(promise, on_record) for promise in content.promises),
        *(_of_actual(actual, on_record) for actual in content.actuals),
    )


def _of_stage(content: Content, on_record: Held) -> Difference:
    before, again = on_record.stage and on_record.stage.value, on_record.qualifier_of(content.stage)
    return Difference(
        "stage", before, content.stage or None, qualifier=again, held_qualifier=on_record.stage_qualifier
    )


def of_amount(field: str, on_record: Statement | None, now: Money | None) -> Difference:
    if on_record is None:
        return Difference(field, None, now)
    return Difference(
        field, amount_of(on_record), now, since=on_record.as_of, held_qualifier=on_record.qualifier
    )


def of_promise(promise: Promise, on_record: Held) -> Difference:
    return Difference(
        "promises",
        on_record.promised.get(promise.key),
        promise.date,
        milestone=promise.milestone,
        scope=promise.scope,
        reason=promise.reason,
        words=promise.words,
        qualifier=promise.qualifier,
    )


def _of_actual(actual: Actual, on_record: Held) -> Difference:
    before = on_record.actual.get(actual.key)
    return Difference("actuals", before, actual.date, milestone=actual.milestone, scope=actual.scope)


def _pause(content: Content) -> Iterator[Difference]:
    """What explains a pause or an end; of work that goes on it says nothing."""
    pause = content.pause
    if content.condition not in ("", Condition.ACTIVE):
        yield Difference("pause_reason", None, pause.reason.strip() or None)
    if content.condition == Condition.PAUSED:
        yield Difference("pause_resumes", None, pause.resumes)
        yield Difference("pause_note", None, pause.note.strip() or None)


def _essence(said: Said | None) -> object:
    """What decides whether two values are the same: not how a sum or a date was written."""
    if isinstance(said, Money):
        return said.yuan
    return essence(said) if isinstance(said, Fuzzy) else said


PLAIN = ("stage", "condition", "this_year", "to_date", "progress", "works", "next_steps")
PAUSE = {"pause_reason": "reason", "pause_resumes": "resumes", "pause_note": "note"}


def plain(content: Content) -> dict[str, Said | None]:
    """What a report says but for its dates, by field, in the order of the form; None says nothing."""
    said = {name: getattr(content, name) for name in PLAIN}
    said |= {name: getattr(content.pause, part) for name, part in PAUSE.items()}
    return {name: _said(value) for name, value in said.items()}


def sides(kept: Content, typed: Content) -> list[Difference]:
    """What differs, in the order of the form: `before` is kept, `after` typed; None says nothing.

    Reasons for what is unusual are left out: they are no figures of the report.
    """
    before, after = plain(kept), plain(typed)
    return [
        *(Difference(name, one, after[name]) for name, one in before.items() if one != after[name]),
        *_dated("promises", kept.promises, typed.promises),
        *_dated("actuals", kept.actuals, typed.actuals),
    ]


def _dated(
    field: str, kept: tuple[Promise | Actual, ...], typed: tuple[Promise | Actual, ...]
) -> Iterator[Difference]:
    before, after = ({one.key: one for one in some} for some in (kept, typed))
    for key in sorted(before.keys() | after.keys()):
        one, other = before.get(key), after.get(key)
        if one != other:
            yield Difference(
                field,
                one.date if one else None,
                other.date if other else None,
                milestone=key[0],
                scope=key[1],
                reason=getattr(other, "reason", ""),
                words=getattr(other, "words", ""),
                qualifier=getattr(other, "qualifier", ""),
            )


def _said(value: Said | None) -> Said | None:
    """Nothing is said by an empty text; a 0 is said."""
    return None if value == "" else value
