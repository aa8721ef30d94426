"""What the history of a record shows of its audit entries: each value that changed, named as on the forms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Field, Model
from django.db.models.options import Options
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from projects.choices import Role
from projects.models import AuditEntry, Department, Source
from projects.words.language import either, in_language

# What the audit keeps beside the fields of a row.
NAMES = {
    "roles": _("roles"),
    "further_units": _("further units"),
    "further_units_why": _("reasons for them"),
    "to": _("handed over to"),
    "projects": _("projects"),
    "reports": _("monthly reports"),
    "problems": _("problems"),
}
OF_UNITS = ("further_units", "to")  # among them, what names units by their codes

RecordNames = dict[str, dict[str, str]]  # by the field, then by the code


def names_in(entries: Iterable[AuditEntry], opts: Options) -> RecordNames:
    """What the records are called that entries name by their codes: a statement for each kind of them."""
    tables = {field.name: field.related_model for field in opts.concrete_fields if _is_coded(field)}
    tables |= dict.fromkeys(OF_UNITS, Department)
    codes: dict[type[Model], set[str]] = defaultdict(set)
    for name, value in (told for entry in entries for told in _values(entry)):
        if name in tables:
            codes[tables[name]].update(one.split(" ")[0] for one in _texts(value))
    names = {table: _named(table, of) for table, of in codes.items() if of}
    return {field: names[table] for field, table in tables.items() if table in names}


def differences(entry: AuditEntry, opts: Options, names: RecordNames) -> list[tuple[str, object, object]]:
    """Name, before and after of each value that an audit entry changed."""
    before, after = _sides(entry)
    told = [*after, *(name for name in before if name not in after)]
    fields = {field.name: field for field in opts.get_fields() if not field.auto_created}
    changed = [name for name in told if not before or before.get(name) != after.get(name)]
    return [
        (
            capfirst(_heading(name, fields.get(name))),
            *(_shown(side.get(name), fields.get(name), names.get(name, {})) for side in (before, after)),
        )
        for name in changed
    ]


def _is_coded(field: Field) -> bool:
    return field.many_to_one and hasattr(field.related_model, "code")


def _values(entry: AuditEntry) -> Iterator[tuple[str, object]]:
    for side in _sides(entry):
        yield from side.items()


def _sides(entry: AuditEntry) -> list[dict]:
    return [side if isinstance(side, dict) else {} for side in (entry.before, entry.after)]


def _texts(value: object) -> list[str]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def _named(table: type[Model], codes: set[str]) -> dict[str, str]:
    words = "title" if table is Source else "name"
    return {row.code: in_language(row, words) for row in table.objects.filter(code__in=codes)}


def _heading(name: str, field: Field | None) -> str:
    return str(NAMES.get(name, name) if field is None or field.many_to_many else field.verbose_name)


def _shown(value: object, field: Field | None, names: Mapping[str, str]) -> object:
    """Roles by their labels, records by their names, all else as it was kept."""
    if isinstance(value, list):
        return either("、", ", ").join(_word(one, names) for one in value)
    if isinstance(value, str) and names:
        return _word(value, names)
    words = dict(getattr(field, "flatchoices", ())) or {True: _("yes"), False: _("no")}
    return words.get(value, value) if isinstance(value, str | bool) else value


def _word(value: object, names: Mapping[str, str]) -> str:
    """`fagai 2026-02-01/..` of a further unit keeps its days."""
    if value in Role.values:
        return str(Role(value).label)
    code, *rest = str(value).split(" ", 1)
    return " ".join([names.get(code, code), *rest])
