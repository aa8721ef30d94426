"""The history of one project in pages: its claims, the last known first, and the rectangles they make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import QueryDict

from projects.claims import standings
from projects.core.clocks import Clocks
from projects.core.rectangles import FOREVER
from projects.models import Claim, Project, Standing
from projects.models.prepared import Prepared, among, written_out
from projects.pages import keyset
from projects.pages.keyset import KeysetPage, Segment
from projects.records.known_claims import Known, claims_of
from projects.records.last_report import LastReport

PAGE_SIZE = 50
LOOK_BACK = 100  # claims before a page, for what was said of the same before
LAST_KNOWN = ("-known_on", "-as_of_latest", "-ref")
NEWEST = ("-known_from", "-asof_from")  # of rectangles


def counts(project: Project, clocks: Clocks) -> tuple[int, int, LastReport | None]:
    """How many claims and rectangles there are, and the newest report of all that is known, in one read."""
    values = {"project": project.pk, "known_on": clocks.known}
    claims, rectangles, *newest = Prepared(_counts, values=values).fetch()[0]
    return claims, rectangles, LastReport(*newest) if newest[0] else None


def _counts(project: int, known_on: date) -> QuerySet:
    claims = standings.number_of(_public(project, known_on))
    every = Standing.objects.filter(project=project)
    known = every.filter(asof_to=FOREVER, known_from__lte=known_on, known_to__gt=known_on)
    newest = (Subquery(known.values(name)[:1]) for name in ("last_known_on", "last_known"))
    rows = Project.objects.filter(pk=project).order_by()
    return rows.values_list(claims, standings.number_of(every), *newest)


def _public(project: int, known_on: date) -> QuerySet[Claim]:
    return Claim.objects.public(known_on).filter(project=project)


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """Claims, and those that became known before them, as far back as is looked."""

    known: list[Known]
    earlier: list[Known]
    is_all: bool
    page: KeysetPage


def claim_page(project: Project, clocks: Clocks, params: QueryDict) -> ClaimPage:
    """The claims that became known last first, each with what it corrects and what corrected it."""
    values = {"project": project.pk, "known_on": clocks.known}
    page = keyset.page(
        [Segment(Prepared(_public, values=values), LAST_KNOWN)], ("pk",), PAGE_SIZE, params, project.code
    )
    keys = [pk for (pk,) in page.rows]
    rows = Prepared(_told, values=values)
    shown = [_known(claim, clocks.asof) for claim in rows.then(among, "pk", keys=keys).fetch()]
    earlier: list[Known] = []
    if shown and page.after:
        until = shown[-1].claim.known_on
        further = rows.then(_further, LOOK_BACK + 1, keys=keys, until=until).fetch()
        newer = [claim for claim in further if _by_word(claim) < _by_word(shown[-1].claim)]
        earlier = [_known(claim, clocks.asof) for claim in newer]
    return ClaimPage(shown, earlier, len(earlier) < LOOK_BACK, page)


def _told(project: int, known_on: date) -> QuerySet[Claim]:
    """Each with what it corrects and what corrected it."""
    by = _public(project, known_on).filter(corrects=OuterRef("pk")).values("ref")[:1]
    rows = claims_of(project, known_on).annotate(corrected_by=Subquery(by)).order_by(*LAST_KNOWN)
    return rows.select_related("source", "section", "corrects__source")


def _further(rows: QuerySet[Claim], most: int, *, keys: str, until: date) -> QuerySet[Claim]:
    return rows.exclude(pk__in=written_out(keys)).filter(known_on__lte=until)[:most]


def _by_word(claim: Claim) -> tuple:
    return (claim.known_on, claim.as_of_latest, claim.ref)


def _known(claim: Claim, asof: date) -> Known:
    """What a source no longer public said is not named."""
    is_live = claim.corrected_by is None and not claim.is_withdrawal
    corrects = claim.corrects.ref if claim.corrects and claim.corrects.source.is_public else None
    is_candidate = is_live and claim.as_of_latest <= asof
    return Known(claim, claim.statement(), corrects, claim.corrected_by, is_candidate)


def rectangles(project: Project) -> list[Standing]:
    """The rectangles of days on which the project stood somewhere, those that became known last first."""
    return Prepared(_rectangles, values={"project": project.pk}).then(_first, PAGE_SIZE).fetch()


def rectangle_page(project: Project, params: QueryDict) -> tuple[list[Standing], KeysetPage]:
    rows = Prepared(_rectangles, values={"project": project.pk})
    page = keyset.page([Segment(rows, NEWEST)], ("pk",), PAGE_SIZE, params, "days")
    return rows.then(among, "pk", keys=[pk for (pk,) in page.rows]).fetch(), page


def _rectangles(project: int) -> QuerySet[Standing]:
    return Standing.objects.filter(project=project).order_by(*NEWEST)


def _first(rows: QuerySet[Standing], most: int) -> QuerySet[Standing]:
    return rows[:most]
