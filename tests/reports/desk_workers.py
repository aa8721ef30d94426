"""Programs for tests in which several people work on monthly reports at once.

    prepare COUNT [NONE]       people, a round, so many reports that wait, but for the first; or none begun
    edit PROJECT COUNT         save a draft so often, each over the version last seen
    approve PROJECT...         as a second reviewer
    withdraw PROJECT...        as the reporter
    close                      the round, as a reviewer
    send_table WORDS           hand in the month's table, as the page stands, with words in each row
    tell                       what is in the database; fails where chain or standing is broken

Each says a line for each thing it has done, only once it is done: an acknowledgement.
"""

import os
import sys

from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils import timezone
from django.utils.http import urlencode

from projects.audit.data_version import current_version
from projects.claims import projection
from projects.core.refusals import Refused
from projects.models import AuditEntry, Claim, Project, Report, Round, RoundLine, User
from projects.reports import moves, rounds
from projects.reports.drafts import ChangedMeanwhile
from tests.cast import cast
from tests.claims.workers import insist, say, wait_for_the_others
from tests.desk import filled
from tests.paperwork import content, month_round, on_record, submitted

TABLE = "/en/desk/table/2026-02/"
FORM = "application/x-www-form-urlencoded"
BUSY = 503
PLAIN = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PROGRAM = ("-c", "import django; django.setup(); from tests.reports.desk_workers import main; main()")


def prepare(count: str, none: str = "") -> None:
    people = cast()
    month_round()
    for number in range(int(count)):
        of = on_record(name=f"第{number}厂")
        if number and not none:
            submitted(of, people)
        say(of.code)


def edit(code: str, count: str) -> None:
    """The first of them has no report yet: who begins it is decided here too."""
    of, monthly_round, reporter = Project.objects.get(code=code), Round.objects.get(), _user("reporter")
    wait_for_the_others()
    seen = 0
    for number in range(int(count)):
        said = content(works=f"{number} of {os.getpid()}")
        try:
            kept = {"monthly_round": monthly_round, "expected": seen, "by": reporter, "at": timezone.now()}
            saved = insist(moves.save_draft, of, said, **kept)
            seen = saved.version
            say(f"saved {seen} {said.works}")
        except ChangedMeanwhile as other:
            assert other.kept.works
            seen = other.report.version
            say(f"told {seen} {other.kept.works}")


def approve(*codes: str) -> None:
    _move(codes, moves.approve, "reviewer")


def withdraw(*codes: str) -> None:
    _move(codes, moves.withdraw, "reporter")


def close() -> None:
    of, by = Round.objects.get(), _user("reviewer")
    wait_for_the_others()
    try:
        insist(rounds.close_round, of, by=by, at=timezone.now())
        say("done")
    except Refused as refused:
        say(refused.code)


def send_table(words: str) -> None:
    """As the page stood before the start, whoever else has it open."""
    client = Client(SERVER_NAME="localhost")
    with override_settings(STORAGES=settings.STORAGES | PLAIN):
        _send(client, words)


def _send(client: Client, words: str) -> None:
    table = filled.texts(filled.opened(client, _user("reporter"), TABLE))
    data = {name: words if name.endswith("-works") else text for name, text in table.items()}
    data = urlencode({name: text for name, text in data.items() if name != "chosen"} | {"do": "all"})
    wait_for_the_others()
    while (answer := client.post(TABLE, data, FORM)).status_code == BUSY:
        pass
    say(str(answer.status_code))


def _move(codes, act, username: str) -> None:
    reports = [Report.objects.get(project__code=code) for code in codes]
    by = _user(username)
    wait_for_the_others()
    for code, report in zip(codes, reports, strict=True):
        try:
            insist(act, report, expected=report.version, by=by, at=timezone.now())
            say(f"{code} done")
        except (Refused, ChangedMeanwhile):
            say(f"{code} too late")


def tell() -> None:
    call_command("verify_audit", stdout=sys.stderr)
    approved = Report.objects.filter(state="approved")
    say(
        {
            "states": dict(Report.objects.values_list("project__code", "state")),
            "works": dict(Report.objects.values_list("project__code", "works")),
            "versions": dict(Report.objects.values_list("project__code", "version")),
            "sources": list(approved.values_list("source__code", flat=True)),
            "claims": Claim.objects.filter(origin="report").count(),
            "entries": list(AuditEntry.objects.order_by("number").values_list("action", flat=True)),
            "lines": list(RoundLine.objects.order_by("project__code").values_list("project__code", "state")),
            "version": current_version(),
            "differing": [one.code for one in Project.objects.all() if projection.rebuild(one)],
        }
    )


def _user(username: str) -> User:
    return User.objects.get(username=username)


def main() -> None:
    programs = {one.__name__: one for one in (prepare, edit, approve, withdraw, close, send_table, tell)}
    programs[sys.argv[1]](*sys.argv[2:])
