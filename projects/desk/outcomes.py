"""What became of something on the desk, in words for whoever asked for it, and where one goes on."""

from collections.abc import Callable, Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from projects.core.refusals import Refused
from projects.models import Project
from projects.pages import page_frame
from projects.pages.excel_file import EXCEL
from projects.words.language import either, in_language
from projects.words.refusals import in_words

REFUSALS = (Refused, ValidationError)


def why(refused: Refused | ValidationError) -> str:
    """In sentences."""
    return in_words(refused) if isinstance(refused, Refused) else either("", " ").join(refused.messages)


def acted(request: HttpRequest, acts: dict[str, Callable], row: Model, **told) -> list[str]:
    """Do to a row what the pressed button says (`act`), one of `acts`; why it was not done.

    To whoever may not do it the page is not there.
    """
    act = acts.get(request.POST.get("act", ""))
    if act is None:
        return [_("Choose what is to be done.")]
    try:
        act(request, row, by=request.user, **told)
    except PermissionDenied as denied:
        raise Http404 from denied
    except REFUSALS as refused:
        return [why(refused)]
    return []


def file_answer(data: bytes, name: str, content_type: str = EXCEL) -> HttpResponse:
    """A file to be saved under a name, a workbook where nothing else is said."""
    shown = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(data, content_type=content_type, headers={"Content-Disposition": shown})


def named(projects: Iterable[Project]) -> str:
    """The names of projects, one after the other, in the language of the page."""
    return either("、", ", ").join(map(in_language, projects))


def onward(
    request: HttpRequest, name: str, *args: str, query: dict | None = None, fragment: str = ""
) -> HttpResponseRedirect:
    """To another page of the desk, with the reading aids of this one."""
    asked = (query or {}) | page_frame.aids(request)
    return HttpResponseRedirect(page_frame.link(reverse(name, args=args), asked, fragment))
