"""The pages of rounds: opened, looked over by unit and state, closed; as files."""

from collections.abc import Callable
from datetime import date

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from projects.choices import ReportState, Role
from projects.core import fuzzy_dates
from projects.core.refusals import Refused
from projects.desk.frame import READERS, desk_page, frame, round_of
from projects.desk.outcomes import file_answer, onward, why
from projects.desk.round_summary import overview, summary
from projects.models import Current, Department, Round
from projects.pages.excel_file import EXCEL
from projects.pages.form_fields import check_day
from projects.pages.word_file import CONTENT_TYPE
from projects.reports import round_files, round_overview
from projects.reports.rounds import call_off, close_round, open_round, usual_days
from projects.reports.rules import rounds
from projects.words import dates
from projects.words.refusals import sentence
from tracker.methods import BOTH, READING


class DayField(forms.DateField):
    """A day as the browser's own field sends it."""

    widget = forms.DateInput(attrs={"type": "date"})
    default_validators = [check_day]
    default_error_messages = {"invalid": gettext_lazy("Give a day such as 2026-03-25.")}

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%Y-%m-%d"], required=False, **kwargs)


class OpeningForm(forms.Form):
    """Which month it is and which days it may have is for the action to say (`reports.rounds`)."""

    month = forms.ChoiceField(
        label=gettext_lazy("Month"),
        error_messages={
            "required": gettext_lazy("Choose the month."),
            "invalid_choice": gettext_lazy("Choose a month of the list."),
        },
    )
    opens_on = DayField(
        label=gettext_lazy("First day"), help_text=gettext_lazy("Within the month or later; may stay empty.")
    )
    closes_on = DayField(
        label=gettext_lazy("Last day"), help_text=gettext_lazy("After the first day; may stay empty.")
    )

    sure = forms.BooleanField(
        label=gettext_lazy("Open it although it is neither this month nor the last"),
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args, today: date, choices: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        named = [(month, dates.month(fuzzy_dates.parse(month).earliest)) for month in choices]
        self.fields["month"].choices = named

    def clean(self) -> dict:
        """Of another month than this or the last one asks first, with what it would make due."""
        cleaned = super().clean()
        month = cleaned.get("month")
        if month and not cleaned.pop("sure", False) and not rounds.is_usual(month, self.today):
            self.fields["sure"].widget = forms.CheckboxInput()
            words = ngettext(
                "That is neither this month nor the last: one report becomes due. Tick the box if it is"
                " meant.",
                "That is neither this month nor the last: %(count)s reports become due. Tick the box if it is"
                " meant.",
                count := Current.objects.expected_in(month).count(),
            )
            self.add_error("sure", words % {"count": count})
        cleaned.pop("sure", None)
        return cleaned


class ClosingForm(forms.Form):
    """Where reports are outstanding, closing takes a second look."""

    sure = forms.BooleanField(
        required=False,
        error_messages={
            "required": gettext_lazy(
                "Reports are outstanding: tick the box if it is to be closed all the same."
            )
        },
    )

    def __init__(self, *args, outstanding: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sure"].required = outstanding > 0


A_YEAR = 12  # rounds on a page
CALL_OFF = "call_off"


@desk_page(*READERS, methods=BOTH)
def round_list(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    taken = Round.objects.in_force().order_by("-month_earliest").values_list("month", flat=True)
    choices = rounds.to_choose(taken[: 2 * A_YEAR], today)
    month = next((one for one in choices if rounds.is_usual(one, today)), choices[0])
    form = _form(request, OpeningForm, initial={"month": month}, today=today, choices=choices)
    if form.is_bound and (opened := _opened(request, form)):
        return onward(request, "round_page", opened.month, fragment="top")
    page = Paginator(Round.objects.all(), A_YEAR).get_page(request.GET.get("page"))
    told = round_overview.summaries(list(page), request.person)
    reviews = request.person.has(Role.REVIEWER)
    context = frame(request, "rounds") | {
        "page": page,
        "rows": [summary(one) for one in told],
        "form": form if reviews else None,
        "reads_all": request.person.reads_all_reports,
        "units": () if reviews else Department.objects.filter(pk__in=request.person.units).order_by("code"),
        "usual": (fuzzy_dates.parse(month).earliest, *rounds.default_days(month, usual_days())),
    }
    return render(request, "desk/round_list.html", context)


@desk_page(*READERS, methods=BOTH)
def round_page(request: HttpRequest, month: str) -> HttpResponse:
    monthly_round = round_of(month)
    lines = round_overview.units(monthly_round, request.person)
    outstanding = round_overview.total(lines).outstanding
    is_asked_off = request.POST.get("do") == CALL_OFF
    form = _form(request, ClosingForm, outstanding=0 if is_asked_off else outstanding)
    if form.is_bound and form.is_valid():
        (_call_off if is_asked_off else _close)(request, monthly_round)
        return onward(request, "round_page", monthly_round.month, fragment="top")
    may_call_off = not monthly_round.reports.filter(state=ReportState.APPROVED).exists()
    context = frame(request, "rounds") | overview(request, monthly_round, lines)
    context |= {"form": form, "may_call_off": may_call_off}
    return render(request, "desk/round_page.html", context)


@desk_page(Role.REVIEWER, Role.EDITOR, methods=READING)
def round_xlsx(request: HttpRequest, month: str) -> HttpResponse:
    return _file(request, month, round_files.overview_xlsx, "xlsx", EXCEL)


@desk_page(Role.REVIEWER, Role.EDITOR, methods=READING)
def round_docx(request: HttpRequest, month: str) -> HttpResponse:
    return _file(request, month, round_files.overview_docx, "docx", CONTENT_TYPE)


def _form(request: HttpRequest, form: type, **given):
    """What was sent, which is for reviewers alone; unbound where nothing was."""
    if request.method != "POST":
        return form(**given)
    if not request.person.has(Role.REVIEWER):
        raise Http404
    return form(request.POST, **given)


def _opened(request: HttpRequest, form: OpeningForm) -> Round | None:
    """What is refused stands at its field, with what was typed."""
    if not form.is_valid():
        return None
    try:
        monthly_round = open_round(**form.cleaned_data, by=request.user, at=timezone.now())
    except Refused as refused:
        for fault in refused.faults:
            form.add_error(fault.on or None, sentence(fault))
        return None
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return None
    words = _("The round for %(month)s is set: reports from %(opens_on)s to %(closes_on)s.")
    days = {"opens_on": dates.day(monthly_round.opens_on), "closes_on": dates.day(monthly_round.closes_on)}
    messages.success(request, words % (days | {"month": dates.month(monthly_round.month_earliest)}))
    return monthly_round


def _close(request: HttpRequest, monthly_round: Round) -> None:
    try:
        close_round(monthly_round, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, why(refused))
        return
    words = _("The round for %(month)s is closed. Reports can still be handed in, and are marked as late.")
    messages.success(request, words % {"month": dates.month(monthly_round.month_earliest)})


def _call_off(request: HttpRequest, monthly_round: Round) -> None:
    try:
        call_off(monthly_round, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, why(refused))
        return
    words = _("The round for %(month)s is called off. What was written is kept, should it be opened again.")
    messages.success(request, words % {"month": dates.month(monthly_round.month_earliest)})


def _file(request: HttpRequest, month: str, made: Callable, suffix: str, content_type: str) -> HttpResponse:
    monthly_round = round_of(month)
    lines = round_overview.grid(monthly_round, request.person)
    name = _("%(month)s-who-has-reported") % {"month": monthly_round.month}
    return file_answer(made(monthly_round, lines, timezone.now()), f"{name}.{suffix}", content_type)
