"""Refusing asks why."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RefusalForm(forms.Form):
    why = forms.CharField(
        label=_("Why is it refused?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        error_messages={
            "required": _("Say why, for who entered it: for example, “the table on page 2 says 50”.")
        },
    )
