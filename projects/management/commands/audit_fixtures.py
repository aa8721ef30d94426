"""`manage.py audit_fixtures`: everything the fixtures must satisfy together, and the counts pinned.

The pinned counts stand in `fixtures/pinned.toml`; `--pin` writes them anew after a change was looked at.
"""

import tomllib

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from projects.actions.seeding import FILES
from projects.formats import fixtures
from projects.rules import fixture_audit


class Command(BaseCommand):
    help = "Audits the fixtures and compares their counts with the pinned ones."

    def add_arguments(self, parser):
        parser.add_argument("--pin", action="store_true", help="write the counts as the pinned ones")

    def handle(self, *args, pin=False, **options):
        rows = fixtures.read(settings.FIXTURES, FILES)
        found = fixture_audit.findings(rows)
        for one in found:
            self.stdout.write(f"{one.file} {one.key}: {one.code} {one.text}".rstrip())
        counted = fixture_audit.counts(rows)
        below = fixture_audit.stages_below_actuals(rows)
        self._print(counted, below)
        path = settings.FIXTURES / "pinned.toml"
        if pin:
            path.write_text(as_toml(counted, below), encoding="utf-8")
        wrong = differences(tomllib.loads(path.read_text(encoding="utf-8")), counted, below)
        if found or wrong:
            raise CommandError("; ".join([f"{len(found)} findings", *wrong]))

    def _print(self, counted: dict, below: list[str]) -> None:
        for title, tally in counted.items():
            self.stdout.write(f"{title}: " + ", ".join(f"{name} {count}" for name, count in tally.items()))
        self.stdout.write(f"stage claims below an earlier actual: {', '.join(below) or 'none'}")


def differences(pinned: dict, counted: dict, below: list[str]) -> list[str]:
    """What is not as pinned, in words."""
    wrong = [] if pinned["stages_below_actuals"] == below else ["stages below actuals are not as pinned"]
    for title, tally in counted.items():
        for name in sorted(tally.keys() | pinned[title].keys()):
            expected, is_now = pinned[title].get(name, 0), tally.get(name, 0)
            if expected != is_now:
                wrong.append(f"{title} {name}: {is_now}, pinned {expected}")
    return wrong


def as_toml(counted: dict, below: list[str]) -> str:
    lines = ["# Written by `manage.py audit_fixtures --pin`. A change here was looked at line by line."]
    lines += ["stages_below_actuals = [" + ", ".join(f'"{ref}"' for ref in below) + "]"]
    for title, tally in counted.items():
        lines += ["", f"[{title}]", *(f'"{name}" = {count}' for name, count in tally.items())]
    return "\n".join(lines) + "\n"
