"""A project's history: its claims on both clocks in pages, and the rectangles of days that they make."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from projects.core import fuzzy_dates
from projects.core.clocks import Clocks
from projects.core.rectangles import FOREVER
from projects.models import Project, Standing
from projects.models.prepared import Prepared
from projects.pages import keyset, page_frame
from projects.pages.charts import Scale
from projects.public import history_lines
from projects.records import list_question, one_project, project_history, project_record
from projects.records.known_claims import Measure
from projects.records.old_addresses import moved
from projects.words.stage_words import plain

SIZE = 480.0
IN_SHORT = 3  # that are told to those who find or share the page
DAYS = "days"  # the part of the page that shows rectangles alone


@dataclass(frozen=True, slots=True)
class Tile:
    """One rectangle: where it lies, and the stage that held."""

    x: float
    y: float
    width: float
    height: float
    row: Standing

    @property
    def told(self) -> tuple:
        """All that its part of the template depends on: the key by which what was written is remembered."""
        row, total = self.row, (self.row.total_investment, self.row.total_qualifier, self.row.is_total_stated)
        days = row.asof_from, row.asof_to, row.known_from, row.known_to
        stage = row.stage, row.stage_basis, row.stage_qualifier, row.condition, row.is_partly_in_use
        where = self.x, self.y, self.width, self.height
        return *where, *days, *stage, *total


@dataclass(frozen=True, slots=True)
class Plane:
    project: Project
    tiles: list[Tile]
    years: list[tuple[int, float, float]]  # the year, across and down
    x: float
    y: float
    size: float = SIZE

    @property
    def told(self) -> tuple:
        of = self.project.slug, plain(self.project)
        return *of, self.x, self.y, *self.years, *(tile.told for tile in self.tiles)


def of(project: Project, rows: list[Standing], clocks: Clocks) -> Plane | None:
    """As-of runs to the right, knowledge upwards; the mark is the day that the page shows."""
    if not rows:
        return None
    days = [clocks.asof, clocks.known, clocks.today]
    days += [row.asof_from for row in rows] + [row.known_from for row in rows]
    scale = Scale(
        fuzzy_dates.parse(str(min(days).year)).earliest, fuzzy_dates.parse(str(max(days).year)).latest, SIZE
    )
    tiles = [_tile(row, scale) for row in rows]
    years = [(year, at, round(SIZE - at, 2)) for year, at in scale.years()]
    return Plane(project, tiles, years, scale.at(clocks.asof), round(SIZE - scale.at(clocks.known), 2))


def _tile(row: Standing, scale: Scale) -> Tile:
    left, right = scale.at(row.asof_from), SIZE if row.asof_to == FOREVER else scale.at(row.asof_to)
    low, high = scale.at(row.known_from), SIZE if row.known_to == FOREVER else scale.at(row.known_to)
    return Tile(left, round(SIZE - high, 2), round(right - left, 2), round(high - low, 2), row)


@dataclass(frozen=True, slots=True)
class HistoryPart:
    """What the page says of all its claims, and what it needs to show some of them."""

    count: int
    measures: dict[str, Measure]


@page_frame.public_page("part", "page", *keyset.LINKS)
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """The claims and corrections, the newest first; with `part=days` the rectangles that they make."""
    project = next(iter(Prepared(one_project.named, values={"slug": slug}).fetch()), None)
    if project is None:
        return moved(request, slug, "history")
    clocks = page_frame.clocks_of(request)
    context = page_frame.frame(request, clocks, "projects") | {"project": project}
    claims, rectangles, newest = project_history.counts(project, clocks)
    if request.GET.get("part", "").strip() == DAYS:
        rows, page = project_history.rectangle_page(project, request.GET)
    else:
        rows = project_history.rectangles(project)
        told = project_history.claim_page(project, clocks, request.GET)
        page = told.page
        record = HistoryPart(claims, project_record.measures(told.known))
        lines = history_lines.lines(told, record.measures, project)
        in_short = [one.statement for one in history_lines.newest_first(told)[:IN_SHORT]]
        context |= {"record": record, "lines": lines, "newest": in_short}
    context |= {
        "plane": of(project, rows, clocks),
        "rectangles": rectangles,
        "last_report": newest,
        "pages": page.links(page_frame.question(request)),
        "ignored": list_question.told(request, page.bad + list_question.old_page(request.GET)),
    }
    return render(request, "public/history.html", context)
