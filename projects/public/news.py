"""The news: what happened to projects and what changed, by the month in which it became known."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from projects.pages import keyset, page_frame
from projects.records import last_report, list_question, recent_news
from projects.records.filters import Ignored
from projects.records.recent_news import NewsLine


@page_frame.public_page(*keyset.LINKS)
def news(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    rows, page = recent_news.page(clocks, request.GET, "news")
    context = page_frame.frame(request, clocks, "news") | {
        "last_report": last_report.of_projects(clocks),
        "months": [(month, list(lines)) for month, lines in groupby(rows, _month)],
        "pages": page.links(page_frame.question(request)),
        "ignored": list_question.told(request, [Ignored(*one) for one in page.bad]),
    }
    return render(request, "public/news.html", context)


def _month(line: NewsLine) -> str:
    return f"{line.event.known_on:%Y-%m}"
