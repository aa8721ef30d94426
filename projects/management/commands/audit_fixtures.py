"""`manage.py audit_fixtures`: everything the fixtures must satisfy together, and the counts pinned.

The pinned counts stand in `fixtures/pinned.toml`; `--pin` writes them anew after a change was looked at.
Rows with findings are not counted: what they hold cannot be relied on, and nothing is pinned over them.
"""

import tomllib
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from projects.records import fixtures
from projects.records.fixture_load import FILES
from projects.records.rules import fixture_checks, fixture_counts


class Command(BaseCommand):
    help = "Audits the fixtures and compares their counts with the pinned ones."

    def add_arguments(self, parser):
        parser.add_argument("--pin", action="store_true", help="write the counts as the pinned ones")

    def handle(self, *args, pin=False, **options):
        try:
            rows = fixtures.read(settings.FIXTURES, FILES)
        except fixtures.UnreadableFixture as bad:
            raise CommandError(str(bad)) from bad
        self._refuse(fixture_checks.findings(rows))
        counted, below = fixture_counts.counts(rows), fixture_counts.stages_below_actuals(rows)
        self._print(counted, below)
        path = settings.FIXTURES / "pinned.toml"
        if pin:
            path.write_text(as_toml(counted, below), encoding="utf-8")
        if wrong := differences(pinned(path), counted, below):
            raise CommandError("; ".join(wrong))

    def _refuse(self, found: list[fixture_checks.Finding]) -> None:
        for one in found:
            self.stdout.write(f"{one.file} {one.key}: {one.code} {one.text}".rstrip())
        if found:
            raise CommandError(f"{len(found)} findings")

    def _print(self, counted: dict, below: list[str]) -> None:
        for title, tally in counted.items():
            self.stdout.write(f"{title}: " + ", ".join(f"{name} {count}" for name, count in tally.items()))
        self.stdout.write(f"stage claims below an earlier actual: {', '.join(below) or 'none'}")


def pinned(path: Path) -> dict:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{path.name} cannot be read ({error}): write it with --pin") from error


def differences(expected: dict, counted: dict, below: list[str]) -> list[str]:
    """What is not as pinned, in words."""
    was_below = expected.get("stages_below_actuals", [])
    wrong = [] if was_below == below else [f"stages below actuals: {below}, pinned {was_below}"]
    for title, tally in counted.items():
        before = expected.get(title, {})
        for name in sorted(tally.keys() | before.keys()):
            if before.get(name, 0) != tally.get(name, 0):
                wrong.append(f"{title} {name}: {tally.get(name, 0)}, pinned {before.get(name, 0)}")
    return wrong


def as_toml(counted: dict, below: list[str]) -> str:
    lines = ["# Written by `manage.py audit_fixtures --pin`. A change here was looked at line by line."]
    lines += ["stages_below_actuals = [" + ", ".join(f'"{ref}"' for ref in below) + "]"]
    for title, tally in counted.items():
        lines += ["", f"[{title}]", *(f'"{name}" = {count}' for name, count in tally.items())]
    return "\n".join(lines) + "\n"
