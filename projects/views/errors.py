"""Pages for what is not there or was refused, in the language of the path."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from projects.wording.language import is_english


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    context = {"language": "en" if is_english() else "zh-Hans"}
    return render(request, "public/not_found.html", context, status=404)
