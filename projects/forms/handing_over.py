"""What is handed over, and to whom: every project of the unit unless some are left out."""

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.models import Department, Project
from projects.pages.form_fields import RowsField


class HandOverForm(forms.Form):
    to = forms.ModelChoiceField(Department.objects.none(), label=_("Receiving unit"))
    projects = RowsField(Project.objects.none(), label=_("Projects"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, giver: Department, *args, **kwargs):
        own = giver.projects.order_by("code")
        super().__init__(*args, initial={"projects": own}, **kwargs)
        self.fields["to"].queryset = Department.objects.exclude(pk=giver.pk)
        self.fields["projects"].queryset = own
