"""How complete the records are, by SQL over the rows of today: in lists, and as a list of what to mend first.

Of more than `MAX_WEIGHED` records only so many are weighed as lack what weighs most, some of each.
What is asked for, and what it weighs, is `records.rules.completeness`.
"""

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from projects.audit.version_memory import until_published
from projects.choices import Milestone
from projects.models import Current, Project, ProjectMilestone, ProjectParty
from projects.records.rules.completeness import WEIGHTS, Asked, missing

PREFIX = "has_"
MAX_WEIGHED, MAX_OF_EACH = 2_000, 200


def _dated(*milestones: Milestone) -> Exists:
    """A date that was said of one of them, promised or reached."""
    rows = ProjectMilestone.objects.today().filter(project=OuterRef("pk"), milestone__in=milestones)
    return Exists(rows.exclude(first_latest=None, actual_latest=None))


PRESENT: dict[Asked, Q | Exists] = {
    Asked.UNIT: Q(department__isnull=False),
    Asked.PLACE: Q(place__isnull=False),
    Asked.STAGE: Q(current__isnull=False) & ~Q(current__stage=""),
    Asked.TOTAL: Q(current__total_investment__isnull=False),
    Asked.START: _dated(Milestone.STARTED),
    Asked.FINISH: _dated(Milestone.COMPLETED, Milestone.OPERATING),
    Asked.PARTY: Exists(ProjectParty.objects.filter(project=OuterRef("pk"))),
    Asked.SUMMARY: ~Q(summary=""),
    Asked.FUNDING: ~Q(funding=""),
}


def with_completeness(projects: QuerySet[Project]) -> QuerySet[Project]:
    """Each with `completeness` in per cent, and whether it has each of what is asked."""
    whole = Value(0)
    for asked, condition in PRESENT.items():
        whole += Case(When(condition, then=Value(WEIGHTS[asked])), default=Value(0))
    return projects.annotate(completeness=whole)


@until_published
def least_complete(most: int) -> list[Project]:
    """What is worked on first: the least complete of those that are public, with `missing`."""
    has = {f"{PREFIX}{one}": _told(condition) for one, condition in PRESENT.items()}
    rows = with_completeness(Project.objects.public()).filter(completeness__lt=sum(WEIGHTS.values()))
    if Current.objects.are_more_than(MAX_WEIGHED):
        rows = rows.filter(pk__in=_lacking_most())
    found = list(rows.annotate(**has).order_by("completeness", "pk")[:most])
    for project in found:
        present = [one for one in Asked if getattr(project, f"{PREFIX}{one}")]
        project.missing = missing(present)
    return found


def _lacking_most() -> set[int]:
    """Some records of each weighty lack, found by an index of their own and read in its order."""
    found: set[int] = set()
    for lack in ({"stage": ""}, {"total_investment": None}, {"department": None}, {"place": None}):
        rows = Current.objects.filter(**lack).order_by().values_list("pk", flat=True)
        found.update(rows[:MAX_OF_EACH])
    return found


def _told(condition: Q | Exists) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())
