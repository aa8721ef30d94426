"""Asking for a code anew before what opens accounts: roles, one-time links, other people's passwords.

Whoever finds an unlocked screen of an administrator opens no other account with it. Where there is no second
factor, outside production, none is asked for.
"""

from functools import wraps

from django.http import HttpRequest, HttpResponse

from projects.accounts import fresh_code


def confirmed(page):
    """For a page of an admin that changes accounts; whoever may not is told so by the page itself."""

    @wraps(page)
    def asked(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not self.has_change_permission(request) or fresh_code.is_fresh(request):
            return page(self, request, *args, **kwargs)
        return fresh_code.asked(request)

    return asked
