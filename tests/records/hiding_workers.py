"""Programs for tests in which several people hide projects at once, as the page of hiding does.

    prepare COUNT                 people, and so many public projects, of each of which one thing is on record
    ask WHO CODE...               to hide each; `CODE=OTHER` as a double of another
    approve|refuse|take_back|show WHO CODE...    its open wish, as it was read before the start
    refuse_unguarded WHO CODE...  as if nobody looked at how a wish stands
    tell                          what is in the database; fails where chain or standing is broken

Each says a line for each thing it has done, or the code of why it was not.
"""

import sys

from django.core.management import call_command
from django.utils import timezone

from projects.audit.data_version import current_version
from projects.choices import Topic
from projects.claims import projection
from projects.core.refusals import Refused
from projects.imports import doubles
from projects.models import AuditEntry, Batch, Claim, HidingRequest, Project, User
from projects.records import hiding
from tests import cast
from tests.claims.workers import insist, say, wait_for_the_others

PROGRAM = ("-c", "import django; django.setup(); from tests.records.hiding_workers import main; main()")
WHY = "与另一条重复"


def prepare(count: str) -> None:
    cast.cast()
    paper = cast.source()
    for number in range(int(count)):
        of = cast.project()
        cast.published(of, Topic.WORKS, f"第{number}期", source=paper)
        projection.rebuild(of)
        say(of.code)


def ask(who: str, *codes: str) -> None:
    by = User.objects.get(username=who)
    named = {one.code: one for one in Project.objects.all()}
    wait_for_the_others()
    for pair in codes:
        code, _, other = pair.partition("=")
        act = (doubles.ask, named[code], named[other]) if other else (hiding.ask, named[code])
        _try(pair, *act, reason=WHY, by=by)


def approve(who: str, *codes: str) -> None:
    _decide(doubles.approve, who, codes)


def refuse(who: str, *codes: str) -> None:
    _decide(doubles.refuse, who, codes, why=WHY)


def take_back(who: str, *codes: str) -> None:
    _decide(doubles.take_back, who, codes)


def show(who: str, *codes: str) -> None:
    _decide(doubles.show, who, codes, why=WHY)


def refuse_unguarded(who: str, *codes: str) -> None:
    hiding.locked = lambda wish, _state: HidingRequest.objects.get(pk=wish.pk)
    refuse(who, *codes)


def _decide(act, who: str, codes, **told) -> None:
    by = User.objects.get(username=who)
    wishes = {code: hiding.open_request(Project.objects.get(code=code)) for code in codes}
    wait_for_the_others()
    for code, wish in wishes.items():
        _try(code, act, wish, by=by, **told)


def _try(code: str, act, *of, **told) -> None:
    try:
        insist(act, *of, at=timezone.now(), **told)
        say(f"{code} done")
    except Refused as refused:
        say(f"{code} {refused.code}")


def tell() -> None:
    call_command("verify_audit", stdout=sys.stderr)
    say(
        {
            "wishes": list(HidingRequest.objects.order_by("pk").values_list("project__code", "state")),
            "public": list(Project.objects.public().order_by("code").values_list("code", flat=True)),
            "batches": list(Batch.objects.order_by("pk").values_list("state", flat=True)),
            "claims": Claim.objects.filter(batch__isnull=False).count(),
            "entries": list(AuditEntry.objects.order_by("number").values_list("action", flat=True)),
            "version": current_version(),
            "differing": [one.code for one in Project.objects.all() if projection.rebuild(one)],
        }
    )


def main() -> None:
    programs = (prepare, ask, approve, refuse, take_back, show, refuse_unguarded, tell)
    {one.__name__: one for one in programs}[sys.argv[1]](*sys.argv[2:])
