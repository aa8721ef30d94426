"""The sources, what was taken from each, and the district's figures."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from projects.queries import documents, figures
from projects.views import asking


@asking.public_page()
def source_list(request: HttpRequest) -> HttpResponse:
    clocks = asking.clocks_of(request)
    context = asking.frame(request, clocks, "sources") | {"sources": documents.documents(clocks)}
    return render(request, "public/source_list.html", context)


@asking.public_page()
def source_page(request: HttpRequest, code: str) -> HttpResponse:
    clocks = asking.clocks_of(request)
    document = documents.document(code, clocks)
    if document is None:
        raise Http404
    context = asking.frame(request, clocks, "sources") | {"document": document}
    return render(request, "public/source_page.html", context)


@asking.public_page()
def statistics(request: HttpRequest) -> HttpResponse:
    clocks = asking.clocks_of(request)
    context = asking.frame(request, clocks, "statistics") | {"groups": figures.statistics(clocks)}
    return render(request, "public/statistics.html", context)
