"""What becomes of a posted report form: the draft is kept first, whatever else was asked for.

What cannot be read, a file that is refused, a problem half filled in: each is told beside its field, and the
rest is saved. Which page then shows it is `desk.report_page`.
"""

from dataclasses import dataclass, field, replace

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import ngettext

from projects.choices import ReportState
from projects.core.numbers import whole
from projects.core.refusals import Fault
from projects.desk import report_buttons, report_versions
from projects.desk.outcomes import REFUSALS, why
from projects.desk.problem_forms import ProblemForm
from projects.desk.report_fields import ReportForm
from projects.models import Department, Report
from projects.pages import lost_forms
from projects.pages.lost_forms import NOT_TYPED
from projects.reports import attachments, drafts, moves, problems, report_sheet
from projects.reports.diff_words import DifferenceLine
from projects.reports.drafts import ChangedMeanwhile
from projects.reports.report_sheet import ReportSheet
from projects.reports.rules.content import Content
from projects.reports.rules.report_diff import Difference, sides

CAPTION, ORDER = "caption-", "order-"  # before the name of a file: what is said of it, and its place
STAMPS = "saved_forms"  # of the session: which typed texts a browser may forget
MOST_STAMPS = 20


@dataclass
class PostedReport:
    """A posted form and all that is to be said about it."""

    sheet: ReportSheet
    data: dict[str, str]
    units: list[Department]
    form: ReportForm
    problem: ProblemForm
    faults: list[Fault] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)  # (element, sentence)
    sides: list[Difference] | None = None  # None where nobody else was at it
    is_saved: bool = False
    was_to_be_handed_in: bool = False

    @property
    def is_clean(self) -> bool:
        refused = self.form.errors or self.problem.errors or self.faults or self.told
        return self.is_saved and not refused

    @property
    def side_lines(self) -> list[DifferenceLine]:
        """In words, how what is kept differs from what was typed, read or not."""
        if self.is_saved or self.sides is None:
            return []
        return report_versions.lines(self.sides, self.form, self.problem, self.data)

    @property
    def status(self) -> int:
        """409 where somebody else was faster."""
        return 200 if self.is_saved or self.sides is None else 409


def sent(request: HttpRequest, sheet: ReportSheet) -> PostedReport:
    data = report_buttons.filled(request.POST, sheet, report_sheet.last_words(sheet))
    one, report = keep_draft(request, read(sheet, data, report_sheet.units()))
    if report is None:
        _keep_typed(request, one)
        return one
    _raise_problem(request, one, report)
    _take_back(request, one, report)
    _files(request, one, report)
    if report_buttons.asked(data) == "submit":
        hand_in(request, one, report)
    if _is_all_kept(one):
        acknowledge(request)
    return one


def read(
    sheet: ReportSheet, data: dict[str, str], units: list[Department], prefix: str | None = None
) -> PostedReport:
    """`prefix` tells the boxes of several reports on one page apart; `data` has the names without it."""
    form, problem = ReportForm(sheet, data, prefix), ProblemForm(units, sheet.today, data)
    form.is_valid(), problem.is_valid()
    return PostedReport(sheet, data, units, form, problem)


def keep_draft(request: HttpRequest, one: PostedReport) -> tuple[PostedReport, Report | None]:
    """What could be read is kept; the report, or None where nothing was kept."""
    content = report_buttons.content_of(one.form, one.data, one.sheet)
    report = _saved(request, one, content, _unread(one))
    one = _again(one)
    one.is_saved = report is not None
    return one, report


def _again(one: PostedReport) -> PostedReport:
    """Beside what is kept by now: rows, version and state are those of the report as it is."""
    anew = read(_as_it_is(one.sheet), one.data, one.units, one.form.prefix)
    return replace(anew, told=one.told, sides=one.sides)


def _as_it_is(sheet: ReportSheet) -> ReportSheet:
    """The sheet with the report as it is kept by now."""
    return report_sheet.find(sheet.person, sheet.round.month, sheet.project.code, sheet.today) or sheet


def _is_all_kept(one: PostedReport) -> bool:
    """Whether the browser may forget its copy: all that was typed is stored, but for texts far too long."""
    return one.is_saved and not lost_forms.is_too_large(
        {name: one.data.get(name, "") for name in one.form.errors}
    )


def _unread(one: PostedReport) -> dict[str, str]:
    """What was typed and could not be read, half a problem too; what is far too long the browser keeps."""
    kept = one.sheet.report.unread if one.sheet.report else {}
    unread = {name: text for name, text in kept.items() if name not in one.data}
    unread |= report_versions.unread(one.form, one.problem, one.data)
    return {} if lost_forms.is_too_large(unread) else unread


def _saved(
    request: HttpRequest, one: PostedReport, content: Content, unread: dict[str, str]
) -> Report | None:
    """The report with what could be read kept in it; None where nothing was kept."""
    sheet, expected = one.sheet, report_buttons.version(one.data)
    told = {"monthly_round": sheet.round, "unread": unread, "by": request.user, "at": timezone.now()}
    try:
        return moves.save_draft(sheet.project, content, expected=expected, **told)
    except ChangedMeanwhile as changed:
        one.sides = sides(changed.kept, content)
        is_kept = not one.sides and unread == changed.report.unread  # pressed twice
        return changed.report if is_kept else None
    except REFUSALS as refused:
        one.told.append(("", why(refused)))
        # As it stands now: it may have been handed in while this waited for its turn.
        one.sheet = _as_it_is(sheet)
        if one.sheet.report and not one.sheet.may_write:
            one.sides = sides(one.sheet.complete(one.sheet.content()), one.sheet.complete(content))
    return None


def _keep_typed(request: HttpRequest, one: PostedReport) -> None:
    """A colleague handed it in: what was typed comes back once it can be written again."""
    if one.side_lines and not one.sheet.may_write:
        typed = {name: text for name, text in one.data.items() if name not in NOT_TYPED}
        lost_forms.keep(request.user.pk, request.path, typed, at=timezone.now())


def _raise_problem(request: HttpRequest, one: PostedReport, report: Report) -> None:
    form = one.problem
    if not form.is_given or form.errors:
        return
    text, unit, due_on = (form.cleaned_data[name] for name in form.fields)
    try:
        if not report_versions.is_raised(report, form):
            problems.raise_(report, text, department=unit, due_on=due_on, by=request.user, at=timezone.now())
    except REFUSALS as refused:
        form.add_error("problem_due", why(refused))
        return
    one.data.update(dict.fromkeys(form.fields, ""))
    one.problem = ProblemForm(one.units, one.sheet.today)


def _take_back(request: HttpRequest, one: PostedReport, report: Report) -> None:
    row = report.problems.filter(pk=whole(request.POST.get("take_back", ""))).first()
    if row:
        _try(one, "id_problem_text", problems.take_back, row, by=request.user, at=timezone.now())


def _files(request: HttpRequest, one: PostedReport, report: Report) -> None:
    """Each by itself: a refused one keeps none of the others back."""
    at, by, added = timezone.now(), request.user, 0
    caption, allowed = one.data.get("caption", ""), attachments.allowance()
    for upload in request.FILES.getlist("files"):
        try:
            made = attachments.made_anew(upload, timezone.localdate(at), allowed)
            attachments.attach(report, made, by=by, at=at, caption=caption)
            added += 1
        except REFUSALS as refused:
            one.told.append(("id_files", f"{upload.name}: {why(refused)}"))
    if added:
        words = ngettext("%(count)s file was attached.", "%(count)s files were attached.", added)
        messages.success(request, words % {"count": added})
        one.data["caption"] = ""
    _arrange(request, one, report)
    name = request.POST.get("remove", "")[:40].replace("\0", "")
    if row := report.attachments.filter(name=name).first():
        _try(one, "id_files", attachments.remove, row, by=by, at=at)


def _arrange(request: HttpRequest, one: PostedReport, report: Report) -> None:
    """What was said of the files that the page showed, in the order of their numbers."""
    said = [name for name in one.data if name.startswith(CAPTION)]
    said.sort(key=lambda name: whole(one.data.get(ORDER + name.removeprefix(CAPTION), "")) or 0)
    captions = {name.removeprefix(CAPTION): one.data[name] for name in said}
    if captions:
        _try(one, "id_files", attachments.arrange, report, captions, by=request.user, at=timezone.now())


def hand_in(request: HttpRequest, one: PostedReport, report: Report) -> None:
    """Where something could not be read, what is unreasonable in the rest is told with it."""
    one.was_to_be_handed_in = True
    if not one.is_clean:
        found = drafts.faults_of(report, at=timezone.now())
        one.faults = [fault for fault in found if fault.on and fault.on not in one.form.errors]
        return
    try:
        moves.submit(report, expected=report.version, by=request.user, at=timezone.now())
    except REFUSALS as refused:
        # What is wrong with a field stands beside it; that the report has moved on stands above them all.
        one.faults = [fault for fault in getattr(refused, "faults", ()) if fault.on]
        if not one.faults and not _was_handed_in(report):
            one.told.append(("", why(refused)))


def _was_handed_in(report: Report) -> bool:
    """By a colleague at the same moment, in this very version."""
    handed_in = Report.objects.filter(state=ReportState.SUBMITTED, version=report.version + 1)
    return handed_in.filter(pk=report.pk).exists()


def _try(one: PostedReport, element: str, act, *args, **kwargs) -> None:
    try:
        act(*args, **kwargs)
    except REFUSALS as refused:
        one.told.append((element, why(refused)))


def acknowledge(request: HttpRequest) -> None:
    """The browser may forget what it kept of this form."""
    stamp = request.POST.get("stamp", "")[:40]
    if stamp:
        request.session[STAMPS] = [*request.session.get(STAMPS, []), stamp][-MOST_STAMPS:]


def handed_in_already(one: PostedReport) -> bool:
    """Pressed twice: all that was typed could be read, and is what lies with the reviewers."""
    state = one.sheet.report and one.sheet.report.state
    is_same = one.sides == [] and not one.form.errors and not one.side_lines
    return not one.is_saved and state == ReportState.SUBMITTED and is_same
