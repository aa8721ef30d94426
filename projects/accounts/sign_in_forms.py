"""The forms of signing in, of the password and of the second factor: allauth's and Django's, in our words."""

from unicodedata import normalize

from allauth.account import forms as account
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as totp
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

LABELS = {
    "login": _("User name"),
    "password": _("Password"),
    "oldpassword": _("Present password"),
    "password1": _("New password"),
    "password2": _("New password again"),
    "new_password1": _("New password"),
    "new_password2": _("New password again"),
    "code": _("One-time code"),
}
PASSWORD_HELP = _("At least 12 characters; not only digits, no common password, not like your own name.")


class InOurWords:
    """Labels of ours, no placeholders; a code is typed on the keys for digits."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS[name]
            field.help_text = PASSWORD_HELP if name.endswith("password1") else ""
            field.widget.attrs.pop("placeholder", None)
        if "code" in self.fields:
            self.fields["code"].widget.attrs["inputmode"] = "numeric"


class OnceOnly:
    """A code that was accepted is not accepted again while the clock would let it pass.

    allauth remembers it for half a minute, and not the one that switches the second factor on; with the
    tolerance for clocks that are off a code passes for a minute and a half. It may be typed in wide digits.
    """

    def clean_code(self) -> str:
        self.cleaned_data["code"] = normalize("NFKC", self.cleaned_data["code"])
        code = super().clean_code()
        passes_for = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
        used = f"used-code:{self.user.pk}:{normalize_user_code(code)}"
        if not cache.add(used, "yes", timeout=passes_for):
            raise get_adapter().validation_error("incorrect_code")
        return code


class LoginForm(InOurWords, account.LoginForm):
    pass


class ReauthenticateForm(InOurWords, account.ReauthenticateForm):
    pass


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    def clean_password1(self) -> str:
        """Whoever set the present one knows it."""
        if self.cleaned_data["password1"] == self.cleaned_data.get("oldpassword"):
            raise ValidationError(_("That is the present password: take another."), code="present")
        return self.cleaned_data["password1"]


class NewPasswordForm(InOurWords, SetPasswordForm):
    """Over a one-time link: there is no present password to ask for."""


class AuthenticateForm(OnceOnly, InOurWords, factor.AuthenticateForm):
    pass


class ReauthenticateByCodeForm(OnceOnly, InOurWords, factor.ReauthenticateForm):
    pass


class ActivateForm(OnceOnly, InOurWords, totp.ActivateTOTPForm):
    pass


class MinimumLength(MinimumLengthValidator):
    def get_error_message(self):
        words = gettext("The password is too short: take at least %(count)s characters.")
        return words % {"count": self.min_length}

    def get_help_text(self):
        return gettext("At least %(count)s characters.") % {"count": self.min_length}
