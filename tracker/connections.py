"""What SQLite connections of a server are held to: reads end, there is no `REGEXP`, a failed one is not kept.

`tracker.wsgi` asks for it, so that only what answers requests is held to it: commands take their time.
PostgreSQL ends statements and waits for locks itself (`settings.DATABASES`).
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection
from django.db.backends.signals import connection_created

MAX_READ = 3.0  # seconds: with a rollback journal a read keeps writers waiting, and they other readers
STEPS = 20_000  # of SQLite's machine between two looks at the clock: about a millisecond


@contextmanager
def without_waiting() -> Iterator[None]:
    """For what may as well be written next time: it does not queue for SQLite's lock."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    connection.connection.execute("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        usual = connection.settings_dict["OPTIONS"].get("timeout", 5)
        connection.connection.execute(f"PRAGMA busy_timeout = {usual * 1000:d}")


def tell_planner() -> None:
    """After much was loaded: until it knows how much, PostgreSQL chooses plans that run for seconds.

    However long it takes: what has been loaded would be undone by the limit of a page's statements.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for words in ("SET statement_timeout = 0", "ANALYZE", "RESET statement_timeout"):
                cursor.execute(words)


def hold_to_limits() -> None:
    """Every connection that is opened from now on."""
    connection_created.connect(limit, dispatch_uid=__name__)


def limit(connection, **kwargs) -> None:
    """As `connection_created` calls it."""
    if connection.vendor != "sqlite":
        return
    # One pattern runs for hours, and nothing interrupts it.
    connection.connection.create_function("REGEXP", 2, None)
    watch = next((one for one in connection.execute_wrappers if isinstance(one, Watch)), None)
    if watch is None:
        connection.execute_wrappers.append(watch := Watch())
    connection.connection.set_progress_handler(watch.is_over, STEPS)


class Watch:
    """Around every statement of one connection: a SELECT has `MAX_READ`, the fetching of its rows included.

    Never a write, nor a read after a write of the same transaction: what is interrupted there is lost whole.
    """

    def __init__(self):
        self.end, self.has_written = None, False

    def __call__(self, execute: Callable, sql: str, params, many: bool, context: dict):
        connection, is_read = context["connection"], sql.startswith("SELECT")
        # BEGIN comes before the block is marked as one, and so opens it as unwritten.
        self.has_written = connection.in_atomic_block and (self.has_written or not is_read)
        self.end = time.monotonic() + MAX_READ if is_read and not self.has_written else None
        try:
            return execute(sql, params, many, context)
        except OperationalError:
            # Closed after the request: opened while the file could not be written, it never could again.
            connection.close_at = time.monotonic()
            raise

    def is_over(self) -> bool:
        """Asked by SQLite while it works; True interrupts it."""
        return self.end is not None and time.monotonic() > self.end
