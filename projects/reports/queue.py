"""The reviewers' queue: submitted reports, oldest first, with what they would change; and one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from projects.choices import Origin, ReportState, Role
from projects.claims.public_statements import said_of
from projects.core.fuzzy_dates import Fuzzy
from projects.core.roles import Person
from projects.core.statements import Statement
from projects.models import AuditEntry, Claim, Department, Report
from projects.pages import keyset
from projects.pages.keyset import KeysetPage, Segment
from projects.reports import diff_words, drafts
from projects.reports.rules import content, rounds
from projects.reports.rules.content import Held
from projects.reports.rules.plain import is_plain
from projects.reports.rules.report_diff import Difference, compared
from projects.reports.rules.workflow import AUDITED

PAGE_SIZE = 20
MAX_COUNTED = 1_001
SAID_AGAIN = ("stage", "this_year", "to_date")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report beside the record: every field, of which some differ."""

    report: Report
    asof: date
    held: Held
    compared: tuple[Difference, ...]

    @property
    def key(self) -> str:
        return drafts.key(self.report)

    @property
    def anchor(self) -> str:
        return anchor(self.report)

    @property
    def paper(self) -> str:
        """What a form sends back: which report, and in which version it was read."""
        return f"{self.report.round.month}/{self.report.project.code}/{self.report.version}"

    @property
    def since(self) -> Fuzzy | None:
        """Of when the amounts on record are."""
        amount = self.held.to_date or self.held.this_year
        return amount.as_of if amount else None

    @property
    def differences(self) -> tuple[Difference, ...]:
        return tuple(one for one in self.compared if one.is_news)

    @property
    def changed(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.field for one in self.differences))

    @property
    def published(self) -> tuple[Difference, ...]:
        """Every line that becomes public; "nothing changed" says stage and amounts again, and no more."""
        said = [one for one in self.compared if one.after is not None]
        if self.report.is_unchanged:
            return tuple(one for one in said if one.field in SAID_AGAIN)
        return tuple(one for one in said if one.field not in diff_words.INTERNAL)

    @property
    def is_plain(self) -> bool:
        """It may be approved with others."""
        has_more = bool(self.report.problems.all() or self.report.attachments.all())
        return is_plain(self.report.content(), self.held, self.asof, has_more=has_more)


@dataclass(frozen=True, slots=True)
class Seen:
    """A report as somebody saw it: what is decided on is that version and no other."""

    month: str
    code: str
    version: int

    @property
    def key(self) -> str:
        return f"{self.month} {self.code}"


@dataclass(frozen=True, slots=True)
class Choices:
    """The months (each with its first day) and the units of which anything waits."""

    months: dict[str, date]
    units: dict[str, Department]


def anchor(report: Report) -> str:
    """Its place on the page of the queue."""
    return f"r-{report.round.month}-{report.project.code}"


def waiting(person: Person) -> QuerySet[Report]:
    """Everybody's but one's own, oldest first; nothing for who is no reviewer."""
    if not person.has(Role.REVIEWER):
        return Report.objects.none()
    rows = Report.objects.filter(state=ReportState.SUBMITTED, round__called_off_at=None)
    rows = rows.exclude(writers__user=person.pk)
    return whole(rows).order_by("submitted_at", "pk")


def page(rows: QuerySet[Report], params: QueryDict, question: str) -> KeysetPage:
    """A page of what waits, with all that is said of each; the first one where the one asked for is empty."""
    found = keyset.page([Segment(rows, ("submitted_at", "id"))], ("pk",), PAGE_SIZE, params, question)
    if not found.rows and any(name in params for name in keyset.LINKS):
        return page(rows, QueryDict(), question)
    reports = whole(Report.objects.filter(pk__in=[pk for (pk,) in found.rows]))
    return replace(found, rows=list(reports.order_by("submitted_at", "pk")))


def count(rows: QuerySet) -> int:
    """Exact as far as anybody counts."""
    return rows.order_by()[:MAX_COUNTED].count()


def beside_record(rows: Iterable[Report], today: date) -> list[Waiting]:
    reports = list(rows)
    said = said_of([one.project_id for one in reports], today)
    return [beside(one, said[one.project_id], today) for one in reports]


def after(rows: QuerySet[Report], report: Report) -> Report | None:
    """Where a reviewer goes on, once a report is done with."""
    moment = report.submitted_at
    later = Q(submitted_at__gt=moment) | Q(submitted_at=moment, pk__gt=report.pk)
    return rows.filter(later).first()


def choices(person: Person) -> Choices:
    rows = waiting(person).order_by()
    months = rows.values_list("round__month", "round__month_earliest").distinct()
    units = Department.objects.filter(reports__in=rows.values("pk")).distinct().order_by("code")
    return Choices(dict(sorted(months)), {one.code: one for one in units})


def filtered(rows: QuerySet[Report], asked: Mapping[str, str]) -> QuerySet[Report]:
    """Those of a month, of a unit, or all."""
    wanted = {"round__month": asked.get("month"), "department__code": asked.get("unit")}
    return rows.filter(**{name: value for name, value in wanted.items() if value})


def seen(person: Person, papers: Iterable[Seen]) -> dict[Seen, Report]:
    """Those that may be reached, as they are now; never a draft of others."""
    wanted = {(one.month, one.code): one for one in papers}
    rows = whole(Report.objects.reachable_by(person)).filter(
        round__month__in={month for month, _ in wanted}, project__code__in={code for _, code in wanted}
    )
    found = {wanted.get((row.round.month, row.project.code)): row for row in rows}
    return {one: found[one] for one in wanted.values() if one in found}


def whole(rows: QuerySet[Report]) -> QuerySet[Report]:
    """With all that a page says of them."""
    rows = rows.select_related("project__department", "round", "department", "submitted_by")
    return rows.prefetch_related("dates", "problems__department", "attachments")


def beside(report: Report, said: list[Statement], known: date) -> Waiting:
    submitted_on = timezone.localdate(report.submitted_at)
    asof = rounds.as_of_day(report.round.month_latest, submitted_on)
    held = content.held(said, asof, known)
    return Waiting(report, asof, held, compared(report.content(), held))


def find(person: Person, month: str, code: str) -> Report | None:
    """Anybody's but a draft, which is read by nobody but who writes it."""
    rows = whole(Report.objects.reachable_by(person)).exclude(state=ReportState.DRAFT)
    rows = rows.select_related("returned_by", "approved_by", "source")
    return rows.filter(round__month=month, project__code=code).first()


def taken_back(month: str, code: str) -> Report | None:
    """A draft that was returned before: a reviewer reads again what was asked, and nothing else of it."""
    rows = Report.objects.filter(state=ReportState.DRAFT, round__month=month, project__code=code)
    return rows.exclude(return_note="").select_related("project", "round").first()


def compared_of(report: Report, today: date) -> Waiting:
    """Beside what was on record without it: what it would change, or what it changed when it was approved."""
    known = timezone.localdate(report.approved_at) if report.approved_at else today
    own = report.source.code if report.source else None
    said = said_of([report.project_id], known)[report.project_id]
    return beside(report, [one for one in said if one.source != own], known)


def moves(report: Report) -> list[AuditEntry]:
    """Who did what with it, and when; the last return with its note, which the report alone holds."""
    entries = AuditEntry.objects.filter(report=report, action__in=AUDITED)
    found = list(entries.select_related("by").order_by("number"))
    for entry in [one for one in found if one.action == "report.return"][-1:]:
        entry.note = report.return_note
    return found


def claims_of(report: Report) -> list[Claim]:
    """What an approved report put on record, each with whether it was corrected since."""
    if report.source is None:
        return []
    claims = Claim.objects.filter(source=report.source, origin=Origin.REPORT)
    return list(claims.with_correction().order_by("pk"))
