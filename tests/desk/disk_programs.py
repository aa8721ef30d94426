"""A program for the drill of real disks: what each door answers while its data folder is in trouble.

Reads a line from standard input for each round; says what was answered as JSON.
"""

import json
import sys

from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.utils import timezone
from django.utils.http import urlencode

from projects.audit import clock
from projects.models import Report, User
from projects.reports import rounds
from tests import cast
from tests.accounts.signing_in import LOGIN, PASSWORD
from tests.desk.filled import texts
from tests.paperwork import on_record
from tests.public.reading import Page
from tests.reports.photo_files import jpeg
from tracker.trouble import WORDS

PROGRAM = ("-c", "import django; django.setup(); from tests.desk.disk_programs import main; main()")


def prepare() -> tuple[Client, str]:
    people = cast.cast()
    people.reporter.set_password(PASSWORD)
    people.reporter.save()
    with clock.unwatched():
        on_record()
        today = timezone.localdate()
        rounds.open_round(f"{today:%Y-%m}", by=None, at=timezone.now(), opens_on=today)
    client = Client(raise_request_exception=False, headers={"host": "localhost"})
    client.force_login(User.objects.get(username="reporter"))
    return client, f"/en/desk/reports/{today:%Y-%m}/QJ-0001/"


def answers(client: Client, address: str, typed: str) -> dict:
    page = Page(client.get(address))
    sent = {"works": typed, "do": "save", "files": SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg")}
    saved = client.post(address, texts(page) | sent)
    stranger = Client(raise_request_exception=False, headers={"host": "localhost"})
    entered = stranger.post(
        LOGIN, urlencode({"login": "reporter", "password": PASSWORD}), "application/x-www-form-urlencoded"
    )
    report = Report.objects.first()
    return {
        "reads": [
            client.get(one).status_code
            for one in ("/", "/projects/", "/en/desk/", "/en/desk/notices/", address)
        ],
        "saved": [saved.status_code, told(saved), typed in saved.content.decode()],
        "entered": [entered.status_code, told(entered)],
        "ready": client.get("/readyz").content.decode().split("\n")[0],
        "kept": report.works if report else "",
        "files": report.attachments.count() if report else 0,
    }


def told(answer) -> str:
    body = answer.content.decode() if answer.status_code == 503 else ""
    return next((kind.value for kind, words in WORDS.items() if words[1] in body), "")


def main() -> None:
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}  # nothing is collected here
    client, address = prepare()
    connections.close_all()  # so that the folder can be mounted anew
    print("ready", flush=True)
    for line in sys.stdin:
        said = answers(client, address, line.strip())
        cache.clear() if said["saved"][0] != 503 else None
        connections.close_all()
        print(json.dumps(said), flush=True)
