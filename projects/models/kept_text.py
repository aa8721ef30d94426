"""What somebody posted with a dead session, kept for a short while; no part of any record.

How long, and who gets it back, is `pages.lost_forms`. Bodies hold drafts: they are never logged or audited.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.models.fields import person


class KeptText(models.Model):
    user = person(_("user"), "kept_texts")
    path = models.CharField(_("address"), max_length=200)
    fields = models.JSONField(_("what was typed"))
    kept_at = models.DateTimeField(_("kept at"), db_index=True)

    class Meta:
        verbose_name = _("kept text")
        verbose_name_plural = _("kept texts")
        ordering = ["-kept_at"]
        constraints = [
            models.UniqueConstraint(
                name="kepttext_path_once",
                fields=["user", "path"],
                violation_error_message=_("Something is kept for this address already."),
            ),
        ]

    def __str__(self):
        return self.path
