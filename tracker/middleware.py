"""Middleware that knows nothing of projects: headers, methods, language, login, a database in trouble.

The order they stand in is in `settings.MIDDLEWARE`; kept pages and what they are kept by live in `projects/`.
"""

import logging
import sys
from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.multipartparser import MultiPartParserError
from django.utils import translation
from django.utils.cache import has_vary_header
from django.utils.html import format_html, format_html_join
from django.utils.module_loading import import_string

from tracker.encoding import FOREIGN
from tracker.trouble import WORDS, Trouble, trouble_of

log = logging.getLogger(__name__)

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
    """Reading and sending forms; a plain Django view would answer TRACE with 200."""

    METHODS = ("GET", "HEAD", "POST")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method in self.METHODS:
            return self.get_response(request)
        return HttpResponseNotAllowed(self.METHODS)


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


def server_error(request):
    """`handler500`: the middleware above hears of views only; what fails in sessions and logins ends here."""
    exception = sys.exc_info()[1]
    trouble = trouble_of(exception)
    return trouble_page(request, trouble, exception) if trouble else plain_page(500)


def trouble_page(request, trouble: Trouble, exception: BaseException) -> HttpResponse:
    """Says it in the log, once, and gives what was typed back to whoever typed it."""
    # A disk says all in a word; what is merely taken for a busy database needs its traceback.
    trace = exception if trouble == Trouble.BUSY else None
    log.error("Trouble (%s) at %s: %s", trouble, request.path, exception, exc_info=trace)
    text, text_en = WORDS[trouble]
    title, _, title_en, _ = PLAIN_PAGES[503]
    response = plain_page(503, (title, text, title_en, text_en), typed_again(request))
    response._has_been_logged = True
    return response


# What of a form nobody typed, and what is shown to nobody.
MECHANICS = ("csrfmiddlewaretoken", "do", "keep", "next", "paper", "stamp", "version")
SECRETS = ("password", "secret")
MOST_TYPED = 500_000  # characters that are given back


def typed_again(request) -> str:
    """The form as it was sent, to be sent again; empty where there is none, or it holds a secret."""
    if request.method != "POST" or "/accounts/" in request.path_info:
        return ""
    fields = list(_posted(request))
    is_secret = any(word in name.lower() for name, _ in fields for word in SECRETS)
    if is_secret or sum(len(value) for _, value in fields) > MOST_TYPED:
        return ""
    shown = [(name, value) for name, value in fields if _is_typed(name) and value.strip()]
    hidden = [pair for pair in fields if pair not in shown]
    return format_html(
        '<form method="post" action="{}"><h2>您填写的内容 · What you typed</h2>{}{}'
        "<p><button>再次提交 · Send again</button></p></form>",
        request.get_full_path(),
        format_html_join("", '<input type="hidden" name="{}" value="{}">', hidden),
        format_html_join(
            "",
            '<p><label>{}<br><textarea name="{}" cols="60" rows="3">\n{}</textarea></label></p>',
            [(name, name, value) for name, value in shown],
        ),
    )


def _is_typed(name: str) -> bool:
    return name not in MECHANICS and not name.endswith("_FORMS")


def _posted(request) -> Iterator[tuple[str, str]]:
    """Nothing where the body could not be read."""
    try:
        posted = request.POST
    except (OSError, SuspiciousOperation, MultiPartParserError):
        return
    for name, values in posted.lists():
        yield from ((name, value) for value in values)


PLAIN_PAGES = {
    "encoding": (
        "无法读取",
        "发送的内容不是 UTF-8 编码，没有读取，也没有保存。",
        "Not readable",
        "What was sent is not encoded as UTF-8: it was not read, and nothing was saved.",
    ),
    403: (
        "未能提交",
        "这个页面打开得太久，或登录状态已改变，因此没有保存任何内容。请返回上一页，重新载入后再提交。",
        "Not sent",
        "The page was open for too long, or the login has changed: nothing was saved."
        " Please go back, load the page again and send it once more.",
    ),
    400: (
        "没有收全",
        "发送的内容中途断开，没有保存任何内容。请返回上一页再发送一次。",
        "Broken off",
        "What was sent broke off on its way: nothing was saved. Please go back and send it again.",
    ),
    411: (
        "没有说明长度",
        "发送的内容没有写明长度，没有读取。请用普通浏览器发送。",
        "No length given",
        "What was sent does not say how long it is, and was not read. Please use an ordinary browser.",
    ),
    413: (
        "内容太大",
        "发送的内容太大，没有读取，也没有保存。请返回上一页，减少文字或文件后再发送。",
        "Too large",
        "What was sent is too large: it was not read, and nothing was saved."
        " Please go back and send less, or fewer files at once.",
    ),
    415: (
        "此处不收文件",
        "这个页面不收文件，没有读取。",
        "No files here",
        "No files are taken at this address; what was sent was not read.",
    ),
    "busy": (
        "现在人太多",
        "同时发送或下载的人太多，您的操作没有保存。请稍等几秒，返回上一页再试一次。",
        "Busy for the moment",
        "Too many are sending or downloading at once. Nothing was saved;"
        " please wait a few seconds, go back and try again.",
    ),
    503: (
        "暂时无法使用",
        "数据库正忙或正在恢复。您的操作没有保存,请稍后再试。",
        "Unavailable for the moment",
        "The database is busy or recovering. Nothing was saved; please try again shortly.",
    ),
    500: (
        "出错了",
        "页面出错,已记录。请稍后再试。",
        "Something went wrong",
        "This page failed, and the failure is on record. Please try again later.",
    ),
}


def plain_page(status: int, words: tuple[str, str, str, str] | None = None, more: str = "") -> HttpResponse:
    """A page in both languages that needs neither database nor template."""
    title, text, title_en, text_en = words or PLAIN_PAGES[status]
    response = HttpResponse(
        '<!doctype html><html lang="zh-Hans"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title} · {title_en}</title>'
        f"<main><h1>{title}</h1><p>{text}</p>"
        f'<div lang="en"><h2>{title_en}</h2><p>{text_en}</p></div>{more}</main></html>',
        status=status,
    )
    response["Cache-Control"] = "no-store"
    if status == 503:
        response["Retry-After"] = "5"
    return response
