"""The manager that fixtures find rows by, and reading many rows without keeping others waiting."""

from collections.abc import Iterable, Iterator
from functools import reduce

from django.db import models

BATCH = 500


def in_batches(rows: models.QuerySet, by: str = "pk", size: int = BATCH) -> Iterator[list]:
    """Ordered by a unique column, in short reads: one that stays open would stop SQLite's writers."""
    rows = rows.order_by(by)
    batch = list(rows[:size])
    while batch:
        yield batch
        batch = list(rows.filter(**{f"{by}__gt": getattr(batch[-1], by)})[:size])


def with_named(rows: Iterable[models.Model], *names: str) -> list:
    """The rows with those that they name, each read and made once; `corrects__source` after `corrects`.

    Prefetching asks SQLite for them with an OR for each, and it takes no more than a thousand.
    """
    rows = list(rows)
    for name in names:
        *path, last = name.split("__")
        owners = list(filter(None, (reduce(getattr, path, row) for row in rows)))
        if owners:
            field = owners[0]._meta.get_field(last)
            keys = {getattr(one, field.attname) for one in owners} - {None}
            found = field.related_model._base_manager.in_bulk(keys)
            for one in owners:
                field.set_cached_value(one, found.get(getattr(one, field.attname)))
    return rows


def by_natural_key(*fields: str, queryset: type[models.QuerySet] = models.QuerySet) -> models.Manager:
    """A manager whose table has these fields as its natural key, in this order."""

    class NaturalKeyManager(models.Manager.from_queryset(queryset)):
        natural_key_fields = fields

        def contribute_to_class(self, table, name):
            super().contribute_to_class(table, name)
            table.natural_key = natural_key

        def get_by_natural_key(self, *key):
            return self.get(**dict(zip(fields, key, strict=True)))

    def natural_key(row) -> tuple:
        return tuple(reduce(getattr, field.split("__"), row) for field in fields)

    return NaturalKeyManager()
