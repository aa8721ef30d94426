"""What one person was told, once. The row is the notice on the desk; by mail it goes with others in one
letter.

Holds codes and values: the words are made when they are read (`notices.messages`). What is due to be said
is `reports.rules.reminders`.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.choices import NoticeKind, Role
from projects.core.roles import Person
from projects.models.constraints import known_codes
from projects.models.delivery import Delivery
from projects.models.department import Department
from projects.models.fields import person, reference


class NoticeQuerySet(models.QuerySet):
    def reachable_by(self, person: Person):
        """One's own, as long as one has the role and the unit for which one was told."""
        told = Q(pk=None)
        if person.has(Role.REVIEWER):
            told |= Q(role=Role.REVIEWER)
        if person.has(Role.EDITOR):
            told |= Q(role=Role.EDITOR)
        if person.has(Role.REPORTER):
            told |= Q(role=Role.REPORTER, department__in=person.units)
        return self.filter(told, user=person.pk)

    def unread(self):
        return self.filter(read_at=None)


class Notice(models.Model):
    key = models.CharField(max_length=250, unique=True)
    user = person(None, "notices")
    kind = models.CharField(max_length=20, choices=NoticeKind.as_choices)
    role = models.CharField(max_length=10, choices=Role.as_choices)
    department = reference(
        Department,
        None,
        "notices",
        null=True,
        help_text="The unit for which somebody reports; none for reviewers.",
    )
    projects = models.JSONField(default=list, help_text="Their codes.")
    values = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    letter = reference(Delivery, None, "notices", null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-pk"]
        constraints = [
            known_codes("A notice is of a known kind.", kind=NoticeKind),
            models.CheckConstraint(
                name="notice_role_has_department",
                condition=Q(role=Role.REPORTER, department__isnull=False)
                | Q(role__in=[Role.REVIEWER, Role.EDITOR], department=None),
                violation_error_message="A notice goes to reporters of a unit, reviewers or editors.",
            ),
        ]

    def __str__(self):
        return self.key

    @property
    def is_read(self) -> bool:
        return self.read_at is not None
