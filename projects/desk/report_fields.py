"""The report form: texts as typed, read into what a report says; what cannot be read stays as it was typed.

It refuses no incomplete report: whether one can be handed in is `reports.rules.checks`. The rows for the
dates of milestones are `desk.report_dates`, the block for a new problem `desk.problem_forms`; files are
`reports.attachments`.
"""

import re
from dataclasses import replace
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.choices import Condition, Stage, Unit
from projects.core import money
from projects.core.date_words import is_unchanged
from projects.core.fuzzy_dates import Fuzzy
from projects.core.money import Money
from projects.core.numbers import printed_decimals
from projects.core.refusals import Fault
from projects.desk.report_dates import MilestoneDates, shown_date
from projects.models import Project
from projects.pages.form_fields import Words, cut_date, read_date_words, read_money, read_number
from projects.reports.report_sheet import ReportSheet
from projects.reports.rules import soft_checks
from projects.reports.rules.content import Content, Held, Pause, amount_of
from projects.words.refusals import sentence
from projects.words.stage_words import stage_told_apart, stage_word

AMOUNTS = ("this_year", "to_date")
UNITS = [(Unit.WAN.value, Unit.WAN.label), (Unit.YI.value, Unit.YI.label), (Unit.YUAN.value, Unit.YUAN.label)]
CONFIRM = "confirm-"
PERCENT = "37.5%"
WITHIN = re.compile(r"(?<=[年月])(?:以内|之内|内)$")
PAUSE = {"reason": "pause_reason", "resumes": "pause_resumes", "note": "pause_note"}


def figure(most: int) -> forms.CharField:
    """Typed as text, with a phone's keys for numbers."""
    return forms.CharField(required=False, max_length=most, widget=forms.TextInput({"inputmode": "decimal"}))


def choice(choices) -> forms.ChoiceField:
    return forms.ChoiceField(choices=[("", "—"), *choices.choices], required=False)


def _stages_of(project: Project, held: Held) -> list[tuple[str, str]]:
    """As they are called of it; those that are called alike are told apart by the words that fit all.

    What is on record is called as it is there: 基本建成.
    """
    words = [stage_word(stage, held.qualifier_of(stage), project) for stage in Stage]
    return [
        (stage.value, word if words.count(word) == 1 else stage_told_apart(stage, project))
        for stage, word in zip(Stage, words, strict=True)
    ]


class ReportForm(MilestoneDates, forms.Form):
    """Of one sheet. `content()` is what could be read; the errors say what could not.

    `prefix` tells the boxes of several reports on one page apart; `data` has the names without it.
    """

    stage = choice(Stage)
    stage_on = forms.CharField(required=False, max_length=60)
    condition = choice(Condition)
    this_year_unit = forms.ChoiceField(choices=UNITS, required=False)
    this_year = figure(60)
    to_date_unit = forms.ChoiceField(choices=UNITS, required=False)
    to_date = figure(60)
    progress = figure(20)
    works = Words(required=False, max_length=500)
    next_steps = Words(required=False, max_length=500)
    pause_reason = forms.CharField(required=False, max_length=300)
    pause_resumes = forms.CharField(required=False, max_length=60)
    pause_note = Words(required=False, max_length=500)

    def __init__(self, sheet: ReportSheet, data: dict[str, str] | None = None, prefix: str | None = None):
        self.sheet, self.kept, self.said_on = sheet, sheet.content(), sheet.day
        if data and prefix:
            data = {f"{prefix}-{name}": text for name, text in data.items()}
        super().__init__(data, initial=texts(self.kept, sheet.held), prefix=prefix)
        self.fields["stage"].choices = [("", "—"), *_stages_of(sheet.project, sheet.held)]
        for code in soft_checks.FIELDS:
            self.fields[CONFIRM + code] = forms.CharField(required=False, max_length=300)
            self.initial[CONFIRM + code] = self.kept.confirmed.get(code, "")
        self.add_rows(sheet.held, self.kept)

    def clean_this_year(self) -> Money | None:
        return self._money("this_year")

    def clean_to_date(self) -> Money | None:
        return self._money("to_date")

    def _money(self, name: str) -> Money | None:
        """An exact sum: a report is no place for "about"."""
        text = self.cleaned_data[name]
        if not text or is_unchanged(text):
            return None
        amount, qualifier = read_money(text, self.cleaned_data.get(f"{name}_unit"))
        if qualifier:
            raise ValidationError(_("Give the exact figure here, without “about” or “more than”."))
        return amount

    def clean(self) -> dict:
        """One amount says something of the other: it cannot stay while the other is given anew."""
        cleaned = super().clean()
        for name, other in (AMOUNTS, AMOUNTS[::-1]):
            if is_unchanged(self.data.get(self.add_prefix(name), "")) and cleaned.get(other):
                self.add_error(name, _("Leave this empty: it is computed from the other amount."))
        return cleaned

    def clean_progress(self) -> Decimal | None:
        text = self.cleaned_data["progress"]
        if not text or is_unchanged(text):
            return None
        percent = read_number(text, "", PERCENT)
        if percent.unit not in ("", "%") or printed_decimals(percent.value) > 2:
            raise ValidationError(_("Write a percentage with at most two decimals, for example 37.5%."))
        if not 0 <= percent.value <= 100:
            code = "negative" if percent.value < 0 else "beyond_hundred"
            raise ValidationError(sentence(Fault(code, "progress")))
        return percent.value

    def clean_pause_resumes(self) -> Fuzzy | None:
        return self.read_day("pause_resumes", self.kept.pause.resumes)

    def read_day(self, name: str, kept: Fuzzy | None) -> Fuzzy | None:
        """Relative words count from the report's day; what nobody touched stays what it was."""
        text = self.cleaned_data[name]
        if kept is not None and (text == shown_date(kept) or is_unchanged(text)):
            return kept
        return read_date_words(text, self.said_on).value if text else None

    def read_reached(self, name: str, kept: Fuzzy | None) -> Fuzzy | None:
        """What has been lies before the report's day: 本月内 is the month up to it, and so is 今年."""
        text = self.cleaned_data[name]
        if not text or is_unchanged(text):
            return None
        if kept is not None and text == shown_date(kept):
            return kept
        on = read_date_words(WITHIN.sub("", text), self.said_on, has_come=True).value
        return cut_date(on, self.said_on) if on.earliest <= self.said_on else on

    def content(self) -> Content:
        """What could be read; where that failed, what is kept stays kept."""
        names = ("stage", "condition", *AMOUNTS, "progress", "works", "next_steps")
        said = {name: self._read(name, getattr(self.kept, name)) for name in names}
        pause = {part: self._read(name, getattr(self.kept.pause, part)) for part, name in PAUSE.items()}
        return replace(
            self.kept,
            **said,
            pause=Pause(**pause),
            promises=self.promises(self.kept.promises),
            actuals=self.actuals(self.kept.actuals, said["stage"]),
            confirmed=self._confirmed(),
            is_unchanged=False,
        )

    def _read(self, name: str, kept):
        return self.cleaned_data.get(name, kept)

    def _confirmed(self) -> dict[str, str]:
        reasons = {
            code: self._read(CONFIRM + code, self.kept.confirmed.get(code, "")) for code in soft_checks.FIELDS
        }
        return {code: reason for code, reason in reasons.items() if reason}


def as_kept(sheet: ReportSheet) -> dict[str, str]:
    """What stands in the boxes: what is kept as said, and as it was typed what could not be read."""
    form = ReportForm(sheet)
    kept = {name: str(form.initial.get(name) or "") for name in form.fields}
    return kept | (sheet.report.unread if sheet.report else {})


def left_unread(sheet: ReportSheet) -> dict[str, str] | None:
    """The boxes of a draft in which something could not be read; None of any other."""
    return as_kept(sheet) if sheet.report and sheet.report.unread else None


def texts(content: Content, on_record: Held) -> dict[str, str]:
    """A report as its form shows it; each sum in its own unit last used, of the report or of the record."""
    told = {name: getattr(content, name) for name in ("stage", "condition", "works", "next_steps")}
    for name in AMOUNTS:
        told |= _amount(name, getattr(content, name), on_record)
    told["progress"] = "" if content.progress is None else f"{content.progress:f}"
    pause = content.pause
    told |= {"pause_reason": pause.reason, "pause_note": pause.note}
    return told | {"pause_resumes": shown_date(pause.resumes) if pause.resumes else ""}


def _amount(name: str, amount: Money | None, on_record: Held) -> dict[str, str]:
    own, other = on_record.this_year, on_record.to_date
    if name == "to_date":
        own, other = other, own
    last = amount or amount_of(own or other)
    unit = last.unit if last else Unit.WAN.value
    return {name: money.figure(amount) if amount else "", f"{name}_unit": unit}
