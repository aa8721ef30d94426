"""The pages of places: where projects stand, from the district down to a park."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from projects.audit.version_memory import until_published
from projects.choices import Age, Stage
from projects.claims import standings
from projects.claims.stage_counts import StageCounts, by_stage
from projects.core.clocks import Clocks
from projects.models import Place, Project
from projects.models.prepared import Prepared, among
from projects.pages import keyset, page_frame
from projects.pages.charts import Piece
from projects.public import stage_bars
from projects.records import last_report, list_question, project_rows
from projects.records.every_place import every_place
from projects.records.project_rows import ProjectListRow
from projects.words.stage_words import stage_word

COLUMNS = (*project_rows.COLUMNS, project_rows.AMOUNTS)
PAGE_SIZE = 50


@dataclass(frozen=True, eq=False)
class Branch:
    """A place with how many projects lie in it and in no part of it, by stage; each counts once."""

    place: Place
    here: StageCounts
    parts: list[Branch] = field(default_factory=list)

    def all(self) -> Iterator[Branch]:
        yield self
        for part in self.parts:
            yield from part.all()

    @cached_property
    def within(self) -> StageCounts:
        return sum((branch.here for branch in self.all()), Counter())

    @cached_property
    def count(self) -> int:
        return self.within.total()

    @cached_property
    def stages(self) -> list[tuple[str, int]]:
        """What is not stated comes last."""
        return self._summed([*Stage.values, ""], 0)

    @cached_property
    def ages(self) -> list[tuple[str, int]]:
        """How long ago the stages were last said, the youngest first."""
        return self._summed(Age.values, 1)

    def _summed(self, codes: list[str], at: int) -> list[tuple[str, int]]:
        sums = [(code, sum(n for key, n in self.within.items() if key[at] == code)) for code in codes]
        return [(code, n) for code, n in sums if n]

    @cached_property
    def pieces(self) -> list[Piece]:
        return stage_bars.pieces(self.within)


def tree(counts: dict[str, StageCounts]) -> tuple[list[Branch], int]:
    """The branches that lie in no other place, and how many projects have no place."""
    branches = {place.pk: Branch(place, counts.get(str(place.pk), Counter())) for place in every_place()}
    tops = []
    for branch in branches.values():
        above = branches.get(branch.place.parent_id)
        (above.parts if above else tops).append(branch)
    return tops, counts.get("", Counter()).total()


@until_published
def tree_of(clocks: Clocks) -> tuple[list[Branch], int]:
    return tree(by_stage("place", clocks))


def largest(counts: dict[str, StageCounts], most: int) -> tuple[list[Branch], int]:
    """The places in which most projects lie, without one that holds them all; and how many have none."""
    tops, unplaced = tree(counts)
    branches = tops[0].parts if len(tops) == 1 else tops
    ordered = sorted((one for one in branches if one.count), key=lambda one: -one.count)
    return ordered[:most], unplaced


def _branch(tops: list[Branch], code: str) -> tuple[Branch | None, list[Place]]:
    """The branch of a place, and the places above it from the top."""
    for top in tops:
        if top.place.code == code:
            return top, []
        found, above = _branch(top.parts, code)
        if found:
            return found, [top.place, *above]
    return None, []


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """What stands in one place, none of it in a part."""

    place: Place
    rows: list[ProjectListRow]


def _groups(branch: Branch, counted: Prepared) -> list[PlaceGroup]:
    """The rows of a place and of its parts, under the place in which each lies."""
    places = {one.place.pk: one.place for one in branch.all()}
    groups = {key: PlaceGroup(place, []) for key, place in places.items()}
    for key, *columns in counted.then(among, "place_id", keys=list(places)).then(_in_order).fetch():
        groups[key].rows.append(project_rows.from_values(*columns))
    return [group for group in groups.values() if group.rows]


def _in_order(rows: QuerySet) -> QuerySet:
    return project_rows.readable(rows).order_by("number").values_list("place_id", *COLUMNS)


def _standing_here(branch: Branch, rows: Prepared, request: HttpRequest) -> dict:
    """All of it on one page, by place; of a place with more only what lies in none of its parts, in pages."""
    counted = rows.then(_that_count)
    if branch.count <= PAGE_SIZE:
        groups = _groups(branch, counted) if branch.count else []
        newest = last_report.of_rows(row.last_known for group in groups for row in group.rows)
        return {"groups": groups, "last_report": newest, "pages": {}, "bad": []}
    here = counted.then(_lying_in, place=branch.place.pk).then(project_rows.readable)
    page = keyset.page(
        [keyset.Segment(here, ("number",))], COLUMNS, PAGE_SIZE, request.GET, branch.place.code
    )
    found = [project_rows.from_values(*values) for values in page.rows]
    return {
        "groups": [PlaceGroup(branch.place, found)] if found else [],
        "pages": page.links(page_frame.question(request)),
        "bad": page.bad,
        "is_here_alone": True,
    }


def _legend(branch: Branch, groups: list[PlaceGroup], *, is_part: bool) -> list[tuple[str, str, int]]:
    """How many are at each stage, called as the rows call it; of a part of them in the usual words, too."""
    words = {stage: _usual(stage) if is_part else {} for stage, _n in branch.stages}
    told = words.keys() - {""}
    for row in (row for group in groups for row in group.rows if row.stage in told):
        words[row.stage][stage_word(row.stage, row.stage_qualifier, row)] = None
    called = {stage: "/".join(of_stage) for stage, of_stage in words.items()}
    alike = Counter(called.values())
    for stage in (stage for stage, word in called.items() if alike[word] > 1):
        called[stage] += f" ({Stage(stage).label})"
    return [(stage, called[stage], n) for stage, n in branch.stages]


def _usual(stage: str) -> dict[str, None]:
    return dict.fromkeys(stage_word(stage).split("/") if stage else ())


def _lying_in(rows: QuerySet, *, place: int) -> QuerySet:
    return rows.filter(place_id=place)


def _that_count(rows: QuerySet) -> QuerySet:
    return rows.filter(is_counted__in=[True])


@until_published
def _own(clocks: Clocks, place: int) -> ProjectListRow | None:
    """The record of a place itself."""
    found = Prepared(standings.on, (clocks,)).then(_of_place, place=place).fetch()
    return project_rows.from_values(*found[0]) if found else None


def _of_place(rows: QuerySet, *, place: int) -> QuerySet:
    of_it = Project.objects.filter(own_place=place).values("pk")
    return project_rows.readable(rows.filter(project__in=of_it)).values_list(*COLUMNS)[:1]


@until_published
def _with_others(clocks: Clocks) -> frozenset[str]:
    """The keys of places where something stands that the headline does not count."""
    return frozenset(by_stage("place", clocks, is_counted=False))


@page_frame.public_page()
def place_list(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    tops, unplaced = tree_of(clocks)
    placed = sum(top.count for top in tops)
    context = page_frame.frame(request, clocks, "places") | {
        "last_report": last_report.of_projects(clocks, counted_only=True),
        "branches": tops,
        "placed": placed,
        "unplaced": unplaced,
        "count": placed + unplaced,
        "most": max((top.count for top in tops), default=0),  # what the bars are drawn to
    }
    return render(request, "public/place_list.html", context)


@page_frame.public_page(*keyset.LINKS)
def place_page(request: HttpRequest, code: str) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    branch, above = _branch(tree_of(clocks)[0], code)
    if branch is None:
        raise Http404
    standing = _standing_here(branch, Prepared(standings.on, (clocks,)), request)
    others = _with_others(clocks)
    ignored = list_question.told(request, standing.pop("bad"))
    context = page_frame.frame(request, clocks, "places") | standing
    context |= {
        "branch": branch,
        "stages": _legend(branch, standing["groups"], is_part="is_here_alone" in standing),
        "most": branch.count,
        "above": above,
        "own": _own(clocks, branch.place.pk),
        "has_others": any(str(one.place.pk) in others for one in branch.all()),
        "words": [],  # nothing was searched for
        "hits": {},
        "ignored": ignored,
    }
    return render(request, "public/place_page.html", context)
