"""The dates of milestones on (D, K): those that have come, and those that are promised and may still come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from projects.core.clocks import Clocks
from projects.core.promises import Dated, Facts
from projects.models import Claim, Standing
from projects.models.standing import facts_from_json

COLUMNS = ("project__code", "project__slug", "project__name", "project__name_en", "project__kind")


@dataclass(frozen=True, slots=True)
class Due:
    """A milestone with the date that counts: the fact where there is one, else the promise that holds."""

    code: str
    slug: str
    name: str
    name_en: str
    kind: str
    told: Facts
    said: Dated
    claim: Claim

    @property
    def is_fact(self) -> bool:
        return self.told.actual is not None


def to_come(rows: QuerySet[Standing], clocks: Clocks) -> list[Due]:
    return _with_claims(rows, clocks, with_facts=False)


def all_dates(rows: QuerySet[Standing], clocks: Clocks) -> list[Due]:
    """What has come, too."""
    return _with_claims(rows, clocks, with_facts=True)


def _with_claims(rows: QuerySet[Standing], clocks: Clocks, with_facts: bool) -> list[Due]:
    """In the order in which they end, with the claims that say so, in two reads."""
    found = list(_dated(rows, clocks, with_facts))
    refs = {said.ref for *_, said in found}
    claims = Claim.objects.filter(ref__in=refs).select_related("source", "section")
    by_ref = {claim.ref: claim for claim in claims}
    due = [Due(*identity, told, said, by_ref[said.ref]) for identity, told, said in found]
    return sorted(due, key=lambda one: (one.said.value.latest, one.code, one.told.milestone, one.told.scope))


def _dated(
    rows: QuerySet[Standing], clocks: Clocks, with_facts: bool
) -> Iterator[tuple[list[str], Facts, Dated]]:
    listed = rows.exclude(milestones=[]).order_by().values_list(*COLUMNS, "milestones")
    for *identity, milestones in listed:
        for told in map(facts_from_json, milestones):
            if told.actual and with_facts:
                yield identity, told, told.actual
            elif _may_come(told, clocks):
                yield identity, told, told.promised


def _may_come(told: Facts, clocks: Clocks) -> bool:
    return told.is_to_come and told.promised.value.latest >= clocks.asof
