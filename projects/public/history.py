"""A project's history: every claim on both clocks, and the rectangles of days that they make."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from projects.core import fuzzy_dates
from projects.core.clocks import Clocks
from projects.core.rectangles import FOREVER
from projects.models import Standing
from projects.pages import page_frame
from projects.pages.charts import Scale
from projects.public import history_lines
from projects.records import project_record
from projects.records.project_record import moved

SIZE = 480.0


@dataclass(frozen=True, slots=True)
class Tile:
    """One rectangle: where it lies, and the stage that held."""

    x: float
    y: float
    width: float
    height: float
    row: Standing


@dataclass(frozen=True, slots=True)
class Plane:
    tiles: list[Tile]
    years: list[tuple[int, float, float]]  # the year, across and down
    x: float
    y: float
    size: float = SIZE


def of(rows: list[Standing], clocks: Clocks) -> Plane | None:
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
    return Plane(tiles, years, scale.at(clocks.asof), round(SIZE - scale.at(clocks.known), 2))


def _tile(row: Standing, scale: Scale) -> Tile:
    left, right = scale.at(row.asof_from), SIZE if row.asof_to == FOREVER else scale.at(row.asof_to)
    low, high = scale.at(row.known_from), SIZE if row.known_to == FOREVER else scale.at(row.known_to)
    return Tile(left, round(SIZE - high, 2), round(right - left, 2), round(high - low, 2), row)


@page_frame.public_page()
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Every claim and correction, and the rectangles of days that they make."""
    project = project_record.find(slug)
    if project is None:
        return moved(request, slug, "history")
    clocks = page_frame.clocks_of(request)
    record = project_record.record(project, clocks)
    frame = page_frame.frame(request, clocks, "projects")
    rectangles = project_record.rectangles(project)
    context = frame | {
        "project": project,
        "record": record,
        "lines": history_lines.lines(record.known),
        "plane": of(rectangles, clocks),
    }
    return render(request, "public/history.html", context)
