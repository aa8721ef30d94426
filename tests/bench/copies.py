"""Projects that are like others but for their names: what is known of them is copied within the database.

Only names come to Python, to be indexed: it takes minutes where judging each claim anew took most of an hour,
and the same memory at any size. Indexes, constraints and triggers are those of the application.
"""

from collections.abc import Iterable

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Field, Model

from projects.claims import current, tallies
from projects.core import today
from projects.core.today import TallySum
from projects.models import (
    Claim,
    Current,
    Project,
    ProjectEvent,
    ProjectMilestone,
    SearchText,
    SourceUse,
    Standing,
)
from projects.search import index

TABLES = (Claim, Standing, ProjectMilestone, ProjectEvent, SourceUse, Current)
OF_THE_PROJECT = {Current: {"code", *current.COPIED}, ProjectMilestone: {"name"}}
WITH_REFS = {"ref", "stage_ref", "amounts", "milestones", "told"}  # a ref begins with the project's address
PROJECTS, CLAIMS = {"project_id", "number"}, {"claim_id", "was_id"}


def copy(keys: range, projects: int, claims: int) -> None:
    """What is known of these, for those whose keys are greater by so much; keys of claims by so much."""
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(_statement(table, projects, claims), [keys.start, keys.stop])


def _statement(table: type[Model], projects: int, claims: int) -> str:
    columns = [one for one in table._meta.concrete_fields if one.name != "id" or table is Claim]
    names = ", ".join(f'"{one.column}"' for one in columns)
    values = ", ".join(_value(table, one, projects, claims) for one in columns)
    name, owners = table._meta.db_table, Project._meta.db_table
    return (
        f"INSERT INTO {name} ({names}) SELECT {values} FROM {name} AS one"  # noqa: S608 (our own names)
        f" JOIN {owners} AS was ON was.id = one.project_id"
        f" JOIN {owners} AS other ON other.id = one.project_id + {projects}"
        " WHERE one.project_id >= %s AND one.project_id < %s ORDER BY one.project_id"
    )


def _value(table: type[Model], field: Field, projects: int, claims: int) -> str:
    value = f'one."{field.column}"'
    if field.attname in OF_THE_PROJECT.get(table, ()):
        return f'other."{field.column}"'
    if field.attname in WITH_REFS:
        text = f"replace(CAST({value} AS text), was.slug || '-', other.slug || '-')"
        return f"CAST({text} AS {field.db_type(connection)})"
    if field.attname in PROJECTS:
        return f"{value} + {projects}"
    if field.attname in CLAIMS or field.name == "id":
        return f"{value} + {claims}"
    return value


def tally(first_key: int, first: int, size: int) -> None:
    """So many rows of the first, each as often as there are projects like its own."""
    tallies.write(
        today.added(
            (key, TallySum(one.n * times, one.yuan * times))
            for table, told in tallies.TOLD.items()
            for row in table.objects.filter(project__lt=first_key + first)
            for times in [(size - 1 - (row.project_id - first_key)) // first + 1]
            for key, one in told(row)
        )
    )


def index_batch(projects: list[Project]) -> None:
    """What each is found by, as the index itself makes it: names are all that differs."""
    found = index._fresh(projects)
    SearchText.objects.bulk_create(text for text, *_ in found.values())
    for place, (table, column) in enumerate(index.PIECES.items(), start=1):
        rows = ((piece, key) for key, made in found.items() for piece in sorted(made[place]))
        _write(table, (column, "project_id"), rows)


def _write(table: type[Model], columns: tuple[str, ...], rows: Iterable[tuple]) -> None:
    """Rows as plain tuples."""
    name, names = table._meta.db_table, ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {name} ({names}) FROM STDIN") as copying:
                for row in rows:
                    copying.write_row(row)
        else:
            slots = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {name} ({names}) VALUES ({slots})", rows)  # noqa: S608 (as above)


def give_no_key_twice() -> None:
    """After keys were chosen here: PostgreSQL counts them by itself."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), [Project, Claim]):
            cursor.execute(sql)
