"""Every promised date on (D, K): who said it, when, what became of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from projects.choices import Verdict
from projects.claims import standings
from projects.core.clocks import Clocks
from projects.core.promises import Facts, slippage, verdict
from projects.models import Claim
from projects.models.standing import facts_from_json

COLUMNS = (
    "project__slug",
    "project__name",
    "project__name_en",
    "project__kind",
    "project__record_type",
    "milestones",
)
ORDERS = ("due", "-due", "slip", "-slip", "name", "verdict")
VERDICTS = list(Verdict)
WITH_WORD = (Verdict.KEPT, Verdict.PARTLY, Verdict.LATE)  # what a share of those kept is taken of


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A first promise with its project, its verdict and slippage on the day, and the claim that made it."""

    slug: str
    name: str
    name_en: str
    kind: str
    record_type: str
    told: Facts
    verdict: Verdict | None
    slip: tuple[int, int] | None
    claim: Claim | None = None


def promises(clocks: Clocks) -> list[PromiseRow]:
    """The latest due first."""
    rows = standings.on(clocks).exclude(milestones=[]).values_list(*COLUMNS)
    found = [
        PromiseRow(*identity, told, verdict(told, clocks.asof), slippage(told, clocks.asof))
        for *identity, milestones in rows
        for told in map(facts_from_json, milestones)
        if told.first is not None
    ]
    return ordered(found, "-due")


def with_claims(found: list[PromiseRow]) -> list[PromiseRow]:
    """Each with the claim that made it: which publication, where, when."""
    refs = [one.told.first.ref for one in found]
    claims = Claim.objects.filter(ref__in=refs).select_related("source", "section")
    by_ref = {claim.ref: claim for claim in claims}
    return [replace(one, claim=by_ref[one.told.first.ref]) for one in found]


def ordered(found: list[PromiseRow], order: str) -> list[PromiseRow]:
    """By a name of `ORDERS`; what has no slippage comes last either way."""
    name = order.removeprefix("-")
    ranked = sorted(found, key=lambda one: (_key(one, name), one.slug), reverse=order.startswith("-"))
    return sorted(ranked, key=lambda one: one.slip is None) if name == "slip" else ranked


def _key(one: PromiseRow, name: str) -> tuple:
    if name == "slip":
        return one.slip or (0, 0)
    if name == "verdict":
        return (VERDICTS.index(one.verdict) if one.verdict else len(VERDICTS),)
    return (one.name,) if name == "name" else (one.told.first.value.latest,)


@dataclass(frozen=True, slots=True)
class KeptShare:
    """How many first promises were kept of those due on which there is word; the silent ones beside it."""

    kept: int
    with_word: int
    silent: int
    still_open: int


def share_kept(found: list[PromiseRow]) -> KeptShare:
    tally = Counter(one.verdict for one in found)
    return KeptShare(
        kept=tally[Verdict.KEPT],
        with_word=sum(tally[verdict] for verdict in WITH_WORD),
        silent=tally[Verdict.NO_WORD],
        still_open=tally[Verdict.OPEN] + tally[Verdict.PERHAPS],
    )


def tally(found: list[PromiseRow]) -> list[tuple[Verdict, int]]:
    """How many have each verdict, those that none has left out."""
    counts = Counter(one.verdict for one in found)
    return [(verdict, counts[verdict]) for verdict in Verdict if counts[verdict]]
