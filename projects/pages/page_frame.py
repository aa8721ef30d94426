"""The frame of every page: the two clocks of its address, what travels in its links, its other language."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.http import escape_leading_slashes, urlencode

from projects.audit.version_memory import of_one_version
from projects.claims import standings
from projects.core import clocks
from projects.core.clocks import Clocks, Reach
from projects.words.language import is_english, language
from tracker import kept
from tracker.kept import do_not_keep


def read(params: Mapping[str, str], today: date, reach: Callable[[date], Reach]) -> Clocks:
    """Today without parameters; only then is it not asked how far back the records reach."""
    asof, known = params.get("asof", "").strip(), params.get("known", "").strip()
    if not asof and not known:
        return Clocks(today, today, today)
    return clocks.read(asof, known, today, reach(today))


AIDS = {"type": {"large"}}  # reading aids that travel in links
MAX_PATHS = 1_000  # whose addresses are at hand
SLUG, ANY = re.compile(r"[-\w]+", re.ASCII), "a-word-in-its-place"
FRAME = ("asof", "known", *AIDS)  # what every page reads


def public_page(*more: str) -> Callable:
    """A page for everyone; `more` are the parameters that it reads beside those of the frame."""
    marked = kept.public_page(*FRAME, *more)
    return lambda view: marked(of_one_version(view))


def clocks_of(request: HttpRequest) -> Clocks:
    asked = read(request.GET, timezone.localdate(), standings.reach)
    if asked.notices:
        do_not_keep(request)
    return asked


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
    own["frozen"] = frozen(request, asked)
    return addresses(request) | bare_frame(request) | own | {"public_url": settings.PUBLIC_URL}


def frozen(request: HttpRequest, asked: Clocks) -> str:
    """The absolute address of what this page shows, for good: its question with both days in it."""
    query = {name: values for name, values in _asked(request).items() if name not in AIDS}
    days = {"asof": asked.asof.isoformat(), "known": asked.known.isoformat()}
    return root(request) + address(request.path, query | days)


def bare_frame(request: HttpRequest) -> dict:
    """The frame of a page that is about nothing, as one that is not there: it asks no table."""
    return {
        "language": "en" if is_english() else "zh-Hans",
        "carried": aids(request),
        "other_language": other_language(request),
        "type_link": type_link(request),
        "is_large": "type" in aids(request),
        "kept_fields": (),  # of the form for another day; a list has some
        "question": "",
    }


def question(request: HttpRequest) -> QueryDict:
    """What was asked, as far as this page reads it: its links carry nothing else."""
    asked = QueryDict(mutable=True)
    for name, values in _asked(request).items():
        asked.setlist(name, values)
    return asked


def _asked(request: HttpRequest) -> dict[str, list[str]]:
    view = request.resolver_match and request.resolver_match.func
    names = getattr(view, "parameters", FRAME)
    return {name: values for name, values in request.GET.lists() if name in names}


def type_link(request: HttpRequest) -> str:
    """This page, question and all, in the other size of type."""
    query = _asked(request)
    if query.pop("type", None) is None:
        query["type"] = ["large"]
    return address(request.path, query)


def path_of(name: str, *args: object) -> str:
    """Of pages that a word of theirs tells apart, what stands around it is at hand."""
    if len(args) == 1 and isinstance(args[0], str) and SLUG.fullmatch(args[0]):
        return args[0].join(_around(name, language(), get_script_prefix()))
    return _path(name, args, language(), get_script_prefix())


@lru_cache(MAX_PATHS)
def _around(name: str, spoken: str, prefix: str) -> list[str]:
    return reverse(name, args=[ANY]).split(ANY)


@lru_cache(MAX_PATHS)
def _path(name: str, args: tuple, spoken: str, prefix: str) -> str:
    return reverse(name, args=args)


def link(path: str, query: Mapping, fragment: str = "") -> str:
    """A path of ours with a question and a place on the page, where there are any."""
    asked = urlencode(query, doseq=True) if query else ""
    return path + (f"?{asked}" if asked else "") + (f"#{fragment}" if fragment else "")


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
    path = request.path.removeprefix("/en") if request.path.startswith("/en/") else f"/en{request.path}"
    return address(path, _asked(request))


def address(path: str, query: Mapping) -> str:
    """A path may begin with two slashes, and would name another host."""
    return link(escape_leading_slashes(quote(path)), query)
