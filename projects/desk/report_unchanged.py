"""Handing in for several projects at once that nothing changed."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.choices import Role
from projects.core.codes import is_own_code
from projects.core.months import is_month
from projects.core.refusals import Refused
from projects.desk import reporter_desk
from projects.desk.frame import WRITING, desk_page
from projects.desk.outcomes import named, onward, why
from projects.models import Project, Round
from projects.reports import moves
from projects.words import dates

ONE, CHOSEN, SHOWN = "one", "chosen", "shown"
MAX_CODES = 500  # of one month; nobody is shown more


def sent_month(sent: Mapping) -> str:
    """The month of the round; empty where none was sent."""
    text = sent.get("month", "")
    return text if is_month(text) else ""


def sent_codes(sent: QueryDict) -> list[str]:
    """By the button that was pressed; each once, as it was shown."""
    if ONE in sent:
        names = sent.getlist(ONE)
    else:
        names = sent.getlist(SHOWN if sent.get("which") == SHOWN else CHOSEN)
    return [code for code in dict.fromkeys(names) if is_own_code(code)][:MAX_CODES]


@desk_page(Role.REPORTER, methods=WRITING)
def report_unchanged(request: HttpRequest) -> HttpResponse:
    """Hand in, for each of the projects, that nothing changed; each by itself, and back to the desk."""
    codes = sent_codes(request.POST)
    monthly_round = Round.objects.filter(month=sent_month(request.POST)).first()
    if monthly_round is None or not codes:
        messages.warning(request, _("Nothing was handed in: choose the projects on which nothing changed."))
        return onward(request, "my_desk")
    projects = reporter_desk.projects_of(request.person, codes)
    outcome = moves.nothing_changed(projects, monthly_round=monthly_round, by=request.user, at=timezone.now())
    _tell_done(request, monthly_round, [report.project for report in outcome.done])
    for project, refused in outcome.refused:
        messages.error(request, f"{named([project])}: {why(refused)}")
    for code in sorted(set(codes) - {project.code for project in projects}):
        messages.error(request, f"{code}: {why(Refused('not_yours'))}")
    return onward(request, "my_desk")


def _tell_done(request: HttpRequest, monthly_round: Round, projects: list[Project]) -> None:
    if not projects:
        return
    words = ngettext(
        "“Nothing changed” is handed in for %(month)s: %(names)s.",
        "“Nothing changed” is handed in for %(month)s on %(count)s projects: %(names)s.",
        len(projects),
    )
    month = dates.month(monthly_round.month_earliest)
    messages.success(request, words % {"month": month, "count": len(projects), "names": named(projects)})
