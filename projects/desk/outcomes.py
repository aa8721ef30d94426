"""What became of something on the desk, in words for whoever asked for it, and where one goes on."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from projects.core.refusals import Refused
from projects.models import Project
from projects.pages import page_frame
from projects.words.language import either, in_language
from projects.words.refusals import in_words

REFUSALS = (Refused, ValidationError)


def why(refused: Refused | ValidationError) -> str:
    """In sentences."""
    return in_words(refused) if isinstance(refused, Refused) else either("", " ").join(refused.messages)


def named(projects: Iterable[Project]) -> str:
    """The names of projects, one after the other, in the language of the page."""
    return either("、", ", ").join(map(in_language, projects))


def onward(
    request: HttpRequest, name: str, *args: str, query: dict | None = None, fragment: str = ""
) -> HttpResponseRedirect:
    """To another page of the desk, with the reading aids of this one."""
    asked = (query or {}) | page_frame.aids(request)
    return HttpResponseRedirect(page_frame.link(reverse(name, args=args), asked, fragment))
