"""The page of notices: what a person was told, where to act on it, and that it was read."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from projects.choices import NoticeKind, Role
from projects.core.numbers import whole
from projects.core.roles import Person
from projects.desk.frame import desk_page, frame
from projects.models import Notice, Project
from projects.notices import inbox, messages
from projects.reports import rounds
from projects.words.language import in_language
from tracker.methods import BOTH


def unread(person: Person) -> int:
    """How many notices a person has not read."""
    return Notice.objects.reachable_by(person).unread().count()


def names_of(rows: Iterable[Notice]) -> dict[str, str]:
    """What the projects of some notices are called, by code, in the page's language."""
    codes = {code for row in rows for code in row.projects}
    found = Project.objects.filter(code__in=codes).only("code", "name", "name_en")
    return {one.code: in_language(one) for one in found}


A_PAGE = 50


@desk_page(methods=BOTH)
def notices(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        inbox.mark_read(request.person, at=timezone.now(), number=_number(request.POST.get("notice", "")))
        return HttpResponseRedirect(request.get_full_path())
    page = Paginator(Notice.objects.reachable_by(request.person), A_PAGE).get_page(request.GET.get("page"))
    names, month = names_of(page), rounds.month_to_report(timezone.localdate())
    given = {
        "page": page,
        "rows": [_row(one, names, month) for one in page],
        "pages": list(page.paginator.get_elided_page_range(page.number)),
        "unread": unread(request.person),
    }
    return render(request, "desk/notices.html", frame(request, "notices") | given)


def _number(text: str) -> int | None:
    """Which one; None means all, and what is no number is nobody's."""
    if text == "all":
        return None
    return whole(text) or 0


def _row(one: Notice, names: dict[str, str], month: str) -> dict:
    said = messages.message(one.kind, one.values, [names.get(code, code) for code in one.projects])
    on, note = timezone.localdate(one.made_at), one.values.get("note", "")
    href, anchor = _where(one, month)
    return {"notice": one, "said": said, "on": on, "note": note, "href": href, "anchor": anchor}


def _where(one: Notice, month: str) -> tuple[str, str]:
    """Where to act on it, and at which place there: a day reached has its field in this month's report."""
    if month and one.kind in (NoticeKind.PROMISE_NEAR, NoticeKind.PROMISE_PASSED):
        field = "dates" if one.values.get("scope") else f"id_actual_{one.values['milestone']}"
        return reverse("report_form", args=[month, one.projects[0]]), f"#{field}"
    if one.kind == NoticeKind.REPORT_RETURNED:
        return reverse("report_form", args=[one.values["month"], one.projects[0]]), ""
    if "problem" in one.values:
        return reverse("problem_page", args=[one.values["problem"]]), ""
    if one.kind == NoticeKind.REPORTS_APPROVED:
        return reverse("my_reports"), ""
    if one.kind == NoticeKind.ENTRIES_DECIDED:
        return reverse("my_desk"), ""
    if "batch" in one.values:
        return reverse("import_page", args=[one.values["batch"]]), ""
    if one.kind == NoticeKind.TIPS_OVERDUE:
        return reverse("tip_list"), ""
    if one.kind == NoticeKind.REPORTS_WAITING:
        return reverse("review_queue"), ""
    if one.kind == NoticeKind.NO_UNIT and one.role == Role.EDITOR:
        return f"{reverse('admin:projects_project_changelist')}?unit=none", ""
    if one.role == Role.REVIEWER:
        return reverse("round_page", args=[one.values["month"]]), ""
    return reverse("my_desk"), ""
