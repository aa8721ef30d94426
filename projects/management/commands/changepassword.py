"""`manage.py changepassword NAME`: by the rules of passwords and with an entry in the audit.

In the place of Django's own. Its owner changes it again at the next signing in.
"""

from getpass import getpass

from django.contrib.auth.forms import SetPasswordForm
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from projects.accounts import users
from projects.accounts.messages import in_lines
from projects.models import User

MAX_TRIES = 3


class Command(BaseCommand):
    help = "Sets the password of an account."

    def add_arguments(self, parser):
        parser.add_argument("username", help="the name of the account")

    def handle(self, *args, username, **options):
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account named {username}.")
        users.set_password(user, self._asked(user), by=None, at=timezone.now())
        self.stdout.write(f"The password of {username} is set, and is changed at the next signing in.")

    def _asked(self, user: User) -> str:
        for _try in range(MAX_TRIES):
            form = SetPasswordForm(
                user, {"new_password1": getpass(), "new_password2": getpass("Password (again): ")}
            )
            if form.is_valid():
                return form.cleaned_data["new_password1"]
            self.stderr.write(in_lines(form))
        raise CommandError("The password stays as it was.")
