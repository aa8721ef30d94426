"""What holds today, as narrow rows that lists filter, sort, count and add up; only the rebuild writes them.

One row a project; one for each of its sources, of what happened to it. Codes are copies of what other tables
hold to their vocabularies. Past days are `models.standing`, milestones of all days `models.milestone`, the
tallies `models.tally`.
"""

from django.db import models
from django.db.models import F, Q

from projects.choices import Cadence
from projects.core.rectangles import FOREVER
from projects.models.claim import Claim
from projects.models.department import Department
from projects.models.place import Place
from projects.models.project import Project
from projects.models.round import QuarterlyStage
from projects.models.source import Source
from projects.reports.rules import rounds


def _copied(to: type[models.Model]) -> models.ForeignKey:
    """A copy of a key of the project: not constrained, since the project's own is and this row follows it."""
    return models.ForeignKey(
        to, on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )


def monthly() -> Q:
    """Of which a report is expected every month: `rounds.is_quarterly`, as the database asks it."""
    of_stage = Q(cadence="") & ~Q(stage__in=QuarterlyStage.objects.values("stage"))
    return Q(cadence=Cadence.MONTHLY) | of_stage


class CurrentQuerySet(models.QuerySet):
    def drawing_on(self, source: str):
        used = SourceUse.objects.filter(source__code=source, is_drawn_on=True)
        return self.filter(project__in=used.values("project"))

    def are_more_than(self, most: int) -> bool:
        """Whether there are more rows than so many; no more of them are read than that takes."""
        return self.order_by("pk")[most : most + 1].exists()

    def dated(self):
        """Of which some date was said or has happened."""
        return self.filter(is_dated=True)

    def expected(self):
        """Those on which rounds ask for reports, monthly or quarterly: what is on record is public."""
        return self.filter(stage__in=rounds.EXPECTED, condition__in=rounds.REPORTING)

    def expected_in(self, month: str):
        """Those on which the round of a month such as 2026-03 asks for one."""
        return self.expected() if rounds.ends_quarter(month) else self.expected().filter(monthly())


USUAL = ("is_counted", "last_known_on", "number")
ASKED = ("place", "stage", "sector", "record_type", "condition", "stage_said_on", "project")


class Current(models.Model):
    """A project that is on record; its columns are those of a standing, and those of the project itself."""

    project = models.OneToOneField(
        Project, on_delete=models.CASCADE, primary_key=True, related_name="current"
    )
    number = models.PositiveIntegerField(help_text="Of the code: the order in which records were made.")
    code = models.CharField(max_length=11)
    slug = models.CharField(max_length=80)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20)
    sector = models.CharField(max_length=30, blank=True)
    record_type = models.CharField(max_length=30)
    funding = models.CharField(max_length=20, blank=True)
    cadence = models.CharField(max_length=10, blank=True)
    place = _copied(Place)
    department = _copied(Department)
    parent = _copied(Project)
    is_counted = models.BooleanField(help_text="By the headline.")

    stage = models.CharField(max_length=20, blank=True)
    stage_order = models.PositiveSmallIntegerField(null=True)
    stage_basis = models.CharField(max_length=10, blank=True)
    stage_qualifier = models.CharField(max_length=10, blank=True)
    stage_since = models.CharField(max_length=40, blank=True)
    stage_last_said = models.CharField(max_length=40, blank=True)
    stage_last_said_basis = models.CharField(max_length=10, blank=True)
    stage_said_on = models.DateField(null=True)
    is_partly_in_use = models.BooleanField()
    condition = models.CharField(max_length=20)
    total_investment = models.BigIntegerField(null=True)
    total_qualifier = models.CharField(max_length=10, blank=True)
    is_total_stated = models.BooleanField()
    above = _copied(Project)  # the nearest whole that has a total, of a part that has one
    is_above_counted = models.BooleanField()
    agreed_investment = models.BigIntegerField(null=True)
    invested_to_date = models.BigIntegerField(null=True)
    amounts = models.JSONField(default=dict)
    is_dated = models.BooleanField()
    due_on = models.DateField(null=True, help_text="By which something still to come was promised first.")
    last_known_on = models.DateField()
    last_known = models.CharField(max_length=40)
    source_count = models.PositiveIntegerField()

    objects = CurrentQuerySet.as_manager()

    class Meta:
        # One for each order, then one for each filter in the usual order; the last column tells rows apart.
        indexes = [
            models.Index(fields=["number"], name="current_number"),
            models.Index(fields=["name", "number"], name="current_name"),
            models.Index(fields=["stage_order", "number"], name="current_stage_order"),
            models.Index(fields=["total_investment", "number"], name="current_total"),
            models.Index(fields=["last_known_on", "number"], name="current_news"),
            models.Index(fields=["stage", "number"], name="current_stage"),
            models.Index(fields=["kind", "number"], name="current_kind"),
            models.Index(fields=["sector", "number"], name="current_sector"),
            models.Index(fields=["record_type", "number"], name="current_record_type"),
            models.Index(fields=["condition", "number"], name="current_condition"),
            models.Index(fields=["place", "number"], name="current_place"),
            # In the usual order of the list, with what filters and facets ask: of those passed over, and
            # those that are counted, no row is read.
            models.Index(fields=[*USUAL, "kind", *ASKED], name="current_counted"),
            models.Index(fields=["kind", *USUAL, *ASKED], name="current_kind_counted"),
            models.Index(fields=["stage_said_on", "number"], name="current_said"),
            models.Index(fields=["is_dated", "due_on", "number"], name="current_dated"),
            models.Index(fields=["parent", "number"], name="current_parent"),
            models.Index(fields=["department", "stage", "condition", "number"], name="current_unit"),
            # Covers what counts the reports that are expected.
            models.Index(
                fields=["stage", "condition", "cadence", "department", "project"], name="current_expected"
            ),
            # Covers what facets and sums ask.
            models.Index(
                fields=[
                    *("stage", "kind", "sector", "record_type", "condition", "place", "is_counted"),
                    "stage_said_on",
                    *("total_investment", "total_qualifier", "is_total_stated", "above", "project"),
                ],
                name="current_facets",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"


class SourceUse(models.Model):
    """What was taken from a source of a project, and whether what holds today draws on it."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="source_uses")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="uses", db_index=False)
    is_drawn_on = models.BooleanField()
    claims = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="sourceuse_once",
                fields=["source", "project"],
                violation_error_message="A project uses a source once.",
            )
        ]

    def __str__(self):
        return f"{self.project_id} {self.source_id}"


class ProjectEvent(models.Model):
    """What happened, the days on which it is known, and the claims that say it and held before."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="events")
    what = models.CharField(max_length=10)
    day = models.DateField()
    known_on = models.DateField()
    known_until = models.DateField(default=FOREVER)
    milestone = models.CharField(max_length=20, blank=True)
    # Approved claims stay; without index and constraint a pending one is deleted without looking here.
    claim = models.ForeignKey(Claim, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    was = models.ForeignKey(
        Claim, models.DO_NOTHING, related_name="+", null=True, db_constraint=False, db_index=False
    )
    is_counted = models.BooleanField(default=False, help_text="The headline would, if it were not cancelled.")
    is_news = models.BooleanField(default=False, help_text="Of a kind that news tell of.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="projectevent_has_inside",
                condition=Q(known_on__lt=F("known_until")),
                violation_error_message="A day comes before it is over.",
            ),
        ]
        indexes = [
            # Covers the counts, too.
            models.Index(
                fields=["what", "day", "id", "known_on", "known_until", "is_counted"], name="event_day"
            ),
            models.Index(fields=["known_on", "day", "id"], condition=Q(is_news=True), name="event_news"),
        ]

    def __str__(self):
        return f"{self.project_id} {self.what} {self.day}"
