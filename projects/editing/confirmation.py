"""Asking for a code anew before what opens accounts: roles, one-time links, other people's passwords.

Whoever finds an unlocked screen of an administrator opens no other account with it. Where there is no second
factor, outside production, none is asked for.
"""

import time
from functools import wraps

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

# Seconds since the code. Longer for what is sent, so that what was typed meanwhile is not lost.
FRESH = {"GET": 5 * 60, "HEAD": 5 * 60, "POST": 15 * 60}


def confirmed(page):
    """For a page of an admin that changes accounts; whoever may not is told so by the page itself."""

    @wraps(page)
    def asked(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not self.has_change_permission(request) or is_fresh(request):
            return page(self, request, *args, **kwargs)
        query = urlencode({"next": request.get_full_path(), "only": "code"})
        return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{query}")

    return asked


def is_fresh(request: HttpRequest) -> bool:
    """The code of signing in counts too."""
    since = time.time() - FRESH[request.method]
    records = get_authentication_records(request, request.user)
    if any(record["method"] == "mfa" and record["at"] > since for record in records):
        return True
    return not Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists()
