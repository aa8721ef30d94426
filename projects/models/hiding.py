"""A wish to hide a public project: who asks and why, who decided, and who showed it again.

A project is hidden by this and in no other way (`records.hiding`); at most one of its wishes waits or holds.
Of a double it names the record that stays, and the batch that proposes its claims there (`imports.doubles`).
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from projects.choices import HidingState
from projects.models.batch import Batch
from projects.models.constraints import known_codes
from projects.models.fields import person, reference
from projects.models.project import Project

MAX_REASON = 300
OPEN = (HidingState.WAITING.value, HidingState.HIDDEN.value)
_DECIDED = (HidingState.HIDDEN.value, HidingState.REFUSED.value, HidingState.SHOWN.value)
_BY_SOMEBODY = Q(decided_by__isnull=False, decided_at__isnull=False)
_BY_NOBODY = Q(decided_by=None, decided_at=None)
_IS_SHOWN = Q(shown_by__isnull=False, shown_at__isnull=False) & ~Q(shown_why="")
_NOT_SHOWN = Q(shown_by=None, shown_at=None, shown_why="")


class HidingRequestQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=HidingState.WAITING)

    def in_force(self):
        """The requests by which a project is hidden now."""
        return self.filter(state=HidingState.HIDDEN)


class HidingRequest(models.Model):
    project = reference(Project, _("project"), "hiding_requests")
    reason = models.CharField(_("reason"), max_length=MAX_REASON)
    same_as = reference(Project, _("the same as"), "doubles", null=True)
    batch = models.OneToOneField(
        Batch, models.PROTECT, related_name="hiding", null=True, verbose_name=_("claims proposed anew")
    )
    asked_by = person(_("asked by"), "hidings_asked")
    asked_at = models.DateTimeField(_("asked at"))
    state = models.CharField(
        _("state"), max_length=10, choices=HidingState.as_choices, default=HidingState.WAITING
    )
    decided_by = person(_("decided by"), "hidings_decided", null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    refused_why = models.CharField(_("why refused"), max_length=MAX_REASON, blank=True)
    shown_by = person(_("shown again by"), "hidings_ended", null=True)
    shown_at = models.DateTimeField(_("shown again at"), null=True)
    shown_why = models.CharField(_("why shown again"), max_length=MAX_REASON, blank=True)

    objects = HidingRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("wish to hide a project")
        verbose_name_plural = _("wishes to hide a project")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "-id"], name="hidingrequest_state")]
        constraints = [
            known_codes(_("Choose one of the states."), state=HidingState),
            models.CheckConstraint(
                name="hidingrequest_has_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Say why it is to be hidden."),
            ),
            models.CheckConstraint(
                name="hidingrequest_decided_whole",
                condition=Q(state__in=_DECIDED) & _BY_SOMEBODY | ~Q(state__in=_DECIDED) & _BY_NOBODY,
                violation_error_message=_("What is decided was decided by somebody."),
            ),
            models.CheckConstraint(
                name="hidingrequest_refused_with_reason",
                condition=Q(state=HidingState.REFUSED) & ~Q(refused_why="")
                | ~Q(state=HidingState.REFUSED) & Q(refused_why=""),
                violation_error_message=_("Who refuses says why."),
            ),
            models.CheckConstraint(
                name="hidingrequest_shown_whole",
                condition=Q(state=HidingState.SHOWN) & _IS_SHOWN | ~Q(state=HidingState.SHOWN) & _NOT_SHOWN,
                violation_error_message=_("Who shows it again says why."),
            ),
            models.CheckConstraint(
                name="hidingrequest_same_as_another",
                condition=Q(same_as=None, batch=None) | Q(same_as__isnull=False) & ~Q(same_as=F("project")),
                violation_error_message=_("A double is the same as another record."),
            ),
            models.UniqueConstraint(
                name="hidingrequest_one_open",
                fields=["project"],
                condition=Q(state__in=OPEN),
                violation_error_message=_("This project is hidden already, or its hiding waits."),
            ),
        ]

    def __str__(self):
        return f"hiding #{self.pk}"
