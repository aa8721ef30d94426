"""What every public view asks first: the clocks of the address, and what travels in its links."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

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
    aids = {name: request.GET[name] for name, values in AIDS.items() if request.GET.get(name) in values}
    return asked.asked | aids


def frame(request: HttpRequest, asked: Clocks, door: str) -> dict:
    """What the frame of every page shows: the door one is at, the clocks, the other language."""
    return addresses(request) | {
        "door": door,
        "language": "en" if is_english() else "zh-Hans",
        "clocks": asked,
        "carried": carried(request, asked),
        "other_language": other_language(request),
        "type_link": type_link(request),
        "is_large": request.GET.get("type") == "large",
        "public_url": settings.PUBLIC_URL,
    }


def type_link(request: HttpRequest) -> str:
    """This page, question and all, in the other size of type."""
    query = request.GET.copy()
    if query.pop("type", None) is None:
        query["type"] = "large"
    return f"{request.path}?{query.urlencode()}"


def addresses(request: HttpRequest) -> dict:
    """This page's own address in both languages, without its question."""
    root = settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"
    chinese = request.path.removeprefix("/en") if request.path.startswith("/en/") else request.path
    both = [("zh-Hans", f"{root}{chinese}"), ("en", f"{root}/en{chinese}")]
    return {"canonical": f"{root}{request.path}", "alternates": both}


def other_language(request: HttpRequest) -> str:
    """The same page, question and all, in the other language."""
    path = request.get_full_path()
    return path.removeprefix("/en") if path.startswith("/en/") else f"/en{path}"
