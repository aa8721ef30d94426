"""Several plain reports approved together: a page shows each line as it will be published, then publishes."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.choices import Role
from projects.desk.frame import desk_page, frame
from projects.desk.outcomes import named, onward, why
from projects.desk.review import APPROVE, gone, is_done, papers
from projects.reports import moves, queue
from projects.reports.queue import Seen, Waiting
from projects.reports.rules.plain import MAX_TOGETHER
from tracker.methods import BOTH

CHOSEN, PLAIN = "chosen", "plain"


@desk_page(Role.REVIEWER, methods=BOTH)
def review_together(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        _approve(request, papers(request.POST.getlist("paper"))[:MAX_TOGETHER])
        return onward(request, "review_queue")
    entries = _entries(request, papers(request.GET.getlist(_which(request.GET)))[:MAX_TOGETHER])
    context = frame(request, "review") | {
        "entries": [one for one in entries if one.is_plain],
        "others": [one for one in entries if not one.is_plain],
    }
    return render(request, "desk/review_together.html", context)


def _which(asked: Mapping) -> str:
    """Of the two lists in the queue the one whose button was pressed."""
    return PLAIN if asked.get("several") == PLAIN else CHOSEN


def _entries(request: HttpRequest, asked: list[Seen]) -> list[Waiting]:
    """Those that wait still, beside the record; what was changed meanwhile is shown as it is now."""
    found = queue.seen(request.person, asked).values()
    waiting = queue.waiting(request.person).filter(pk__in=[one.pk for one in found])
    return queue.beside_record(waiting, timezone.localdate())


def _approve(request: HttpRequest, papers: list[Seen]) -> None:
    """Each by itself: what is refused keeps none of the others back."""
    if not papers:
        messages.warning(request, _("Nothing was approved: choose the reports first."))
    found = queue.seen(request.person, papers)
    for paper in papers:
        if paper not in found:
            messages.error(request, f"{paper.key}: {gone()}")
    done = [one for one in found.values() if is_done(one, APPROVE, request.user)]
    others = [(one, paper.version) for paper, one in found.items() if one not in done]
    outcome = moves.approve_several(others, by=request.user, at=timezone.now())
    if done := done + outcome.done:
        words = ngettext(
            "Approved and public now: %(names)s.", "%(count)s approved and public now: %(names)s.", len(done)
        )
        names = named(report.project for report in done)
        messages.success(request, words % {"count": len(done), "names": names})
    for project, refused in outcome.refused:
        messages.error(request, f"{named([project])}: {why(refused)}")
