"""The rows of a table that a prepared statement found; what several name is made once.

Django finds out at each asking which columns are whose, makes a source anew for each claim that names it,
and sets each column as if somebody changed it. Here columns are put where Django keeps them; only a field
that does something of its own when it is set is set.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model
from django.db.models.base import ModelState
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query import RelatedPopulator, get_related_populators
from django.db.models.query_utils import DeferredAttribute
from django.db.models.sql.compiler import SQLCompiler

PLAIN = DeferredAttribute, ForeignKeyDeferredAttribute


class TableColumns:
    """Some of a table, of which its rows are made."""

    def __init__(self, model: type[Model], names: list[str]):
        self.model, self.names = model, names
        self.set = [name for name in names if type(getattr(model, name)) not in PLAIN]

    def row(self, values: Sequence) -> Model:
        row = self.model.__new__(self.model)
        held = vars(row)
        held["_state"] = state = ModelState()
        state.adding, state.db = False, DEFAULT_DB_ALIAS
        held.update(zip(self.names, values, strict=True))
        for name in self.set:
            setattr(row, name, held[name])
        return row


class Joined:
    """What a row names, by the columns that were read along with it."""

    def __init__(self, related: RelatedPopulator):
        self.table = TableColumns(related.model_cls, related.init_list)
        self.columns = related.reorder_for_init
        if self.columns is None:
            of_table = slice(related.cols_start, related.cols_end)
            self.columns = lambda values: values[of_table]
        self.key, self.joined = related.pk_idx, [Joined(one) for one in related.related_populators]
        self.tell, self.tell_back = related.local_setter, related.remote_setter

    def join(self, values: tuple, row: Model, named: dict) -> None:
        own = self.columns(values)
        key = self, own[self.key]
        other = named.get(key)
        if other is None and key[1] is not None:
            other = named[key] = self.table.row(own)
            for one in self.joined:
                one.join(values, other, named)
        self.tell(row, other)
        if other is not None:
            self.tell_back(other, row)


class RowMaker:
    """Of one statement, for any number of threads."""

    def __init__(self, compiler: SQLCompiler):
        columns = compiler.klass_info["select_fields"]
        self.own = slice(columns[0], columns[-1] + 1)
        names = [column.target.attname for column, *_ in compiler.select[self.own]]
        self.table = TableColumns(compiler.klass_info["model"], names)
        related = get_related_populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)
        self.joined = [Joined(one) for one in related]
        self.annotated = compiler.annotation_col_map or {}

    def rows(self, found: list[tuple]) -> list[Model]:
        made, named = [], {}
        for values in found:
            row = self.table.row(values[self.own])
            for one in self.joined:
                one.join(values, row, named)
            for name, at in self.annotated.items():
                setattr(row, name, values[at])
            made.append(row)
        return made
