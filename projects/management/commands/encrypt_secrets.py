"""`manage.py encrypt_secrets`: the secrets of second factors under the first key; part of every start."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from projects.accounts import stored_secrets


class Command(BaseCommand):
    help = "Encrypts the secrets of second factors with the first of the keys given."

    def add_arguments(self, parser):
        parser.add_argument(
            "--take-unreadable",
            action="store_true",
            help="the key is lost: take away the second factors that no key opens",
        )

    def handle(self, *args, **options):
        if options["take_unreadable"]:
            for user in stored_secrets.take_unreadable(at=timezone.now()):
                self.stdout.write(f"The second factor of {user.username} is taken away.")
            return
        done = stored_secrets.encrypt_all(at=timezone.now())
        if done.count:
            self.stdout.write(f"{done.count} secrets of second factors are encrypted with the first key.")
        if names := sorted({user.username for user in done.unreadable}):
            self.stderr.write(f"No key at hand opens the second factors of: {', '.join(names)}.")
