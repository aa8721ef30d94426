"""A demonstration to try every role in: made-up units, last month's round closed, this month's half done.

The documents name almost no responsible unit, so units are made up here, and their names and words say so.
It goes through the same actions as people do; what the records say is only stated again. The accounts
are made by the command `demo`.
"""

from calendar import monthrange
from dataclasses import replace
from datetime import datetime, timedelta

from django.utils import timezone

from projects.choices import Kind, Stage, Topic
from projects.claims import approval
from projects.models import Claim, Current, Department, Project, Report, Round, User
from projects.models.user import person_of
from projects.records import saving
from projects.reports import drafts, moves, problems, rounds
from projects.reports.rules.content import Content, unchanged

# Each made-up unit with the kinds that it leads; the others stay without one, as in the documents.
UNITS = {
    "demo-industry": ("演示单位·产业", "Demonstration unit: industry", (Kind.INDUSTRIAL,)),
    "demo-transport": ("演示单位·交通", "Demonstration unit: transport", (Kind.TRANSPORT, Kind.LOGISTICS)),
    "demo-digital": ("演示单位·数字", "Demonstration unit: digital", (Kind.DIGITAL,)),
    "demo-urban": ("演示单位·城建", "Demonstration unit: urban", (Kind.URBAN, Kind.TOURISM, Kind.HEALTH)),
}
WORDS = "（演示）本月按计划推进，此处文字与数据均为演示。"
NEXT = "（演示）下月继续施工。"
REASON = "（演示）此处理由仅作演示。"
DOUBTED = ("money_outstanding", "actual_missing")
RETURNED = "（演示）请写明本月完成了哪些工程。"
CORRECTED = "（演示）更正上月误填的阶段。"
PROBLEM = "（演示）临时用地手续尚未办结。"
MOST = 6  # reports of a unit that are handed in for the reviewer to try


def unit(code: str) -> Department:
    name, name_en, _kinds = UNITS[code]
    return Department.objects.get_or_create(code=code, defaults={"name": name, "name_en": name_en})[0]


def give_units(*, at: datetime) -> None:
    """Every project of a kind to its made-up unit; one that has a unit keeps it."""
    for code, (_name, _name_en, kinds) in UNITS.items():
        for project in Project.objects.filter(kind__in=kinds, department=None):
            project.department = unit(code)
            saving.save_project(project, by=None, at=at)


def make_rounds(official: User, colleague: User, reviewer: User, editor: User, *, at: datetime) -> None:
    """Last month's, reported, approved and closed; this month's, in which each role finds something to do."""
    if Round.objects.exists():
        return
    today = timezone.localdate(at)
    before = today.replace(day=1) - timedelta(days=1)
    then = at - timedelta(days=today.day - 1 + (before.day - 26))  # the 26th of the month before
    past = rounds.open_round(f"{before:%Y-%m}", by=None, at=then)
    for person in (official, colleague):
        done = moves.nothing_changed(_expected(person), monthly_round=past, by=person, at=then).done
        moves.approve_several([(one, one.version) for one in done], by=reviewer, at=then)
    rounds.close_round(past, by=None, at=at)
    last = today.replace(day=monthrange(today.year, today.month)[1])
    now = rounds.open_round(
        f"{today:%Y-%m}",
        by=None,
        at=at,
        opens_on=today.replace(day=1),
        closes_on=last + timedelta(days=5),
    )
    _official_at_work(official, reviewer, now, at)
    _colleague_at_work(colleague, now, at)
    _editor_at_work(editor, past, at)


def _editor_at_work(editor: User, past: Round, at: datetime) -> None:
    """A correction of what was reported last month, which waits for a second person."""
    wrong = Claim.objects.filter(source__report__round=past, topic=Topic.STAGE).order_by("ref").first()
    right = {"value_code": _after(wrong.value_code), "source": wrong.source, "note": CORRECTED}
    approval.enter(approval.correction_of(wrong, **right), by=editor, at=at)


def _official_at_work(official: User, reviewer: User, monthly_round: Round, at: datetime) -> None:
    """One returned, one begun; the rest is due."""
    first, second, *_rest = _expected(official)
    report = _draft(first, official, monthly_round, at)
    report = moves.submit(report, expected=report.version, by=official, at=at)
    moves.return_(report, expected=report.version, note=RETURNED, by=reviewer, at=at)
    _draft(second, official, monthly_round, at, stage="", works=WORDS)


def _colleague_at_work(colleague: User, monthly_round: Round, at: datetime) -> None:
    """Some in which nothing changed, one a stage further with a reason, one with a problem."""
    *plain, further, hindered = _expected(colleague)[:MOST]
    moves.nothing_changed(plain, monthly_round=monthly_round, by=colleague, at=at)
    report = _draft(further, colleague, monthly_round, at, works=WORDS, next_steps=NEXT, **_further(further))
    moves.submit(report, expected=report.version, by=colleague, at=at)
    report = _draft(hindered, colleague, monthly_round, at, works=WORDS)
    due = timezone.localdate(at) + timedelta(days=14)
    problems.raise_(report, PROBLEM, department=unit("demo-urban"), due_on=due, by=colleague, at=at)
    moves.submit(report, expected=report.version, by=colleague, at=at)


def _expected(person: User) -> list[Project]:
    """The projects of a person's unit on which a report is due, by record number."""
    unit_of = person_of(person).department
    rows = Current.objects.expected().filter(department=unit_of).select_related("project")
    return [one.project for one in rows.order_by("number")]


def _further(project: Project) -> dict:
    """The next stage, confirmed with a reason for whatever is unusual about it."""
    stage = Current.objects.get(project=project).stage
    return {"stage": _after(stage), "confirmed": dict.fromkeys(DOUBTED, REASON)}


def _after(stage: str) -> str:
    """The next one; no report is due on a project at the last."""
    return list(Stage)[Stage(stage).order + 1].value


def _draft(project: Project, by: User, monthly_round: Round, at: datetime, **said) -> Report:
    """What is on record, with what is said otherwise."""
    day = drafts.day_of(monthly_round, at)
    held = unchanged(drafts.record_on(project, day, timezone.localdate(at)), day)
    content: Content = replace(held, is_unchanged=False, works=said.pop("works", WORDS), **said)
    return moves.save_draft(project, content, monthly_round=monthly_round, expected=0, by=by, at=at)
