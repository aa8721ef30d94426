"""What every public view asks first: the clocks of the address, and what travels in its links."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import escape_leading_slashes

from projects.forms import clocks
from projects.queries import standings
from projects.rules.clocks import Clocks
from projects.wording.language import is_english

AIDS = {"type": {"large"}}  # reading aids that travel in links


def clocks_of(request: HttpRequest) -> Clocks:
    return clocks.read(request.GET, timezone.localdate(), standings.reach)


def at_today(today: date) -> Clocks:
    """For a page that has dates of its own."""
    return Clocks(today, today, today)


def carried(request: HttpRequest, asked: Clocks) -> dict[str, str]:
    """The clocks and the reading aids of this address, for the links of its page."""
    return asked.asked | aids(request)


def aids(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET[name] for name, values in AIDS.items() if request.GET.get(name) in values}


def frame(request: HttpRequest, asked: Clocks, door: str) -> dict:
    """What the frame of every page shows: the door one is at, the clocks, the other language."""
    own = {"door": door, "clocks": asked, "carried": carried(request, asked)}
    return addresses(request) | bare_frame(request) | own | {"public_url": settings.PUBLIC_URL}


def bare_frame(request: HttpRequest) -> dict:
    """The frame of a page that is about nothing, as one that is not there: it asks no table."""
    return {
        "language": "en" if is_english() else "zh-Hans",
        "carried": aids(request),
        "other_language": other_language(request),
        "type_link": type_link(request),
        "is_large": "type" in aids(request),
    }


def type_link(request: HttpRequest) -> str:
    """This page, question and all, in the other size of type."""
    query = request.GET.copy()
    if query.pop("type", None) is None:
        query["type"] = "large"
    # A path may begin with two slashes, and would name another host.
    return f"{escape_leading_slashes(request.path)}?{query.urlencode()}"


def root(request: HttpRequest) -> str:
    """What makes an address absolute: the public one from the settings, else that of this request."""
    return settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"


def addresses(request: HttpRequest) -> dict:
    """This page's own address in both languages, without its question."""
    start = root(request)
    chinese = request.path.removeprefix("/en") if request.path.startswith("/en/") else request.path
    both = [("zh-Hans", f"{start}{chinese}"), ("en", f"{start}/en{chinese}")]
    return {"canonical": f"{start}{request.path}", "alternates": both}


def other_language(request: HttpRequest) -> str:
    """The same page, question and all, in the other language."""
    path = request.get_full_path()
    return escape_leading_slashes(path.removeprefix("/en")) if path.startswith("/en/") else f"/en{path}"
