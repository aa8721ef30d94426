"""Middleware that knows nothing of projects: headers, methods, language, login, a database in trouble.

The order they stand in is in `settings.MIDDLEWARE`; kept pages and what they are kept by live in `projects/`.
"""

import sys

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import has_vary_header
from django.utils.module_loading import import_string

from tracker.encoding import FOREIGN
from tracker.methods import READING, methods_of
from tracker.plain_pages import PLAIN_PAGES, plain_page, trouble_page
from tracker.trouble import trouble_of

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class SecurityHeaders:
    """The outermost: its headers are on every answer, error pages and static files too.

    A view that needs a stricter policy sets its own, which stays.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        # Whatever looked at a cookie was made for one person. Asking the session here would add `Vary`.
        if has_vary_header(response, "Cookie"):
            response["Cache-Control"] = "private, no-store"
        return response


class AllowedMethods:
    """Reading, and sending forms to what takes them; a plain Django view would answer TRACE with 200.

    What an address does not take is answered in words, whoever refused it. Whoever reads waits for nothing.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        taken = READING
        if request.method not in READING:
            taken = methods_of(request.path_info, language_of(request.path_info))
        is_allowed = request.method in taken
        response = self.get_response(request) if is_allowed else HttpResponseNotAllowed(taken)
        if isinstance(response, HttpResponseNotAllowed):
            response.content = plain_page(405).content
            response["Cache-Control"], response["Content-Length"] = "no-store", str(len(response.content))
        return response


class OneEncoding:
    """Refuses what is marked as no UTF-8 (`tracker.encoding`), before anything of it is read."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        is_foreign = FOREIGN in request.META
        return plain_page(400, PLAIN_PAGES["encoding"]) if is_foreign else self.get_response(request)


class PathLanguage:
    """The language is in the path alone: English under `/en/`, Chinese elsewhere.

    Django's own middleware also asks cookies and `Accept-Language`, and says so in `Vary`.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = language_of(request.path_info)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", "en" if language == "en" else "zh-Hans")
        return response


def language_of(path: str) -> str:
    return "en" if path == "/en" or path.startswith("/en/") else settings.LANGUAGE_CODE


class AskLoginLast(LoginRequiredMiddleware):
    """Every view asks for a login unless it says `login_not_required`.

    Django's own asks who is there before it looks whether the view is public: that reads the session, and
    puts `Vary: Cookie` on every public page.

    Whoever is there and must do something first (`settings.ASKED_FIRST`) gets no further than the pages that
    are a way to it, which say `is_way_in`.
    """

    def __init__(self, get_response):
        super().__init__(get_response)
        self.asked_first = import_string(settings.ASKED_FIRST)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not getattr(view_func, "login_required", True):
            return None
        stopped = super().process_view(request, view_func, view_args, view_kwargs)
        if stopped or getattr(view_func, "is_way_in", False):
            return stopped
        address = self.asked_first(request)
        return HttpResponseRedirect(address) if address else None

    def handle_no_permission(self, request, view_func):
        """What was posted with a session that has ended is kept before the login is asked for."""
        if request.method == "POST":
            import_string(settings.KEEP_POSTED)(request)
        return super().handle_no_permission(request, view_func)


class DatabaseTrouble:
    """A view whose database or disk is down, locked, full, read-only or unreadable: 503 and what to do."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        trouble = trouble_of(exception)
        return trouble_page(request, trouble, exception) if trouble else None


def bad_request(request, exception):
    """`handler400`: a host that is not ours, more parameters than are read, a form that is cut wrongly."""
    return plain_page(400, PLAIN_PAGES["request"])


def server_error(request):
    """`handler500`: the middleware above hears of views only; what fails in sessions and logins ends here."""
    exception = sys.exc_info()[1]
    trouble = trouble_of(exception)
    return trouble_page(request, trouble, exception) if trouble else plain_page(500)
