"""Who did what, when, to what: a chain in which each entry carries the hash of the one before.

Append-only (`models.append_only`). Entries are written by `audit.log`; the hash is `audit.rules.chain`, and
who reaches an entry `audit.rules.reach`.
"""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from projects.audit.rules import reach
from projects.choices import AuditReach
from projects.core.roles import Person
from projects.models.constraints import known_codes
from projects.models.fields import person, reference
from projects.models.report import Report


class AuditEntryQuerySet(models.QuerySet):
    def about(self, row: models.Model):
        """What was done to one row."""
        subject = "/".join(map(str, row.natural_key()))
        return self.filter(subject=subject, action__startswith=f"{row._meta.model_name}.")

    def reachable_by(self, person: Person):
        """Those whose subject this person reaches: all for an administrator."""
        if person.is_superuser and person.is_active:
            return self
        reaches = reach.reaches(person.roles, is_superuser=False) if person.is_active else frozenset()
        plain = Q(reach__in=sorted(reaches - {AuditReach.REPORT}))
        if AuditReach.REPORT not in reaches:
            return self.filter(plain)
        reports = Report.objects.reachable_by(person).filter(pk=OuterRef("report"))
        return self.filter(plain | Q(reach=AuditReach.REPORT) & Exists(reports))


class AuditEntry(models.Model):
    number = models.PositiveBigIntegerField(_("number"), unique=True)
    at = models.DateTimeField(_("at"))
    by = person(_("by"), "audit_entries", null=True, help_text=_("Empty where a command acted."))
    action = models.CharField(_("action"), max_length=60)
    subject = models.CharField(_("subject"), max_length=120, help_text=_("The key of what it was done to."))
    reach = models.CharField(_("who reaches it"), max_length=20, choices=AuditReach.as_choices)
    report = reference(
        Report,
        _("monthly report"),
        "audit_entries",
        null=True,
        help_text=_("The one that it tells of, or to which a problem or an attachment belongs."),
    )
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)
    previous_hash = models.CharField(_("hash of the entry before"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["reach", "number"], name="audit_reach"),
            models.Index(fields=["subject", "number"], name="audit_subject"),
            models.Index(fields=["at"], name="audit_at"),
        ]
        constraints = [
            known_codes(_("Say who reaches the entry."), reach=AuditReach),
            models.CheckConstraint(
                name="auditentry_report_named",
                condition=Q(reach=AuditReach.REPORT, report__isnull=False)
                | ~Q(reach=AuditReach.REPORT) & Q(report=None),
                violation_error_message=_("An entry about a report names it, and no other does."),
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.action} {self.subject}"
