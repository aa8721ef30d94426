"""What one was told, where to act on it, and that one has read it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from projects.choices import NoticeKind, Role
from projects.core.numbers import whole
from projects.models import Notice
from projects.notices import inbox, messages
from projects.queries import notices as told
from projects.views.entering import BOTH, desk_page, frame

A_PAGE = 50


@desk_page(methods=BOTH)
def notices(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        inbox.mark_read(request.person, at=timezone.now(), number=_number(request.POST.get("notice", "")))
        return HttpResponseRedirect(request.get_full_path())
    page = Paginator(told.of(request.person), A_PAGE).get_page(request.GET.get("page"))
    names = told.names(page)
    given = {
        "page": page,
        "rows": [_row(one, names) for one in page],
        "pages": list(page.paginator.get_elided_page_range(page.number)),
        "unread": told.unread(request.person),
    }
    return render(request, "desk/notices.html", frame(request, "notices") | given)


def _number(text: str) -> int | None:
    """Which one; None means all, and what is no number is nobody's."""
    if text == "all":
        return None
    return whole(text) or 0


def _row(one: Notice, names: dict[str, str]) -> dict:
    said = messages.message(one.kind, one.values, [names.get(code, code) for code in one.projects])
    on = timezone.localdate(one.made_at)
    return {"notice": one, "said": said, "on": on, "note": one.values.get("note", ""), "href": _where(one)}


def _where(one: Notice) -> str:
    """Where to act on it."""
    if one.kind == NoticeKind.REPORT_RETURNED:
        return reverse("report_form", args=[one.values["month"], one.projects[0]])
    if "problem" in one.values:
        return reverse("problem_page", args=[one.values["problem"]])
    if one.kind == NoticeKind.REPORTS_WAITING:
        return reverse("review_queue")
    if one.role == Role.REVIEWER:
        return reverse("round_page", args=[one.values["month"]])
    return reverse("my_desk")
