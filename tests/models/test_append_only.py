"""Published rows stay as they are: whatever is tried against the tables, on the engine the suite runs on."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import IntegrityError, connection, models, transaction

from projects.audit import log
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.models import (
    Attachment,
    AuditEntry,
    Claim,
    Report,
    ReportDate,
    RoundLine,
    Statistic,
    append_only,
)
from projects.reports import moves, rounds
from projects.reports.rules.content import Promise
from tests.attaching import with_photo
from tests.cast import AT, cast, pending, project, published, statistic
from tests.paperwork import approved, content, draft_of, month_round, on_record

IS_SQLITE = connection.vendor == "sqlite"
HUNDRED_MILLION = Money(10**8, "yi", 0)


def claim() -> Claim:
    return published(project())


def figure() -> Statistic:
    return statistic(HUNDRED_MILLION)


def entry() -> AuditEntry:
    return log.record("test", "it", by=None, at=AT, after={"a": 1})


def report() -> Report:
    return approved(on_record(), cast())


def report_date() -> ReportDate:
    promise = Promise("completed", fuzzy_dates.parse("2027-06"))
    return approved(on_record(), cast(), content(promises=(promise,))).dates.get()


def attachment() -> Attachment:
    people = cast()
    begun = draft_of(on_record(), people)
    row = with_photo(begun, people.reporter)
    handed = moves.submit(begun, expected=begun.version, by=people.reporter, at=AT)
    moves.approve(handed, expected=handed.version, by=people.reviewer, at=AT)
    return Attachment.objects.get(pk=row.pk)


def round_line() -> RoundLine:
    on_record()
    return rounds.close_round(month_round(), by=None, at=AT).lines.get()


# A frozen row of each table, with a column and another value for it.
FROZEN = [
    pytest.param(claim, "note", "other", id="claim"),
    pytest.param(figure, "note", "other", id="statistic"),
    pytest.param(entry, "action", "other", id="audit entry"),
    pytest.param(report, "works", "other", id="report"),
    pytest.param(report_date, "words", "other", id="date of a report"),
    pytest.param(round_line, "is_late", True, id="line of a closed round"),
    pytest.param(attachment, "caption", "other", id="attachment"),
]


def refuses(attempt) -> bool:
    """Whether the triggers refuse it, and by their own words."""
    try:
        with transaction.atomic():
            attempt()
    except models.ProtectedError:
        return True  # before the table is asked: audit entries name the report
    except IntegrityError as error:
        assert append_only.REFUSAL in str(error)
        return True
    return False


def execute(sql: str, *values) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def contents(model: type[models.Model]) -> list[tuple]:
    return list(model._base_manager.order_by("pk").values_list())


def saved_with(row, column, value):
    setattr(row, column, value)
    row.save()


def upsert(row, column, value):
    """`INSERT ... ON CONFLICT DO UPDATE` in the way of the row."""
    setattr(row, column, value)
    conflict = {"update_conflicts": True, "unique_fields": ["id"], "update_fields": [column]}
    type(row)._base_manager.bulk_create([row], **conflict)


CHANGES = {
    "save": saved_with,
    "queryset.update": lambda row, column, value: rows(row).update(**{column: value}),
    "bulk_update": lambda row, column, value: (
        setattr(row, column, value),
        type(row)._base_manager.bulk_update([row], [column]),
    ),
    "upsert": upsert,
    "raw UPDATE": lambda row, column, value: execute(
        f"UPDATE {row._meta.db_table} SET {column} = %s WHERE id = %s",  # noqa: S608
        value,
        row.pk,
    ),
    "UPDATE of the key": lambda row, *_: execute(
        f"UPDATE {row._meta.db_table} SET id = id + 1000 WHERE id = %s",  # noqa: S608
        row.pk,
    ),
}
REMOVALS = {
    "delete": lambda row: models.Model.delete(row),
    "queryset.delete": lambda row: models.QuerySet.delete(rows(row)),
    "_raw_delete": lambda row: rows(row)._raw_delete("default"),
    "raw DELETE": lambda row: execute(f"DELETE FROM {row._meta.db_table}"),  # noqa: S608
}


def rows(row: models.Model) -> models.QuerySet:
    return type(row)._base_manager.filter(pk=row.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize(("make", "column", "value"), FROZEN)
def test_a_published_row_is_not_changed(make, column, value, change):
    row = make()
    before = contents(type(row))
    assert refuses(lambda: change(row, column, value))
    assert contents(type(row)) == before


@pytest.mark.django_db
@pytest.mark.parametrize("remove", REMOVALS.values(), ids=REMOVALS)
@pytest.mark.parametrize(("make", "column", "value"), FROZEN)
def test_a_published_row_is_not_deleted(make, column, value, remove):
    row = make()
    before = contents(type(row))
    assert refuses(lambda: remove(row))
    assert contents(type(row)) == before


@pytest.mark.django_db
@pytest.mark.parametrize(("make", "column", "value"), FROZEN)
def test_a_published_row_is_not_replaced_nor_the_table_truncated(make, column, value):
    """SQLite's REPLACE deletes without asking delete triggers unless they are recursive; PostgreSQL's
    TRUNCATE deletes no row at all, and reaches the table through those it refers to."""
    row = make()
    before = contents(type(row))
    table = row._meta.db_table
    connection.check_constraints()  # what waits for the commit would refuse the truncation too
    if IS_SQLITE:
        columns = [field.column for field in row._meta.concrete_fields]
        said = ", ".join(f"'{value}'" if name == column else name for name in columns)
        replace = f"REPLACE INTO {table} ({', '.join(columns)}) SELECT {said} FROM {table}"  # noqa: S608
        attempts = [replace, replace.replace("REPLACE INTO", "INSERT OR REPLACE INTO")]
    else:
        attempts = [
            f"TRUNCATE {table} CASCADE",
            "TRUNCATE projects_source CASCADE",
            "TRUNCATE projects_user CASCADE",
        ]
        attempts = attempts[:1] if make is entry else attempts
    for attempt in attempts:
        assert refuses(lambda: execute(attempt)), attempt  # noqa: B023
    assert contents(type(row)) == before


@pytest.mark.django_db
@pytest.mark.parametrize(("make", "column", "value"), FROZEN)
def test_an_update_that_changes_nothing_passes(make, column, value):
    row = make()
    row.refresh_from_db()
    row.save()
    for field in row._meta.concrete_fields:
        table, name = row._meta.db_table, field.column
        assert execute(f"UPDATE {table} SET {name} = {name}") == 1  # noqa: S608


@pytest.mark.django_db
@pytest.mark.parametrize(
    "column", [field.name for field in Claim._meta.concrete_fields if field.name != "id"]
)
def test_no_column_of_a_published_claim_changes(column):
    """Every column is watched, those that were null and those that are a person too."""
    row = published(project(), note="said")
    field = Claim._meta.get_field(column)
    other = {
        "CharField": "x",
        "FuzzyDateField": "2023",
        "TextField": "x",
        "DateField": "2023-01-01",
        "DateTimeField": "2023-01-01 00:00:00",
    }.get(type(field).__name__, 77)
    with connection.constraint_checks_disabled():
        assert refuses(
            lambda: execute(f"UPDATE projects_claim SET {field.column} = %s", other)  # noqa: S608
        )
    row.refresh_from_db()


@pytest.mark.django_db
def test_a_pending_row_may_change_and_go(people):
    row = pending(project(), people.editor)
    row.note = "put better"
    row.save()
    Claim.objects.filter(pk=row.pk).update(note="better still")
    row.refresh_from_db()
    assert row.note == "better still"
    Claim.objects.filter(pk=row.pk).delete()
    assert not Claim.objects.exists()


@pytest.mark.django_db
def test_a_refused_row_is_no_published_one(people):
    row = pending(project(), people.editor)
    Claim.objects.filter(pk=row.pk).update(refused_at=AT, refused_by=people.reviewer)
    Claim.objects.filter(pk=row.pk).update(refused_why="not in the source")


@pytest.mark.django_db
def test_approval_passes_once(people):
    row = pending(project(), people.editor)
    approve = Claim.objects.filter(pk=row.pk).update
    approve(approved_at=AT, approved_by=people.reviewer)
    assert refuses(lambda: approve(approved_at=datetime(2027, 1, 1, tzinfo=UTC)))
    assert refuses(lambda: approve(approved_at=None, approved_by=None))
    assert refuses(lambda: approve(approved_by=people.second_editor))
    row.refresh_from_db()
    assert (row.approved_at, row.approved_by) == (AT, people.reviewer)


@pytest.mark.django_db
def test_the_manager_refuses_in_words_for_programmers():
    claim()
    with pytest.raises(TypeError, match="never deleted"):
        Claim.objects.all().delete()


@pytest.mark.django_db
def test_lifted_lets_through_and_puts_back():
    """The control: without the triggers the very same update passes, so it is they that refuse."""
    row = claim()
    with append_only.lifted():
        assert not refuses(lambda: CHANGES["raw UPDATE"](row, "note", "tampered"))
    assert refuses(lambda: CHANGES["raw UPDATE"](row, "note", "again"))


@pytest.mark.django_db
def test_installing_again_changes_nothing():
    before = triggers()
    append_only.install()
    append_only.install()
    assert triggers() == before and len(before) == len(append_only.FROZEN) * (2 if IS_SQLITE else 3)


def triggers() -> list[str]:
    if IS_SQLITE:
        sql = "SELECT sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    else:
        sql = "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.django_db(transaction=True)
def test_the_flush_after_this_test_meets_a_published_row():
    """First half: rows that the triggers guard are committed, and the harness must empty the tables."""
    made = [claim(), figure(), entry()]
    assert all(refuses(lambda: REMOVALS["raw DELETE"](row)) for row in made)  # noqa: B023


@pytest.mark.django_db(transaction=True)
def test_after_a_transactional_test_the_triggers_are_back():
    """Second half: the tables are empty, the triggers stand and refuse."""
    assert not Claim.objects.exists() and not AuditEntry.objects.exists()
    assert len(triggers()) == len(append_only.FROZEN) * (2 if IS_SQLITE else 3)
    row = claim()
    assert refuses(lambda: CHANGES["raw UPDATE"](row, "note", "other"))


@pytest.mark.django_db(transaction=True)
def test_flush_itself_puts_them_back():
    """It is the migration signal that does so: dropped by hand, they come back with the flush."""
    append_only._run("default", append_only._drops)
    assert not triggers()
    call_command("flush", interactive=False, verbosity=0)
    assert len(triggers()) == len(append_only.FROZEN) * (2 if IS_SQLITE else 3)


@pytest.mark.django_db(transaction=True)
def test_they_survive_a_migration_that_rebuilds_the_table():
    """On SQLite Django copies a table to add a column, and its triggers go with the old one."""
    row = claim()
    whole = triggers()
    extra = models.IntegerField(default=0)
    extra.set_attributes_from_name("extra")
    extra.model = Claim
    with connection.schema_editor() as editor:
        editor.add_field(Claim, extra)
    if IS_SQLITE:
        assert len(triggers()) == len(whole) - 2, "the control: the rebuild drops both triggers of claims"
        assert not refuses(lambda: CHANGES["raw UPDATE"](row, "note", "slipped through"))
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert triggers() == whole
    assert refuses(lambda: CHANGES["raw UPDATE"](row, "note", "other"))

    with connection.schema_editor() as editor:
        editor.remove_field(Claim, extra)
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert triggers() == whole
    assert refuses(lambda: REMOVALS["raw DELETE"](row))
