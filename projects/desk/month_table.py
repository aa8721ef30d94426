"""The month as a table: one's projects as rows, edited in place and sent as one form."""

from collections.abc import Iterable

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.choices import Role, Stage
from projects.core.numbers import whole
from projects.desk import report_page, table_post, table_rows
from projects.desk.frame import desk_page, round_of, writing_frame
from projects.desk.outcomes import named, onward
from projects.desk.table_post import PostedTable
from projects.models import Current, Report, Round
from projects.pages.lost_forms import LostForm
from projects.reports import diff_words, report_sheet
from projects.reports.report_sheet import ReportSheet
from tracker.methods import BOTH

MAX_ROWS = 50  # of one page: what a form may send, and a person oversee


@desk_page(Role.REPORTER, methods=BOTH)
def month_table(request: HttpRequest, month: str) -> HttpResponse:
    monthly_round = round_of(month)
    if not request.person.units:
        raise Http404
    rows = _expected(request, monthly_round)
    if request.method != "POST":
        return _shown(request, monthly_round, rows)
    table = table_post.sent(request, _sheets(request, monthly_round, rows))
    tell(request, table)
    if not table.refused:
        query = {"after": after} if (after := request.GET.get("after")) else {}
        return onward(request, "month_table", month, query=query)
    return _shown(request, monthly_round, rows, table)


def _expected(request: HttpRequest, monthly_round: Round) -> list[Current]:
    """One more than a page shows."""
    after = whole(request.GET.get("after", "")) or 0
    rows = of_units(request.person.units, monthly_round).filter(number__gt=after)
    return list(rows[: MAX_ROWS + 1])


def of_units(units: Iterable[int], monthly_round: Round) -> QuerySet[Current]:
    """Those that are to be reported on, or were."""
    own = Current.objects.filter(department__in=units, project__is_public=True)
    begun = Report.objects.filter(round=monthly_round, project=OuterRef("project"))
    expected = Current.objects.expected_in(monthly_round.month)
    rows = own.filter(pk__in=expected.values("pk")) | own.filter(Exists(begun))
    return rows.select_related("project__department").order_by("number")


def _sheets(request: HttpRequest, monthly_round: Round, rows: list[Current]) -> list[ReportSheet]:
    projects = [row.project for row in rows[:MAX_ROWS]]
    return report_sheet.of_month(request.person, monthly_round, projects, timezone.localdate())


def _shown(
    request: HttpRequest, monthly_round: Round, found: list[Current], table: PostedTable | None = None
) -> HttpResponse:
    """As it is kept; what was refused, or posted with a dead session, as it was typed."""
    context = writing_frame(request, "desk")
    table = table or PostedTable(frozenset())
    context |= rows_shown(
        request, monthly_round, _sheets(request, monthly_round, found), table, context["lost"]
    )
    context |= {
        "after": request.GET.get("after", ""),
        "next_after": found[MAX_ROWS - 1].number if len(found) > MAX_ROWS else None,
    }
    return render(request, "desk/month_table.html", context, status=409 if table.is_overtaken else 200)


def rows_shown(
    request: HttpRequest,
    monthly_round: Round,
    sheets: list[ReportSheet],
    table: PostedTable,
    lost: LostForm | None = None,
) -> dict:
    """What the table of some reports shows."""
    rows = [
        table_rows.row_of(_one(sheet, table, lost), is_chosen=sheet.project.code in table.chosen)
        for sheet in sheets
    ]
    return report_page.kept_by_browser(request, is_unsaved=bool(table.refused or lost)) | {
        "round": monthly_round,
        "today": timezone.localdate(),
        "rows": rows,
        "columns": [diff_words.FIELDS[name] for name in table_rows.CELLS],
        "stages": "|".join(f"{stage.value}={stage.label}" for stage in Stage),
        "wrong": [(at, row.sheet.project, words) for row in rows for at, words in row.wrong],
        "may_write": any(row.sheet.may_write for row in rows),
    }


def _one(sheet: ReportSheet, table: PostedTable, lost: LostForm | None) -> table_rows.PostedReport:
    code = sheet.project.code
    if code in table.refused:
        return table.refused[code]
    return table_rows.unsent(sheet, table_rows.typed_of(lost.fields, code) if lost else None)


def tell(request: HttpRequest, table: PostedTable) -> None:
    if done := table.handed_in:
        words = ngettext("One row handed in: %(names)s.", "%(count)s rows handed in: %(names)s.", len(done))
        messages.success(request, words % {"count": len(done), "names": named(done)})
    if kept := table.saved:
        words = ngettext("One row saved: %(names)s.", "%(count)s rows saved: %(names)s.", len(kept))
        messages.success(request, words % {"count": len(kept), "names": named(kept)})
    if not (table.handed_in or table.saved or table.refused):
        messages.warning(request, _("Nothing was changed, and nothing was handed in."))
