"""The rows of a table that a prepared statement found, made by Django; what several name is made once.

Django finds out at each asking which columns are whose, and makes a source anew for each claim that names it.
"""

from __future__ import annotations

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model
from django.db.models.query import RelatedPopulator, get_related_populators
from django.db.models.sql.compiler import SQLCompiler


class RowMaker:
    """Of one statement, for any number of threads."""

    def __init__(self, compiler: SQLCompiler):
        columns = compiler.klass_info["select_fields"]
        self.table, self.own = compiler.klass_info["model"], slice(columns[0], columns[-1] + 1)
        self.names = [column.target.attname for column, *_ in compiler.select[self.own]]
        self.related = get_related_populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)
        self.annotated = compiler.annotation_col_map or {}

    def rows(self, found: list[tuple]) -> list[Model]:
        made, named = [], {}
        for values in found:
            row = self.table.from_db(DEFAULT_DB_ALIAS, self.names, values[self.own])
            for one in self.related:
                _join(one, values, row, named)
            for name, at in self.annotated.items():
                setattr(row, name, values[at])
            made.append(row)
        return made


def _join(related: RelatedPopulator, values: tuple, row: Model, named: dict) -> None:
    """What the row names, by the columns that were read along with it."""
    sort = related.reorder_for_init
    own = sort(values) if sort else values[related.cols_start : related.cols_end]
    key = related, own[related.pk_idx]
    other = named.get(key)
    if other is None and key[1] is not None:
        other = named[key] = related.model_cls.from_db(DEFAULT_DB_ALIAS, related.init_list, own)
        for one in related.related_populators:
            _join(one, values, other, named)
    related.local_setter(row, other)
    if other is not None:
        related.remote_setter(other, row)
