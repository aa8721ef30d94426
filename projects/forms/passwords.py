"""What a password must be, where Django's own sentence has no Chinese."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class MinimumLength(MinimumLengthValidator):
    def get_error_message(self):
        words = _("The password is too short: take at least %(count)s characters.")
        return words % {"count": self.min_length}

    def get_help_text(self):
        return _("At least %(count)s characters.") % {"count": self.min_length}
