"""System checks: what production refuses to start with, and files that others could read."""

import subprocess
import sys
from base64 import b64encode

import pytest

from tests.house.test_settings import ROOT, environment
from tracker import checks

PRODUCTION = {"PUBLIC_URL": "https://example.org", "PORT": "8159"}
PRODUCTION["SECRETS_KEY"] = b64encode(bytes(32)).decode()


def found(check) -> list[str]:
    return [one.id for one in check(None)]


@pytest.fixture
def production(settings):
    settings.IS_PRODUCTION = True
    return settings


@pytest.mark.promise(
    "Production refuses to start with DEBUG or a public HOST",
    control="test_control_outside_production_both_pass",
)
@pytest.mark.parametrize("host", ["0.0.0.0", "::", "8.8.8.8", "2606:4700::1111", "example.org", ""])  # noqa: S104
def test_production_refuses_debug_and_a_public_host(production, host, figure):
    assert found(checks.production) == []
    production.DEBUG, production.HOST = True, host
    assert found(checks.production) == ["tracker.E002", "tracker.E003"]
    figure("6 public hosts refused")


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "10.1.2.3", "192.168.0.7"])
def test_this_machine_and_an_inner_network_pass(production, host):
    production.HOST = host
    assert found(checks.production) == []


def test_control_outside_production_both_pass(settings):
    settings.DEBUG, settings.HOST = True, "0.0.0.0"  # noqa: S104
    assert found(checks.production) == []


@pytest.mark.parametrize("wrong", [{"DEBUG": "1"}, {"HOST": "0.0.0.0"}], ids=str)  # noqa: S104
def test_a_start_ends_with_a_sentence(tmp_path, wrong):
    done = subprocess.run(
        [sys.executable, "-m", "tracker.serve"],
        cwd=ROOT,
        env=environment(DATA_DIR=str(tmp_path), **PRODUCTION, **wrong),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1 and done.stderr.startswith("Cannot start: ")
    assert f"{next(iter(wrong))} is" in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "tracker.sqlite3").exists(), "before anything is done"


@pytest.mark.promise(
    "A .env or a data folder that others could read is said at every start, with what to do",
    control="test_control_closed_they_are_not_said",
)
def test_what_others_could_read_is_said(settings, tmp_path, figure):
    settings.BASE_DIR, settings.DATA_DIR = tmp_path, tmp_path / "data"
    (tmp_path / ".env").write_text("X=1")
    settings.DATA_DIR.mkdir()
    for mode in (0o644, 0o640, 0o604):
        (tmp_path / ".env").chmod(mode)
        settings.DATA_DIR.chmod(mode | 0o100)
        hints = [one.hint for one in checks.modes(None)]
        assert hints == [f"chmod 600 {tmp_path}/.env", f"chmod 700 {settings.DATA_DIR}"]
        assert found(checks.modes_in_production) == ["tracker.E004"] * 2
    figure("3 modes of each")


def test_control_closed_they_are_not_said(settings, tmp_path):
    settings.BASE_DIR, settings.DATA_DIR = tmp_path, tmp_path / "data"
    settings.DATA_DIR.mkdir(mode=0o700)
    assert found(checks.modes) == found(checks.modes_in_production) == []
    (tmp_path / ".env").touch(mode=0o600)
    assert found(checks.modes) == []


@pytest.mark.parametrize("missing", ["HOST_ORGANISATION", "CONTACT"])
def test_production_without_publisher_or_contact_is_not_deployed(production, missing):
    production.HOST_ORGANISATION, production.CONTACT = "某局", "mailto:data@example.org"
    assert found(checks.publisher) == []
    setattr(production, missing, "")
    assert [one.msg.split()[0] for one in checks.publisher(None)] == [missing]


def test_control_outside_production_and_in_a_demonstration_it_says_so_in_the_footer_alone(production):
    production.DEMO = True
    assert found(checks.publisher) == []
    production.IS_PRODUCTION, production.DEMO = False, False
    assert found(checks.publisher) == []
