"""The list of projects with what stands around its rows: counts, chips, orders, pages, names nearby.

What an address may ask for is `records.filters`; the rows are `records.project_rows`.
"""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from projects.claims import standings
from projects.claims.standings import COUNTED, MoneySum, SourceCount
from projects.core.clocks import Clocks
from projects.models import Place
from projects.pages import keyset, page_frame
from projects.pages.value_tags import VOCABULARIES
from projects.records import list_question, project_rows
from projects.records.facets import TITLES, counts, facets, toggled
from projects.records.filters import FILTERS, NONE, Ignored, ProjectFilter, asked, documents, sounding
from projects.search import results
from projects.search.rules.spelling import Label, found_by, terms
from projects.words.language import in_language

PAGE_SIZE = 50
MAX_SOURCES = 50  # that the list names beside it


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on: its words, and the question without it."""

    title: str
    words: str
    query: str


def shown(params: QueryDict, clocks: Clocks, carried: dict) -> dict:
    """All that the page says of this question; what is asked of everything today is kept, not counted."""
    places = {place.code: place for place in Place.objects.select_related("parent__parent")}
    rows = standings.on(clocks)
    clean, ignored = asked(params, set(places), documents(params))
    question = clean.get("q", "")
    sound = results.by_sound(rows, question)
    heard = sounding(clean, sound)
    narrowed = ProjectFilter(heard, rows)
    result = narrowed.qs
    counted, money, sources = _counts(narrowed, heard, clocks)
    count = sum(counted[COUNTED].values())
    sort = _sort(params, question, ignored)
    kept = carried if sort == _usual(question) else carried | {"sort": sort}
    words = terms(sound or question)
    found = _found(result, sort, params, clean, words, kept) if count else _nothing(rows, question)
    ignored += [Ignored(*one) for one in found.pop("bad", ())] + _old_page(params)
    return {
        "count": count,
        "counted": counted[COUNTED].get("1", 0),
        "counted_href": "?" + _query(clean, kept, counted=1),
        "total": money,
        "facets": facets(counted, clean, places, kept),
        "sources": _sources(sources, clean, kept),
        "chips": _chips(clean, places, sources, kept),
        "question": question,
        "sound": sound if count else "",
        "words": words,
        "is_narrowed": bool(clean),
        "kept_fields": [(name, value) for name, values in clean.lists() if name != "q" for value in values],
        "ignored": ignored,
        "sort": sort,
        "orders": _orders(clean, sort, carried),
        "by_match": _query(clean, carried) if question and kept != carried else "",
        "download": _query(clean, carried),
    } | found


def _counts(
    narrowed: ProjectFilter, clean: QueryDict, clocks: Clocks
) -> tuple[dict, MoneySum, list[SourceCount]]:
    """By facet, the money, and by document; of everything, or of what the headline counts, they are kept."""
    if clocks.is_today and not clean.keys() - {"counted"}:
        kept = standings.portfolio_counts(counted_only="counted" in clean)
        if clean:
            return kept.facets, kept.money, standings.by_source(narrowed.qs, MAX_SOURCES)
        return kept.facets, kept.money, standings.by_source_of_everything(MAX_SOURCES)
    by_source = standings.by_source(narrowed.leaving("source"), MAX_SOURCES)
    return counts(narrowed), standings.sum_of(narrowed.qs), by_source


def _found(
    result: QuerySet, sort: str, params: QueryDict, clean: QueryDict, words: list[str], kept: dict
) -> dict:
    columns = (*project_rows.COLUMNS, project_rows.LABELS) if words else project_rows.COLUMNS
    question = f"{sort}?{clean.urlencode()}"
    page = keyset.page(project_rows.segments(result, sort), columns, PAGE_SIZE, params, question)
    rows = [project_rows.from_values(values) for values in page.rows]
    return {
        "rows": rows,
        "hits": {row.code: _hits(row, words) for row in rows} if words else {},
        "pages": page.links(_asking(clean, kept)),
        "bad": page.bad,
    }


def _asking(params: QueryDict, carried: dict) -> QueryDict:
    query = params.copy()
    for name, value in carried.items():
        query[name] = value
    return query


def _old_page(params: QueryDict) -> list[Ignored]:
    """Pages once had numbers; whoever kept such an address is on the first now, and is told."""
    text = params.get("page", "").strip()
    return [Ignored("page", text)] if text not in ("", "1") else []


def _hits(row: project_rows.ProjectListRow, words: list[str]) -> list[Label]:
    """What else than the words of the row itself it was found by."""
    return found_by(row.labels, words, (in_language(row, "name"), row.code, in_language(row, "place")))


def _nothing(rows, question: str) -> dict:
    """Names near the question, whatever the other filters say."""
    return {"rows": [], "pages": {}, "near": results.near(rows, question) if question else []}


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


def _query(params: QueryDict, carried: dict, **more) -> str:
    return _asking(params, carried | more).urlencode()


def _orders(params: QueryDict, sort: str, carried: dict) -> dict[str, str]:
    """For each column the question that sorts by it, turned round where it is sorted by already."""
    turned = {name: f"-{name}" if sort == name else name for name in project_rows.ORDERS}
    return {name: _query(params, carried, sort=order) for name, order in turned.items()}


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
    names = {
        "place": lambda code: in_language(places[code], "name"),
        "source": lambda code: titles.get(code, code),
    }
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


@page_frame.public_page(*FILTERS, "sort", "page", *keyset.LINKS)
def project_list(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    frame = page_frame.frame(request, clocks, "projects")
    context = frame | shown(request.GET, clocks, frame["carried"])
    list_question.told(request, context["ignored"])
    return render(request, "public/project_list.html", context)
