"""The forms of accounts: Django's own, for our user; whoever reports does so for a unit.

An account is edited by two people like a record (`pages.versioned_form`).
"""

from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm, UserCreationForm
from django.utils.translation import gettext_lazy as _

from projects.choices import Role
from projects.models import User
from projects.pages.versioned_form import RecordForm


class OfAUnit:
    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        roles = {group.name for group in cleaned.get("groups") or ()}
        if Role.REPORTER in roles and not cleaned.get("department"):
            self.add_error("department", _("Whoever reports does so for a unit: choose it."))
        return cleaned


class NewUserForm(OfAUnit, AdminUserCreationForm):
    """Asks for a password twice."""

    class Meta(AdminUserCreationForm.Meta):
        model = User


class UserForm(OfAUnit, RecordForm, UserChangeForm):
    """A stale one never gives a right back."""

    class Meta(UserChangeForm.Meta):
        model = User


class AdministratorForm(UserCreationForm):
    """On the command line."""

    class Meta(UserCreationForm.Meta):
        model = User
        fields = ["username", "email"]
