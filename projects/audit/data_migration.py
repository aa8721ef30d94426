"""The one way for a data migration to change published rows: past the triggers, with an entry that says so.

Used inside `RunPython`, and therefore with the tables of that moment: a later release has other columns. Rows
are changed, never deleted. What was changed so is put back in memory by `management.verification`, which
holds the rows against their approval.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from projects.audit import log
from projects.audit.data_version import publishing
from projects.models import AuditEntry, append_only

ACTION = "migration.data"


@contextmanager
def past_triggers(apps, *tables: str, name: str, why: str, at: datetime) -> Iterator[None]:
    """Let the block update published rows of these tables ("Claim"); an entry keeps what it changed, and why.

    `name` is the migration's. Where anything fails, nothing was done. Where nothing is changed, as on a new
    database, there is no entry either.
    """
    touched = [apps.get_model("projects", table) for table in tables]
    with transaction.atomic():
        before = [_published(table) for table in touched]
        with append_only.lifted(touched, kinds=("no_update",)):
            yield
        after = [_published(table) for table in touched]
        was, became = _differences(touched, before, after), _differences(touched, after, before)
        if became:
            with publishing(at, apps.get_model("projects", "DataVersion")):
                entries = apps.get_model("projects", "AuditEntry")
                told = {"before": {"rows": was}, "after": {"why": why, "rows": became}}
                log.append(entries, action=ACTION, subject=name, by=None, at=at, **told)


def changes_of(table: type[models.Model]) -> dict[str, list[tuple[dict, dict]]]:
    """What migrations changed of a table's rows, by key: values before and after, oldest first."""
    changes: dict[str, list[tuple[dict, dict]]] = {}
    name = table._meta.model_name
    for entry in AuditEntry.objects.filter(action=ACTION).order_by("number"):
        became = entry.after["rows"].get(name, {})
        for key, values in became.items():
            changes.setdefault(key, []).append((entry.before["rows"][name][key], values))
    return changes


def put_back(row: models.Model, steps: list[tuple[dict, dict]]) -> bool:
    """Make a row, in memory, what it was before; False if it is not what the last change made it."""
    columns = {field.attname: field for field in row._meta.concrete_fields}
    for was, became in reversed(steps):
        if any(_plain(getattr(row, one)) != value for one, value in became.items() if one in columns):
            return False
        for one in was.keys() & columns.keys():
            setattr(row, one, columns[one].to_python(was[one]))
    return True


def _published(table: type[models.Model]) -> dict[str, dict]:
    rows = table._base_manager.extra(where=[append_only.frozen(table, of="")])  # noqa: S610 (no input)
    return {str(row["id"]): {name: _plain(value) for name, value in row.items()} for row in rows.values()}


def _differences(touched: list, these: list[dict], those: list[dict]) -> dict[str, dict]:
    """Of each table the rows, and of each row the values, that are otherwise on the other side."""
    found = {}
    for table, ours, others in zip(touched, these, those, strict=True):
        rows = {key: _otherwise(row, others[key]) for key, row in ours.items() if row != others.get(key, row)}
        if rows:
            found[table._meta.model_name] = rows
    return found


def _otherwise(row: dict, other: dict) -> dict:
    return {name: value for name, value in row.items() if value != other[name]}


def _plain(value: object) -> object:
    """As it stands in an entry."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))
