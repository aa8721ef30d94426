"""The key that locks second factors: where it may lie, which of several locks, and a start without it."""

import base64
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from tracker import secret

ROOT = Path(__file__).resolve().parent.parent.parent
OLD, NEW = (base64.urlsafe_b64encode(bytes([number]) * 32).decode() for number in (1, 2))


@pytest.fixture
def production(settings):
    settings.IS_PRODUCTION = True
    return settings


def test_what_is_locked_opens_again_and_is_not_read_without_the_key(settings):
    settings.SECRETS_KEY = OLD
    locked = secret.lock("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in locked and secret.unlock(locked) == "JBSWY3DPEHPK3PXP"
    settings.SECRETS_KEY = NEW
    with pytest.raises(secret.Unreadable):
        secret.unlock(locked)


def test_plain_words_from_before_are_read(settings):
    assert secret.unlock("JBSWY3DPEHPK3PXP") == "JBSWY3DPEHPK3PXP"
    assert not secret.is_locked_with_first("JBSWY3DPEHPK3PXP")


@pytest.mark.parametrize("between", [",", ", ", "\n"])
def test_of_several_keys_the_first_locks_and_all_open(settings, between):
    settings.SECRETS_KEY = OLD
    old = secret.lock("words")
    settings.SECRETS_KEY = f"{NEW}{between}{OLD}"
    assert secret.unlock(old) == "words" and not secret.is_locked_with_first(old)
    new = secret.lock("words")
    assert secret.is_locked_with_first(new)
    settings.SECRETS_KEY = NEW
    assert secret.unlock(new) == "words"


def test_a_fingerprint_tells_keys_apart_and_shows_none(settings):
    settings.SECRETS_KEY = f"{OLD},{NEW}"
    first = secret.secrets_key_fingerprint()
    settings.SECRETS_KEY = OLD
    assert (secret.secrets_key_fingerprint(), len(first)) == (first, 12)
    settings.SECRETS_KEY = NEW
    assert secret.secrets_key_fingerprint() != first


def test_outside_production_it_is_made_once_in_the_data_folder(data_dir):
    assert secret.secrets_key_fault() == ""
    made = data_dir / "secrets_key"
    keys = secret.secrets_keys()
    assert stat.S_IMODE(made.stat().st_mode) == 0o600 and secret.secrets_keys() == keys


@pytest.mark.parametrize("text", ["", "short", "x" * 45, "é" * 44, f"{OLD},short"])
def test_what_is_no_key_is_refused(settings, data_dir, text):
    settings.SECRETS_KEY_FILE = data_dir / "key"
    settings.SECRETS_KEY_FILE.write_text(text)
    with pytest.raises(ImproperlyConfigured, match="no usable key"):
        secret.secrets_keys()
    assert secret.secrets_key_fault()


def fault(settings, **given) -> str:
    for name, value in given.items():
        setattr(settings, name, value)
    return secret.secrets_key_fault()


@pytest.mark.promise(
    "Production does not start without a key for second factors, nor with one in the data folder",
    control="test_control_with_a_key_elsewhere_it_starts",
)
def test_production_refuses_none_and_one_in_the_data_folder(production, data_dir, tmp_path, figure):
    assert "set SECRETS_KEY" in fault(production)
    inside = data_dir / "deeper" / "key"
    inside.parent.mkdir()
    inside.write_text(OLD)
    assert "data folder" in fault(production, SECRETS_KEY_FILE=str(inside))
    (tmp_path / "link").symlink_to(inside)
    assert "data folder" in fault(production, SECRETS_KEY_FILE=str(tmp_path / "link"))
    assert "no-such" in fault(production, SECRETS_KEY_FILE=str(tmp_path / "no-such"))
    with pytest.raises(SystemCheckError, match="E001"):
        call_command("check", deploy=True)
    assert not (data_dir / "secrets_key").exists()
    figure("4 faults, none let through")


def test_control_with_a_key_elsewhere_it_starts(production, tmp_path):
    (tmp_path / "key").write_text(OLD + "\n")
    assert fault(production, SECRETS_KEY_FILE=str(tmp_path / "key")) == ""
    assert fault(production, SECRETS_KEY_FILE="", SECRETS_KEY=OLD) == ""


def test_a_start_says_so_in_one_line(tmp_path):
    given = {"DATA_DIR": str(tmp_path), "PUBLIC_URL": "https://example.org", "PORT": "8160"}
    done = subprocess.run(
        [sys.executable, "-m", "tracker.serve", "--admin"],
        cwd=ROOT,
        env=os.environ | {"SECRETS_KEY": "", "SECRETS_KEY_FILE": "", "DATABASE_URL": "", "DEMO": ""} | given,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("Cannot start: In production")
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]
