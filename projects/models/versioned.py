"""The version of a row that people edit: a number that each save raises, so that a stale form is refused.

Saving over a version is `audit.row_versions`; what the form says to the second of two people is
`pages.versioned_form`. Rows of a record's own (aliases, parties, sections) belong to the version of their
record.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.models.checked import Checked


class Versioned(Checked):
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True


def own_rows(record: models.Model, name: str) -> models.QuerySet:
    """The rows that belong to a record, also where there is one at most; none where it has no such rows."""
    relation = next((one for one in record._meta.related_objects if one.get_accessor_name() == name), None)
    if relation is None:
        return type(record)._default_manager.none()
    return relation.related_model._default_manager.filter(**{relation.field.name: record})
