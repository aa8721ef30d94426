"""What was promised of a milestone and what came of it, on every day; only the rebuild writes it."""

from django.db import models
from django.db.models import F, Q

from projects.core.clocks import Clocks
from projects.models.project import Project
from projects.models.rectangle import CORNERS, OPEN, RectangleQuerySet, RectangleRow


class YearOf(models.Func):
    """Of a day, as text: written so that an index may hold it on both engines."""

    template = "SUBSTR(%(expressions)s, 1, 4)"
    output_field = models.TextField()

    def as_postgresql(self, compiler, connection, **more):
        return self.as_sql(
            compiler, connection, template="(EXTRACT(YEAR FROM %(expressions)s)::text)", **more
        )


class Unindexed(models.Func):
    """A column for which SQLite is to use no index: without statistics it believes that any is narrow."""

    template = "+%(expressions)s"

    def as_postgresql(self, compiler, connection, **more):
        return self.as_sql(compiler, connection, template="%(expressions)s", **more)


class MilestoneQuerySet(RectangleQuerySet):
    def to_come(self, clocks: Clocks):
        """Whose date is still to come, on the day itself, too."""
        return self.held(clocks).filter(to_come_on__gte=clocks.asof)


JUDGED = ("first_latest", "verdict_until", "verdict_after")


class ProjectMilestone(RectangleRow):
    """What was promised of a milestone and what came of it; comparing with the day is left to who asks.

    Of today, and of the days before on which something else held.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="milestones")
    position = models.PositiveSmallIntegerField()
    milestone = models.CharField(max_length=20)
    scope = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=100, help_text="Of the project, to sort by.")
    first_earliest = models.DateField(null=True)
    first_latest = models.DateField(null=True)
    promised_earliest = models.DateField(null=True)
    promised_latest = models.DateField(null=True)
    is_first_stated = models.BooleanField(default=False)
    promised_state = models.CharField(max_length=10, blank=True)
    actual_earliest = models.DateField(null=True)
    actual_latest = models.DateField(null=True)
    to_come_on = models.DateField(null=True, help_text="The last day of what holds and has not come.")
    verdict_until = models.CharField(max_length=10, blank=True, help_text="Until the first promise is due.")
    verdict_after = models.CharField(max_length=10, blank=True)
    slip_order = models.IntegerField(null=True)
    told = models.JSONField(help_text="The facts, with the claims that say them (`models.standing`).")

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="projectmilestone_once",
                fields=["project", "milestone", "scope", "asof_from", "known_from"],
                violation_error_message="A project has a milestone of a scope once on a day.",
            ),
            models.CheckConstraint(
                name="projectmilestone_has_inside",
                condition=Q(asof_from__lt=F("asof_to"), known_from__lt=F("known_to")),
                violation_error_message="A rectangle has an inside.",
            ),
        ]
        indexes = [
            models.Index(fields=["first_latest", "id"], condition=OPEN, name="milestone_due"),
            models.Index(fields=["slip_order", "id"], condition=OPEN, name="milestone_slip"),
            models.Index(
                fields=["name", "id"], condition=OPEN & Q(first_latest__isnull=False), name="milestone_name"
            ),
            models.Index(
                fields=["verdict_until", "first_latest", "id"], condition=OPEN, name="milestone_until"
            ),
            models.Index(
                fields=["verdict_after", "first_latest", "id"], condition=OPEN, name="milestone_after"
            ),
            models.Index(fields=["to_come_on", "id"], condition=OPEN, name="milestone_to_come"),
            models.Index(fields=["actual_latest", "id"], condition=OPEN, name="milestone_actual"),
            # Those of a year in each of these orders, and which have a verdict.
            models.Index(
                YearOf("first_latest"), "name", "id", *JUDGED, condition=OPEN, name="milestone_year_name"
            ),
            models.Index(
                YearOf("first_latest"),
                "slip_order",
                "id",
                *JUDGED,
                condition=OPEN,
                name="milestone_year_slip",
            ),
            models.Index(
                fields=["first_latest", "id", "verdict_until", "verdict_after"],
                condition=OPEN & Q(slip_order__isnull=True),
                name="milestone_without_slip",
            ),
            # Covers what is asked of the dates of a few projects.
            models.Index(
                fields=["project", "to_come_on", "id", "verdict_after", "first_latest"],
                condition=OPEN,
                name="milestone_project",
            ),
            # Covers what a past day counts and orders by.
            models.Index(
                fields=[
                    *(*CORNERS, "first_latest", "verdict_until", "verdict_after", "is_first_stated"),
                    *("slip_order", "to_come_on", "actual_latest", "name", "project", "id"),
                ],
                name="milestone_day",
            ),
        ]

    def __str__(self):
        return f"{self.project_id} {self.milestone} {self.scope}"

    @property
    def corner(self) -> tuple | None:
        """Tells the rows of a milestone apart; that of today stays the same row while it changes."""
        return None if self.is_open else (self.asof_from, self.known_from)
