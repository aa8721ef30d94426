"""Entries from before say who reaches them, lose what drafts, notes and accounts had typed, and chain anew.

The only time that entries change: before this migration no database was in use anywhere but for trying it.
The triggers are dropped here, and made anew after every migration (`models.append_only`).
"""

from datetime import UTC

from django.db import migrations

from projects.audit.rules import chain
from projects.audit.rules.reach import kept, kind_of
from projects.choices import AuditReach

TABLE = "projects_auditentry"


def rewrite(apps, schema_editor):
    _drop_triggers(schema_editor)
    reports = {
        f"{month} {code}": pk
        for pk, month, code in apps.get_model("projects", "Report").objects.values_list(
            "pk", "round__month", "project__code"
        )
    }
    previous = chain.BEGINNING
    for entry in apps.get_model("projects", "AuditEntry").objects.order_by("number"):
        _reduce(entry, reports)
        entry.previous_hash = previous
        entry.hash = previous = chain.link(_as_plain(entry), previous)
        entry.save()


def _reduce(entry, reports: dict[str, int]) -> None:
    entry.before, entry.after = kept(entry.action, entry.before, entry.after)
    reach = kind_of(entry.action).reach
    if reach == AuditReach.REPORT:
        entry.report_id = reports.get(" ".join(entry.subject.split()[:2]))
        reach = reach if entry.report_id else AuditReach.ADMINISTRATORS
    entry.reach = reach.value


def _as_plain(entry) -> dict:
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    kept = {name: getattr(entry, name) for name in chain.COVERED if name not in ("by", "report")}
    return kept | {"at": at, "by": entry.by_id, "report": entry.report_id}


def _drop_triggers(schema_editor) -> None:
    on = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    for name in ("no_update", "no_delete"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_{name}{on}")


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0010_audit_reach"),
    ]

    operations = [migrations.RunPython(rewrite, migrations.RunPython.noop)]
