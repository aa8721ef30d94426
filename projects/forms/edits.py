"""Two people, one record: the second to save is told what the first wrote, and nothing typed is lost.

The form carries the number of the newest version in the field history when it was opened.
"""

from django import forms
from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

# Rows that are edited on the record's own page; a form that is refused says how they read now.
OWN_ROWS = ("aliases", "parties", "sections")


def newest_version(record: Model) -> int:
    """0 for one that was loaded without history."""
    return record.history.order_by("-history_id").values_list("history_id", flat=True).first() or 0


class RecordForm(forms.ModelForm):
    """Runs inside the transaction that saves: the row is locked while versions are compared."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "seen" in self.fields:
            self.fields["seen"].initial = newest_version(self.instance)

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and self.is_bound:
            self._compare_versions()
        return cleaned

    def _compare_versions(self) -> None:
        theirs = type(self.instance).objects.select_for_update(of=["self"]).get(pk=self.instance.pk)
        newest = newest_version(theirs)
        if self.cleaned_data.get("seen") == newest:
            return
        # Whoever has read this and saves again means it.
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = str(newest)
        self.add_error(None, _saved_meanwhile(theirs))
        for name in OWN_ROWS:
            if hasattr(getattr(theirs, name, None), "all"):  # an organisation's aliases are a column
                self.add_error(None, _rows_now(theirs, name))
        for name in self.fields.keys() & {field.name for field in theirs._meta.concrete_fields}:
            mine = self.cleaned_data.get(name)
            if name in self.cleaned_data and mine != getattr(theirs, name):
                words = _("On record now: “%(theirs)s”. What you typed stands here and is not saved yet.")
                self.add_error(name, words % {"theirs": shown(theirs, name)})


def shown(record: Model, name: str) -> str:
    """A field's value as people read it."""
    value = getattr(record, name)
    if record._meta.get_field(name).choices:
        return str(getattr(record, f"get_{name}_display")())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return _("empty") if value in (None, "") else str(value)


def _saved_meanwhile(theirs: Model) -> str:
    last = theirs.history.order_by("-history_id").select_related("history_user").first()
    who = last.history_user if last and last.history_user else _("somebody")
    when = date_format(timezone.localtime(last.history_date), "DATETIME_FORMAT") if last else ""
    return _(
        "%(who)s saved this record after you opened it (%(when)s). Yours is not saved yet: where the two"
        " differ, the field says what is on record. Save again to keep what you typed."
    ) % {"who": who, "when": when}


def _rows_now(theirs: Model, name: str) -> str:
    rows = getattr(theirs, name)
    label = rows.model._meta.verbose_name_plural
    names = "; ".join(map(str, rows.all())) or _("none")
    return _("%(label)s on record now: %(names)s") % {"label": label, "names": names}
