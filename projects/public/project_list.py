"""The list of projects with what stands around its rows: counts, chips, orders, pages, names nearby.

What an address may ask for is `records.filters`; the rows are `records.project_rows`.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from projects.audit.version_memory import until_published
from projects.choices import Kind
from projects.claims import standings
from projects.claims.source_counts import SourceCount
from projects.claims.standings import COUNTED, MoneySum
from projects.core.clocks import Clocks
from projects.models import Place
from projects.models.prepared import Prepared
from projects.pages import keyset, page_frame
from projects.pages.keyset import Ignored
from projects.public import list_counts, list_parts
from projects.public.list_counts import ListCounts
from projects.public.list_narrowing import Narrowing
from projects.public.list_parts import ListLinks
from projects.records import list_question, project_rows
from projects.records.every_place import every_place
from projects.records.facets import TITLES, toggled
from projects.records.filter_words import COUNTED as COUNTED_WORDS
from projects.records.filter_words import filter_words
from projects.records.filters import (
    EVERYTHING,
    FILTERS,
    ListFilter,
    asked,
    documents,
    narrowed_rows,
)
from projects.records.last_report import LastReport
from projects.search.results import NO_HITS, Hits, Near, near
from projects.search.rules.spelling import Label, found_by
from projects.words.language import in_language

PAGE_SIZE, SHORTLY = 50, 3  # rows of a page, and of its description
ORDER_WORDS = {
    "-news": _("latest news first"),
    "news": _("oldest news first"),
    "code": _("by number"),
    "-code": _("by number, the last first"),
    "name": _("by name"),
    "-name": _("by name, from the end"),
    "stage": _("by stage, the earliest first"),
    "-stage": _("by stage, the furthest first"),
    "total": _("by total investment, the smallest first"),
    "-total": _("by total investment, the largest first"),
    project_rows.BEST_MATCH: _("best match first"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on: its words, and the question without it."""

    title: str
    words: str
    query: str


class Result(NamedTuple):
    """What is said of all rows that fit."""

    count: int
    counted: int  # by the headline
    counted_href: str
    total: MoneySum
    is_more: bool
    last_report: LastReport | None


class InShort(NamedTuple):
    """What is said of the list where its address is shared."""

    words: tuple[str, ...]  # of the filters that are on
    result: Result
    first: tuple[project_rows.ProjectListRow, ...]


def shown(params: QueryDict, clocks: Clocks, carried: dict) -> dict:
    """All that the page says of this question; what is asked of everything today is kept, not counted."""
    places = {place.code: place for place in every_place()}
    clean, ignored = asked(params, set(places), documents(params))
    clean, is_usual = list_parts.without_usual(clean)
    question = clean.get("q", "")
    answered = list_parts.heard(clean, is_usual)
    narrowed = _asked_before(answered.urlencode(), clocks.alone)
    fitting, hits = narrowed.asked(narrowed_rows), narrowed.hits if question else NO_HITS
    told = list_counts.told(narrowed)
    counted, sources = told.facets, told.sources
    sort = _sort(params, question, ignored)
    kept = carried if sort == _usual(question) else carried | {"sort": sort}
    alone = hits if narrowed.values.keys() == {"q"} else None
    shape = project_rows.explained if hits.words else project_rows.readable
    segments = project_rows.segments(fitting.then(shape), sort, hits=alone, is_past=not clocks.is_today)
    found = (
        _found(segments, sort, params, clean, hits.words, kept) if told.count else _nothing(clocks, question)
    )
    ignored += found.pop("bad", []) + list_question.old_page(params)
    chips, first = tuple(_chips(clean, is_usual, places, sources, kept)), tuple(found["rows"][:SHORTLY])
    words = tuple(str(chip.words) for chip in chips)
    result = _result(told, hits, "?" + _query(clean, kept, counted=1))
    return {
        "in_short": InShort(words, result, first),
        "result": result,
        "links": ListLinks(clean, answered, sort, kept, carried),
        "narrowing": Narrowing(counted, tuple(sources), clean, places, kept),
        "chips": chips,
        "question": question,
        "sound": hits.sound if told.count else "",
        "words": hits.words,
        "kinds": [] if told.count else _kinds(clocks, carried),
        "kept_fields": tuple(
            (name, value) for name, values in clean.lists() if name != "q" for value in values
        ),
        "ignored": ignored,
        "order": ORDER_WORDS[sort],
        "by_match": _query(clean, carried) if question and kept != carried else "",
        "download": _query(answered, carried),
        "has_dates": told.has_dates,
    } | found


def _result(told: ListCounts, hits: Hits, counted_href: str) -> Result:
    counted = told.facets[COUNTED].get("1", 0)
    return Result(told.count, counted, counted_href, told.money, hits.is_more, told.last_report)


@until_published
def _asked_before(question: str, clocks: Clocks) -> ListFilter:
    """The filters of a question, remembered with what they found: its other pages and orders ask the same."""
    return ListFilter(QueryDict(question), clocks)


def _found(
    segments: list[keyset.Segment],
    sort: str,
    params: QueryDict,
    clean: QueryDict,
    words: list[str],
    kept: dict,
) -> dict:
    columns = (*project_rows.COLUMNS, project_rows.AMOUNTS, *[project_rows.LABELS] * bool(words))
    question = f"{sort}?{clean.urlencode()}"
    page = keyset.page(segments, columns, PAGE_SIZE, params, question)
    rows = [project_rows.from_values(*values) for values in page.rows]
    language = get_language()
    return {
        "rows": rows,
        "hits": {row.code: _hits(row, tuple(words), language) for row in rows} if words else {},
        "pages": page.links(dict(clean.lists()) | kept),
        "bad": page.bad,
    }


def _kinds(clocks: Clocks, carried: dict) -> list[tuple[Kind, str]]:
    """Where to go on from where nothing fits."""
    return [(kind, _query(QueryDict(), carried, kind=kind.value)) for kind in standings.kinds(clocks.today)]


@lru_cache(project_rows.MAX_ROWS)
def _hits(row: project_rows.ProjectListRow, words: tuple[str, ...], _language: str) -> tuple[Label, ...]:
    """What else than the words of the row itself it was found by."""
    return tuple(found_by(row.labels, words, (in_language(row, "name"), row.code, in_language(row, "place"))))


def _nothing(clocks: Clocks, question: str) -> dict:
    """Names near the question, whatever the other filters say."""
    return {"rows": [], "pages": {}, "near": _near(question, clocks.alone) if question else []}


@until_published
def _near(question: str, clocks: Clocks) -> list[Near]:
    return near(Prepared(standings.on, (clocks,)), question)


def _sort(params: QueryDict, question: str, ignored: list[Ignored]) -> str:
    sort = params.get("sort", "").strip()
    if sort.removeprefix("-") in project_rows.ORDERS:
        return sort
    if sort:
        ignored.append(Ignored("sort", sort))
    return _usual(question)


def _usual(question: str) -> str:
    """The order where none is asked for: the best match first where something is searched."""
    return project_rows.BEST_MATCH if question else "-news"


def _query(params: QueryDict, carried: dict, **more) -> str:
    return urlencode(dict(params.lists()) | carried | more, doseq=True)


def _chips(
    params: QueryDict, is_usual: bool, places: dict[str, Place], sources: list[SourceCount], kept: dict
) -> list[Chip]:
    titles = {one.code: in_language(one, "title") for one in sources}
    usual = [Chip(TITLES["counted"], COUNTED_WORDS, _query(params, kept, counted=EVERYTHING))]
    return usual * is_usual + [
        Chip(one.title, one.words, toggled(params, one.name, one.value, kept))
        for one in filter_words(params, places, titles)
    ]


@page_frame.public_page(*FILTERS, "sort", "page", *keyset.LINKS)
def project_list(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    frame = page_frame.frame(request, clocks, "projects")
    context = frame | shown(request.GET, clocks, frame["carried"])
    list_question.told(request, context["ignored"])
    return render(request, "public/project_list.html", context)
