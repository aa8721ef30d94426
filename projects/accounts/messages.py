"""What signing in, the password and the second factor say, in the place of allauth's own sentences.

Messages are named as allauth names their templates; those not named here are not said.
"""

from django.forms import BaseForm
from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "account/messages/logged_out.txt": _("You are signed out."),
    "account/messages/password_changed.txt": _(
        "The password is changed. Wherever else you were signed in, you are signed out."
    ),
    "mfa/messages/totp_activated.txt": _("The second factor is on. From now on signing in asks for a code."),
    "mfa/messages/totp_deactivated.txt": _("The second factor is off."),
    "mfa/messages/recovery_codes_generated.txt": _(
        "New recovery codes are made. Keep them where others cannot read them; earlier ones no longer hold."
    ),
}

_MANY = _("Too many wrong tries. Wait a quarter of an hour; an administrator can give you a new password.")

ERRORS = {
    "username_password_mismatch": _("The user name or the password is wrong."),
    "too_many_login_attempts": _MANY,
    "too_many_anywhere": _(
        "Too many wrong tries at this account within an hour. Sign in on a device where you did before,"
        " or wait an hour; an administrator can give you a new password."
    ),
    "rate_limited": _MANY,
    "incorrect_password": _("The password is wrong."),
    "enter_current_password": _("That is not your present password."),
    "incorrect_code": _(
        "The code is wrong or was used already: take the next one, and see that the phone's clock is right."
    ),
    "unreadable": _("The second factor cannot be read at present: tell your administrator."),
    "cannot_delete_authenticator": _("Your role asks for a second factor: it stays on."),
    "cannot_generate_recovery_codes": _("Switch the second factor on first."),
}


def in_lines(form: BaseForm) -> str:
    """What is wrong with a form, on the command line."""
    named = form.errors.items()
    return "\n".join(
        f"{form.fields[name].label if name in form.fields else name}: {fault}"
        for name, faults in named
        for fault in faults
    )
