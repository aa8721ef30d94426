"""Two people, one record: the second to save is told what the first wrote, and nothing typed is lost.

The form carries the version that stood when it was opened; who saved meanwhile, the audit says.
"""

from django import forms
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from projects.audit.data_version import locked_version
from projects.models import AuditEntry
from projects.models.versioned import own_rows

# Rows that are edited on the record's own page; a form that is refused says how they read now.
OWN_ROWS = ("aliases", "parties", "place_source", "neighbours", "sections", "further_units")


class RecordForm(forms.ModelForm):
    """Runs inside the transaction that saves: the row is locked while versions are compared.

    The lock of publishers comes first, as in every action that saves.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "seen" in self.fields:
            self.fields["seen"].initial = self.instance.version

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and self.is_bound:
            self._compare_versions()
        return cleaned

    def _compare_versions(self) -> None:
        locked_version()
        theirs = type(self.instance).objects.select_for_update(of=["self"]).get(pk=self.instance.pk)
        if self.cleaned_data.get("seen") == self.instance.version == theirs.version:
            return
        # Whoever has read this and saves again means it.
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = str(theirs.version)
        self._say_what_stands(theirs)

    def _say_what_stands(self, theirs: Model) -> None:
        self.add_error(None, _saved_meanwhile(theirs))
        for name in OWN_ROWS:
            rows = own_rows(theirs, name)
            if rows.model is not type(theirs):  # an organisation's aliases are a column
                self.add_error(None, _rows_now(rows))
        for name in self.cleaned_data.keys() & {field.name for field in _columns(theirs)}:
            if not self.fields[name].disabled and _differs(self.cleaned_data[name], theirs, name):
                words = _("On record now: “%(theirs)s”. What you typed stands here and is not saved yet.")
                self.add_error(name, words % {"theirs": shown(theirs, name)})


def shown(record: Model, name: str) -> str:
    """A field's value as people read it."""
    value, field = getattr(record, name), record._meta.get_field(name)
    if field.many_to_many:
        return ", ".join(map(str, value.all())) or _("none")
    if field.choices:
        return str(getattr(record, f"get_{name}_display")())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return _("empty") if value in (None, "") else str(value)


def _columns(record: Model) -> tuple:
    return (*record._meta.concrete_fields, *record._meta.many_to_many)


def _differs(mine: object, theirs: Model, name: str) -> bool:
    kept = getattr(theirs, name)
    return set(mine) != set(kept.all()) if hasattr(kept, "all") else mine != kept


def _saved_meanwhile(theirs: Model) -> str:
    last = AuditEntry.objects.about(theirs).select_related("by").first()
    who = last.by if last and last.by else _("somebody")
    when = date_format(timezone.localtime(last.at), "DATETIME_FORMAT") if last else ""
    return _(
        "%(who)s saved this record after you opened it (%(when)s). Yours is not saved yet: where the two"
        " differ, the field says what is on record. Save again to keep what you typed."
    ) % {"who": who, "when": when}


def _rows_now(rows: QuerySet) -> str:
    label = rows.model._meta.verbose_name_plural
    names = "; ".join(map(str, rows.all())) or _("none")
    return _("%(label)s on record now: %(names)s") % {"label": label, "names": names}
