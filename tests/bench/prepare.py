"""What runs on the bench's own data: fill it, and make the named writes. Started by `tests.bench.run`.

python -m tests.bench.prepare fill SIZE
python -m tests.bench.prepare writes COUNT     a JSON line: processor milliseconds of each write
"""

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from projects.choices import Condition, Stage, Topic  # noqa: E402
from projects.claims import approval  # noqa: E402
from projects.core.money import Money  # noqa: E402
from projects.models import Project, User  # noqa: E402
from projects.reports import moves, rounds  # noqa: E402
from projects.reports.rules.content import Content  # noqa: E402
from tests.bench import portfolio  # noqa: E402


def fill(size: str) -> None:
    """Nothing waits for the disk: it is thrown away. PostgreSQL is tidied, as it would have been by then."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    is_file = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if is_file:
            cursor.execute("PRAGMA synchronous = OFF")
        portfolio.build(int(size), lambda text: print(text, flush=True))
        if not is_file:
            cursor.execute("VACUUM ANALYZE")


def writes(count: str) -> None:
    now = timezone.now()
    people = {name: User.objects.get(username=f"bench-{name}") for name in ("reporter", "reviewer", "editor")}
    led = Project.objects.filter(department__code="bench", current__stage=Stage.BUILDING)
    projects = list(led.order_by("pk")[: int(count)])
    claims = [portfolio.Builder().draft(of, portfolio.Said(Topic.WORKS, "", "2022-12")) for of in projects]
    for number, claim in enumerate(claims):
        claim.value_text, claim.value_code = f"虚构的工程{number}", ""
    entered: list = []
    costs = {
        "claim entered": timed(
            claims, lambda one: entered.append(approval.enter(one, by=people["editor"], at=now))
        ),
        "claim approved": timed(entered, lambda one: approval.approve(one, by=people["reviewer"], at=now)),
    }
    today = timezone.localdate(now)
    opened = rounds.open_round(
        f"{today:%Y-%m}", by=None, at=now, opens_on=today, closes_on=today + timedelta(days=9)
    )
    said = Content(
        stage=Stage.BUILDING.value, condition=Condition.ACTIVE.value, to_date=Money(10**8, "yi", 0)
    )
    handed = []
    for of in projects:
        report = moves.save_draft(of, said, monthly_round=opened, expected=0, by=people["reporter"], at=now)
        handed.append(moves.submit(report, expected=report.version, by=people["reporter"], at=now))
    costs["report approved"] = timed(
        handed, lambda one: moves.approve(one, expected=one.version, by=people["reviewer"], at=now)
    )
    print(json.dumps(costs))


def timed(rows: list, act: Callable) -> float:
    """Milliseconds of this process for each, the first left out."""
    act(rows[0])
    began = time.process_time()
    for row in rows[1:]:
        act(row)
    return 1000 * (time.process_time() - began) / max(len(rows) - 1, 1)


if __name__ == "__main__":
    {"fill": fill, "writes": writes}[sys.argv[1]](*sys.argv[2:])
