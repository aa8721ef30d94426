"""Triggers that keep published claims, statistics, reports and audit entries as they are, on both engines.

Put in place after every migration, because Django's table rebuild on SQLite drops triggers. An
update that changes nothing passes, so that fixtures may be loaded twice.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, connections, models, transaction

from projects.models.attachment import Attachment
from projects.models.audit import AuditEntry
from projects.models.claim import Claim
from projects.models.report import Report
from projects.models.report_date import ReportDate
from projects.models.round_line import RoundLine
from projects.models.statistic import Statistic

# The rows that are frozen, in each table.
FROZEN = {
    Claim: "{of}approved_at IS NOT NULL",
    Statistic: "{of}approved_at IS NOT NULL",
    Report: "{of}state = 'approved'",
    ReportDate: "{of}is_final",
    Attachment: "{of}is_final",
    RoundLine: None,
    AuditEntry: None,
}
KINDS = ("no_update", "no_delete", "no_truncate")  # the last on PostgreSQL alone
_FIND_SQLITE = """
    SELECT 'DROP TRIGGER ' || name, replace(sql, 'CREATE TRIGGER', 'CREATE TRIGGER IF NOT EXISTS')
    FROM sqlite_master WHERE type = 'trigger' AND name IN ({})
"""
_FIND_POSTGRESQL = """
    SELECT format('ALTER TABLE %%s DISABLE TRIGGER %%I', tgrelid::regclass, tgname),
        format('ALTER TABLE %%s ENABLE TRIGGER %%I', tgrelid::regclass, tgname)
    FROM pg_trigger WHERE pg_table_is_visible(tgrelid) AND tgname IN ({})
"""
REFUSAL = "append-only: a published row is corrected by a new one, never changed or deleted"


def install(using: str = "default") -> None:
    """Make the triggers anew; nothing is left without them in between."""
    with transaction.atomic(using=using):
        _run(using, _drops)
        _run(using, _creates)


@contextmanager
def lifted(tables: Iterable[type[models.Model]] = tuple(FROZEN), kinds=KINDS) -> Iterator[None]:
    """Without these triggers, and then with the very same: `install` makes those of the newest tables.

    For the test harness, which empties tables between tests, and for `audit.data_migration`. Where something
    fails it is the transaction that puts them back.
    """
    with transaction.atomic():
        connection.check_constraints()  # PostgreSQL touches no trigger of a row that waits for the commit
        switches = _switches([f"{table._meta.db_table}_{kind}" for table in tables for kind in kinds])
        _execute(away for away, _ in switches)
        yield
        connection.check_constraints()
        _execute(back for _, back in switches)


def frozen(table: type[models.Model], of: str) -> str:
    """The condition on published rows, as SQL; also of a table as a migration meets it."""
    conditions = {model._meta.model_name: condition for model, condition in FROZEN.items() if condition}
    return conditions[table._meta.model_name].format(of=of)


def _switches(names: list[str]) -> list[tuple[str, str]]:
    """Of each of these triggers that is there: what takes it away, and what puts it back."""
    find = _FIND_POSTGRESQL if connection.vendor == "postgresql" else _FIND_SQLITE
    with connection.cursor() as cursor:
        cursor.execute(find.format(", ".join(["%s"] * len(names))), names)
        return cursor.fetchall()


def _execute(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)


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
    frozen = (condition or "1").format(of="OLD.")
    raise_it = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN {frozen} AND ({changed}) {raise_it}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN {frozen} {raise_it}",
    ]


def _postgresql(model: type[models.Model], condition: str | None) -> list[str]:
    table = model._meta.db_table
    frozen = (condition or "TRUE").format(of="OLD.")
    call = "EXECUTE FUNCTION refuse_change()"
    return [
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW "
        f"WHEN ({frozen} AND OLD.* IS DISTINCT FROM NEW.*) {call}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW WHEN ({frozen}) {call}",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {call}",
    ]
