"""Whether the process answers, and whether its database and its folders do."""

from collections.abc import Iterator

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

from tracker import disks
from tracker.methods import only_read
from tracker.trouble import Trouble, trouble_of


@login_not_required
@only_read
def healthz(request: HttpRequest) -> HttpResponse:
    return _plain("ok", 200)


@login_not_required
@only_read
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and can be written, every migration has run, and so can the folders."""
    said = [*_of_database(), *_of_folders()]
    return _plain("\n".join(said), 503) if said else _plain("ok", 200)


def _of_database() -> Iterator[str]:
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            yield "migrations"
        if _is_read_only():
            yield _line("database", Trouble.READ_ONLY)
    except DatabaseError as error:
        yield _line("database", trouble_of(error))


def _is_read_only() -> bool:
    """Asked without a lock: nobody who writes is waited for."""
    if connection.vendor == "sqlite":
        return disks.is_read_only_file(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_read_only")
        return cursor.fetchone()[0] == "on"


def _of_folders() -> Iterator[str]:
    for name, folder in disks.folders().items():
        if trouble := disks.trouble_in(folder):
            yield _line(name, trouble)


def _line(name: str, trouble: Trouble | None) -> str:
    return f"{name}: {trouble}" if trouble else name


def _plain(text: str, status: int) -> HttpResponse:
    answer = HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8", status=status)
    answer["Cache-Control"] = "no-store"
    return answer
