"""What became known last of any project: rows of `core.events`, each with the claim that says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.http import QueryDict

from projects.audit.version_memory import read_missing, until_published
from projects.core.clocks import Clocks
from projects.core.today import EVENT
from projects.models import PortfolioTally, Project, ProjectEvent
from projects.models.prepared import Prepared, among, prepared
from projects.pages import keyset
from projects.pages.keyset import KeysetPage, Segment
from projects.records.late_news import LateNews

PAGE_SIZE = 50
MAX_LINES = 2_000  # that are remembered
# Of at most so many projects all lines are read; of more so many lines of the news are looked at for a page.
MAX_FEW, MAX_LOOKED = 500, 2_000
NEWEST = ("-known_on", "-day", "-id")
READ = ("project", "claim__source", "claim__section", "was")


@dataclass(frozen=True, slots=True, eq=False)
class NewsLine:
    """An event with the claim that says it; remembered as it is."""

    event: ProjectEvent


@until_published
def newest(clocks: Clocks, most: int) -> list[NewsLine]:
    """The first lines of the news."""
    if not _has_late(clocks):
        return [NewsLine(event) for event in Prepared(_newest, (clocks, most)).fetch()]
    return _read(keyset.page(_segments(clocks), ("pk",), most, QueryDict(), "").rows)


def _newest(clocks: Clocks, most: int) -> QuerySet[ProjectEvent]:
    return news(clocks).select_related(*READ).order_by(*NEWEST)[:most]


def page(
    clocks: Clocks, params: QueryDict, question: str, rows: Prepared | None = None
) -> tuple[list[NewsLine], KeysetPage]:
    """A page of the news, what became known last first; of all projects, or of those of these rows."""
    if rows is None:
        found = keyset.page(_segments(clocks), ("pk",), PAGE_SIZE, params, question)
    else:
        found = _page_of_some(clocks, params, question, rows)
    return _read(found.rows), found


def page_of_one(clocks: Clocks, params: QueryDict, project: Project) -> tuple[list[NewsLine], KeysetPage]:
    found = _page_of_few(clocks, params, project.code, [project.pk])
    return _read(found.rows), found


def _page_of_some(clocks: Clocks, params: QueryDict, question: str, rows: Prepared) -> KeysetPage:
    """Of few projects exactly; of many a page may be short, and goes on where it stopped looking."""
    few = [key for (key,) in rows.then(_first_keys, MAX_FEW + 1).fetch()]
    if len(few) > MAX_FEW:
        segments = _segments(clocks, rows.query().order_by())
        return keyset.page(segments, ("pk", "is_of_these"), PAGE_SIZE, params, question, looked=MAX_LOOKED)
    return _page_of_few(clocks, params, question, few)


def _page_of_few(clocks: Clocks, params: QueryDict, question: str, few: list[int]) -> KeysetPage:
    # Without the bound that the index of the news has, or SQLite may take that and walk past all of others.
    held = Prepared(_held_lines, (clocks,)).then(among, "project", keys=few).then(_in_time).fetch()
    lines = sorted((line for line in held if line[0] <= clocks.known), reverse=True)
    found = keyset.page_of_list([key for *_, key in lines], str, PAGE_SIZE, params, question)
    return KeysetPage([(key,) for key in found.rows], found.before, found.after, found.bad)


def _first_keys(rows: QuerySet, most: int) -> QuerySet:
    return rows.order_by().values_list("project")[:most]


def _in_time(lines: QuerySet[ProjectEvent]) -> QuerySet:
    return lines.values_list("known_on", "day", "pk")


def _read(rows: list[tuple]) -> list[NewsLine]:
    """By their keys, in this order; each read once a data version."""
    return read_missing(_known(), [key for key, *_ in rows], _lines, MAX_LINES)


def _lines(keys: list[int]) -> dict[int, NewsLine]:
    return {one.pk: NewsLine(one) for one in Prepared(_whole).then(among, "pk", keys=keys).fetch()}


@until_published
def _known() -> dict[int, NewsLine]:
    """What was read since something was published."""
    return {}


def _whole() -> QuerySet[ProjectEvent]:
    return ProjectEvent.objects.select_related(*READ)


def _segments(clocks: Clocks, of: QuerySet | None = None) -> list[Segment]:
    """Of all projects; with `of` each line says whether it is of one of these.

    What became known only after the day shown is found by its days: between lies what happened later.
    """
    if not _has_late(clocks):
        return [Segment(_of_these(Prepared(news, (clocks,)), of), NEWEST)]
    held = _of_these(Prepared(_held_lines, (clocks,)), of)
    return [LateNews(held, NEWEST, clocks=clocks), Segment(held.then(_known_then, asof=clocks.asof), NEWEST)]


def _of_these(lines: Prepared, of: QuerySet | None) -> Prepared:
    if of is None:
        return lines
    # Asked of each line in turn: as a list of projects it would be taken first, however long.
    return prepared(lines.query().annotate(is_of_these=Exists(of.filter(project=OuterRef("project")))))


def _held_lines(clocks: Clocks) -> QuerySet[ProjectEvent]:
    return ProjectEvent.objects.filter(_held(clocks), is_news=True)


def _known_then(held: QuerySet[ProjectEvent], *, asof: date) -> QuerySet[ProjectEvent]:
    return held.filter(known_on__lte=asof)  # one bound: of two SQLite may begin at the later


def counts(kinds: Iterable[str], since: date, clocks: Clocks) -> Counter[str]:
    """How often these happened to projects of the headline after a day, up to that of the page.

    Of what is known today the days are tallied; else they are a range of an index for each kind.
    """
    asked = _tallies if clocks.known == clocks.today else _kinds
    return Counter(dict(Prepared(asked, (tuple(kinds), since, clocks)).fetch()))


def _tallies(kinds: tuple[str, ...], since: date, clocks: Clocks) -> QuerySet:
    rows = PortfolioTally.objects.filter(what=EVENT, choice__in=kinds, is_counted=True)
    return rows.filter(day__gt=since, day__lte=clocks.asof).values_list("choice").annotate(Sum("n"))


def _kinds(kinds: tuple[str, ...], since: date, clocks: Clocks) -> QuerySet:
    rows = _until(clocks).filter(what__in=kinds, is_counted=True, day__gt=since)
    return rows.values_list("what").annotate(n=Count("pk"))


def news(clocks: Clocks) -> QuerySet[ProjectEvent]:
    """What was known of it on those days."""
    return _until(clocks).filter(is_news=True)


def _has_late(clocks: Clocks) -> bool:
    return clocks.asof < clocks.known


def _until(clocks: Clocks) -> QuerySet[ProjectEvent]:
    return ProjectEvent.objects.filter(_held(clocks), known_on__lte=clocks.known)


def _held(clocks: Clocks) -> Q:
    return Q(day__lte=clocks.asof, known_until__gt=clocks.known)
