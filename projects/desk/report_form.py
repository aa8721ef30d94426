"""The report form: a draft kept, handed in, withdrawn; shown as the public will see it.

What a posted form does is `desk.report_post`, what the pages show `desk.report_page`.
"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.choices import Role
from projects.desk import report_buttons, report_page, report_post
from projects.desk.frame import READERS, WRITING, desk_page
from projects.desk.outcomes import REFUSALS, named, onward, why
from projects.desk.report_preview import preview
from projects.reports import moves, report_sheet
from projects.reports.report_sheet import ReportSheet
from tracker.methods import BOTH, READING

ASKS = "asks"  # what the page asks first


@desk_page(*READERS, methods=BOTH)
def report_form(request: HttpRequest, month: str, code: str) -> HttpResponse:
    sheet = _reached(request, month, code)
    if request.method == "POST":
        asks_first = report_buttons.asks_first(request.POST, _own(sheet))
        one = report_post.sent(request, sheet)
        if asks_first and one.is_clean:
            words = _("What you typed is kept: it differs from what is on record, which overwrote nothing.")
            messages.warning(request, words)
            return onward(request, "report_form", month, code, query={ASKS: "overwrite"})
        if one.is_clean or report_post.handed_in_already(one):
            return _go_on(request, one)
        shown = report_page.written if one.sheet.may_write else report_page.overtaken
        return render(request, "desk/report_form.html", shown(request, one), status=one.status)
    context = report_page.opened if sheet.may_write else report_page.read_only
    asks = {"asks_overwrite": request.GET.get(ASKS) == "overwrite"}
    return render(request, "desk/report_form.html", context(request, sheet) | asks)


@desk_page(*READERS, methods=READING)
def report_preview(request: HttpRequest, month: str, code: str) -> HttpResponse:
    sheet = _reached(request, month, code)
    if sheet.report is None:
        raise Http404
    return render(request, "desk/report_preview.html", preview(request, sheet))


@desk_page(Role.REPORTER, methods=WRITING)
def report_withdraw(request: HttpRequest, month: str, code: str) -> HttpResponse:
    sheet = _own(_reached(request, month, code))
    if sheet.report is None:
        raise Http404
    try:
        moves.withdraw(sheet.report, expected=sheet.report.version, by=request.user, at=timezone.now())
    except REFUSALS as refused:
        messages.error(request, why(refused))
    else:
        messages.success(request, _("The report is withdrawn: it is a draft again, and you can change it."))
    return onward(request, "report_form", month, code)


def _reached(request: HttpRequest, month: str, code: str) -> ReportSheet:
    sheet = report_sheet.find(request.person, month, code, timezone.localdate())
    if sheet is None:
        raise Http404
    return sheet


def _own(sheet: ReportSheet) -> ReportSheet:
    """Only the project's own unit writes."""
    if not sheet.person.reports_for(sheet.project.department_id):
        raise Http404
    return sheet


def _go_on(request: HttpRequest, one: report_post.PostedReport) -> HttpResponse:
    """To where the button leads."""
    month, code = one.sheet.round.month, one.sheet.project.code
    told = {
        "copy": _("The words of the last published report are copied: change what is no longer true."),
        "unchanged": _("Stage and amounts are filled in as they are on record."),
        "overwrite": _("Stage and amounts are filled in as they are on record."),
        "submit": _("Handed in: %(name)s.") % {"name": named([one.sheet.project])},
    }
    pressed = report_buttons.asked(one.data)
    messages.success(request, told.get(pressed) or _("The draft is saved."))
    if pressed == "submit":
        return onward(request, "my_desk")
    if pressed == "preview":
        return onward(request, "report_preview", month, code)
    fragment = {"take_back": "problems", "remove": "files"}
    place = next((where for name, where in fragment.items() if name in one.data), "")
    return onward(request, "report_form", month, code, fragment=place)
