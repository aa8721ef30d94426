"""The version of a row that people edit: a number that each save raises, so that a stale form is refused.

Saving over a version is `audit.row_versions`; what the form says to the second of two people is
`pages.versioned_form`. Rows of a record's own (aliases, parties, sections) belong to the version of their
record.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Versioned(models.Model):
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True
