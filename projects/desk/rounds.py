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
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.choices import Role
from projects.core import fuzzy_dates, months
from projects.core.numbers import narrow
from projects.core.refusals import Refused
from projects.desk.frame import BOTH, READING, desk_page, frame
from projects.desk.outcomes import onward, why
from projects.desk.round_summary import overview, summary
from projects.models import Round
from projects.pages.excel_file import EXCEL
from projects.pages.form_fields import check_day, read_date
from projects.pages.word_file import CONTENT_TYPE
from projects.reports import round_files, round_overview
from projects.reports.rounds import close_round, open_round
from projects.reports.rules import rounds
from projects.words import dates
from projects.words.refusals import sentence


class DayField(forms.DateField):
    """A day as the browser's own field sends it."""

    widget = forms.DateInput(attrs={"type": "date"})
    default_validators = [check_day]
    default_error_messages = {"invalid": gettext_lazy("Give a day such as 2026-03-25.")}

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%Y-%m-%d"], required=False, **kwargs)


class OpeningForm(forms.Form):
    """Which month it is and which days it may have is for the action to say (`reports.rounds`)."""

    month = forms.CharField(
        label=gettext_lazy("Month"),
        max_length=20,
        help_text=gettext_lazy("For example 2026-03."),
        error_messages={"required": gettext_lazy("Give the month, for example 2026-03.")},
    )
    opens_on = DayField(
        label=gettext_lazy("First day"), help_text=gettext_lazy("Within the month or later; may stay empty.")
    )
    closes_on = DayField(
        label=gettext_lazy("Last day"), help_text=gettext_lazy("After the first day; may stay empty.")
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_month(self) -> str:
        """2026年3月 as 2026-03; what names no month of a year stays, and is refused as it was typed."""
        text = self.cleaned_data["month"]
        try:
            read = read_date(text, self.today)
        except forms.ValidationError:
            return text
        is_meant = read.precision == "month" and str(read.earliest.year) in narrow(text)
        return read.text if is_meant else text


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


@desk_page(Role.REPORTER, Role.REVIEWER, methods=BOTH)
def round_list(request: HttpRequest) -> HttpResponse:
    month = _month_to_open()
    form = _form(request, OpeningForm, initial={"month": month}, today=timezone.localdate())
    if form.is_bound and (opened := _opened(request, form)):
        return onward(request, "round_page", opened.month, fragment="top")
    page = Paginator(Round.objects.all(), A_YEAR).get_page(request.GET.get("page"))
    told = round_overview.summaries(list(page), request.person)
    context = frame(request, "rounds") | {
        "page": page,
        "rows": [summary(one) for one in told],
        "form": form if request.person.has(Role.REVIEWER) else None,
        "usual": (fuzzy_dates.parse(month).earliest, *rounds.default_days(month)),
    }
    return render(request, "desk/round_list.html", context)


@desk_page(Role.REPORTER, Role.REVIEWER, methods=BOTH)
def round_page(request: HttpRequest, month: str) -> HttpResponse:
    monthly_round = _found(month)
    lines = round_overview.grid(monthly_round, request.person)
    outstanding = round_overview.total(lines).outstanding
    form = _form(request, ClosingForm, outstanding=outstanding)
    if form.is_bound and form.is_valid():
        _close(request, monthly_round)
        return onward(request, "round_page", monthly_round.month, fragment="top")
    context = frame(request, "rounds") | overview(request, monthly_round, lines) | {"form": form}
    return render(request, "desk/round_page.html", context)


@desk_page(Role.REVIEWER, methods=READING)
def round_xlsx(request: HttpRequest, month: str) -> HttpResponse:
    return _file(request, month, round_files.overview_xlsx, "xlsx", EXCEL)


@desk_page(Role.REVIEWER, methods=READING)
def round_docx(request: HttpRequest, month: str) -> HttpResponse:
    return _file(request, month, round_files.overview_docx, "docx", CONTENT_TYPE)


def _found(month: str) -> Round:
    monthly_round = Round.objects.filter(month=month).first() if months.is_month(month) else None
    if monthly_round is None:
        raise Http404
    return monthly_round


def _form(request: HttpRequest, form: type, **given):
    """What was sent, which is for reviewers alone; unbound where nothing was."""
    if request.method != "POST":
        return form(**given)
    if not request.person.has(Role.REVIEWER):
        raise Http404
    return form(request.POST, **given)


def _month_to_open() -> str:
    """This month, or the one after the newest round."""
    today, newest = timezone.localdate(), Round.objects.first()
    this_month = f"{today:%Y-%m}"
    return (
        this_month if newest is None or newest.month < this_month else months.month_after(newest.month_latest)
    )


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


def _file(request: HttpRequest, month: str, made: Callable, suffix: str, content_type: str) -> HttpResponse:
    monthly_round = _found(month)
    lines = round_overview.grid(monthly_round, request.person)
    answer = HttpResponse(made(monthly_round, lines, timezone.now()), content_type=content_type)
    name = _("%(month)s-who-has-reported") % {"month": monthly_round.month}
    shown = content_disposition_header(as_attachment=True, filename=f"{name}.{suffix}")
    answer["Content-Disposition"] = shown
    return answer
