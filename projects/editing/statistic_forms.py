"""The forms that make a figure about the district: a new one, a correction, a withdrawal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.choices import ValueKind
from projects.editing.assertion_form import FIGURE, PLACE, SAID, AssertionForm, Withdrawing
from projects.models import Statistic


class StatisticCorrectionForm(AssertionForm):
    """Another value of the same subject, period and kind."""

    kind = forms.ChoiceField(
        label=_("Kind of value"),
        choices=[
            (ValueKind.MONEY, ValueKind.MONEY.label),
            (ValueKind.NUMBER, ValueKind.NUMBER.label),
            (ValueKind.TEXT, ValueKind.TEXT.label),
        ],
        initial=ValueKind.NUMBER,
        help_text=_("A class such as 百亿级 is words, never an amount."),
    )

    members = forms.CharField(
        label=_("Members"),
        required=False,
        help_text=_("Codes of the projects that the text names as its parts, such as QJ-0001 QJ-0002."),
    )

    class Meta:
        model = Statistic
        fields = ["members", *FIGURE, *SAID]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if said := self.changed or self.corrected:
            self.initial["members"] = " ".join(said.members)

    def clean_members(self) -> list[str]:
        return self.cleaned_data["members"].replace(",", " ").split()

    def kind_of_value(self) -> ValueKind | None:
        chosen = self.cleaned_data.get("kind")
        return ValueKind(chosen) if chosen else None


class StatisticWithdrawalForm(Withdrawing, StatisticCorrectionForm):
    class Meta:
        model = Statistic
        fields = [*PLACE, "note"]

    members = None


class StatisticForm(StatisticCorrectionForm):
    """A figure on any subject."""

    period = forms.CharField(
        label=_("Period"),
        max_length=40,
        required=False,
        help_text=_("The time it speaks of: 2024, 2024-10, 2024年上半年."),
    )

    class Meta:
        model = Statistic
        fields = ["subject", "period", "method", "is_target", "members", *FIGURE, *SAID]

    def as_entered(self, row: Statistic) -> dict:
        series = {name: getattr(row, name) for name in ("subject", "period", "method", "is_target")}
        return super().as_entered(row) | series

    def read_series(self) -> None:
        self.take_series("subject", "method", "is_target")
