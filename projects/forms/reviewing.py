"""What a reviewer sends: which reports, in which version, to approve or to return with a note."""

import re
from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.core.codes import is_own_code
from projects.core.months import is_month
from projects.reports.queue import Choices, Seen

APPROVE, RETURN = "approve", "return"
CHOSEN, PLAIN = "chosen", "plain"
_PAGE = re.compile(r"[1-9][0-9]{0,4}")
_VERSION = re.compile(r"[0-9]{1,9}")


def papers(values: Iterable[str]) -> list[Seen]:
    """`2026-02/QJ-0001/3`; what is no such text names nothing."""
    parts = [value.split("/") for value in values if value.count("/") == 2]
    return [
        Seen(month, code, int(version))
        for month, code, version in parts
        if is_month(month) and is_own_code(code) and _VERSION.fullmatch(version)
    ]


def several(sent: Mapping) -> str:
    """The list by which several are approved at once; empty where one is decided on."""
    which = sent.get("several", "")
    return which if which in (CHOSEN, PLAIN) else ""


def asked(sent: Mapping, choices: Choices) -> dict[str, str]:
    """The month and the unit that the address names, as far as anything of them waits; and the page."""
    known = {"month": choices.months, "unit": choices.units}
    found = {name: sent[name] for name, those in known.items() if sent.get(name) in those}
    page = sent.get("page", "")
    return found | ({"page": page} if _PAGE.fullmatch(page) else {})


class NoteField(forms.CharField):
    """Words of some length; a line break counts once, as it does for the browser."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class ReviewForm(forms.Form):
    """What to do with one report; returning it takes a note."""

    do = forms.ChoiceField(choices=[(APPROVE, APPROVE), (RETURN, RETURN)])
    paper = forms.CharField()
    note = NoteField(
        label=_("What is to be changed?"),
        max_length=500,
        required=False,
        error_messages={"max_length": _("At most 500 characters: it has %(show_value)s.")},
    )

    @property
    def on(self) -> str:
        """Which report it is about, if it is about one."""
        paper = self.cleaned_data.get("paper") if self.is_bound and hasattr(self, "cleaned_data") else None
        return paper.key if paper else ""

    def clean_paper(self) -> Seen:
        if not (found := papers([self.cleaned_data["paper"]])):
            raise forms.ValidationError(_("Choose a report."))
        return found[0]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("do") == RETURN and not cleaned.get("note") and "note" not in self.errors:
            self.add_error("note", _("Say in a note what is to be changed."))
        return cleaned
