"""What was said of a project and known on a day, each claim as a row and as the rules see it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import NamedTuple, TypeVar, cast

from django.db.models import OuterRef, QuerySet, Subquery

from projects.choices import Topic
from projects.core import precedence
from projects.core.clocks import Clocks
from projects.core.statements import Statement
from projects.models import Claim, Indicator, Project
from projects.models.prepared import Prepared
from projects.words.language import language

T = TypeVar("T")

# What pages do not read of a claim: who decided on it and when, and the days that the text of a date sets.
DECIDED = (
    "entered_by",
    "entered_at",
    "approved_by",
    "approved_at",
    "refused_by",
    "refused_at",
    "refused_why",
)
BOUNDS = ("value_date_earliest", "value_date_latest", "as_of_earliest", "as_of_latest")
OF_SOURCE = ("version", "headline", "publisher", "publisher_en", "published_earliest", "published_latest")
UNREAD = [
    *(*DECIDED, *BOUNDS, "origin", "batch"),
    *(f"source__{name}" for name in (*OF_SOURCE, "note", "note_en")),
    *(f"section__{name}" for name in ("source", "title", "title_en", "paragraphs", "gap", "gap_en")),
    # Of one that is corrected they name the ref, if its source is public.
    *(
        f"corrects__{one.name}"
        for one in Claim._meta.concrete_fields
        if one.name not in ("id", "ref", "source")
    ),
]


class Known(NamedTuple):
    """A claim known on K, as a row and as the rules see it."""

    claim: Claim
    statement: Statement
    corrects: str | None
    corrected_by: str | None
    is_candidate: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """The name of what a capacity measures."""

    name: str
    name_en: str


@dataclass(frozen=True, slots=True, eq=False)
class KnownClaims:
    """All that was known of a project on a day, newest as-of first, and what follows from that alone.

    It is the same for every page as long as the rows say the same; its number then stands for all of it.
    """

    claims: list[Known]
    candidates: list[Statement]
    number: int = field(default_factory=count().__next__)
    made: dict[Hashable, object] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Known]:
        return iter(self.claims)

    def __len__(self) -> int:
        return len(self.claims)

    def once(self, make: Callable[..., T], *given: Hashable) -> T:
        """What a function makes of it and what else it is given, in the page's language; it is only read."""
        asked = make, given, language()
        if asked not in self.made:
            self.made[asked] = make(self, *given)
        return cast(T, self.made[asked])


def known_claims(project: Project, clocks: Clocks) -> KnownClaims:
    """Every claim known on K, with what corrected it."""
    rows = Prepared(claims_of, values={"project": project.pk, "known_on": clocks.known})
    return rows.made(_known_claims, clocks)


def _known_claims(rows: list[Claim], clocks: Clocks) -> KnownClaims:
    statements = [claim.statement() for claim in rows]
    corrected_by = precedence.corrections((one.ref, one.corrects) for one in statements)
    corrects = {ref: corrected for corrected, ref in corrected_by.items()}
    alive = {one.ref for one in precedence.candidates(precedence.live(statements, clocks.known), clocks.asof)}
    known = [
        Known(claim, said, corrects.get(said.ref), corrected_by.get(said.ref), said.ref in alive)
        for claim, said in zip(rows, statements, strict=True)
    ]
    known.sort(key=lambda one: (one.statement.as_of.latest, one.statement.ref), reverse=True)
    return KnownClaims(known, [one.statement for one in known if one.is_candidate])


def claims_of(project: int, known_on: date) -> QuerySet[Claim]:
    """Each with the name of what it measures, so that no further read is needed for it."""
    named = Indicator.objects.filter(code=OuterRef("measure"))
    rows = Claim.objects.public(known_on).filter(project=project)
    rows = rows.annotate(
        measure_name=Subquery(named.values("name")), measure_name_en=Subquery(named.values("name_en"))
    )
    return rows.select_related("source", "section", "corrects").defer(*UNREAD).order_by("ref")


def measures(known: Iterable[Known]) -> dict[str, Measure]:
    claims = (one.claim for one in known if one.claim.topic == Topic.CAPACITY and one.claim.measure_name)
    return {claim.measure: Measure(claim.measure_name, claim.measure_name_en) for claim in claims}
