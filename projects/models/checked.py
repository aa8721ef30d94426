"""Rows of many check constraints: a form asks about all of them in one statement.

Django asks about each in a statement of its own, in a savepoint and with every column of the row.
"""

from collections.abc import Collection

from django.db import models, router
from django.db.models import CheckConstraint, Q


class Checked(models.Model):
    class Meta:
        abstract = True

    _holds = False  # whether all of its checks hold, while it is validated

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """One by one only where one of them is broken: then each says so itself."""
        self._holds = self._has_all_checks(set(exclude or ()))
        try:
            super().validate_constraints(exclude)
        finally:
            self._holds = False

    def get_constraints(self):
        return [
            (model, [one for one in those if not (self._holds and isinstance(one, CheckConstraint))])
            for model, those in super().get_constraints()
        ]

    def _has_all_checks(self, left_out: set[str]) -> bool:
        """Of those that are about none of the fields left out, which Django leaves out, too."""
        checks = [one.condition for one in self._meta.constraints if isinstance(one, CheckConstraint)]
        asked = [one for one in checks if not one.referenced_base_fields & left_out]
        named = set().union(*(one.referenced_base_fields for one in asked))
        row = self._get_field_expression_map(self._meta, left_out)
        told = {name: value for name, value in row.items() if name in named}
        return not asked or Q(*asked).check(told, using=router.db_for_write(type(self), instance=self))
