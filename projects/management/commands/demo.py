"""`manage.py demo`: accounts for a demonstration, one of each role. Refuses to run on real data."""

import secrets

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from projects.actions import auditing
from projects.choices import Role
from projects.models import Department, User

DEPARTMENT = ("demo", "演示单位", "Demonstration unit")


class Command(BaseCommand):
    help = "Makes demonstration accounts, one of each role, and prints their passwords once."

    def handle(self, *args, **options):
        if not settings.DEMO or settings.IS_PRODUCTION:
            raise CommandError("Demonstration accounts are made only by ./run --demo.")
        made = [(name, password) for name in self._names() if (password := self._make(name))]
        if made:
            self.stdout.write("Demonstration accounts (the passwords are shown this once):")
        for name, password in made:
            self.stdout.write(f"  {name}  {password}")

    def _names(self) -> list[str]:
        return [*(f"demo-{role.value.lower()}" for role in Role), "demo-admin"]

    def _make(self, name: str) -> str | None:
        """The password, or None where the account is there already."""
        if User.objects.filter(username=name).exists():
            return None
        code, title, title_en = DEPARTMENT
        unit, _ = Department.objects.get_or_create(code=code, defaults={"name": title, "name_en": title_en})
        password = secrets.token_urlsafe(12)
        user = User.objects.create_user(username=name, password=password, department=unit)
        role = next((role for role in Role if name == f"demo-{role.value.lower()}"), None)
        user.is_superuser = role is None
        user.is_staff = role != Role.REPORTER
        user.save()
        if role:
            user.groups.add(Group.objects.get(name=role.value))
        auditing.record("demo.account", name, by=None, at=timezone.now())
        return password
