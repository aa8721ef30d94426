"""`manage.py demo`: accounts and rounds for a demonstration. Refuses to run on real data."""

import secrets

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from projects.audit import clock, log
from projects.choices import Role
from projects.management import demonstration
from projects.models import User

# Who is made: role (none is the administrator) and unit. Two report, so that one finds the other's work.
ACCOUNTS = {
    "demo-reporter": (Role.REPORTER, "demo-transport"),
    "demo-reporter-2": (Role.REPORTER, "demo-industry"),
    "demo-reviewer": (Role.REVIEWER, None),
    "demo-editor": (Role.EDITOR, None),
    "demo-admin": (None, None),
}


class Command(BaseCommand):
    help = "Makes demonstration accounts, units and rounds; prints the passwords once."

    def handle(self, *args, **options):
        if not settings.DEMO or settings.IS_PRODUCTION:
            raise CommandError("Demonstration accounts are made only by ./run --demo.")
        # Its past is made up, and it may have slept for weeks.
        with clock.unwatched():
            self._all()

    def _all(self) -> None:
        made = [(name, password) for name in ACCOUNTS if (password := self._make(name))]
        if made:
            self.stdout.write("Demonstration accounts (the passwords are shown this once):")
        for name, password in made:
            self.stdout.write(f"  {name}  {password}")
        self._rounds()
        log.read_clock(timezone.now())

    def _make(self, name: str) -> str | None:
        """The password, or None where the account is there already."""
        if User.objects.filter(username=name).exists():
            return None
        role, unit = ACCOUNTS[name]
        password = secrets.token_urlsafe(12)
        user = User.objects.create_user(
            username=name, password=password, department=demonstration.unit(unit) if unit else None
        )
        user.is_superuser = role is None
        user.is_staff = role != Role.REPORTER
        user.save()
        if role:
            user.groups.add(Group.objects.get(name=role.value))
        log.record("demo.account", name, by=None, at=timezone.now())
        return password

    def _rounds(self) -> None:
        people = User.objects.in_bulk(list(ACCOUNTS), field_name="username")
        named = ("demo-reporter", "demo-reporter-2", "demo-reviewer", "demo-editor")
        demonstration.give_units(at=timezone.now())
        demonstration.make_rounds(*(people[name] for name in named), at=timezone.now())
