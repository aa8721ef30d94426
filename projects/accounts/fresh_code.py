"""Whether somebody has just proved the second factor, and where one does; a password will not do."""

import time

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

# Seconds since the code. Longer for what is sent, so that what was typed meanwhile is not lost.
FRESH = {"GET": 5 * 60, "HEAD": 5 * 60, "POST": 15 * 60}


def is_fresh(request: HttpRequest) -> bool:
    """The code of signing in counts too. Where there is no second factor none is asked for."""
    since = time.time() - FRESH[request.method]
    records = get_authentication_records(request, request.user)
    if any(record["method"] == "mfa" and record["at"] > since for record in records):
        return True
    return not Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists()


def asked(request: HttpRequest) -> HttpResponseRedirect:
    """For a code, and back."""
    query = urlencode({"next": request.get_full_path(), "only": "code"})
    return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{query}")
