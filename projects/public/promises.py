"""The page of promises: every promised date with its verdict."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from projects.choices import Verdict
from projects.pages import keyset, page_frame
from projects.records import list_question, promise_list
from projects.records.filters import Ignored


@page_frame.public_page("verdict", "sort", *keyset.LINKS)
def promises(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    frame = page_frame.frame(request, clocks, "promises")
    ignored: list[Ignored] = []
    verdicts = _chosen(request.GET, "verdict", Verdict.values, ignored)
    sort = (_chosen(request.GET, "sort", promise_list.ORDERS, ignored) or ["-due"])[-1]
    counts = promise_list.verdict_counts(clocks)
    found = promise_list.page(verdicts, sort, clocks, request.GET)
    ignored += [Ignored(*one) for one in found.bad]
    context = frame | {
        "promises": found.rows,
        "pages": found.links(page_frame.question(request)),
        "count": sum(counts.values()),
        "tally": promise_list.tally(counts),
        "kept": promise_list.share_kept(counts),
        "verdicts": verdicts,
        "with_word": [one.value for one in promise_list.WITH_WORD],
        "sort": sort,
        "ignored": list_question.told(request, ignored),
        "verdict_codes": Verdict.values,
    }
    return render(request, "public/promises.html", context)


def _chosen(params: QueryDict, name: str, values, ignored: list[Ignored]) -> list[str]:
    """What means something of all that was asked for under a name."""
    texts = [text.strip() for text in params.getlist(name)]
    ignored += [Ignored(name, text) for text in texts if text and text not in values]
    return [text for text in dict.fromkeys(texts) if text in values]
