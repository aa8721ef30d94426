"""The rows for promised dates in the report form: one a milestone that is to come.

A row left empty says nothing: what was promised stands, and no claim is made of it. Which rows there are is
`reports.rules.milestone_dates`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from projects.choices import MoveReason
from projects.core.fuzzy_dates import Fuzzy
from projects.reports.rules import milestone_dates
from projects.reports.rules.content import Held, Key, Promise
from projects.words import dates
from projects.words.language import is_english

REASONS = [("", "—"), *MoveReason.choices]
PARTS = ("date", "reason", "words")


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
        """An id: a part's name may hold blanks."""
        return f"id_{part}_{self.number}"


class PromisedDates:
    """Part of the report form: adds the rows, reads them."""

    rows: tuple[DateRow, ...] = ()

    def add_rows(self, on_record: Held, kept: tuple[Promise, ...]) -> None:
        asked, others = milestone_dates.promised(on_record, kept), milestone_dates.others(on_record, kept)
        self.rows = tuple(
            DateRow(milestone, scope, number, (milestone, scope) in asked)
            for number, (milestone, scope) in enumerate([*asked, *others], start=1)
        )
        said = {one.key: one for one in kept}
        for row in self.rows:
            self._add(row, said.get(row.key))

    def _add(self, row: DateRow, kept: Promise | None) -> None:
        empty = {"placeholder": " "}  # the sheet sees by it whether anything was typed
        fields = {
            "date": forms.CharField(required=False, max_length=60, widget=forms.TextInput(empty)),
            "reason": forms.ChoiceField(choices=REASONS, required=False),
            "words": forms.CharField(required=False, max_length=300),
        }
        for part, field in fields.items():
            field.widget.attrs["id"] = row.element(part)
            self.fields[row.name(part)] = field
        if kept:
            shown = {"date": shown_date(kept.date), "reason": kept.reason, "words": kept.words}
            self.initial |= {row.name(part): text for part, text in shown.items()}

    def clean(self) -> dict:
        cleaned, kept = super().clean(), {one.key: one.date for one in self.kept.promises}
        for row in self.rows:
            name = row.name("date")
            if name in cleaned:
                self._read_row(row, kept.get(row.key))
        return cleaned

    def _read_row(self, row: DateRow, kept: Fuzzy | None) -> None:
        """A reason without a date has nothing to explain."""
        name = row.name("date")
        try:
            self.cleaned_data[name] = self.read_day(name, kept)
            if not self.cleaned_data[name] and self._explains(row):
                raise forms.ValidationError(_("Give the new date, or leave its reason empty as well."))
        except forms.ValidationError as bad:
            self.add_error(name, bad)

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
                yield Promise(row.milestone, on, row.scope, reason, words)


def shown_date(on: Fuzzy) -> str:
    """As one would type it: the words in Chinese, what they stand for in English."""
    return on.text if is_english() else dates.words(on)
