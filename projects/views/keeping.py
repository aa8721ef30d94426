"""Forms whose text outlives their session: a signed token in the form, and what is done with a post too late.

`tracker.middleware` calls `keep_posted` before it leads to the login, Django `csrf_failed` where the login in
another window changed the token. Nothing is kept without a token of ours for that very address. How long,
and for whom, is `actions.keeping`.
"""

from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import escape_leading_slashes

from projects.actions import keeping
from projects.actions.keeping import Kept
from projects.models import User
from tracker.plain_pages import plain_page

SALT = "projects.views.keeping"
FIELD = "keep"  # of the form; the token never travels in an address
LONGEST_OPEN = 7 * 24 * 3600  # how long a page may have stood open, in seconds
NOT_TYPED = ("csrfmiddlewaretoken", FIELD)


def token(request: HttpRequest) -> str:
    """Says that this form was made for this person at this address."""
    return signing.dumps([request.user.pk, request.path], salt=SALT)


def given_back(request: HttpRequest) -> Kept | None:
    """What this person had posted here with a dead session; once."""
    return keeping.take(request.user, request.path, at=timezone.now()) if request.method == "GET" else None


def keep_posted(request: HttpRequest) -> User | None:
    """Keep what was posted; gives whose it is, None where nothing is kept. Files are not."""
    try:
        pk, path = signing.loads(request.POST.get(FIELD, ""), salt=SALT, max_age=LONGEST_OPEN)
    except (signing.BadSignature, ValueError):
        return None
    fields = {name: text for name, text in request.POST.items() if name not in NOT_TYPED}
    is_kept = path == request.path and keeping.keep(pk, path, fields, at=timezone.now())
    return User.objects.get(pk=pk) if is_kept else None


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Back to the form for whoever is signed in anew, else to the login; without a token it is refused."""
    owner = keep_posted(request)
    if owner is None:
        return plain_page(403)
    here = escape_leading_slashes(request.path)
    return redirect(here) if request.user == owner else redirect_to_login(here)
