"""What became known last of some projects, on (D, K)."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet, Subquery

from projects.core.clocks import Clocks
from projects.models import Claim, Indicator, Standing

MOST = 50


def news(rows: QuerySet[Standing], clocks: Clocks) -> list[Claim]:
    """Their newest claims, each with the name of what it measures, in one statement."""
    measure = Indicator.objects.filter(code=OuterRef("measure"))
    claims = Claim.objects.public(clocks.known).filter(
        as_of_latest__lte=clocks.asof, project__in=rows.order_by().values("project")
    )
    claims = claims.annotate(
        measure_name=Subquery(measure.values("name")), measure_name_en=Subquery(measure.values("name_en"))
    )
    claims = claims.select_related("project", "source", "section")
    return list(claims.order_by("-known_on", "-as_of_latest", "project__code", "ref")[:MOST])
