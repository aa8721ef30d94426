"""The data version: one row whose number every publishing action raises.

Public pages are kept by it; its mirror in a file is `tracker.kept`.
"""

from django.db import models
from django.db.models import Q


class DataVersion(models.Model):
    number = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)
    fixtures_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dataversion_one_row",
                condition=Q(id=1),
                violation_error_message="There is one data version.",
            ),
        ]

    def __str__(self):
        return str(self.number)
