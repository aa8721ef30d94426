"""Opening a round for a month, and closing one with what is still missing."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.core.numbers import narrow
from projects.pages.form_fields import check_day, read_date


class DayField(forms.DateField):
    """A day as the browser's own field sends it."""

    widget = forms.DateInput(attrs={"type": "date"})
    default_validators = [check_day]
    default_error_messages = {"invalid": _("Give a day such as 2026-03-25.")}

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%Y-%m-%d"], required=False, **kwargs)


class OpeningForm(forms.Form):
    """Which month it is and which days it may have is for the action to say (`reports.rounds`)."""

    month = forms.CharField(
        label=_("Month"),
        max_length=20,
        help_text=_("For example 2026-03."),
        error_messages={"required": _("Give the month, for example 2026-03.")},
    )
    opens_on = DayField(label=_("First day"), help_text=_("Within the month or later; may stay empty."))
    closes_on = DayField(label=_("Last day"), help_text=_("After the first day; may stay empty."))

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_month(self) -> str:
        """2026年3月 as 2026-03; what names no month of a year stays, and is refused as it was typed."""
        text = self.cleaned_data["month"]
        try:
            read = read_date(text, self.today)
        except forms.ValidationError:
            return text
        is_meant = read.precision == "month" and str(read.earliest.year) in narrow(text)
        return read.text if is_meant else text


class ClosingForm(forms.Form):
    """Where reports are outstanding, closing takes a second look."""

    sure = forms.BooleanField(
        required=False,
        error_messages={
            "required": _("Reports are outstanding: tick the box if it is to be closed all the same.")
        },
    )

    def __init__(self, *args, outstanding: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sure"].required = outstanding > 0
