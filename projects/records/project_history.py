"""The history of one project in pages: its claims, the last known first, and the rectangles they make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import QueryDict

from projects.claims import standings
from projects.core.clocks import Clocks
from projects.models import Claim, Project, Standing
from projects.pages import keyset
from projects.pages.keyset import KeysetPage, Segment
from projects.records.project_record import Known, claims_of

PAGE_SIZE = 50
LOOK_BACK = 100  # claims before a page, for what was said of the same before
LAST_KNOWN = ("-known_on", "-as_of_latest", "-ref")


def counts(project: Project, clocks: Clocks) -> tuple[int, int]:
    """How many claims and rectangles there are, in one read."""
    claims = standings.number_of(Claim.objects.public(clocks.known).filter(project=project))
    rows = Project.objects.filter(pk=project.pk)
    return rows.values_list(claims, standings.number_of(project.standings.all()))[0]


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """Claims, and those that became known before them, as far back as is looked."""

    known: list[Known]
    earlier: list[Known]
    is_all: bool
    page: KeysetPage


def claim_page(project: Project, clocks: Clocks, params: QueryDict) -> ClaimPage:
    """The claims that became known last first, each with what it corrects and what corrected it."""
    public = Claim.objects.public(clocks.known).filter(project=project)
    page = keyset.page([Segment(public, LAST_KNOWN)], ("pk",), PAGE_SIZE, params, project.code)
    keys = [pk for (pk,) in page.rows]
    by = public.filter(corrects=OuterRef("pk")).values("ref")[:1]
    rows = claims_of(project, clocks.known).annotate(corrected_by=Subquery(by)).order_by(*LAST_KNOWN)
    rows = rows.select_related("source", "section", "corrects__source")
    shown = [_known(claim, clocks.asof) for claim in rows.filter(pk__in=keys)]
    earlier: list[Known] = []
    if shown and page.after:
        until = shown[-1].claim.known_on
        further = rows.exclude(pk__in=keys).filter(known_on__lte=until)
        newer = [claim for claim in further[: LOOK_BACK + 1] if _by_word(claim) < _by_word(shown[-1].claim)]
        earlier = [_known(claim, clocks.asof) for claim in newer]
    return ClaimPage(shown, earlier, len(earlier) < LOOK_BACK, page)


def _by_word(claim: Claim) -> tuple:
    return (claim.known_on, claim.as_of_latest, claim.ref)


def _known(claim: Claim, asof: date) -> Known:
    """What a source no longer public said is not named."""
    is_live = claim.corrected_by is None and not claim.is_withdrawal
    corrects = claim.corrects.ref if claim.corrects and claim.corrects.source.is_public else None
    is_candidate = is_live and claim.as_of_latest <= asof
    return Known(claim, claim.statement(), corrects, claim.corrected_by, is_candidate)


def rectangles(project: Project) -> QuerySet[Standing]:
    """The rectangles of days on which the project stood somewhere, those that became known last first."""
    return project.standings.order_by("-known_from", "-asof_from")


def rectangle_page(project: Project, params: QueryDict) -> tuple[list[Standing], KeysetPage]:
    order = ("-known_from", "-asof_from")
    page = keyset.page([Segment(project.standings.all(), order)], ("pk",), PAGE_SIZE, params, "days")
    return list(rectangles(project).filter(pk__in=[pk for (pk,) in page.rows])), page
