"""The page of what happened between two days; which events there are is `records.event_list`."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from projects.choices import EventKind
from projects.core.clocks import Clocks
from projects.pages import keyset, page_frame
from projects.public.event_lines import EventLine, line
from projects.records import event_list, last_report, list_question
from projects.records.event_list import EventRow, Span, TwoDays
from projects.records.facets import TITLES
from projects.records.filter_words import COUNTED
from projects.records.filters import Ignored
from projects.records.last_report import LastReport
from projects.words.news_sentences import kind_word
from tracker.kept import do_not_keep

ALL = "all"  # of `counted`: what the headline does not count, too


class EventSection(NamedTuple):
    """The events of a kind, or the newest of them, with the question that asks for all."""

    kind: EventKind
    words: tuple[str, ...]  # what its events are called: a title is granted, not completed
    count: int
    lines: tuple[EventLine, ...]
    query: str


@page_frame.public_page("from", "to", "what", "counted", *keyset.LINKS)
def compare(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    clocks = page_frame.at_today(today) if request.GET.get("to") else page_frame.clocks_of(request)
    days = event_list.two_days(request.GET, clocks)
    ignored = _ignored(request.GET)
    span = Span(days.begins, days.ends, today, is_counted=request.GET.get("counted") != ALL)
    aids = page_frame.aids(request)
    found = _shown(span, request, aids, ignored)
    if days.notices:
        do_not_keep(request)
    newest = None if "before" in found["pages"] else found["newest"]
    compared = {"begins": days.begins, "ends": days.ends, "count": found["count"], "newest": newest}
    context = page_frame.frame(request, clocks, "compare") | found | compared
    context |= _cited(request, span, found["kind"]) | {
        "compared": compared | {"at_today": page_frame.at_today(today)},
        "told": tuple(compared.values()),
        "today": today,
        "notices": days.notices,
        "ignored": list_question.told(request, ignored),
        "from_years": _from_years(span, days, aids),
        "to_years": _to_years(span, days, aids),
        "chips": [_chip(span, aids)] if span.is_counted else [],
        "only_counted": "" if span.is_counted else _query(span, aids, counted=""),
    }
    return render(request, "public/compare.html", context)


def _cited(request: HttpRequest, span: Span, kind: str) -> dict:
    """All is told as known on the later day, so that the two days alone say what is shown."""
    frozen = f"{page_frame.root(request)}{request.path}?{_query(span, {}, what=kind)}"
    return {"frozen": frozen, "last": Clocks(span.ends, span.ends, span.today)}


def _shown(span: Span, request: HttpRequest, aids: dict, ignored: list[Ignored]) -> dict:
    counts = event_list.counts(span)
    kind = _kind(request.GET)
    if kind:
        rows, page = event_list.page(span, kind, request.GET)
        ignored += page.bad
        newest, pages = {kind: rows}, page.links(page_frame.question(request))
    else:
        newest, pages = event_list.newest(span, counts), {}
    sections = [
        _section(one, counts[one], newest.get(one, []), _query(span, aids, what=one.value))
        for one in EventKind
        if counts[one]
    ]
    return {
        "sections": [one for one in sections if one.lines],
        "newest": _newest(newest, kind),
        "kinds": sections,
        "kind": kind,
        "count": sum(n for one, n in counts.items() if one != EventKind.NEW),
        "pages": pages,
        "every_kind": _query(span, aids),
        "download": _asked(_dates(span), {"counted": "1" if span.is_counted else "", "what": kind}),
    }


def _section(kind: EventKind, count: int, rows: list[EventRow], query: str) -> EventSection:
    """Of events that it does not show it is not known what they are called."""
    others = [str(kind.label)] if count > len(rows) else []
    words = dict.fromkeys(others + [kind_word(kind, row.event.project) for row in rows])
    return EventSection(kind, tuple(words), count, tuple(map(line, rows)), query)


def _newest(found: dict[str, list[EventRow]], kind: str) -> LastReport | None:
    """The last event; that something was mentioned first is none, unless it is asked for."""
    shown = (rows for one, rows in found.items() if kind or one != EventKind.NEW)
    return last_report.of_rows(row.on.text for rows in shown for row in rows)


def _kind(params: QueryDict) -> str:
    kind = params.get("what", "").strip()
    return kind if kind in EventKind.values else ""


def _ignored(params: QueryDict) -> list[Ignored]:
    known = {"what": EventKind.values, "counted": ("1", "true", ALL)}
    asked = ((name, params.get(name, "").strip()) for name in known)
    return [Ignored(name, text) for name, text in asked if text and text not in known[name]]


def _dates(span: Span) -> dict[str, str]:
    return {"from": span.begins.isoformat(), "to": span.ends.isoformat()}


def _query(span: Span, aids: dict, **more: str) -> str:
    """The same two days with something else."""
    return _asked(_dates(span), {} if span.is_counted else {"counted": ALL}, aids, more)


def _asked(*params: dict[str, str]) -> str:
    """A question of days and words of ours, of which none has to be escaped."""
    asked = {name: value for some in params for name, value in some.items()}
    return "&".join(f"{name}={value}" for name, value in asked.items() if value)


def _chip(span: Span, aids: dict) -> dict:
    return {"title": TITLES["counted"], "words": COUNTED, "query": _query(span, aids, counted=ALL)}


def _from_years(span: Span, days: TwoDays, aids: dict) -> tuple[tuple[date, str, bool], ...]:
    """The ends of years from which one may count, each with its question and whether it is asked for."""
    ends = (day for day in days.year_ends() if day < span.ends)
    return tuple((day, _query(span, aids, **{"from": day.isoformat()}), day == span.begins) for day in ends)


def _to_years(span: Span, days: TwoDays, aids: dict) -> tuple[tuple[date, str, bool], ...]:
    """The ends of years on which something was known already, and today."""
    least = max(span.begins, days.reach.first_known, days.reach.first_asof)
    ends = [day for day in days.year_ends() if least < day < span.today]
    return tuple(
        (day, _query(span, aids, to=day.isoformat()), day == span.ends) for day in (*ends, span.today)
    )
