"""What people outside told us: the list, one with its answer, and many closed at once as about no project."""

from django.contrib import messages
from django.db.models import Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.choices import Role, TipVerdict
from projects.core.numbers import whole
from projects.desk.frame import desk_page, frame, writing_frame
from projects.desk.outcomes import REFUSALS, onward, why
from projects.models import Claim, Tip
from projects.tips import answers, queue, subjects
from projects.tips.rules import words, working_days
from tracker.methods import BOTH

READERS_OF_TIPS = (Role.REVIEWER, Role.EDITOR)
NOTE = "据读者反映核实"  # notes are public, and Chinese
SETTLED = (TipVerdict.CONFIRMED, TipVerdict.PARTLY)


@desk_page(*READERS_OF_TIPS, methods=BOTH)
def tip_list(request: HttpRequest) -> HttpResponse:
    state = queue.state_of(request.GET.get("state"))
    if request.method == "POST":
        _close_unrelated(request)
        return onward(request, "tip_list", query={"state": state})
    page, today = queue.page(state, request.GET), timezone.localdate()
    context = frame(request, "tips") | {
        "state": state,
        "states": queue.STATE_WORDS,
        "counts": queue.counts(today),
        "pages": page.links(request.GET),
        "rows": page.rows,
        "newest": Tip.objects.doubtful().aggregate(newest=Max("pk"))["newest"],
        "today": today,
    }
    return render(request, "desk/tip_list.html", context)


def _close_unrelated(request: HttpRequest) -> None:
    count = answers.close_unrelated(_chosen(request.POST), by=request.user, at=timezone.now())
    if not count:
        messages.warning(request, _("Nothing was closed: choose the messages first."))
        return
    said = ngettext(
        "One message is closed as about no project.",
        "%(count)s messages are closed as about no project.",
        count,
    )
    messages.success(request, said % {"count": count})


def _chosen(sent: QueryDict) -> QuerySet:
    """Those that were ticked, or all doubtful ones up to the newest that the page knew of."""
    newest = whole(sent.get("doubtful_until", ""))
    if newest is not None:
        return Tip.objects.doubtful().filter(pk__lte=newest)
    keys = [key for text in sent.getlist("tip")[: queue.PAGE_SIZE] if (key := whole(text)) is not None]
    return Tip.objects.filter(pk__in=keys)


@desk_page(*READERS_OF_TIPS, methods=BOTH)
def tip_page(request: HttpRequest, number: int) -> HttpResponse:
    tip = _found(number)
    faults = _close(request, tip) if request.method == "POST" else []
    if request.method == "POST" and not faults:
        return onward(request, "tip_page", str(tip.pk), fragment="top")
    tip = _found(number)  # somebody else may have closed it meanwhile
    context = writing_frame(request, "tips") | {
        "tip": tip,
        "about": subjects.of_ref(tip.ref),
        "is_sure": working_days.is_sure(timezone.localdate(tip.received_at), tip.due_on),
        "verdicts": TipVerdict,
        "faults": faults,
        "limits": words,
        "leads": _leads(request, tip),
        "today": timezone.localdate(),
    }
    return render(request, "desk/tip_page.html", context)


def _found(number: int) -> Tip:
    tip = queue.reached().filter(pk=number).first()
    if tip is None:
        raise Http404
    return tip


def _close(request: HttpRequest, tip: Tip) -> list[str]:
    """Why it was not closed; what was typed stays on the page."""
    given = {name: request.POST.get(name, "") for name in ("verdict", "answer")}
    try:
        answers.close(tip, **given, by=request.user, at=timezone.now())
    except REFUSALS as refused:
        return [why(refused)]
    messages.success(request, _("The message is closed."))
    return []


def _leads(request: HttpRequest, tip: Tip) -> dict[str, str]:
    """Where what proved true is entered, on its own source: corrected, or stated anew."""
    if tip.verdict not in SETTLED:
        return {}
    about, found = subjects.of_ref(tip.ref), {}
    if about and request.user.has_perm(f"projects.add_{about._meta.model_name}"):
        found["correct"] = _form(about._meta.model_name, corrects=tip.ref, **EMPTY_PLACE)
    if tip.project and request.user.has_perm("projects.add_claim"):
        found["state"] = _form(Claim._meta.model_name, project=tip.project_id)
    return found


# The source of what is corrected is not that of the correction.
EMPTY_PLACE = dict.fromkeys(("source", "section", "paragraph", "sentence"), "")


def _form(model: str, **given) -> str:
    return f"{reverse(f'admin:projects_{model}_add')}?{urlencode(given | {'note': NOTE})}"
