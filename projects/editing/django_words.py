"""Sentences of Django's own that are said in plainer Chinese, most of them by the admin.

Listed so that they are in our catalogue, which is asked before Django's.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

SENTENCES = (
    _("group"),
    _("groups"),
    _("Authentication and Authorization"),
    _("Select %s to change"),
    _("Select %s to view"),
    _("No action selected."),
    _("Items must be selected in order to perform actions on them. No items have been changed."),
    _("Cannot delete %(name)s"),
    _("The %(name)s “%(obj)s” was deleted successfully."),
    _("%(name)s with ID “%(key)s” doesn’t exist. Perhaps it was deleted?"),
    _("superuser status"),
    _("Password-based authentication"),
    _("Disable password-based authentication"),
    _("staff status"),
    _("Designates that this user has all permissions without explicitly assigning them."),
    _("Filter"),
    _(" By %(filter_title)s "),
    _("View site"),
    _("Null characters are not allowed."),
)
TOO_LONG = ngettext_lazy(
    "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
    "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
    "limit_value",
)
