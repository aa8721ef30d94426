"""Settings: all of them, from the environment or `.env`; with nothing set it runs on SQLite in `var/`.

HOST, PORT, DATA_DIR, DATABASE_URL, PUBLIC_URL, DEMO and DEBUG are the variables (docs/operations.md).
Production means that PUBLIC_URL begins with https.
"""

import sqlite3
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from tracker import outbox_settings, round_settings

# Every name in it is a setting.
from tracker.account_settings import *  # noqa: F403
from tracker.secret import secret_key

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")  # what the environment says wins over the file

# Where it runs

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
HOST = env("HOST", default="") or "127.0.0.1"
if not (PORT := env("PORT", default="") or "8000").isdecimal():
    raise ImproperlyConfigured(f"PORT is {PORT!r}; it must be a number")
PORT = int(PORT)
DATA_DIR = BASE_DIR / (env("DATA_DIR", default="") or ("var-demo" if DEMO else "var"))
SECRET_KEY = secret_key(DATA_DIR)
# What second factors are locked with: `tracker.secret`.
SECRETS_KEY = env("SECRETS_KEY", default="")
SECRETS_KEY_FILE = env("SECRETS_KEY_FILE", default="")

PUBLIC_URL = env("PUBLIC_URL", default="").rstrip("/")
_public = urlsplit(PUBLIC_URL)
if PUBLIC_URL and (_public.scheme not in ("http", "https") or not _public.hostname or _public.path):
    raise ImproperlyConfigured(f"PUBLIC_URL is {PUBLIC_URL!r}; it must look like https://example.org")
IS_PRODUCTION = _public.scheme == "https"

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", HOST]
if _public.hostname:
    ALLOWED_HOSTS.append(_public.hostname)
    CSRF_TRUSTED_ORIGINS = [f"{_public.scheme}://{_public.netloc}"]

# What it is made of

INSTALLED_APPS = [
    # Before the admin, so that our templates win over the admin's.
    "projects.apps.ProjectsConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_filters",
]

MIDDLEWARE = [
    "tracker.kept_pages.KeptPages",
    "tracker.middleware.SecurityHeaders",
    "tracker.middleware.OneEncoding",
    "django.middleware.security.SecurityMiddleware",
    "tracker.middleware.AllowedMethods",
    "tracker.bodies.Bodies",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tracker.middleware.PathLanguage",
    "tracker.bodies.Exports",
    "tracker.middleware.DatabaseTrouble",
    "tracker.sessions.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tracker.middleware.AskLoginLast",
    "django.contrib.messages.middleware.MessageMiddleware",
]

ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [  # lines are for people: see tracker/templates.py
                (
                    "tracker.template_nodes.KeptTemplates",
                    ["tracker.templates.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "builtins": ["projects.pages.include_tags", "projects.pages.url_tags"],
            "libraries": {
                "admin_tags": "projects.editing.admin_tags",
                "desk_tags": "projects.desk.desk_tags",
                "heading_tags": "projects.pages.heading_tags",
                "i18n": "projects.pages.translate_tags",
                "match_tags": "projects.pages.match_tags",
                "note_tags": "projects.pages.note_tags",
                "part_tags": "projects.pages.part_tags",
                "value_tags": "projects.pages.value_tags",
            },
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "projects.pages.context.site",
            ],
        },
    },
]

# Where it keeps things

_journal = "WAL" if sqlite3.sqlite_version_info >= (3, 51, 3) else "TRUNCATE"
_sqlite = {
    # Writers queue at the start of a transaction instead of failing in the middle of one.
    "transaction_mode": "IMMEDIATE",
    # Seconds for the lock, as on PostgreSQL.
    "timeout": 5,
    # FULL: what was acknowledged survives a power cut.
    "init_command": f"PRAGMA journal_mode={_journal}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
    "PRAGMA recursive_triggers=ON",
}
# `run` lifts the limit for migrations. No JIT: it takes longer than a page's statement, which reads memory.
_limit = env("STATEMENT_TIMEOUT", default="10s")
_postgresql = {
    "connect_timeout": 2,
    # A firewall forgets what rests and tells nobody: asked each half a minute, given up after ten seconds.
    "keepalives_idle": 30,
    "tcp_user_timeout": 10_000,
    "options": f"-c statement_timeout={_limit} -c lock_timeout=5s -c jit=off -c random_page_cost=1.1",
}

if url := env("DATABASE_URL", default=""):
    # Never printed: it may hold a password.
    if url.partition("://")[0] not in ("postgres", "postgresql", "sqlite"):
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// or sqlite://")
    _database = env.db_url_config(url)
else:
    _database = {"ENGINE": "django.db.backends.sqlite3", "NAME": DATA_DIR / "tracker.sqlite3"}
_is_sqlite = _database["ENGINE"].endswith("sqlite3")
_database["OPTIONS"] = (_sqlite if _is_sqlite else _postgresql) | _database.get("OPTIONS", {})
# Kept by its thread: SQLite's until it failed (tracker.connections), PostgreSQL's is tested in each request.
_database |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": not _is_sqlite}
DATABASES = {"default": _database | {"ATOMIC_REQUESTS": False}}

FIXTURES = BASE_DIR / "fixtures"
# The row that says whether kept pages are still true, and the doors that are never kept, in either language.
DATA_VERSION = "projects.audit.version_reading.VersionReading"
PRIVATE_DOORS = ("/admin/", "/accounts/", "/desk/")
NEVER_KEPT = (*PRIVATE_DOORS, "/healthz", "/readyz", "/static/")
# What was posted with a dead session is kept for its author.
KEEP_POSTED = "projects.pages.lost_forms.keep_posted"
CSRF_FAILURE_VIEW = "projects.pages.lost_forms.csrf_failed"
ALONE_MAY_APPROVE = env.bool("ALONE_MAY_APPROVE", default=False)  # an office of one; the audit shows it
vars().update(round_settings.days(env.int("ROUND_OPENS_ON", 25), env.int("ROUND_CLOSES_ON", 5)))
# A clock that stands so many days after whatever was written last may be wrong; somebody looks at it first.
MAX_QUIET_DAYS = env.int("MAX_QUIET_DAYS", default=10)

# What the host organisation adds to the pages.
HOST_ORGANISATION = env("HOST_ORGANISATION", default="")
CONTACT = env("CONTACT", default="")
LICENCE = env("LICENCE", default="")
ICP_NUMBER = env("ICP_NUMBER", default="")
POLICE_NUMBER = env("POLICE_NUMBER", default="")

MEDIA_ROOT = DATA_DIR / "media"
# Where the daily command puts one backup a day; without it none is made by itself.
BACKUP_DIR = BASE_DIR / _backups if (_backups := env("BACKUP_DIR", default="")) else None
FILE_UPLOAD_HANDLERS = ["tracker.uploads.Capped"]
FILE_UPLOAD_MOST_BYTES = 20 * 2**20
DATA_UPLOAD_MAX_NUMBER_FILES, DATA_UPLOAD_MAX_MEMORY_SIZE = 24, 2**20  # files, bytes of text
# Addresses that take files, and how many bytes in all; elsewhere a body has 1 MB and no files.
TAKES_FILES = {
    r"(/en)?/desk/reports/[^/]+/[^/]+/": 128 * 2**20,
    r"(/en)?/admin/projects/source/([^/]+/(document|change)|add)/": 24 * 2**20,
    r"(/en)?/desk/(imports|fill|book/[^/]+)/": 12 * 2**20,
}
EXPORTS = r"(/en)?/(data/.+|desk/(rounds|imports|fill|book)/.+\.(xlsx|docx))"  # take long: few at once
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Who may enter: `tracker.account_settings`

# A session that never met the second factor gets no further than setting it up.
SECOND_FACTOR_REQUIRED = IS_PRODUCTION
# Without a proxy anybody may write X-Forwarded-For; with several, each adds one address.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=1) if IS_PRODUCTION else 0
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # frames are refused by tracker.middleware.SecurityHeaders, on every answer
    "templates.W003",  # projects.pages.translate_tags takes the place of Django's i18n, and is meant to
    # HSTS without includeSubDomains and preload: the host's neighbours are not ours to bind.
    "security.W005",
    "security.W021",
]

if IS_PRODUCTION:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    # Not `__Host-`, which asks for the path of the public pages.
    DEVICE_COOKIE_NAME = "__Secure-device"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600

# How it tells people who are not there

vars().update(outbox_settings.mail(env("EMAIL_URL", default=""), env("DEFAULT_FROM_EMAIL", default="")))
vars().update(outbox_settings.webhook(env("WEBHOOK_URL", default=""), env("WEBHOOK_SECRET", default="")))

# How it speaks

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "projects" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "tracker.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Django's own handlers would say everything twice, and mail it.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "projects": {"level": "INFO"},
        "tracker": {"level": "INFO"},
    },
}
