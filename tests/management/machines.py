"""Programs for tests in which several machines run the daily command on one database at once.

prepare PROJECTS    people with addresses, so many projects on record, a round of three months ago
run                 the command, on 2 March 2026, with letters into the data folder
tell                what is in the database and in the letters; fails where the audit chain is broken
"""

import re
import sys
from datetime import timedelta
from email import message_from_bytes

import time_machine
from django.conf import settings
from django.core.management import call_command

from projects.audit import clock
from projects.models import AuditEntry, Delivery, Notice, Round, User
from tests.cast import AT, cast
from tests.claims.workers import say, wait_for_the_others
from tests.paperwork import month_round, on_record, submitted

PROGRAM = ("-c", "import django; django.setup(); from tests.management.machines import main; main()")


def prepare(count: str) -> None:
    people = cast()
    for user in User.objects.exclude(username="stranger"):
        user.email = f"{user.username}@example.org"
        user.save()
    month_round("2025-11")
    on_record(department=None)
    with clock.unwatched():  # before the round was opened
        submitted(on_record(), people, monthly_round=Round.objects.get(), at=AT - timedelta(days=9))
    for _ in range(int(count)):
        on_record()


def run() -> None:
    settings.IS_MAILING = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = settings.DATA_DIR / "letters"
    wait_for_the_others()
    with time_machine.travel(AT):
        call_command("run_due", stdout=sys.stdout)


def tell() -> None:
    call_command("verify_audit", stdout=sys.stderr)
    entries = AuditEntry.objects.filter(action__startswith="round.").order_by("number")
    say(
        {
            "rounds": {one.month: one.is_closed for one in Round.objects.all()},
            "entries": list(entries.values_list("action", "subject")),
            "notices": Notice.objects.count(),
            "unsent": Delivery.objects.filter(sent_at=None).count(),
            "deliveries": Delivery.objects.count(),
            "letters": sorted(_letters()),
        }
    )


def _letters() -> list[str]:
    """Their names: one that was sent twice stands there twice."""
    files = (settings.DATA_DIR / "letters").glob("*.log")
    texts = [part for file in files for part in re.split(rb"\n-{79}\n", file.read_bytes()) if part.strip()]
    return [message_from_bytes(text)["Message-ID"] for text in texts]


def main() -> None:
    programs = {one.__name__: one for one in (prepare, run, tell)}
    programs[sys.argv[1]](*sys.argv[2:])
