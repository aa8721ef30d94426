"""What waits for whoever signs in, and the projects on which nothing changed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.choices import Role
from projects.core.refusals import Refusal
from projects.forms import unchanged
from projects.models import Project, Round
from projects.queries import desk, notices, watching
from projects.reports import moves
from projects.views.entering import READING, WRITING, desk_page, frame
from projects.views.outcomes import named, onward, why
from projects.words import dates


@desk_page(methods=READING)
def my_desk(request: HttpRequest) -> HttpResponse:
    today, person = timezone.localdate(), request.person
    context = frame(request, "desk") | {
        "today": today,
        "desk": desk.desk(person, today) if person.has(Role.REPORTER) else None,
        "watch": watching.of_reviewer(person, today),
        "awaiting": watching.awaiting_editor(person),
        "next_opening": desk.next_opening(today),
        "unread": notices.unread(person),
    }
    return render(request, "desk/my_desk.html", context)


@desk_page(Role.REPORTER, methods=WRITING)
def report_unchanged(request: HttpRequest) -> HttpResponse:
    """Hand in, for each of the projects, that nothing changed; each by itself, and back to the desk."""
    codes = unchanged.codes(request.POST)
    round = Round.objects.filter(month=unchanged.month(request.POST)).first()
    if round is None or not codes:
        messages.warning(request, _("Nothing was handed in: choose the projects on which nothing changed."))
        return onward(request, "my_desk")
    projects = desk.projects_of(request.person, codes)
    outcome = moves.nothing_changed(projects, round=round, by=request.user, at=timezone.now())
    _tell_done(request, round, [report.project for report in outcome.done])
    for project, refused in outcome.refused:
        messages.error(request, f"{named([project])}: {why(refused)}")
    for code in sorted(set(codes) - {project.code for project in projects}):
        messages.error(request, f"{code}: {why(Refusal('not_yours'))}")
    return onward(request, "my_desk")


def _tell_done(request: HttpRequest, round: Round, projects: list[Project]) -> None:
    if not projects:
        return
    words = ngettext(
        "“Nothing changed” is handed in for %(month)s: %(names)s.",
        "“Nothing changed” is handed in for %(month)s on %(count)s projects: %(names)s.",
        len(projects),
    )
    month = dates.month(round.month_earliest)
    messages.success(request, words % {"month": month, "count": len(projects), "names": named(projects)})
