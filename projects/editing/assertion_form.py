"""What the forms for claims and statistics share: source and place, the value as typed, the two clocks.

A form makes a draft and stores nothing; whoever uses it says when things become known and what is
wrong with a draft (`known_on_of`, `faults_of`: both are `actions`).
"""

from collections.abc import Callable
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from projects.choices import PromiseState, ValueKind
from projects.core import numbers
from projects.core.fuzzy_dates import Fuzzy
from projects.core.refusals import Fault
from projects.editing.source_place import check_place
from projects.models.assertion import COLUMNS, EMPTY, Assertion
from projects.pages.form_fields import cut_date, read_date, read_money, read_number, typed
from projects.words.refusals import sentence

PLACE = ["source", "section", "paragraph", "sentence"]
SAID = [*PLACE, "as_of", "basis", "note"]
FIGURE = ["unit", "qualifier", "printed_as"]
UNDECIDED = ("待定", "tbd", "TBD")


class AssertionForm(forms.ModelForm):
    """A draft. `corrected` is what it corrects, where it corrects something."""

    value = forms.CharField(
        label=_("Value"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_(
            "A sum such as 40亿元, 约1.5亿 or 300万元; a number; a date such as 2024-10 or 2025年底, or 待定"
            " where a promise has none; words."
        ),
    )
    as_of = forms.CharField(
        label=_("As of"),
        max_length=40,
        required=False,
        help_text=_(
            "The day it was true. Left empty, the date of the source. 2024, 2024-10, 2024年10月17日 …"
        ),
    )

    is_both = forms.BooleanField(
        label=_("The source says both"), required=False, help_text=_("Only where it contradicts itself.")
    )

    other_value: Callable[[Assertion, Assertion | None], Assertion | None]
    known_on_of: Callable[[Assertion], date]
    faults_of: Callable[[Assertion], list[Fault]]
    make_draft: Callable[[], Assertion] | None = None
    changed: Assertion | None = None  # what waits and is entered anew

    def __init__(self, *args, **kwargs):
        if self.make_draft is not None and kwargs.get("instance") is None:
            kwargs["instance"] = draft = self.make_draft()
            kwargs["initial"] = _as_corrected(draft.corrects) | (kwargs.get("initial") or {})
        if self.changed is not None:
            kwargs["initial"] = (kwargs.get("initial") or {}) | self.as_entered(self.changed)
        super().__init__(*args, **kwargs)
        if self.corrected is not None:
            self.fields["note"].required = True

    def as_entered(self, row: Assertion) -> dict:
        """A change opens with what was entered; each form adds the series that it asks for."""
        return _as_corrected(row) | {name: getattr(row, name) for name in ("basis", "note")}

    @property
    def corrected(self) -> Assertion | None:
        return self.instance.corrects

    def clean(self):
        cleaned = super().clean()
        check_place(self)
        if not cleaned.get("source"):
            return cleaned
        draft = self.instance
        for name in (*PLACE, "basis", "note", "qualifier", "printed_as", "members"):
            if name in cleaned:
                setattr(draft, name, cleaned[name])
        draft.known_on = self.known_on_of(draft)
        for read in (self.read_series, self.read_value, self.read_as_of):
            read()
        if not self.errors:
            for fault in self.faults_of(draft):
                self.add_error(self.field_of(fault), sentence(fault))
        if not self.errors and not cleaned.get("is_both"):
            self._ask_of_other()
        return cleaned

    def _ask_of_other(self) -> None:
        """Two values of one thing from one source are mostly a slip."""
        other = self.other_value(self.instance, self.changed)
        if other is not None:
            words = _(
                "“%(ref)s” takes another value of the same from this source: correct that one, or tick here."
            )
            self.add_error("is_both", words % {"ref": other.ref})

    def read_series(self) -> None:
        """A correction keeps the series of what it corrects; a form for something new takes its own."""

    def take_series(self, *names: str) -> None:
        """Put into the draft what was chosen under these names, and the period as it was typed."""
        draft, cleaned = self.instance, self.cleaned_data
        for name in names:
            if name in cleaned:
                setattr(draft, name, cleaned[name])
        draft.period = ""
        if text := cleaned.get("period", ""):
            with self.refusing("period"):
                draft.period = cleaned["period"] = read_date(text, self.said_on).text

    def kind_of_value(self) -> ValueKind | None:
        raise NotImplementedError

    def read_value(self) -> None:
        """The one column that the kind of value fills; the others are emptied."""
        draft, kind, text = self.instance, self.kind_of_value(), self.cleaned_data.get("value", "")
        for column, empty in EMPTY.items():
            setattr(draft, column, empty)
        draft.unit, draft.decimals = "", 0
        if kind and text:
            with self.refusing("value"):
                self._store(kind, text)

    def _store(self, kind: ValueKind, text: str) -> None:
        draft, unit = self.instance, self.cleaned_data.get("unit", "")
        match kind:
            case ValueKind.MONEY:
                read, word = read_money(text + unit)
                draft.value_yuan, draft.unit, draft.decimals = read.yuan, read.unit, read.decimals
                draft.qualifier = self.cleaned_data["qualifier"] = self.cleaned_data.get("qualifier") or word
            case ValueKind.NUMBER:
                read = read_number(text, unit)
                draft.value_number, draft.unit = read.value, read.unit
                draft.decimals = numbers.printed_decimals(read.value)
            case ValueKind.DATE if text.strip() in UNDECIDED:
                draft.value_code = PromiseState.TBD.value
            case ValueKind.DATE:
                draft.value_date = self.dated(read_date(text, self.said_on)).text
            case ValueKind.TEXT:
                draft.value_text = text
        self.cleaned_data["unit"] = draft.unit

    def dated(self, read: Fuzzy) -> Fuzzy:
        return read

    @property
    def said_on(self) -> date:
        """Relative words count from the day of the source."""
        return self.instance.source.published_latest

    def read_as_of(self) -> None:
        """As typed, else of what it corrects, else of the source; never beyond the day it became known."""
        draft, text = self.instance, self.cleaned_data.get("as_of", "")
        fallback = self.corrected.as_of if self.corrected else self.default_as_of()
        with self.refusing("as_of"):
            read = read_date(text or fallback, self.said_on)
            if read.earliest <= draft.known_on:
                read = cut_date(read, draft.known_on)
            draft.as_of = self.cleaned_data["as_of"] = read.text

    def default_as_of(self) -> str:
        return self.instance.source.published

    def refusing(self, field: str) -> "_Refusing":
        return _Refusing(self, field)

    def field_of(self, fault: Fault) -> str | None:
        """Beside which field a fault stands; above them all where the form has no such field."""
        return fault.on if fault.on in self.fields else None


class Withdrawing:
    """For a form without a value: what was published is wrong, and nothing is put in its place."""

    value = unit = qualifier = printed_as = code = kind = as_of = None

    def read_value(self) -> None:
        """There is none."""


class _Refusing:
    """What is refused within is said beside a field."""

    def __init__(self, form: AssertionForm, field: str):
        self.form, self.field = form, field

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace) -> bool:
        if isinstance(error, ValidationError):
            self.form.add_error(self.field, error)
            return True
        return False


def _as_corrected(row: Assertion) -> dict:
    """A correction opens with what it corrects."""
    text, unit = typed(row.value())
    kept = {name: getattr(row, name) for name in (*PLACE, "qualifier", "printed_as", "as_of")}
    if row.value_code:
        return kept | (
            {"value": UNDECIDED[0]} if row.value_code == PromiseState.TBD else {"code": row.value_code}
        )
    filled = (kind for kind, column in COLUMNS.items() if getattr(row, column) != EMPTY[column])
    return kept | {"value": text, "unit": unit, "kind": next(filled, None)}
