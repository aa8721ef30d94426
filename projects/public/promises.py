"""The page of promises: every promised date with its verdict."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from projects.choices import Verdict
from projects.pages import page_frame
from projects.records import list_question, promise_list
from projects.records.filters import Ignored


@page_frame.public_page("verdict", "sort")
def promises(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    found = promise_list.with_claims(promise_list.promises(clocks))
    ignored: list[Ignored] = []
    verdicts = _chosen(request.GET, "verdict", Verdict.values, ignored)
    sort = (_chosen(request.GET, "sort", promise_list.ORDERS, ignored) or ["-due"])[-1]
    shown = [one for one in found if not verdicts or one.verdict in verdicts]
    context = page_frame.frame(request, clocks, "promises") | {
        "promises": promise_list.ordered(shown, sort),
        "count": len(found),
        "tally": promise_list.tally(found),
        "kept": promise_list.share_kept(found),
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
