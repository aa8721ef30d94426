"""What becomes of a posted table of a month: each row that was changed is kept as the report form keeps it.

Each row by itself, in a transaction of its own: a refused one keeps its text and none of the others back.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import HttpRequest, QueryDict

from projects.desk import report_post, table_rows
from projects.desk.report_fields import as_kept
from projects.desk.report_post import PostedReport
from projects.models import Project
from projects.reports.report_sheet import ReportSheet

CHOSEN, ALL = "chosen", "all"
SEEN = "seen"


@dataclass
class PostedTable:
    """By project, what was saved, what was handed in, and what was refused; the codes that were chosen."""

    chosen: frozenset[str]
    saved: list[Project] = field(default_factory=list)
    handed_in: list[Project] = field(default_factory=list)
    refused: dict[str, PostedReport] = field(default_factory=dict)

    @property
    def is_overtaken(self) -> bool:
        """Somebody else was faster in one of them."""
        return any(one.status == 409 for one in self.refused.values())


def sent(request: HttpRequest, sheets: Iterable[ReportSheet]) -> PostedTable:
    table, do = PostedTable(frozenset(request.POST.getlist(CHOSEN))), request.POST.get("do", "")
    for sheet in sheets:
        typed = table_rows.typed_of(request.POST, sheet.project.code)
        is_changed = bool(typed) and _is_changed(request.POST, sheet, typed)
        hands_in = bool(typed) and _hands_in(sheet, table.chosen, do, is_changed)
        if is_changed or hands_in:
            _keep(table, _sent_row(request, sheet, typed, hands_in), hands_in)
    if not any(one.form.errors for one in table.refused.values()):
        report_post.acknowledge(request)
    return table


def _is_changed(posted: QueryDict, sheet: ReportSheet, typed: dict[str, str]) -> bool:
    """Against what stood there, whatever a colleague did meanwhile; a reason given counts, too."""
    kept = as_kept(sheet)
    reasons = {name: text for name, text in typed.items() if name.startswith(table_rows.CONFIRM)}
    explains = any(text.strip() and text != kept.get(name) for name, text in reasons.items())
    return explains or table_rows.seen(typed) != posted.get(f"{sheet.project.code}-{SEEN}")


def _hands_in(sheet: ReportSheet, chosen: frozenset[str], do: str, is_changed: bool) -> bool:
    """All of them are those in which anything was said: silence is not "nothing changed"."""
    if do == CHOSEN:
        return sheet.project.code in chosen
    return do == ALL and (is_changed or (sheet.report is not None and sheet.may_write))


def _sent_row(
    request: HttpRequest, sheet: ReportSheet, typed: dict[str, str], hands_in: bool
) -> PostedReport:
    data = table_rows.complete(sheet, typed)
    one, report = report_post.keep_draft(request, report_post.read(sheet, data, [], sheet.project.code))
    if report is not None and hands_in:
        report_post.hand_in(request, one, report)
    return one


def _keep(table: PostedTable, one: PostedReport, hands_in: bool) -> None:
    project = one.sheet.project
    if not one.is_clean and not report_post.handed_in_already(one):
        table.refused[project.code] = one
    elif hands_in:
        table.handed_in.append(project)
    else:
        table.saved.append(project)
