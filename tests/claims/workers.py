"""Programs for tests in which several processes work on one database at once.

    prepare PROJECTS CLAIMS    people, projects, claims that wait
    work PROJECT COUNT         enter and approve claims of a project
    approve|refuse REF...      decide claims that wait
    approve_together REF...    decide on several in one go; refuse_together too
    set_together KIND CODE...  set the kind of projects that were all read before the start
    approve_as_told            approve each claim whose ref comes in, a line each
    prepare_batch ROWS         people, and an imported file that waits
    approve_batch KEY          approve it
    prepare_draft ROWS         people, and a file of two sheets that was taken in
    take_in ROWS               take such a file in
    send_draft KEY             send the first of its sheets
    save CODE...               save projects that were all read before the start
    tell                       what is in the database

To start one: `own_database.start(*PROGRAM, "work", "QJ-0001", "25")`.
Each says a line for each thing it has done, only once it is done: an acknowledgement.
"""

import json
import os
import sys
import time
from collections.abc import Callable

from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from projects.audit.data_version import current_version
from projects.choices import Topic
from projects.claims import approval, approval_together, projection
from projects.core.refusals import Refused
from projects.imports import batches, decisions
from projects.imports.draft_sheet import DraftSheet
from projects.models import AuditEntry, Batch, Claim, Project, User
from projects.pages import excel_file
from projects.pages.excel_file import WorkbookSheet
from projects.records import saving, saving_together
from projects.records.saving_together import Fact
from projects.search import index
from tests.cast import cast, draft, project, source
from tests.imports import rows as imported
from tests.imports import workbooks

# The tables can be imported only once Django is set up.
PROGRAM = ("-c", "import django; django.setup(); from tests.claims.workers import main; main()")


def prepare(projects: str, claims: str) -> None:
    people = cast()
    for number in range(1, int(projects) + 1):
        of = project(f"第{number}厂")
        refs = [
            approval.enter(draft(of, Topic.WORKS, f"works {one}"), by=people.editor, at=timezone.now()).ref
            for one in range(int(claims))
        ]
        say({"project": of.code, "name": of.name, "refs": refs})
    index.index_all()


def work(code: str, count: str) -> None:
    of, paper = Project.objects.get(code=code), source()
    editor, second = User.objects.get(username="editor"), User.objects.get(username="second_editor")
    wait_for_the_others()
    for number in range(int(count)):
        claim = draft(of, Topic.WORKS, f"works {number} of {os.getpid()}", source=paper)
        claim = insist(approval.enter, claim, by=editor, at=timezone.now())
        insist(approval.approve, claim, by=second, at=timezone.now())
        say(claim.ref)
        time.sleep(0.005)  # as people do: SQLite lets those who wait try again every tenth of a second only


def approve(*refs: str) -> None:
    decide(refs, lambda claim, by: approval.approve(claim, by=by, at=timezone.now()))


def approve_as_told() -> None:
    reviewer = User.objects.get(username="reviewer")
    say("ready")
    for line in sys.stdin:
        claim = Claim.objects.get(ref=line.strip())
        insist(approval.approve, claim, by=reviewer, at=timezone.now())
        say(f"{claim.ref} done")


def refuse(*refs: str) -> None:
    decide(refs, lambda claim, by: approval.refuse(claim, by=by, at=timezone.now(), why="no"))


def decide(refs, act) -> None:
    reviewer = User.objects.get(username="reviewer")
    claims = [Claim.objects.get(ref=ref) for ref in refs]
    wait_for_the_others()
    for claim in claims:
        try:
            insist(act, claim, reviewer)
            say(f"{claim.ref} done")
        except Refused:
            say(f"{claim.ref} already decided")


def approve_together(*refs: str) -> None:
    _decide_together(approval_together.approve, refs)


def refuse_together(*refs: str) -> None:
    _decide_together(approval_together.refuse, refs, why="no")


def _decide_together(act, refs, **more) -> None:
    reviewer = User.objects.get(username="reviewer")
    wait_for_the_others()
    done = insist(act, refs, by=reviewer, at=timezone.now(), **more)
    left = {ref: fault.code for ref, faults in done.left.items() for fault in faults}
    say({"done": [one.ref for one in done.done], "left": left})


def set_together(kind: str, *codes: str) -> None:
    editor = User.objects.get(username="editor")
    seen = dict(Project.objects.filter(code__in=codes).values_list("pk", "version"))
    wait_for_the_others()
    fact = Fact("kind", kind)
    done = insist(saving_together.set_fact, fact, seen, by=editor, at=timezone.now(), why="list")
    say({fate: [one.code for one in rows] for fate, rows in done.rows.items()})


def prepare_batch(rows: str) -> None:
    people, at = cast(), timezone.now()
    said = {"known_on": timezone.localdate(at)}
    told = [
        imported.new(f"第{n}厂", imported.claim(**said), imported.stage(**said), number=n)
        for n in range(2, int(rows) + 2)
    ]
    batch = imported.sent(people, *told, at=at)
    say({"key": batch.pk, "refs": sorted(batch.claims.values_list("ref", flat=True))})


def approve_batch(key: str) -> None:
    second, batch = User.objects.get(username="second_editor"), Batch.objects.get(pk=key)
    wait_for_the_others()
    try:
        insist(decisions.approve, batch, expected=batch.version, by=second, at=timezone.now())
        say("done")
    except Refused as refused:
        say(refused.code)


def prepare_draft(rows: str) -> None:
    cast()
    first, *_ = taken_in(int(rows))
    say({"key": first.pk})


def take_in(rows: str) -> None:
    cast()
    wait_for_the_others()
    insist(taken_in, int(rows))
    say("done")


def send_draft(key: str) -> None:
    editor, draft_of, at = User.objects.get(username="editor"), Batch.objects.get(pk=key), timezone.now()
    wait_for_the_others()
    rows = DraftSheet(draft_of).rows(at)
    insist(batches.send, draft_of, rows, expected=draft_of.version, by=editor, at=at)
    say("done")


def taken_in(rows: int) -> list[Batch]:
    heads, at = ["项目名称", "项目类别", "总投资（万元）"], timezone.now()
    sheets = [
        WorkbookSheet(name, heads, [(f"{name}第{n}厂", "工业", n) for n in range(1, rows + 1)], {})
        for name in ("甲表", "乙表")
    ]
    data, editor = excel_file.workbook(sheets, at), User.objects.get(username="editor")
    return workbooks.take_in("二月.xlsx", data, "a" * 64, sender="甲局", by=editor, at=at)


def save(*codes: str) -> None:
    editor = User.objects.get(username="editor")
    rows = [Project.objects.get(code=code) for code in codes]
    wait_for_the_others()
    for row in rows:
        row.name_en = f"by {os.getpid()}"
        try:
            saving.save_project(row, by=editor, at=timezone.now())
            say(f"{row.code} saved")
        except Refused:
            say(f"{row.code} refused")


def insist(act: Callable, *args, **kwargs):
    """As people do who are told that the database is busy: what is refused is tried again, never counted."""
    while True:
        try:
            return act(*args, **kwargs)
        except OperationalError:
            time.sleep(0.05)


def tell() -> None:
    """Fails where the audit chain is broken or a standing is not what its claims say."""
    entries = AuditEntry.objects.order_by("number")
    call_command("verify_audit", stdout=sys.stderr)
    say(
        {
            "approved": list(Claim.objects.approved().order_by("ref").values_list("ref", flat=True)),
            "refused": list(Claim.objects.filter(refused_at__isnull=False).values_list("ref", flat=True)),
            "entries": [list(row) for row in entries.values_list("action", "subject")],
            "version": current_version(),
            "batches": sorted(Batch.objects.values_list("state", "claim_count")),
            "pending": Claim.objects.pending().count(),
            "projects": Project.objects.count(),
            "kinds": dict(Project.objects.values_list("code", "kind")),
            "differing": [one.code for one in Project.objects.all() if projection.rebuild(one)],
        }
    )


def wait_for_the_others() -> None:
    """Say that the start is done, and begin when told."""
    say("ready")
    sys.stdin.readline()


def say(what) -> None:
    print(what if isinstance(what, str) else json.dumps(what), flush=True)


PROGRAMS = (prepare, work, approve, approve_as_told, refuse, save, tell)
PROGRAMS += (
    approve_together,
    refuse_together,
    set_together,
    prepare_batch,
    approve_batch,
    prepare_draft,
    take_in,
    send_draft,
)


def main() -> None:
    programs = {one.__name__: one for one in PROGRAMS}
    programs[sys.argv[1]](*sys.argv[2:])
