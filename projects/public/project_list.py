"""The list of projects with what stands around its rows: counts, chips, orders, pages, names nearby.

What an address may ask for is `records.filters`; the rows are `records.project_rows`.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from projects.choices import Topic
from projects.claims import standings
from projects.claims.standings import COUNTED, SourceCount
from projects.core.clocks import Clocks
from projects.core.numbers import whole
from projects.models import Place
from projects.pages import page_frame
from projects.pages.value_tags import VOCABULARIES
from projects.records import list_question, project_rows
from projects.records.facets import TITLES, counts, facets, toggled
from projects.records.filters import NONE, Ignored, ProjectFilter, asked, sounding, without
from projects.search import results
from projects.search.rules.spelling import Label, found_by, terms
from projects.words.language import in_language

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on: its words, and the question without it."""

    title: str
    words: str
    query: str


def shown(params: QueryDict, clocks: Clocks, carried: dict) -> dict:
    """All that the page says of this question, in five statements; one more as of a past day.

    And one more where it asks in Chinese: whether anything is written so.
    """
    places = {place.code: place for place in Place.objects.select_related("parent__parent")}
    rows = standings.with_counted(standings.on(clocks), clocks)
    others, _ignored = asked(without(params, "source"), set(places), set())
    question = others.get("q", "")
    sound = results.by_sound(rows, question)
    sources = standings.by_source(ProjectFilter(sounding(others, sound), rows).qs)
    clean, ignored = asked(params, set(places), {one.code for one in sources})
    heard = sounding(clean, sound)
    result = ProjectFilter(heard, rows).qs
    counted = counts(heard, rows, result)
    count = sum(counted[COUNTED].values())
    sort = _sort(params, question, ignored)
    number, last = _number(params, count, ignored)
    kept = carried if sort == _usual(question) else carried | {"sort": sort}
    return {
        "count": count,
        "counted": counted[COUNTED].get("1", 0),
        "counted_href": "?" + _query(clean, kept, counted=1),
        "facets": facets(counted, clean, places, kept),
        "sources": _sources(sources, clean, kept),
        "chips": _chips(clean, places, sources, kept),
        "question": question,
        "sound": sound if count else "",
        "words": (words := terms(sound or question)),
        "is_narrowed": bool(clean),
        "kept_fields": [(name, value) for name, values in clean.lists() if name != "q" for value in values],
        "ignored": ignored,
        "sort": sort,
        "orders": _orders(clean, sort, carried),
        "by_match": _query(clean, carried) if question and kept != carried else "",
        "number": number,
        "pages": _pages(clean, number, last, kept),
        "download": _query(clean, carried),
    } | (_found(result, sort, number, words) if count else _nothing(rows, question))


def _found(result, sort: str, number: int, words: list[str]) -> dict:
    rows = project_rows.page(project_rows.ordered(result, sort), number, PAGE_SIZE, with_labels=bool(words))
    return {
        "rows": rows,
        "hits": {row.code: _hits(row, words) for row in rows} if words else {},
        "total": standings.sum_of(result, Topic.TOTAL_INVESTMENT.value),
    }


def _hits(row: project_rows.ProjectListRow, words: list[str]) -> list[Label]:
    """What else than the words of the row itself it was found by."""
    return found_by(row.labels, words, (in_language(row, "name"), row.code, in_language(row, "place")))


def _nothing(rows, question: str) -> dict:
    """Names near the question, whatever the other filters say."""
    return {"rows": [], "near": results.near(rows, question) if question else []}


def _sort(params: QueryDict, question: str, ignored: list[Ignored]) -> str:
    sort = params.get("sort", "").strip()
    if sort.removeprefix("-") in project_rows.ORDERS:
        return sort
    if sort:
        ignored.append(Ignored("sort", sort))
    return _usual(question)


def _usual(question: str) -> str:
    """The order where none is asked for: the best match first where something is searched."""
    return project_rows.BEST_MATCH if question else "code"


def _number(params: QueryDict, count: int, ignored: list[Ignored]) -> tuple[int, int]:
    """The page asked for, and the last one there is."""
    last = max(1, -(-count // PAGE_SIZE))
    text = params.get("page", "").strip()
    number = whole(text)
    if number and number <= last:
        return number, last
    if text:
        ignored.append(Ignored("page", text))
    return (last if number else 1), last


def _query(params: QueryDict, carried: dict, **more) -> str:
    query = params.copy()
    for name, value in (carried | more).items():
        query[name] = value
    return query.urlencode()


def _orders(params: QueryDict, sort: str, carried: dict) -> dict[str, str]:
    """For each column the question that sorts by it, turned round where it is sorted by already."""
    turned = {name: f"-{name}" if sort == name else name for name in project_rows.ORDERS}
    return {name: _query(params, carried, sort=order) for name, order in turned.items()}


def _pages(params: QueryDict, number: int, last: int, kept: dict) -> list[dict]:
    near = [page for page in range(1, last + 1) if page in (1, last) or abs(page - number) <= 2]
    return [
        {"number": page, "query": _query(params, kept, page=page), "is_here": page == number} for page in near
    ]


def _sources(sources: list[SourceCount], params: QueryDict, kept: dict) -> list[dict]:
    return [
        {
            "source": one,
            "is_on": params.get("source") == one.code,
            "query": toggled(params, "source", one.code, kept, alone=True),
        }
        for one in sources
    ]


def _chips(params: QueryDict, places: dict[str, Place], sources: list[SourceCount], kept: dict) -> list[Chip]:
    titles = {one.code: in_language(one, "title") for one in sources}
    names = {"place": lambda code: in_language(places[code], "name"), "source": titles.get}
    names |= {"q": lambda question: _("“%(question)s”") % {"question": question}}
    names |= {"counted": lambda _value: _("what the headline counts")}
    return [
        Chip(
            TITLES[name],
            names[name](value) if name in names else _word(name, value),
            toggled(params, name, value, kept),
        )
        for name in params
        for value in params.getlist(name)
    ]


def _word(name: str, value: str) -> str:
    return _("none given") if value == NONE else VOCABULARIES[name](value).label


@page_frame.public_page(*list_question.FILTERS, "sort", "page")
def project_list(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    frame = page_frame.frame(request, clocks, "projects")
    context = frame | shown(request.GET, clocks, frame["carried"])
    list_question.told(request, context["ignored"])
    return render(request, "public/project_list.html", context)
