"""Figures about several projects at once, as one of them shows them; they are shown, and never added."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from projects.core.clocks import Clocks
from projects.models import Project, Statistic
from projects.models.assertion import holds_only
from projects.models.prepared import Prepared

MOST_SHARED = 20


def figures_naming(project: Project, clocks: Clocks) -> list[Statistic]:
    """Live figures of which this project is a part."""
    values = {"code": project.code, "asof": clocks.asof, "known": clocks.known}
    return Prepared(_naming, values=values).fetch()


def _naming(code: str, asof: date, known: date) -> QuerySet[Statistic]:
    public = Statistic.objects.public(known)
    rows = public.naming(code).filter(as_of_latest__lte=asof)
    rows = rows.exclude(holds_only(None)).filter(~Exists(public.filter(corrects=OuterRef("pk"))))
    return rows.select_related("subject", "source", "section", "corrects").order_by("ref")[:MOST_SHARED]
