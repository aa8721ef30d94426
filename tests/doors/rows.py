"""One row of everything that an address can name, in the states that matter to who may see it."""

from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from projects.audit import log
from projects.choices import Role, Topic
from projects.claims import approval
from projects.imports import filled_form
from projects.models import Batch, FileReading, Problem, Report, Statistic, User, Workbook
from projects.records import documents
from projects.reports import moves, problems
from tests import cast, paperwork
from tests.attaching import with_photo
from tests.cast import AT, TODAY, Cast
from tests.imports.rows import new, sent
from tests.imports.workbooks import take_in, workbook

STATES = ("draft", "handed_in", "published")


def made() -> dict[str, str]:
    """What stands for the words in braces of `table`."""
    people = cast.cast()
    root = User.objects.create_superuser("root")
    cast.person("former", Role.REPORTER, department=people.reporter.department)
    User.objects.update(password=make_password(None).replace("!", "usable"))
    reports = {state: _report(people, state) for state in STATES}
    slug = reports["published"].project.slug
    return {
        **{state: report.project.code for state, report in reports.items()},
        **{f"photo_{state}": report.attachments.get().name for state, report in reports.items()},
        **{f"problem_{state}": Problem.objects.get(report=report).pk for state, report in reports.items()},
        **_records(people),
        "due": paperwork.on_record().code,
        "private": cast.project(is_public=False).slug,
        "slug": slug,
        "source": cast.source().code,
        "town": cast.place().code,
        "with_text": documents.keep(cast.source("kept"), "一句。".encode(), by=None, at=AT).pk,
        "month": paperwork.MONTH,
        "user": root.pk,
        "tip": cast.tip().pk,
        "file_draft": _draft_of_a_file(people).pk,
        "file_reading": _reading(people).pk,
        "form": _form(people).pk,
        "file_sent": sent(people, new("某新厂")).pk,
        "group": Group.objects.first().pk,
    }


def _report(people: Cast, state: str) -> Report:
    """With a photo and a problem that another unit answers for."""
    report = paperwork.draft_of(paperwork.on_record(), people)
    with_photo(report, people.reporter, caption=state)
    problems.raise_(
        report,
        "用地",
        department=people.other_reporter.department,
        due_on=TODAY + timedelta(days=9),
        by=people.reporter,
        at=AT,
    )
    if state != "draft":
        report = moves.submit(report, expected=report.version, by=people.reporter, at=AT)
    if state == "published":
        report = moves.approve(report, expected=report.version, by=people.reviewer, at=AT)
    return report


def _draft_of_a_file(people: Cast) -> Batch:
    data = workbook([["项目名称", "项目类别"], ["某新路", "交通"]])
    (draft,) = take_in("某表.xlsx", data, "0" * 64, sender="", by=people.editor, at=AT)
    return draft


def _reading(people: Cast) -> FileReading:
    return FileReading.objects.create(file_name="大表.xlsx", entered_by=people.editor, started_at=AT)


def _form(people: Cast) -> Workbook:
    data = workbook([["项目名称", "总投资"]])
    return filled_form.keep("表.xlsx", data, sender="市里", by=people.editor, at=AT)


def _records(people: Cast) -> dict[str, int]:
    """The keys by which the admin names its rows."""
    of = cast.project()
    waiting = {
        "claim": cast.draft(of, Topic.WORKS, "基础施工"),
        "statistic": Statistic(
            subject=cast.indicator("unused"), source=cast.source(), as_of="2024-10-17", value_text="等候"
        ),
    }
    rows = {
        "project": of,
        "department": cast.department(),
        "place": cast.place(),
        "organisation": cast.organisation(),
        "indicator": cast.indicator("unused"),
        "source": cast.source(),
        "sourcesection": cast.section(),
        "claim": cast.published(of),
        "statistic": cast.statistic("百亿级"),
        "auditentry": log.record("project.save", of.code, by=None, at=AT),
    }
    entered = {
        f"{name}_waiting": approval.enter(draft, by=people.second_editor, at=AT)
        for name, draft in waiting.items()
    }
    return {name: row.pk for name, row in (rows | entered).items()}
