"""The forms that make a claim: a new one, a correction, a withdrawal. The topic decides what the value is."""

import json

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.choices import Condition, Milestone, Stage, Topic, ValueKind
from projects.claims.rules import WHOLE_TOPICS
from projects.core.fuzzy_dates import Fuzzy
from projects.core.methods import TOPICS_WITH_METHOD
from projects.core.refusals import Fault
from projects.core.statements import DATED_TOPICS
from projects.editing.assertion_form import FIGURE, PLACE, SAID, AssertionForm, Withdrawing
from projects.models import Claim, Indicator
from projects.pages.form_fields import cut_date
from projects.words.refusals import sentence

CODES = [("", "---------"), (_("Stage"), Stage.choices), (_("Condition"), Condition.choices)]


class CorrectionForm(AssertionForm):
    """Another value of the same series: project, topic, measure, scope, period and method are kept."""

    code = forms.ChoiceField(
        label=_("Stage or condition"),
        choices=CODES,
        required=False,
        help_text=_("For these two topics; every other topic takes the value below."),
    )

    class Meta:
        model = Claim
        fields = [*FIGURE, *SAID]

    def kind_of_value(self) -> ValueKind | None:
        return Topic(self.instance.topic).takes if self.instance.topic in Topic.values else None

    def read_value(self) -> None:
        """A code is chosen, all else is typed; what was given in the other field is not dropped unsaid."""
        super().read_value()
        code, text = self.cleaned_data.get("code", ""), self.cleaned_data.get("value", "")
        takes_code = self.kind_of_value() == ValueKind.CODE
        if takes_code and text:
            self.add_error("value", _("This topic is chosen from the list: leave this empty."))
        if takes_code:
            self.instance.value_code = code
        elif code:
            self.add_error("code", _("This topic takes a value: leave this empty."))

    def dated(self, read: Fuzzy) -> Fuzzy:
        """What has happened has happened by the day it became known."""
        return cut_date(read, self.instance.known_on) if self.instance.topic == Topic.ACTUAL else read

    def default_as_of(self) -> str:
        """An actual date is true as of itself."""
        is_actual = self.instance.topic == Topic.ACTUAL
        return is_actual and self.instance.value_date or super().default_as_of()

    def field_of(self, fault: Fault) -> str | None:
        if fault.on == "value" and self.kind_of_value() == ValueKind.CODE:
            return "code" if "code" in self.fields else None
        return super().field_of(fault)


class WithdrawalForm(Withdrawing, CorrectionForm):
    class Meta:
        model = Claim
        fields = [*PLACE, "note"]


class ClaimForm(CorrectionForm):
    """A claim about any project."""

    milestone = forms.ChoiceField(
        label=_("Milestone"),
        choices=[("", "---------"), *Milestone.choices],
        required=False,
        help_text=_("Of a promised or an actual date."),
    )
    indicator = forms.ModelChoiceField(
        label=_("What the capacity measures"), queryset=Indicator.objects.all(), required=False
    )
    period = forms.CharField(
        label=_("Period"),
        max_length=40,
        required=False,
        help_text=_("Of a plan or a yearly or monthly amount: 2024, 2024-10, 2024年10月."),
    )

    class Meta:
        model = Claim
        fields = ["project", "topic", "scope", "period", "method", *FIGURE, *SAID]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topic"].widget.attrs["data-shows"] = json.dumps(
            {topic.value: _shown(topic) for topic in Topic}
        )

    def as_entered(self, row: Claim) -> dict:
        series = {name: getattr(row, name) for name in ("project", "topic", "scope", "period", "method")}
        counted = Indicator.objects.filter(code=row.measure).first() if row.topic == Topic.CAPACITY else None
        milestone = row.measure if row.topic in DATED_TOPICS else ""
        return super().as_entered(row) | series | {"milestone": milestone, "indicator": counted}

    def read_series(self) -> None:
        cleaned = self.cleaned_data
        self.take_series("project", "topic", "scope", "method")
        self.instance.measure = self._measure(cleaned.get("milestone", ""), cleaned.get("indicator"))

    def _measure(self, milestone: str, indicator: Indicator | None) -> str:
        """The milestone of a date, the indicator of a capacity; the other one is refused if it is given."""
        counted = indicator.code if indicator else ""
        if self.instance.topic in DATED_TOPICS:
            self._unwanted("indicator", counted)
            return milestone
        if self.instance.topic == Topic.CAPACITY:
            self._unwanted("milestone", milestone)
            return counted
        return milestone or counted

    def _unwanted(self, field: str, text: str) -> None:
        if text:
            self.add_error(field, sentence(Fault("measure_unwanted", "measure", {"text": text})))

    def field_of(self, fault: Fault) -> str | None:
        if fault.on == "measure":
            is_counted = self.instance.topic == Topic.CAPACITY or self.cleaned_data.get("indicator")
            return "indicator" if is_counted else "milestone"
        return super().field_of(fault)


def _shown(topic: Topic) -> list[str]:
    """The fields that a topic may take, of those that not every topic takes."""
    shown = {
        "milestone": topic in DATED_TOPICS,
        "indicator": topic == Topic.CAPACITY,
        "scope": topic not in WHOLE_TOPICS,
        "period": topic not in DATED_TOPICS,
        "code": topic.takes == ValueKind.CODE,
        "value": topic.takes != ValueKind.CODE,
        "unit": topic.takes == ValueKind.NUMBER,
        "qualifier": topic.takes in (ValueKind.MONEY, ValueKind.NUMBER)
        or topic in (Topic.STAGE, Topic.PROMISED),
        "printed_as": topic.takes in (ValueKind.MONEY, ValueKind.NUMBER),
        "method": topic in TOPICS_WITH_METHOD,
    }
    return [name for name, is_shown in shown.items() if is_shown]
