"""The news: what happened to projects and what changed, by when it became known."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from projects.pages import keyset, page_frame
from projects.records import last_report, list_question, recent_news
from projects.records.recent_news import NewsLine
from projects.words import dates


@page_frame.public_page(*keyset.LINKS)
def news(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    rows, page = recent_news.page(clocks, request.GET, "news")
    context = page_frame.frame(request, clocks, "news") | {
        "last_report": last_report.of_projects(clocks),
        "times": list(by_time(rows).items()),
        "pages": page.links(page_frame.question(request)),
        "ignored": list_question.told(request, page.bad),
    }
    return render(request, "public/news.html", context)


def by_time(rows: Iterable[NewsLine]) -> dict[str, list[NewsLine]]:
    """Under the month in which each was published, or under the longer time that its source names.

    A paper of autumn lies among the news by the last day of that; which month it is of, nobody knows.
    """
    found: dict[str, list[NewsLine]] = {}
    for line in rows:
        found.setdefault(_time(line), []).append(line)
    return found


def _time(line: NewsLine) -> str:
    event = line.event
    published = event.claim.published() if event.claim.known_on == event.known_on else None
    return dates.month_at_most(published) if published else dates.month(event.known_on)
