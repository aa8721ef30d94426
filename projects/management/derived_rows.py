"""What is derived for lists and search, held against what it is made from (standings: `verification`).

What differs is looked at again with all who publish waiting: something may have come between two reads.
"""

from collections.abc import Iterator

from django.db import transaction

from projects.audit.data_version import locked_version
from projects.claims import tallies
from projects.models import Project
from projects.search import index


def of_tallies() -> Iterator[str]:
    """The counts of everything are those of the rows."""
    if tallies.kept() != tallies.counted():
        with transaction.atomic():
            locked_version()
            if tallies.kept() != tallies.counted():
                yield "tallies: they are not what the rows of today add up to (rebuild mends it)"


def of_search() -> Iterator[str]:
    """Every project is found by its names of today, and by nothing else."""
    codes = index.differing(Project.objects.all())
    if codes:
        with transaction.atomic():
            locked_version()
            codes = index.differing(Project.objects.filter(code__in=codes))
    yield from (f"project {code}: its names find it otherwise (rebuild mends it)" for code in codes)
