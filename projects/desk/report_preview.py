"""A report before it is published: as the public will read it, and the claims that it would make.

What the public reads of it is `reports.public_reports`, which claims come of it `reports.rules.publication`.
"""

from copy import copy
from dataclasses import replace

from django.http import HttpRequest
from django.utils import timezone

from projects.choices import ReportMove, ReportState, Topic
from projects.desk.frame import frame
from projects.reports import diff_words, drafts, public_reports, publication
from projects.reports.report_sheet import ReportSheet
from projects.reports.rules.content import Content, is_news
from projects.reports.rules.publication import Stated, stated
from projects.reports.rules.report_diff import compared
from projects.reports.rules.workflow import HANDED_IN

FIELDS = {
    Topic.STAGE: "stage",
    Topic.CONDITION: "condition",
    Topic.INVESTED_IN_PERIOD: "this_year",
    Topic.INVESTED_TO_DATE: "to_date",
    Topic.PROGRESS: "progress",
    Topic.WORKS: "works",
    Topic.PROMISED: "promises",
    Topic.ACTUAL: "actuals",
}


def preview(request: HttpRequest, sheet: ReportSheet) -> dict:
    report, content = sheet.report, sheet.complete(sheet.report.content())
    beside = {(one.field, one.milestone, one.scope): one for one in compared(content, sheet.held)}
    said = stated(content, sheet.held, sheet.day)
    return frame(request, "desk") | {
        "project": sheet.project,
        "round": sheet.round,
        "shown": _shown(sheet, content),
        "is_published": report.state == ReportState.APPROVED,
        "may_submit": ReportMove.SUBMIT in sheet.moves,
        "paper": f"{sheet.round.month}/{sheet.project.code}/{report.version}",
        "claims": [
            (diff_words.line(beside[_key(one)], sheet.project), publication.why(one.reason, one.words))
            for one in said
        ],
    }


def _shown(sheet: ReportSheet, content: Content) -> public_reports.Shown:
    """As if it were handed in today; the row itself stays as it is."""
    report = sheet.report
    if report.state not in HANDED_IN:
        report = copy(report)
        drafts.fill(report, content)
        report.submitted_at = timezone.now()
    shown = public_reports.shown(report)
    promises = tuple(one for one in content.promises if is_news(one, sheet.held.promised))
    actuals = tuple(one for one in content.actuals if is_news(one, sheet.held.actual))
    again = sheet.held.qualifier_of(content.stage)
    return replace(shown, promises=promises, actuals=actuals, stage_qualifier=again)


def _key(one: Stated) -> tuple[str, str, str]:
    series = one.series
    return (FIELDS[Topic(series.topic)], series.measure, series.scope)
