"""What an approved report leaves on record: itself as a source, and its claims.

Which claims they are is `reports.rules.publication`; the move is `reports.moves`.
"""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from projects.choices import Basis, MoveReason, Origin, PromiseState, SourceKind, Topic
from projects.claims.rules import faults_of
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.core.numbers import printed_decimals
from projects.core.refusals import Refused
from projects.core.statements import Number, Value
from projects.models import Claim, Report, Source, User
from projects.models.assertion import COLUMNS
from projects.reports.rules.content import Situation
from projects.reports.rules.publication import Stated, stated
from projects.words import dates


def source_titles(month: date, code: str) -> tuple[str, str]:
    """In Chinese and in English: 2026年3月月报 QJ-0001."""
    with override("zh-hans"):
        chinese = f"{dates.month(month)}月报 {code}"
    with override("en"):
        return chinese, f"Monthly report for {dates.month(month)}, {code}"


def source_code(month: str, code: str) -> str:
    return f"report-{month}-{code}"


def month_of(source: str, code: str) -> str:
    """Of which month's report on a project a source is; empty where it is another."""
    month = source.removeprefix("report-").removesuffix(f"-{code}")
    return month if source == source_code(month, code) else ""


def why(reason: str, words: str) -> str:
    """The reason from the list, then the official's own words."""
    if not reason:
        return words.strip()
    with override("zh-hans"):
        label = str(MoveReason(reason).label)
    return f"{label}：{words.strip()}" if words.strip() else label


def _as_before() -> str:
    with override("zh-hans"):
        return _("The report says that the stage has not changed: it is taken as it was on record.")


def source_of(report: Report, *, at: datetime) -> Source:
    """Make the source that a published report is; its title names the project by its code alone."""
    title, title_en = source_titles(report.round.month_earliest, report.project.code)
    source = Source(
        code=source_code(report.round.month, report.project.code),
        kind=SourceKind.REPORT,
        title=title,
        title_en=title_en,
        publisher=report.department.name,
        publisher_en=report.department.name_en,
        published=timezone.localdate(at).isoformat(),
    )
    source.full_clean()
    source.save(force_insert=True)
    return source


def write_claims(report: Report, given: Situation, *, by: User, at: datetime) -> list[Claim]:
    """One for each thing said, known from the day of approval."""
    said = stated(report.content(), given.held, given.asof)
    claims = [
        _claim(report, one, number, given.asof, by=by, at=at) for number, one in enumerate(said, start=1)
    ]
    for claim in claims:
        _refuse_faults(claim, timezone.localdate(at))
        claim.full_clean()
        claim.save(force_insert=True)
    return claims


def _claim(report: Report, said: Stated, number: int, asof: date, *, by: User, at: datetime) -> Claim:
    """An actual is true as of its own date, whenever it was written down."""
    topic = said.series.topic
    is_actual, given = topic == Topic.ACTUAL, columns(topic, said.value)
    is_read = topic == Topic.STAGE and bool(said.qualifier)  # 基本建成 is inferred
    return Claim(
        ref=f"{report.source.code}-{number}",
        project=report.project,
        **said.series._asdict(),
        qualifier=said.qualifier,
        as_of=given["value_date"] if is_actual else asof.isoformat(),
        known_on=timezone.localdate(at),
        source=report.source,
        basis=Basis.INFERRED if is_read else Basis.STATED,
        note=_as_before() if is_read else why(said.reason, said.words),
        origin=Origin.REPORT,
        entered_by=report.submitted_by,
        entered_at=report.submitted_at,
        approved_by=by,
        approved_at=at,
        **given,
    )


def columns(topic: str, value: Value) -> dict:
    """The columns that hold a value; 待定 stands in that of codes."""
    if value == PromiseState.TBD:
        return {"value_code": PromiseState.TBD.value}
    column = COLUMNS[Topic(topic).takes]
    if isinstance(value, Money):
        return {column: value.yuan, "unit": value.unit, "decimals": value.decimals}
    if isinstance(value, Number):
        return {column: value.value, "unit": value.unit, "decimals": printed_decimals(value.value)}
    return {column: value.text if isinstance(value, fuzzy_dates.Fuzzy) else value}


def _refuse_faults(claim: Claim, today: date) -> None:
    found = faults_of(claim.statement(), project=claim.project.code, measures=frozenset(), today=today)
    if found:
        raise Refused.of(found)
