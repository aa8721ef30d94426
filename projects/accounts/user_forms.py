"""The forms of accounts: Django's own, for our user; whoever reports does so for a unit.

An account is edited by two people like a record (`pages.versioned_form`).
"""

from django import forms
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    ReadOnlyPasswordHashField,
    ReadOnlyPasswordHashWidget,
    UserChangeForm,
    UserCreationForm,
)
from django.contrib.auth.hashers import is_password_usable
from django.utils.translation import gettext_lazy as _

from projects.choices import Role
from projects.models import User
from projects.pages.versioned_form import RecordForm


class PasswordState(ReadOnlyPasswordHashWidget):
    """Whether there is one, not by which recipe it is kept."""

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        is_set = value and is_password_usable(value)
        return context | {
            "summary": [{"label": _("A password is set.") if is_set else _("No password is set.")}]
        }


class OfAUnit:
    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        roles = {group.name for group in cleaned.get("groups") or ()}
        if Role.REPORTER in roles and not cleaned.get("department"):
            self.add_error("department", _("Whoever reports does so for a unit: choose it."))
        return cleaned


class NewUserForm(OfAUnit, AdminUserCreationForm):
    """Asks for a password twice, or leaves it to a one-time link."""

    usable_password = forms.ChoiceField(
        label=_("Password"),
        choices=[("true", _("is set here")), ("false", _("is set by its owner, with a one-time link"))],
        initial="true",
        required=False,
        widget=forms.RadioSelect,
        help_text=_("The link comes next, once it is saved."),
    )

    class Meta(AdminUserCreationForm.Meta):
        model = User


class GivenPasswordForm(AdminPasswordChangeForm):
    """Of another person."""

    usable_password_help_text = _(
        "Disabled, it is lost, and nobody signs in until its owner has set one with a one-time link."
    )


class UserForm(OfAUnit, RecordForm, UserChangeForm):
    """A stale one never gives a right back."""

    password = ReadOnlyPasswordHashField(label=_("Password"), widget=PasswordState)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if password := self.fields.get("password"):
            password.help_text = ""
        may_sign_in = self.fields["is_active"]
        may_sign_in.label = _("may sign in")
        may_sign_in.help_text = _(
            "Taken away from an account that is used no more; what was done stays on record."
        )

    class Meta(UserChangeForm.Meta):
        model = User


class AdministratorForm(UserCreationForm):
    """On the command line."""

    class Meta(UserCreationForm.Meta):
        model = User
        fields = ["username", "email"]
