"""The rows for the dates of milestones in the report form: one a milestone that is to come.

Each takes a new promised date, or the day on which it was reached. A row left empty says nothing: what was
promised stands, and no claim is made of it. Which rows there are is `reports.rules.milestone_dates`; the day
of the step that the stage has moved to has a field of its own beside the stage.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from projects.choices import MoveReason
from projects.core.date_words import EXPECTED, DateRead, is_unchanged
from projects.core.fuzzy_dates import Fuzzy
from projects.pages.form_fields import read_promise
from projects.reports.rules import milestone_dates
from projects.reports.rules.content import UNDECIDED, Actual, Content, Held, Key, Promise
from projects.words import dates
from projects.words.language import is_english

REASONS = [("", "—"), *MoveReason.choices]
PARTS = ("date", "reason", "words")
ACTUAL, STAGE_ON = "actual", "stage_on"
NO_DATE = "待定"


@dataclass(frozen=True, slots=True)
class DateRow:
    """One milestone; `asked` is False where it waits behind "another milestone"."""

    milestone: str
    scope: str
    number: int
    is_asked: bool

    @property
    def key(self) -> Key:
        return (self.milestone, self.scope)

    def name(self, part: str) -> str:
        return "-".join(filter(None, (part, self.milestone, self.scope)))

    def element(self, part: str) -> str:
        """An id: a part's name may hold blanks; one of the whole can be linked to."""
        return f"id_{part}_{self.number if self.scope else self.milestone}"


class MilestoneDates:
    """Part of the report form: adds the rows, reads them."""

    rows: tuple[DateRow, ...] = ()

    def add_rows(self, on_record: Held, content: Content) -> None:
        beside_stage = stage_key(content)
        reached = {one.key: one for one in content.actuals}
        if beside_stage in reached:
            self.initial[STAGE_ON] = shown_date(reached.pop(beside_stage).date)
        kept = (*content.promises, *reached.values())
        asked, others = milestone_dates.promised(on_record, kept), milestone_dates.others(on_record, kept)
        self.rows = tuple(
            DateRow(milestone, scope, number, (milestone, scope) in asked)
            for number, (milestone, scope) in enumerate([*asked, *others], start=1)
        )
        said = {one.key: one for one in content.promises}
        for row in self.rows:
            self._add(row, said.get(row.key), reached.get(row.key))

    def _add(self, row: DateRow, kept: Promise | None, reached: Actual | None) -> None:
        empty = {"placeholder": " "}  # the sheet sees by it whether anything was typed
        fields = {
            "date": forms.CharField(required=False, max_length=60, widget=forms.TextInput(empty)),
            "reason": forms.ChoiceField(choices=REASONS, required=False),
            "words": forms.CharField(required=False, max_length=300),
            ACTUAL: forms.CharField(required=False, max_length=60),
        }
        for part, field in fields.items():
            field.widget.attrs["id"] = row.element(part)
            self.fields[row.name(part)] = field
        if kept:
            shown = {"date": shown_promise(kept), "reason": kept.reason, "words": kept.words}
            self.initial |= {row.name(part): text for part, text in shown.items()}
        if reached:
            self.initial[row.name(ACTUAL)] = shown_date(reached.date)

    def clean(self) -> dict:
        cleaned, kept = super().clean(), {one.key: one for one in self.kept.promises}
        for row in self.rows:
            if row.name("date") in cleaned:
                self._read_row(row, kept.get(row.key))
        reached = {one.key: one.date for one in self.kept.actuals}
        keys = {row.name(ACTUAL): row.key for row in self.rows} | {STAGE_ON: stage_key(self.kept)}
        for name, key in keys.items():
            if name in cleaned:
                self._read_actual(name, reached.get(key))
        return cleaned

    def _read_actual(self, name: str, kept: Fuzzy | None) -> None:
        try:
            self.cleaned_data[name] = self.read_reached(name, kept)
        except forms.ValidationError as bad:
            self.add_error(name, bad)

    def _read_row(self, row: DateRow, kept: Promise | None) -> None:
        """A reason without a date has nothing to explain."""
        name = row.name("date")
        try:
            self.cleaned_data[name] = self.read_promise(name, kept)
            if not self.cleaned_data[name] and self._explains(row):
                raise forms.ValidationError(_("Give the new date, or leave its reason empty as well."))
        except forms.ValidationError as bad:
            self.add_error(name, bad)

    def read_promise(self, name: str, kept: Promise | None) -> DateRead | None:
        """What nobody touched stays what it was; 不变 promises nothing anew."""
        text = self.cleaned_data[name]
        if kept is not None and text == shown_promise(kept):
            return DateRead(kept.date if isinstance(kept.date, Fuzzy) else None, kept.qualifier)
        if not text or is_unchanged(text):
            return None
        return read_promise(text, self.said_on)

    def _explains(self, row: DateRow) -> bool:
        return any(self.cleaned_data.get(row.name(part)) for part in ("reason", "words"))

    def promises(self, kept: tuple[Promise, ...]) -> tuple[Promise, ...]:
        return tuple(self._promises({one.key: one for one in kept}))

    def _promises(self, kept: dict[Key, Promise]) -> Iterator[Promise]:
        """A row of which a part could not be read stays as it is kept."""
        for row in self.rows:
            names = [row.name(part) for part in PARTS]
            if not all(name in self.cleaned_data for name in names):
                if row.key in kept:
                    yield kept[row.key]
                continue
            on, reason, words = (self.cleaned_data[name] for name in names)
            if on:
                yield Promise(row.milestone, on.value or UNDECIDED, row.scope, reason, words, on.qualifier)

    def actuals(self, kept: tuple[Actual, ...], stage: str) -> tuple[Actual, ...]:
        """What the field beside the stage says goes before its row."""
        before, found = {one.key: one for one in kept}, {}
        for row in self.rows:
            self._put_actual(found, row.name(ACTUAL), row.key, before.get(row.key))
        if key := _key_of(stage):
            self._put_actual(found, STAGE_ON, key, before.get(key))
        return tuple(found.values())

    def _put_actual(self, found: dict[Key, Actual], name: str, key: Key, kept: Actual | None) -> None:
        """What could not be read stays as it is kept."""
        if name not in self.cleaned_data:
            found |= {key: kept} if kept else {}
        elif on := self.cleaned_data[name]:
            milestone, scope = key
            found[key] = Actual(milestone, on, scope)


def stage_key(content: Content) -> Key | None:
    """Of which step the field beside the stage tells the day."""
    return _key_of(content.stage)


def _key_of(stage: str) -> Key | None:
    step = milestone_dates.reached_with(stage)
    return (step.value, "") if step else None


def shown_promise(one: Promise) -> str:
    """With 预计 before what is only expected, as it is read in either language; 待定 where none stands."""
    if not isinstance(one.date, Fuzzy):
        return NO_DATE
    return f"{EXPECTED if one.qualifier else ''}{shown_date(one.date)}"


def shown_date(on: Fuzzy) -> str:
    """As one would type it: the words in Chinese, what they stand for in English."""
    return on.text if is_english() else dates.words(on)
