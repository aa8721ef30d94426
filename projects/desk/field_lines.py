"""One field of a report form as its page shows it: its input, what is on record, what is wrong or unusual."""

from dataclasses import dataclass, field

from django.forms import BoundField, Form
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from projects.core.date_words import is_unchanged
from projects.reports import diff_words
from projects.reports.rules.report_diff import Difference
from projects.words import figures
from projects.words.language import either


@dataclass
class FieldLine:
    """One field: its input, what is on record, by how much it differs, what is wrong, what to confirm."""

    bound: BoundField
    label: str = ""
    beside: BoundField | None = None  # the unit of a sum
    then: "FieldLine | None" = None  # what is asked with it in one cell
    before: str = ""
    is_internal: bool = False  # never on record: what stands before it is the last report's
    since: str = ""
    is_read: bool = False  # its text is read into a value: the script asks for it
    reading: list[str] = field(default_factory=list)  # what was understood, by how much it differs
    faults: list[str] = field(default_factory=list)
    doubts: list["Doubt"] = field(default_factory=list)
    is_dead_end: bool = False  # a figure on record stands in the way
    wrong_month: str = ""  # of the report that published it; none where a document says it

    @property
    def id(self) -> str:
        return self.bound.field.widget.attrs.get("id") or self.bound.auto_id

    @property
    def answer(self) -> str:
        """Of a text: what was understood, or why it cannot be."""
        return " ".join(self.faults) or self.understood

    @property
    def understood(self) -> str:
        """Nothing of what could not be read: what is kept instead would be taken for it."""
        if self.bound.errors:
            return ""
        if self.is_read and is_unchanged(str(self.bound.value() or "")):
            return _("the published value stands")
        return either("，", "; ").join(filter(None, self.reading))

    @property
    def widget(self) -> SafeString:
        return self._input(self.bound)

    @property
    def unit(self) -> SafeString:
        words = f"{self.label} · {_('Unit')}"
        return self._input(self.beside, **{"aria-label": words}) if self.beside else ""

    def _input(self, bound: BoundField, **attrs: str) -> SafeString:
        told = [f"{self.id}-{part}" for part in ("before", "fault") if self._has(part)]
        attrs |= {"aria-describedby": " ".join(told)} if told else {}
        return bound.as_widget(attrs=attrs | ({"aria-invalid": "true"} if self.faults else {}))

    def _has(self, part: str) -> bool:
        return bool(self.before if part == "before" else self.faults)


@dataclass
class Doubt:
    """What is unusual, with the input for the reason; `words` names it where it is no open question."""

    bound: BoundField
    words: str
    is_open: bool

    @property
    def id(self) -> str:
        return self.bound.auto_id

    @property
    def widget(self) -> SafeString:
        invalid = {"aria-invalid": "true"} if self.is_open else {}
        return self.bound.as_widget(attrs={"aria-describedby": f"{self.id}-doubt"} | invalid)


def plain(form: Form, name: str) -> FieldLine:
    return FieldLine(form[name], faults=errors_of(form[name]))


def errors_of(bound: BoundField) -> list[str]:
    return [str(error) for error in bound.errors]


def reading_of(one: Difference | None) -> list[str]:
    if one is None:
        return []
    return [figures.qualified(diff_words.reading(one.after), one.qualifier), diff_words.line(one).change]
