"""Claims: everything known about a project. Append-only once approved (`models.append_only`)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.choices import Condition, Milestone, PromiseState, Stage, Topic, ValueKind
from projects.core.methods import TOPICS_WITH_METHOD
from projects.core.statements import Series
from projects.models.assertion import Assertion, AssertionQuerySet, holds_only
from projects.models.batch import Batch
from projects.models.constraints import known_codes
from projects.models.fields import reference
from projects.models.managers import by_natural_key
from projects.models.project import Project


def _value_its_topic_takes() -> Q:
    withdrawal = Q(corrects__isnull=False) & holds_only(None)
    for kind in ValueKind:
        topics = [topic.value for topic in Topic if topic.takes == kind]
        withdrawal |= Q(topic__in=topics) & holds_only(kind)
    return withdrawal | Q(topic=Topic.PROMISED, value_code=PromiseState.TBD) & holds_only(ValueKind.CODE)


class ClaimQuerySet(AssertionQuerySet):
    def waiting_alone(self):
        """But for those of a file, which are decided with it."""
        # Few are of a file or wait: asked for no file, or in an order, SQLite would read all by that index.
        waiting = self.model.objects.pending().exclude(batch__isnull=False).order_by()
        return self.filter(pk__in=waiting.values("pk"))

    def public(self, today):
        """Approved, of a public project and source, and not known only in the future."""
        return self.approved().filter(project__is_public=True, source__is_public=True, known_on__lte=today)


class Claim(Assertion):
    project = reference(Project, _("project"), "claims")
    topic = models.CharField(_("topic"), max_length=20, choices=Topic.as_choices)
    measure = models.CharField(_("measure"), max_length=80, blank=True)
    scope = models.CharField(_("scope"), max_length=60, blank=True, help_text=_("Empty for the whole."))
    period = models.CharField(_("period"), max_length=40, blank=True)
    batch = reference(Batch, _("imported file"), "claims", null=True, blank=True, editable=False)

    objects = by_natural_key("ref", queryset=ClaimQuerySet)

    class Meta(Assertion.Meta):
        abstract = False
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["ref"]
        indexes = [
            models.Index(fields=["project", "known_on"], name="claim_project_known"),
            models.Index(fields=["as_of_latest", "ref"], name="claim_true"),
            models.Index(fields=["-entered_at", "-ref"], name="claim_entered"),
            models.Index(
                fields=["project", "entered_by"],
                condition=Q(approved_at=None, refused_at=None),
                name="claim_waiting",
            ),
        ]
        constraints = [
            *Assertion.Meta.constraints,
            models.CheckConstraint(
                name="claim_value_fits_topic",
                condition=_value_its_topic_takes(),
                violation_error_message=_("Give the one value that this topic takes, or withdraw a claim."),
            ),
            known_codes(_("Choose one of the topics."), topic=Topic),
            models.CheckConstraint(
                name="claim_printed_as_has_figure",
                condition=Q(printed_as="") | Q(value_yuan__isnull=False) | Q(value_number__isnull=False),
                violation_error_message=_("Only a figure can be printed otherwise than in our digits."),
            ),
            models.CheckConstraint(
                name="claim_value_code_known",
                condition=Q(value_code="")
                | Q(topic=Topic.STAGE, value_code__in=Stage.values)
                | Q(topic=Topic.CONDITION, value_code__in=Condition.values)
                | Q(topic=Topic.PROMISED, value_code=PromiseState.TBD),
                violation_error_message=_("Choose one of the stages or conditions."),
            ),
            models.CheckConstraint(
                name="claim_actual_unqualified",
                condition=~Q(topic=Topic.ACTUAL) | Q(qualifier=""),
                violation_error_message=_("What has happened is not expected: leave the qualifier empty."),
            ),
            models.CheckConstraint(
                name="claim_method_fits_topic",
                condition=Q(method="") | Q(topic__in=TOPICS_WITH_METHOD),
                violation_error_message=_("Only what has been invested and funds have a method."),
            ),
            models.CheckConstraint(
                name="claim_date_has_milestone",
                condition=~Q(topic__in=[Topic.PROMISED, Topic.ACTUAL]) | Q(measure__in=Milestone.values),
                violation_error_message=_("Choose the milestone."),
            ),
            models.CheckConstraint(
                name="claim_capacity_has_measure",
                condition=~Q(topic=Topic.CAPACITY) | ~Q(measure=""),
                violation_error_message=_("Say what the capacity measures."),
            ),
        ]

    def series(self) -> Series:
        return Series(self.topic, self.measure, self.scope, self.period, self.method)
