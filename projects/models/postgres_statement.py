"""A statement as PostgreSQL plans it once: keys are one parameter, what is always the same is none."""

import re
from collections.abc import Callable, Iterable

from django.db import connection

MARK = "\0"  # around a slot; no value of a page has it
_PARAM = re.compile(rf"IN \(({MARK}[a-z0-9]+{MARK})\)|(%s)|%%")


def written(sql: str, params: Iterable, is_filled: Callable[[object], bool]) -> tuple[str, list]:
    """A statement of Django's as PostgreSQL is to plan it once, with the parameters that are left.

    Lists of keys become one array each; a parameter into which no value is filled is written out.
    """
    left, filled = iter(params), []
    connection.ensure_connection()

    def put(found: re.Match) -> str:
        if keys := found[1]:
            filled.append(keys)
            return "= ANY (%s::bigint[])"
        if not found[2]:
            return found[0]
        if is_filled(param := next(left)):
            filled.append(param)
            return "%s"
        return connection.ops.compose_sql("%s", [param]).replace("%", "%%")

    return _PARAM.sub(put, sql), filled


def array(keys: list[int]) -> str:
    return f"{{{','.join(map(str, keys))}}}"
