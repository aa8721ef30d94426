"""The reviewers' pages: reports as differences, approved or returned, one by one or several at once."""

import re
from collections.abc import Iterable, Mapping

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.choices import ReportMove, ReportState, Role
from projects.core.codes import is_own_code
from projects.core.months import is_month
from projects.desk.frame import desk_page, frame, writing_frame
from projects.desk.outcomes import REFUSALS, named, onward, why
from projects.models import Report, User
from projects.pages.form_fields import Words
from projects.pages.keyset import LINKS
from projects.reports import moves, queue
from projects.reports.queue import Choices, Seen
from projects.reports.rules.workflow import refusal
from projects.words import dates
from projects.words.language import either
from projects.words.refusals import in_words
from tracker.methods import BOTH

APPROVE, RETURN = "approve", "return"
_VERSION = re.compile(r"[0-9]{1,9}")


def papers(values: Iterable[str]) -> list[Seen]:
    """`2026-02/QJ-0001/3`; what is no such text names nothing."""
    parts = [value.split("/") for value in values if value.count("/") == 2]
    return [
        Seen(month, code, int(version))
        for month, code, version in parts
        if is_month(month) and is_own_code(code) and _VERSION.fullmatch(version)
    ]


def asked_of(sent: Mapping, choices: Choices) -> dict[str, str]:
    """The month and the unit that the address names, as far as anything of them waits; and the page."""
    known = {"month": choices.months, "unit": choices.units}
    found = {name: sent[name] for name, those in known.items() if sent.get(name) in those}
    return found | {name: sent[name] for name in LINKS if name in sent}


class ReviewForm(forms.Form):
    """What to do with one report; returning it takes a note."""

    do = forms.ChoiceField(choices=[(APPROVE, APPROVE), (RETURN, RETURN)])
    paper = forms.CharField()
    note = Words(
        label=gettext_lazy("What is to be changed?"),
        max_length=500,
        required=False,
        error_messages={"max_length": gettext_lazy("At most 500 characters: it has %(show_value)s.")},
    )

    @property
    def on(self) -> str:
        """Which report it is about, if it is about one."""
        paper = self.cleaned_data.get("paper") if self.is_bound and hasattr(self, "cleaned_data") else None
        return paper.key if paper else ""

    def clean_paper(self) -> Seen:
        if not (found := papers([self.cleaned_data["paper"]])):
            raise forms.ValidationError(gettext_lazy("Choose a report."))
        return found[0]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("do") == RETURN and not cleaned.get("note") and "note" not in self.errors:
            self.add_error("note", gettext_lazy("Say in a note what is to be changed."))
        return cleaned


@desk_page(Role.REVIEWER, methods=BOTH)
def review_queue(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first; decided on here, one lands on it again at the next."""
    choices = queue.choices(request.person)
    asked = asked_of(request.GET, choices)
    rows = queue.filtered(queue.waiting(request.person), asked)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if form.is_bound and (answer := _answer(request, form, rows, asked)):
        return answer
    page, today = (
        queue.page(rows, request.GET, f"{asked.get('month')} {asked.get('unit')}"),
        timezone.localdate(),
    )
    entries = queue.beside_record(page.rows, today)
    context = writing_frame(request, "review") | {
        "today": today,
        "choices": choices,
        "asked": asked,
        "pages": page.links(request.GET),
        "count": queue.count(rows),
        "entries": entries,
        "plain": [one for one in entries if one.is_plain],
        "form": form,
        "is_failed_here": form.on in [one.key for one in entries],
    }
    return render(request, "desk/review_queue.html", context)


@desk_page(Role.REVIEWER, methods=BOTH)
def review_report(request: HttpRequest, month: str, code: str) -> HttpResponse:
    """One report alone; decided on already, it says by whom, and how a figure in it is corrected."""
    report = queue.find(request.person, month, code) if is_month(month) else None
    if report is None:
        return _taken_back(request, month, code)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _decided(request, form):
        return onward(request, "review_report", month, code)
    refused, today = refusal(ReportMove.APPROVE, report.access(), request.person), timezone.localdate()
    context = writing_frame(request, "review") | {
        "today": today,
        "one": queue.compared_of(report, today),
        "moves": queue.moves(report),
        "claims": queue.claims_of(report),
        "why_not": in_words(refused) if refused else "",
        "may_correct": request.user.has_perm("projects.add_claim"),
        "form": form,
    }
    return render(request, "desk/review_report.html", context)


def _taken_back(request: HttpRequest, month: str, code: str) -> HttpResponse:
    """What was asked and answered of a draft that was here before; of what it says now, nothing."""
    report = queue.taken_back(month, code) if is_month(month) and request.method != "POST" else None
    if report is None:
        raise Http404
    context = frame(request, "review") | {"report": report, "moves": queue.moves(report)}
    return render(request, "desk/review_taken_back.html", context)


def _answer(
    request: HttpRequest, form: ReviewForm, rows: QuerySet[Report], asked: dict[str, str]
) -> HttpResponse | None:
    """Where one goes on; None where the page says what is wrong."""
    if form.is_valid() and (report := _decided(request, form)):
        following = queue.after(rows, report)
        fragment = queue.anchor(following) if following else ""
        return onward(request, "review_queue", query=asked, fragment=fragment)
    return None


def _decided(request: HttpRequest, form: ReviewForm) -> Report | None:
    """The report, approved or returned as was asked; else the form knows why not."""
    sent = form.cleaned_data
    report = queue.seen(request.person, [sent["paper"]]).get(sent["paper"])
    if report is None:
        form.add_error(None, gone())
        return None
    try:
        if not is_done(report, sent["do"], request.user):
            _act(report, sent, request.user)
    except REFUSALS as refused:
        form.add_error(None, why(refused))
        return None
    is_approved = sent["do"] == APPROVE
    words = _("%(report)s is approved and public now.") if is_approved else _("%(report)s is returned.")
    messages.success(request, words % {"report": _title(report)})
    return report


def _act(report: Report, sent: dict, by: User) -> None:
    seen = {"expected": sent["paper"].version, "by": by, "at": timezone.now()}
    if sent["do"] == APPROVE:
        moves.approve(report, **seen)
    else:
        moves.return_(report, note=sent["note"], **seen)


def is_done(report: Report, do: str, by: User) -> bool:
    """Whether this person did so a moment ago: a button pressed twice is no mistake."""
    if do == APPROVE:
        return report.state == ReportState.APPROVED and report.approved_by_id == by.pk
    return report.state == ReportState.RETURNED and report.returned_by_id == by.pk


def _title(report: Report) -> str:
    month = dates.month(report.round.month_earliest)
    return either(f"{named([report.project])}（{month}）", f"{named([report.project])} ({month})")


def gone() -> str:
    return _("It is not in the queue any more: its unit may have taken it back.")
