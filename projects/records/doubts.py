"""What of the records is likely to be wrong or missing, found and counted by SQL; a person looks at each.

Nothing is refused for it: an amount may well stand in many projects, and a document may have dates the
wrong way round. Of more than `MAX_COMPARED` records only what an index tells is counted beforehand.
"""

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, QuerySet, Value, When

from projects.audit.version_memory import until_published
from projects.core.steps import ORDER
from projects.models import Current, ProjectMilestone
from projects.records.rules.doubts import MANY, RecordDoubt

MAX_COMPARED = 2_000
COMPARING = (RecordDoubt.SAME_AMOUNT, RecordDoubt.DATES_OUT_OF_ORDER)  # each record with others


def doubtful(doubt: str) -> QuerySet[Current]:
    """The keys of the projects that are on record and of which it is doubted."""
    match doubt:
        case RecordDoubt.SAME_AMOUNT:
            rows = Current.objects.filter(total_investment__in=_repeated_amounts())
        case RecordDoubt.NO_PLACE:
            rows = Current.objects.filter(place=None)
        case RecordDoubt.NO_UNIT:
            rows = Current.objects.filter(department=None)
        case RecordDoubt.DATES_OUT_OF_ORDER:
            rows = Current.objects.filter(project__in=_out_of_order())
        case _:
            raise ValueError(doubt)
    return rows.values("project")


@until_published
def counts() -> dict[str, int | None]:
    """Of how many projects each is doubted, None where that is not counted.

    Each is a statement of its own, half the cost of one for all.
    """
    is_large = Current.objects.are_more_than(MAX_COMPARED)
    return {
        doubt.value: None if is_large and doubt in COMPARING else doubtful(doubt).count()
        for doubt in RecordDoubt
    }


def _repeated_amounts() -> QuerySet:
    """Of records that count themselves: the total of a whole is often said of its parts too."""
    rows = Current.objects.filter(total_investment__isnull=False, is_counted=True).order_by()
    groups = rows.values("total_investment").annotate(n=Count("pk")).filter(n__gte=MANY)
    return groups.values("total_investment")


def _out_of_order() -> QuerySet:
    """A later step was surely reached before an earlier one of the same part."""
    rows = ProjectMilestone.objects.today().filter(actual_latest__isnull=False).annotate(step=_step())
    earlier_yet_later = rows.filter(
        project=OuterRef("project"),
        scope=OuterRef("scope"),
        step__lt=OuterRef("step"),
        actual_earliest__gt=OuterRef("actual_latest"),
    )
    return rows.filter(Exists(earlier_yet_later)).values("project")


def _step() -> Case:
    steps = [When(milestone=milestone, then=Value(order)) for milestone, order in ORDER.items()]
    return Case(*steps, output_field=IntegerField())
