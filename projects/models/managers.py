"""The manager that fixtures find rows by: one function for every natural key."""

from django.db import models


def by_natural_key(*fields: str, queryset: type[models.QuerySet] = models.QuerySet) -> models.Manager:
    """A manager whose natural key is these fields, in this order."""

    class NaturalKeyManager(models.Manager.from_queryset(queryset)):
        natural_key_fields = fields

        def get_by_natural_key(self, *key):
            return self.get(**dict(zip(fields, key, strict=True)))

    return NaturalKeyManager()
