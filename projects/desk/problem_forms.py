"""The forms of problems: raising one in a report, answering one, closing one."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.core.date_words import examples
from projects.models import Department
from projects.pages.form_fields import Words, read_date
from projects.words.language import in_language


class ProblemForm(forms.Form):
    """`is_given` where anything of it was filled in."""

    problem_text = Words(label=gettext_lazy("what stands in the way"), required=False, max_length=500)
    problem_unit = forms.ChoiceField(label=gettext_lazy("responsible unit"), required=False)
    problem_due = forms.CharField(label=gettext_lazy("to be solved by"), required=False, max_length=60)

    def __init__(self, units: list[Department], said_on: date, data: dict[str, str] | None = None):
        super().__init__(data)
        self.units, self.said_on = {unit.code: unit for unit in units}, said_on
        self.fields["problem_unit"].choices = [("", "—"), *((unit.code, in_language(unit)) for unit in units)]

    @property
    def is_given(self) -> bool:
        return any((self.data.get(name) or "").strip() for name in self.fields)

    @property
    def day(self) -> date | None:
        """The one that could be read of a form that was sent."""
        return self.cleaned_data.get("problem_due") if self.is_bound else None

    def clean(self) -> dict:
        cleaned = super().clean()
        if not self.is_given:
            return cleaned
        missing = {
            "problem_text": _("Say in a few words what stands in the way."),
            "problem_unit": _("Choose the unit that can solve it."),
            "problem_due": _("Give the day by which it is to be solved."),
        }
        for name, words in missing.items():
            if name in cleaned and not cleaned[name]:
                self.add_error(name, words)
        return cleaned

    def clean_problem_due(self) -> date | None:
        """A day; of a month its last one."""
        text = self.cleaned_data["problem_due"]
        return read_date(text, self.said_on, examples(self.said_on)).latest if text else None

    def clean_problem_unit(self) -> Department | None:
        return self.units.get(self.cleaned_data["problem_unit"])


REPLY, CLOSE = "reply", "close"


class WordForm(forms.Form):
    """Whether there are words, and whose they may be, is for the action to say (`reports.problems`)."""

    do = forms.ChoiceField(choices=[(REPLY, REPLY), (CLOSE, CLOSE)])
    text = Words(required=False, max_length=500)
