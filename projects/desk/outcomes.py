"""What became of something on the desk, in words for whoever asked for it, and where one goes on."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from projects.core.refusals import Refused
from projects.models import Project
from projects.pages import page_frame
from projects.words.language import either, is_english
from projects.words.refusals import in_words

REFUSALS = (Refused, ValidationError)


def why(refused: Refused | ValidationError) -> str:
    """In sentences."""
    return in_words(refused) if isinstance(refused, Refused) else either("", " ").join(refused.messages)


def named(projects: Iterable[Project]) -> str:
    """The names of projects, one after the other, in the language of the page."""
    names = ((one.name_en if is_english() else "") or one.name for one in projects)
    return either("、", ", ").join(names)


def onward(
    request: HttpRequest, name: str, *args: str, query: dict | None = None, fragment: str = ""
) -> HttpResponseRedirect:
    """To another page of the desk, with the reading aids of this one."""
    asked = urlencode((query or {}) | page_frame.aids(request))
    address = reverse(name, args=args) + (f"?{asked}" if asked else "")
    return HttpResponseRedirect(address + (f"#{fragment}" if fragment else ""))
