"""How the actions of the record of changes read: what was acted on, and what was done to it.

An action is a code such as `claim.approve`; who reaches its entry is `audit.rules.reach`.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KINDS = {
    "attachment": _("attachment"),
    "batch": _("imported file"),
    "claim": _("claim"),
    "clock": pgettext_lazy("of the server", "clock"),
    "demo": _("demonstration"),
    "department": _("responsible unit"),
    "fixtures": _("initial data"),
    "indicator": _("indicator"),
    "migration": _("data migration"),
    "organisation": _("organisation"),
    "place": _("place"),
    "problem": _("problem"),
    "project": _("project"),
    "report": _("monthly report"),
    "round": _("round"),
    "secrets": _("keys of the second factor"),
    "source": _("source"),
    "standings": _("where projects stand"),
    "statistic": _("statistic"),
    "tip": _("tip"),
    "user": _("account"),
}
VERBS = {
    "account": pgettext_lazy("done", "account made"),
    "add": pgettext_lazy("done", "added"),
    "approve": pgettext_lazy("done", "approved"),
    "arrange": pgettext_lazy("done", "put in order"),
    "ask_hiding": pgettext_lazy("done", "hiding asked for"),
    "call_off": pgettext_lazy("done", "called off"),
    "change": pgettext_lazy("done", "changed"),
    "close": pgettext_lazy("done", "closed"),
    "confirm": pgettext_lazy("done", "confirmed"),
    "data": pgettext_lazy("done", "published rows changed"),
    "discard": pgettext_lazy("done", "discarded"),
    "encrypt": pgettext_lazy("done", "encrypted"),
    "enter": pgettext_lazy("done", "entered"),
    "erase": pgettext_lazy("done", "old text erased"),
    "hand_over": pgettext_lazy("done", "projects handed over"),
    "hide": pgettext_lazy("done", "hidden"),
    "keep": pgettext_lazy("done", "kept"),
    "link": pgettext_lazy("done", "one-time link made"),
    "load": pgettext_lazy("done", "loaded"),
    "open": pgettext_lazy("done", "opened"),
    "password": pgettext_lazy("done", "password set"),
    "quarterly": pgettext_lazy("done", "stages asked quarterly set"),
    "raise": pgettext_lazy("done", "raised"),
    "read": pgettext_lazy("done", "noted"),
    "rebuild": pgettext_lazy("done", "computed anew"),
    "refuse": pgettext_lazy("done", "refused"),
    "refuse_hiding": pgettext_lazy("done", "hiding refused"),
    "remove": pgettext_lazy("done", "removed"),
    "reply": pgettext_lazy("done", "replied to"),
    "return": pgettext_lazy("done", "returned"),
    "save": pgettext_lazy("done", "saved"),
    "second_factor": pgettext_lazy("done", "second factor taken away"),
    "send": pgettext_lazy("done", "sent for approval"),
    "show": pgettext_lazy("done", "shown again"),
    "submit": pgettext_lazy("done", "handed in"),
    "take_back": pgettext_lazy("done", "taken back"),
    "take_back_hiding": pgettext_lazy("done", "wish to hide taken back"),
    "withdraw": pgettext_lazy("done", "withdrawn"),
}


def action_word(action: str) -> str:
    """`claim: approved`; a code that nobody knows any more stays as it was written."""
    kind, _dot, verb = action.partition(".")
    if kind not in KINDS or verb not in VERBS:
        return action
    return _("%(kind)s: %(verb)s") % {"kind": KINDS[kind], "verb": VERBS[verb]}
