"""Several of one's own reports moved with one button: drafts handed in, what was handed in taken back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.choices import ReportMove, Role
from projects.desk.frame import WRITING, desk_page
from projects.desk.outcomes import named, onward, why
from projects.desk.review import gone, papers
from projects.reports import moves, queue
from projects.reports.moves import Outcome

MAX_PAPERS = 100  # as many as a list of the desk shows


@desk_page(Role.REPORTER, methods=WRITING)
def reports_together(request: HttpRequest) -> HttpResponse:
    """Each by itself, in the version that was shown; one that is refused is opened where it is put right."""
    chosen = papers(request.POST.getlist("chosen"))[:MAX_PAPERS]
    if not chosen:
        messages.warning(request, _("Nothing was done: choose the reports first."))
        return onward(request, "my_desk")
    found = queue.seen(request.person, chosen)
    for paper in chosen:
        if paper not in found:
            messages.error(request, f"{paper.key}: {gone()}")
    move = ReportMove.WITHDRAW if request.POST.get("do") == ReportMove.WITHDRAW else ReportMove.SUBMIT
    seen = [(report, paper.version) for paper, report in found.items()]
    outcome = moves.move_several(seen, move, by=request.user, at=timezone.now())
    _tell(request, move, outcome)
    if len(chosen) == 1 and outcome.refused:
        return onward(request, "report_form", chosen[0].month, chosen[0].code)
    return onward(request, "my_desk")


def _tell(request: HttpRequest, move: ReportMove, outcome: Outcome) -> None:
    if outcome.done:
        count, names = len(outcome.done), named(report.project for report in outcome.done)
        if move == ReportMove.SUBMIT:
            words = ngettext("Handed in: %(names)s.", "%(count)s handed in: %(names)s.", count)
        else:
            words = ngettext("Taken back: %(names)s.", "%(count)s taken back: %(names)s.", count)
        messages.success(request, words % {"count": count, "names": names})
    for project, refused in outcome.refused:
        messages.error(request, f"{named([project])}: {why(refused)}")
