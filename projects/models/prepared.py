"""Statements that are written once for a form of question, and asked with its values from then on.

Django takes longer to write a statement of a page than the database to answer it. A function that makes the
query is called once for each form, with slots where the values will stand; its statement is remembered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Field, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.query import ModelIterable
from django.db.models.sql.compiler import SQLCompiler

from projects.models import postgres_statement, statement_cursor
from projects.models.postgres_statement import MARK
from projects.models.prepared_rows import RowMaker
from projects.models.statement_cursor import MAX_STATEMENTS

Value = str | int | date | list[int]  # a list is of our own numbers
Write = Callable[..., QuerySet]
MAX_MADE = 600  # of some 25 kB each; a district of 150 projects has some 400
T = TypeVar("T")
_SLOT = re.compile(f"{MARK}([a-z0-9]+){MARK}")
FIRST_NUMBER, FIRST_DAY = 32_000, date(9000, 1, 1)  # slots of these kinds: no statement says them by itself


@dataclass(frozen=True, slots=True)
class Prepared:
    """The rows of a query: what `write` makes of the form and of the values, each by its name.

    `write` is given a slot for each value and must make the same of the same form, whatever the values are.
    """

    write: Write
    form: tuple[Hashable, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)

    def then(self, write: Write, *form: Hashable, **values: Value) -> Prepared:
        """What another function makes of that query; its values have names of their own."""
        return Prepared(
            _both, (self.write, self.form, tuple(self.values), write, form), {**self.values, **values}
        )

    def query(self) -> QuerySet:
        """The query as Django makes it, with the values in it and not with slots."""
        return self.write(*self.form, **self.values)

    def fetch(self) -> list:
        """Tuples of what the query names, else rows of its table."""
        statement = _statement(self.write, self.form, self._kinds)
        return statement.rows(self.values) if statement else []

    def made(self, make: Callable[..., T], *given: Hashable) -> T:
        """What a function makes of the rows and of more: the same as long as all of these are."""
        statement = _statement(self.write, self.form, self._kinds)
        return _made(statement, tuple(statement.found(self.values)) if statement else (), make, given)

    def fields(self, *names: str) -> list[Field]:
        """What its columns and annotations hold."""
        return _fields(self.write, self.form, self._kinds, names)

    @property
    def _kinds(self) -> tuple[tuple[str, type], ...]:
        return tuple((name, type(value)) for name, value in self.values.items())


class SameRows(tuple):
    """Rows that stand for all that they say, by `Prepared.made`: others are others, whatever their keys."""

    __slots__ = ()
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


NO_ROWS = SameRows()


@dataclass(frozen=True, slots=True)
class Unprepared(Prepared):
    """Of a query that is made already: nothing of it is remembered."""

    def then(self, write: Write, *form: Hashable, **values: Value) -> Unprepared:
        return Unprepared(lambda: write(self.query(), *form, **values))

    def fetch(self) -> list:
        return list(self.query())

    def fields(self, *names: str) -> list[Field]:
        return _fields_of(self.query(), names)


def prepared(rows: QuerySet | Prepared) -> Prepared:
    return Unprepared(lambda: rows) if isinstance(rows, QuerySet) else rows


def same(rows: QuerySet) -> QuerySet:
    """For `Prepared(same, (rows,))`: a query that is remembered itself, told apart as an object."""
    return rows


def among(rows: QuerySet, column: str, *, keys: str) -> QuerySet:
    """Those whose number is one of our own keys."""
    return rows.filter(**{f"{column}__in": written_out(keys)})


def written_out(keys: str) -> RawSQL:
    """Numbers of our own, or a slot: a parameter for each would cost more than its row."""
    return RawSQL(keys, ())  # noqa: S611


def _both(
    first: Write, form: tuple, names: tuple[str, ...], second: Write, more: tuple, /, **values
) -> QuerySet:
    rows = first(*form, **{name: values.pop(name) for name in names})
    return second(rows, *more, **values)


@dataclass(frozen=True, slots=True, eq=False)
class PreparedStatement:
    sql: str
    params: tuple
    slots: dict[object, str]  # by what stands there in place of a number or a day
    compiler: SQLCompiler
    converters: dict
    maker: RowMaker | None  # of rows of a table

    def rows(self, values: Mapping[str, Value]) -> list:
        return self.read(self.found(values))

    def found(self, values: Mapping[str, Value]) -> list[tuple]:
        """As the database writes it."""
        with statement_cursor.cursor() as cursor:
            cursor.execute(self._sql(values), [self._filled(one, values) for one in self.params])
            return cursor.fetchall()

    def read(self, found: Sequence[tuple]) -> list:
        if self.converters:
            found = list(map(tuple, self.compiler.apply_converters(found, self.converters)))
        return self.maker.rows(found) if self.maker else list(found)

    def _sql(self, values: Mapping[str, Value]) -> str:
        if MARK not in self.sql:
            return self.sql
        return _SLOT.sub(lambda slot: ",".join(map(str, values[slot[1]])) or "NULL", self.sql)

    def _filled(self, param: object, values: Mapping[str, Value]) -> object:
        if isinstance(param, str) and MARK in param:
            if slot := _SLOT.fullmatch(param):
                value = values[slot[1]]
                return postgres_statement.array(value) if isinstance(value, list) else value
            escaped = connection.ops.prep_for_like_query
            return _SLOT.sub(lambda slot: escaped(values[slot[1]]), param)
        if isinstance(param, Hashable) and (name := self.slots.get(param)):
            return _adapted(values[name])
        return param


@lru_cache(MAX_STATEMENTS)
def _statement(write: Write, form: tuple, kinds: tuple[tuple[str, type], ...]) -> PreparedStatement | None:
    """What Django writes for a form, with slots for its values; None where that can find nothing."""
    slots = _slots(kinds)
    rows = write(*form, **slots)
    compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    if any(isinstance(one, str) and MARK in _SLOT.sub("", one) for one in params):
        raise ValueError(f"{write} changes what it is given")
    named = {_adapted(slot): name for name, slot in slots.items()}
    if connection.vendor == "postgresql":
        sql, params = postgres_statement.written(sql, params, lambda one: _is_filled(one, named))
    columns = [column for column, *_ in compiler.select[: compiler.col_count]]
    maker = RowMaker(compiler) if rows._iterable_class is ModelIterable else None
    return PreparedStatement(sql, tuple(params), named, compiler, compiler.get_converters(columns), maker)


@lru_cache(MAX_MADE)
def _made(statement: PreparedStatement | None, found: tuple, make: Callable[..., T], given: tuple) -> T:
    return make(statement.read(found) if statement else [], *given)


@lru_cache(MAX_STATEMENTS)
def _fields(write: Write, form: tuple, kinds: tuple, names: tuple[str, ...]) -> list[Field]:
    return _fields_of(write(*form, **_slots(kinds)), names)


def _fields_of(rows: QuerySet, names: Iterable[str]) -> list[Field]:
    annotated = rows.query.annotations
    return [
        annotated[one].output_field if one in annotated else rows.model._meta.get_field(one) for one in names
    ]


def _slots(kinds: Iterable[tuple[str, type]]) -> dict[str, str | int | date]:
    return {name: _slot(kind, at, name) for at, (name, kind) in enumerate(kinds)}


def _slot(kind: type, at: int, name: str) -> str | int | date:
    if kind is int:
        return FIRST_NUMBER + at
    if kind is date:
        return FIRST_DAY + timedelta(days=at)
    if kind is datetime:
        return datetime.combine(FIRST_DAY + timedelta(days=at), time(), UTC)
    return f"{MARK}{name}{MARK}"


def _is_filled(param: object, named: dict[object, str]) -> bool:
    return MARK in param if isinstance(param, str) else isinstance(param, Hashable) and param in named


def _adapted(value: Value) -> object:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
