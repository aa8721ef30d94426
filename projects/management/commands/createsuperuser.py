"""`manage.py createsuperuser`: an administrator, by the rules of passwords and with an entry in the audit.

In the place of Django's own. Whoever types a password here is taken for its owner; one that comes in
DJANGO_SUPERUSER_PASSWORD is changed at the first signing in.
"""

import os
from getpass import getpass

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from projects.accounts import users
from projects.accounts.messages import in_lines
from projects.accounts.user_forms import AdministratorForm


class Command(BaseCommand):
    help = "Makes an administrator."

    def add_arguments(self, parser):
        parser.add_argument("--username", help="the name of the account")
        parser.add_argument("--email", help="an address for letters; none is needed")
        parser.add_argument(
            "--noinput",
            "--no-input",
            action="store_false",
            dest="interactive",
            help="ask nothing: --username and DJANGO_SUPERUSER_PASSWORD say it",
        )

    def handle(self, *args, **options):
        try:
            form = self._asked(options) if options["interactive"] else self._given(options)
        except EOFError as error:
            raise CommandError("Nobody is there to type: no account was made.") from error
        user = form.save(commit=False)
        user.is_superuser = True
        users.save_user(user, by=None, at=timezone.now(), must_change=not options["interactive"])
        self.stdout.write(f"{user.username} is an administrator.")

    def _given(self, options) -> AdministratorForm:
        password = os.environ.get("DJANGO_SUPERUSER_PASSWORD", "")
        name = options["username"] or os.environ.get("DJANGO_SUPERUSER_USERNAME", "")
        email = options["email"] or os.environ.get("DJANGO_SUPERUSER_EMAIL", "")
        form = _filled(name, email, password, password)
        if not form.is_valid():
            raise CommandError(in_lines(form))
        return form

    def _asked(self, options) -> AdministratorForm:
        """Asked again until it will do; Ctrl-C ends it."""
        while True:
            name = options["username"] or input("Username: ")
            form = _filled(name, options["email"] or "", getpass(), getpass("Password (again): "))
            if form.is_valid():
                return form
            self.stderr.write(in_lines(form))
            if options["username"] and "username" in form.errors:
                raise CommandError("No account was made.")


def _filled(name: str, email: str, password: str, again: str) -> AdministratorForm:
    return AdministratorForm({"username": name, "email": email, "password1": password, "password2": again})
