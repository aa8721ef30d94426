"""What interrupted work left goes a day later, in media and in the temporary folder; nothing else does."""

import os
import tempfile
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from projects.models import KeptText
from projects.models.attachment import folder
from projects.pages import lost_forms
from projects.reports import attachments
from tests.cast import AT
from tracker import uploads

pytestmark = pytest.mark.django_db


def left(path, age: timedelta):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"half")
    os.utime(path, ((AT - age).timestamp(),) * 2)
    return path


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads.temp, "gettempdir", lambda: str(tmp_path))
    return tmp_path


def swept() -> tuple[str, str]:
    said, wrong = StringIO(), StringIO()
    with time_machine.travel(AT, tick=False):
        call_command("sweep", stdout=said, stderr=wrong)
    return said.getvalue().strip(), wrong.getvalue().strip()


@pytest.mark.promise(
    "What interrupted uploads leave behind is swept a day later, and nothing else",
    control="test_control_a_sweep_of_everything_takes_what_is_on_its_way",
)
def test_it_goes_after_a_day(people, temporary, figure):
    old, young = timedelta(days=1, minutes=1), timedelta(hours=23)
    gone = [left(folder() / "a.jpg.part", old), left(temporary / "tmpab1.upload.jpg", old)]
    stay = [left(folder() / "b.jpg.part", young), left(temporary / "tmpab2.upload.jpg", young)]
    stay += [left(temporary / "tmpab3", old), left(temporary / "mine.upload.jpg", old)]
    lost_forms.keep(people.reporter.pk, "/desk/", {"works": "x"}, at=AT - timedelta(hours=1))
    assert swept() == ("Swept: 2 files, 1 kept texts.", "")
    assert [path.exists() for path in gone] == [False, False] and all(path.exists() for path in stay)
    assert not KeptText.objects.exists()
    assert swept() == ("Swept: 0 files, 0 kept texts.", "")
    figure("2 of 6 files, 1 text")


def test_control_a_sweep_of_everything_takes_what_is_on_its_way(temporary, monkeypatch):
    monkeypatch.setattr(uploads, "FORGOTTEN", timedelta())
    young = left(temporary / "tmpab2.upload.jpg", timedelta(hours=23))
    swept()
    assert not young.exists()


def test_a_folder_in_trouble_is_said_and_stops_nothing(temporary, monkeypatch):
    def fail(at):
        raise PermissionError(13, "refused")

    monkeypatch.setattr(attachments, "sweep", fail)
    old = left(temporary / "tmpab1.upload.pdf", timedelta(days=2))
    assert swept() == ("Swept: 1 files, 0 kept texts.", "Not swept: media: unreadable")
    assert not old.exists()


def test_what_is_being_received_is_named_as_the_sweep_looks_for_it():
    with uploads.temp.NamedTemporaryFile(suffix=".upload.jpg") as file:
        name = os.path.basename(file.name)
    assert name.startswith(tempfile.gettempprefix()) and ".upload" in name
