"""The sources, what was taken from each, and the district's figures."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from projects.pages import page_frame
from projects.queries import documents, figures


@page_frame.public_page()
def source_list(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    context = page_frame.frame(request, clocks, "sources") | {"sources": documents.documents(clocks)}
    return render(request, "public/source_list.html", context)


@page_frame.public_page()
def source_page(request: HttpRequest, code: str) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    document = documents.document(code, clocks)
    if document is None:
        raise Http404
    context = page_frame.frame(request, clocks, "sources") | {"document": document}
    return render(request, "public/source_page.html", context)


@page_frame.public_page()
def statistics(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    context = page_frame.frame(request, clocks, "statistics") | {"groups": figures.statistics(clocks)}
    return render(request, "public/statistics.html", context)
