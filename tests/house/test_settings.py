"""Settings as other processes read them from their environment, and the secret key they make.

How a start uses them is in `test_commands.py`.
"""

import json
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tracker.secret import secret_key

ROOT = Path(__file__).resolve().parent.parent.parent
# What a start reads: emptied, so that neither this machine nor a `.env` decides.
PLAIN = dict.fromkeys(
    ["HOST", "PORT", "DATABASE_URL", "PUBLIC_URL", "DEMO", "DEBUG", "WORKERS", "PYTHON"]
    + ["EMAIL_URL", "DEFAULT_FROM_EMAIL", "WEBHOOK_URL", "WEBHOOK_SECRET", "SECRETS_KEY", "SECRETS_KEY_FILE"],
    "",
)


def environment(**more: str) -> dict[str, str]:
    return os.environ | PLAIN | more


def settings_with(folder: Path, *names: str, **variables: str) -> dict:
    """The settings as another process reads them from these variables."""
    show = "import json, sys; from tracker import settings as s; "
    show += "print(json.dumps({n: getattr(s, n, None) for n in sys.argv[1:]}, default=str))"
    done = subprocess.run(
        [sys.executable, "-c", show, *names],
        cwd=ROOT,
        env=environment(DATA_DIR=str(folder), **variables),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


class TestSecretKey:
    def test_it_is_made_once_and_is_its_owners_alone(self, tmp_path):
        folder = tmp_path / "data"
        key = secret_key(folder)
        assert len(key) >= 50
        assert secret_key(folder) == key
        assert [stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()] == [0o600]
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700

    def test_all_who_start_at_once_read_the_same(self, tmp_path):
        with ThreadPoolExecutor(16) as pool:
            keys = list(pool.map(secret_key, [tmp_path / "data"] * 64))
        assert len(set(keys)) == 1
        assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret_key"]

    def test_a_damaged_one_is_not_used(self, tmp_path):
        (tmp_path / "secret_key").write_text("short")
        with pytest.raises(ImproperlyConfigured, match="no usable key"):
            secret_key(tmp_path)


class TestSettings:
    PRODUCTION = [
        "SESSION_COOKIE_NAME",
        "CSRF_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_SSL_REDIRECT",
        "SECURE_PROXY_SSL_HEADER",
        "SECURE_HSTS_SECONDS",
        "CSRF_TRUSTED_ORIGINS",
        "SECOND_FACTOR_REQUIRED",
        "ALLAUTH_TRUSTED_PROXY_COUNT",
    ]

    def test_with_nothing_set_it_serves_this_machine_without_debug(self, tmp_path):
        got = settings_with(tmp_path, "DEBUG", "DEMO", "HOST", "PORT", "ALLOWED_HOSTS", *self.PRODUCTION)
        assert (got["DEBUG"], got["DEMO"], got["HOST"], got["PORT"]) == (False, False, "127.0.0.1", 8000)
        assert set(got["ALLOWED_HOSTS"]) == {"localhost", "127.0.0.1", "[::1]"}
        assert [name for name in self.PRODUCTION if got[name]] == []

    def test_https_makes_it_production(self, tmp_path):
        got = settings_with(
            tmp_path, "ALLOWED_HOSTS", *self.PRODUCTION, PUBLIC_URL="https://example.org:8443/"
        )
        assert "example.org" in got["ALLOWED_HOSTS"]
        assert got["CSRF_TRUSTED_ORIGINS"] == ["https://example.org:8443"]
        assert got["SESSION_COOKIE_NAME"].startswith("__Host-")
        assert got["CSRF_COOKIE_NAME"].startswith("__Host-")
        assert [name for name in self.PRODUCTION if not got[name]] == []

    def test_sqlite_runs_with_what_keeps_acknowledged_writes(self, tmp_path):
        database = settings_with(tmp_path, "DATABASES")["DATABASES"]["default"]
        options = database["OPTIONS"]
        assert (database["ENGINE"], database["CONN_MAX_AGE"]) == ("django.db.backends.sqlite3", None)
        assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 5)
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON"):
            assert f"PRAGMA {pragma}" in options["init_command"]

    def test_postgresql_gives_up_in_time(self, tmp_path):
        url = "postgres://somebody@db.example/tracker"
        database = settings_with(tmp_path, "DATABASES", DATABASE_URL=url)["DATABASES"]["default"]
        assert database["CONN_MAX_AGE"] is None and database["CONN_HEALTH_CHECKS"]
        assert database["OPTIONS"]["connect_timeout"] == 2
        assert database["OPTIONS"]["tcp_user_timeout"] == 10_000
        assert "statement_timeout=10s" in database["OPTIONS"]["options"]
        assert "lock_timeout=5s" in database["OPTIONS"]["options"]
        assert "jit=off" in database["OPTIONS"]["options"]
        assert "random_page_cost=1.1" in database["OPTIONS"]["options"]

    def test_without_a_mail_server_no_letter_leaves(self, tmp_path):
        got = settings_with(tmp_path, "IS_MAILING", "EMAIL_BACKEND", "WEBHOOK_URL")
        assert (got["IS_MAILING"], got["WEBHOOK_URL"]) == (False, "")
        assert got["EMAIL_BACKEND"].endswith("dummy.EmailBackend")

    def test_a_mail_server_and_a_webhook(self, tmp_path):
        names = ("IS_MAILING", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_PASSWORD", "EMAIL_USE_TLS")
        names += ("EMAIL_TIMEOUT", "DEFAULT_FROM_EMAIL", "WEBHOOK_URL")
        given = {"EMAIL_URL": "smtp+tls://user:p%40ss@mail.example.org:587"}
        given |= {"DEFAULT_FROM_EMAIL": "tracker@example.org", "WEBHOOK_SECRET": "x" * 16}
        got = settings_with(tmp_path, *names, **given, WEBHOOK_URL="https://example.org/hook")
        mail = (True, "mail.example.org", 587, "p@ss", True, 10, "tracker@example.org")
        assert tuple(got.values()) == (*mail, "https://example.org/hook")

    @pytest.mark.parametrize(
        "wrong",
        [
            {"PUBLIC_URL": "example.org"},
            {"PUBLIC_URL": "https://example.org/projects"},
            {"PORT": "eighty"},
            {"DATABASE_URL": "mysql://root:hunter2@localhost/x"},
            {"EMAIL_URL": "mail://user:hunter2@mail.example.org"},
            {"EMAIL_URL": "smtp://"},
            {"DEFAULT_FROM_EMAIL": "", "EMAIL_URL": "smtp://user:hunter2@mail.example.org"},
            {"WEBHOOK_URL": "http://user:hunter2@example.org/hook", "WEBHOOK_SECRET": "x" * 16},
            {"WEBHOOK_SECRET": "hunter2", "WEBHOOK_URL": "https://example.org/hook"},
        ],
        ids=str,
    )
    def test_a_wrong_value_gets_one_line(self, tmp_path, wrong):
        done = subprocess.run(
            [sys.executable, "-m", "tracker.serve"],
            cwd=ROOT,
            env=environment(DATA_DIR=str(tmp_path), **wrong),
            capture_output=True,
            text=True,
        )
        assert done.returncode == 1
        assert done.stderr.count("\n") == 1
        assert done.stderr.startswith(f"Cannot start: {next(iter(wrong))}")
        assert "hunter2" not in done.stderr
