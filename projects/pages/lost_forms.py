"""Forms whose text outlives their session: a signed token in the form, the text kept for half an hour.

It is given back once, to the same person at the same address. `tracker.middleware` calls `keep_posted`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import escape_leading_slashes

from projects.models import KeptText, User
from tracker.plain_pages import plain_page
from tracker.trouble import trouble_of

KEPT_FOR = timedelta(minutes=30)
MOST_BYTES = 100_000
LONGEST_PATH = 200


@dataclass(frozen=True, slots=True)
class LostForm:
    """The fields as they were posted, and when."""

    fields: dict[str, str]
    at: datetime


def keep(user: int, path: str, fields: dict[str, str], *, at: datetime) -> bool:
    """The last post of a person to an address; False where it is too large or there is no such person."""
    with transaction.atomic():
        is_someone = User.objects.filter(pk=user, is_active=True).exists()
        if not is_someone or is_too_large(fields) or len(path) > LONGEST_PATH:
            return False
        sweep(at)
        told = {"fields": storable(fields), "kept_at": at}
        KeptText.objects.update_or_create(user_id=user, path=path, defaults=told)
    return True


def take(user: User, path: str, *, at: datetime) -> LostForm | None:
    """Given back once: the row goes, too old or not. It is read too while nothing can be written."""
    row = KeptText.objects.filter(user=user, path=path).first()
    if row is None:
        return None
    try:
        with transaction.atomic():
            is_ours, _ = KeptText.objects.filter(pk=row.pk).delete()
    except DatabaseError as error:
        if not trouble_of(error):
            raise
        is_ours = True
    return LostForm(row.fields, row.kept_at) if is_ours and row.kept_at >= at - KEPT_FOR else None


def sweep(now: datetime) -> int:
    """Remove what nobody came back for in time; gives how many there were. The daily command calls it too."""
    gone, _ = KeptText.objects.filter(kept_at__lt=now - KEPT_FOR).delete()
    return gone


def is_too_large(fields: dict[str, str]) -> bool:
    return sum(len(f"{name}{text}".encode(errors="replace")) for name, text in fields.items()) > MOST_BYTES


def storable(fields: dict[str, str]) -> dict[str, str]:
    """PostgreSQL's JSON takes neither NUL nor half a surrogate; no keyboard types one."""
    return {_plain(name): _plain(text) for name, text in fields.items()}


def _plain(text: str) -> str:
    return text.replace("\x00", "").encode(errors="replace").decode()


SALT = "projects.pages.lost_forms"
FIELD = "keep"  # of the form; the token never travels in an address
LONGEST_OPEN = 7 * 24 * 3600  # how long a page may have stood open, in seconds
NOT_TYPED = ("csrfmiddlewaretoken", FIELD)


def token(request: HttpRequest) -> str:
    """Says that this form was made for this person at this address."""
    return signing.dumps([request.user.pk, request.path], salt=SALT)


def given_back(request: HttpRequest) -> LostForm | None:
    """What this person had posted here with a dead session; once."""
    return take(request.user, request.path, at=timezone.now()) if request.method == "GET" else None


def keep_posted(request: HttpRequest) -> User | None:
    """Keep what was posted; gives whose it is, None where nothing is kept. Files are not."""
    try:
        pk, path = signing.loads(request.POST.get(FIELD, ""), salt=SALT, max_age=LONGEST_OPEN)
    except (signing.BadSignature, ValueError):
        return None
    fields = {name: text for name, text in request.POST.items() if name not in NOT_TYPED}
    is_kept = path == request.path and keep(pk, path, fields, at=timezone.now())
    return User.objects.get(pk=pk) if is_kept else None


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Back to the form for whoever is signed in anew, else to the login; without a token it is refused."""
    owner = keep_posted(request)
    if owner is None:
        return plain_page(403)
    here = escape_leading_slashes(request.get_full_path())
    return redirect(here) if request.user == owner else redirect_to_login(here)
