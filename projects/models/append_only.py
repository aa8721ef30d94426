"""Triggers that keep published claims, statistics, reports and audit entries as they are, on both engines.

Put in place after every migration, because Django's table rebuild on SQLite drops triggers. An
update that changes nothing passes, so that fixtures may be loaded twice.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connections, models, transaction

from projects.models.attachment import Attachment
from projects.models.audit import AuditEntry
from projects.models.claim import Claim
from projects.models.report import Report
from projects.models.report_date import ReportDate
from projects.models.statistic import Statistic

# The rows that are frozen: a condition on OLD, for each table.
FROZEN = {
    Claim: "OLD.approved_at IS NOT NULL",
    Statistic: "OLD.approved_at IS NOT NULL",
    Report: "OLD.state = 'approved'",
    ReportDate: "OLD.is_final",
    Attachment: "OLD.is_final",
    AuditEntry: None,
}
REFUSAL = "append-only: a published row is corrected by a new one, never changed or deleted"


def install(using: str = "default") -> None:
    """Make the triggers anew; nothing is left without them in between."""
    with transaction.atomic(using=using):
        _run(using, _drops)
        _run(using, _creates)


@contextmanager
def lifted(using: str = "default") -> Iterator[None]:
    """For the test harness alone, which empties tables between tests; migrating puts them back."""
    _run(using, _drops)
    try:
        yield
    finally:
        install(using)


def _run(using: str, statements: Callable[..., list[str]]) -> None:
    connection = connections[using]
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for model, condition in FROZEN.items():
            if model._meta.db_table not in present:
                continue  # migrated back to before the table was
            for sql in statements(connection, model, condition):
                cursor.execute(sql)


def _drops(connection, model: type[models.Model], condition: str | None) -> list[str]:
    table = model._meta.db_table
    suffix = f" ON {table}" if connection.vendor == "postgresql" else ""
    names = ["no_update", "no_delete", *(["no_truncate"] if suffix else [])]
    return [f"DROP TRIGGER IF EXISTS {table}_{name}{suffix}" for name in names]


def _creates(connection, model: type[models.Model], condition: str | None) -> list[str]:
    write = _postgresql if connection.vendor == "postgresql" else _sqlite
    return write(model, condition)


def _sqlite(model: type[models.Model], condition: str | None) -> list[str]:
    table = model._meta.db_table
    columns = [field.column for field in model._meta.concrete_fields]
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
    frozen = condition or "1"
    raise_it = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN {frozen} AND ({changed}) {raise_it}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN {frozen} {raise_it}",
    ]


def _postgresql(model: type[models.Model], condition: str | None) -> list[str]:
    table = model._meta.db_table
    frozen = condition or "TRUE"
    call = "EXECUTE FUNCTION refuse_change()"
    return [
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW "
        f"WHEN ({frozen} AND OLD.* IS DISTINCT FROM NEW.*) {call}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW WHEN ({frozen}) {call}",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {call}",
    ]
