"""Problems: who answers for them, replies, and the word that closes one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.core.refusals import Refused
from projects.core.roles import Person
from projects.desk.frame import READERS, desk_page, frame, writing_frame
from projects.desk.outcomes import onward
from projects.desk.problem_forms import CLOSE, REPLY, WordForm
from projects.models import Problem
from projects.reports import problems
from projects.reports.rules.problems import refusal_to_close, refusal_to_reply
from projects.words.refusals import in_words
from tracker.methods import BOTH, READING

ACTS = {REPLY: problems.reply, CLOSE: problems.close}


@desk_page(*READERS, methods=READING)
def problem_list(request: HttpRequest) -> HttpResponse:
    asked = problems.ProblemQuestion.read(request.GET)
    page = problems.page(request.person, asked, request.GET)
    context = frame(request, "problems") | {
        "asked": asked,
        "states": problems.STATE_WORDS,
        "whose": problems.WHOSE_WORDS if request.person.units else {},
        "overdue": problems.overdue(request.person, timezone.localdate()),
        "pages": page.links(request.GET),
        "rows": page.rows,
        "today": timezone.localdate(),
    }
    return render(request, "desk/problem_list.html", context)


@desk_page(*READERS, methods=BOTH)
def problem_page(request: HttpRequest, number: int) -> HttpResponse:
    problem = _found(request.person, number)
    form = WordForm(request.POST if request.method == "POST" else None)
    if form.is_bound and _done(request, problem, form):
        return onward(request, "problem_page", str(problem.pk), fragment="top")  # where it says so
    # What somebody else did meanwhile is shown beside what was typed.
    problem = _found(request.person, number)
    may = _may(request.person, problem)
    context = writing_frame(request, "problems") | {
        "problem": problem,
        "replies": problem.replies.select_related("by__department"),
        "may": may,
        "form": form,
        "has_no_place": bool(form.errors) and not may.get(form.data.get("do")),
        "today": timezone.localdate(),
    }
    return render(request, "desk/problem_page.html", context)


def _found(person: Person, number: int) -> Problem:
    rows = problems.reached(person).select_related("closed_by__department")
    problem = rows.filter(pk=number).first()
    if problem is None:
        raise Http404
    return problem


def _may(person: Person, problem: Problem) -> dict[str, bool]:
    """Which of the two forms a person gets; the words are asked for once one is sent."""
    refusals = {REPLY: refusal_to_reply, CLOSE: refusal_to_close}
    return {name: refusal(person, problem.obstacle(), "…") is None for name, refusal in refusals.items()}


def _done(request: HttpRequest, problem: Problem, form: WordForm) -> bool:
    """Why something was not done stands beside what was typed, which is kept."""
    if not form.is_valid():
        return False
    do, text = form.cleaned_data["do"], form.cleaned_data["text"]
    try:
        ACTS[do](problem, text, by=request.user, at=timezone.now())
    except Refused as refused:
        form.add_error("text", in_words(refused))
    except ValidationError as refused:
        form.add_error("text", refused.messages)
    else:
        messages.success(request, _("Your reply is kept.") if do == REPLY else _("The problem is closed."))
    return form.is_valid()
