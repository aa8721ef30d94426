"""Programs for tests in which several processes work on one database at once.

    prepare PROJECTS CLAIMS    people, projects, claims that wait
    work PROJECT COUNT         enter and approve claims of a project
    approve|refuse REF...      decide claims that wait
    tell                       what is in the database

To start one: `own_database.start(*PROGRAM, "work", "QJ-0001", "25")`.
Each says a line for each thing it has done, only once it is done: an acknowledgement.
"""

import json
import os
import sys
import time

from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from projects.actions import claiming, projecting
from projects.actions.publishing import current_version
from projects.choices import Topic
from projects.models import AuditEntry, Claim, Project, User
from tests.cast import cast, draft, project, source
from tracker.kept import version_file

# The tables can be imported only once Django is set up.
PROGRAM = ("-c", "import django; django.setup(); from tests.actions.workers import main; main()")


def prepare(projects: str, claims: str) -> None:
    people = cast()
    for number in range(1, int(projects) + 1):
        of = project(f"第{number}厂")
        refs = [
            claiming.enter(draft(of, Topic.WORKS, f"works {one}"), by=people.editor, at=timezone.now()).ref
            for one in range(int(claims))
        ]
        say({"project": of.code, "name": of.name, "refs": refs})


def work(code: str, count: str) -> None:
    of, paper = Project.objects.get(code=code), source()
    editor, second = User.objects.get(username="editor"), User.objects.get(username="second_editor")
    wait_for_the_others()
    for number in range(int(count)):
        words = f"works {number} of {os.getpid()}"
        claim = until_done(
            lambda words=words: claiming.enter(
                draft(of, Topic.WORKS, words, source=paper), by=editor, at=timezone.now()
            )
        )
        until_done(lambda claim=claim: claiming.approve(claim, by=second, at=timezone.now()))
        say(claim.ref)
        time.sleep(0.005)  # as people do: SQLite lets those who wait try again every tenth of a second only


def until_done(act):
    """Whoever is told that the database is busy does it once more."""
    while True:
        try:
            return act()
        except OperationalError as busy:
            print(f"refused: {busy}", file=sys.stderr)


def approve(*refs: str) -> None:
    decide(refs, lambda claim, by: claiming.approve(claim, by=by, at=timezone.now()))


def refuse(*refs: str) -> None:
    decide(refs, lambda claim, by: claiming.refuse(claim, by=by, at=timezone.now(), why="no"))


def decide(refs, act) -> None:
    reviewer = User.objects.get(username="reviewer")
    claims = [Claim.objects.get(ref=ref) for ref in refs]
    wait_for_the_others()
    for claim in claims:
        try:
            act(claim, reviewer)
            say(f"{claim.ref} done")
        except claiming.AlreadyDecided:
            say(f"{claim.ref} already decided")


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
            "file": version_file().settle(current_version),
            "differing": [one.code for one in Project.objects.all() if projecting.rebuild(one)],
        }
    )


def wait_for_the_others() -> None:
    """Say that the start is done, and begin when told."""
    say("ready")
    sys.stdin.readline()


def say(what) -> None:
    print(what if isinstance(what, str) else json.dumps(what), flush=True)


def main() -> None:
    programs = {one.__name__: one for one in (prepare, work, approve, refuse, tell)}
    programs[sys.argv[1]](*sys.argv[2:])
