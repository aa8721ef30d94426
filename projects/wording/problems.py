"""How the list of problems may be narrowed, in words. How long until a day is `words.deadlines`."""

from django.utils.translation import gettext_lazy as _

STATES = {"open": _("To be solved"), "closed": _("Solved"), "all": _("All of them")}
WHOSE = {"all": _("All units"), "mine": _("My unit answers"), "raised": _("My unit raised")}
