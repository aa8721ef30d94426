"""One encoding for all that is sent, in a GET as in a form: UTF-8. So a page is kept by what its view reads.

Django decodes a question, too, by the charset of `Content-Type`, whatever codec of Python's that names, and
does so while it makes the request: what is refused must be found before. `tracker.middleware` answers it.
"""

import codecs
from collections.abc import Callable
from functools import lru_cache

from django.utils.http import parse_header_parameters

FOREIGN = "tracker.foreign_encoding"


def read_as_utf8(application: Callable) -> Callable:
    """Around the WSGI application: what names another charset reaches Django without it, and with a mark."""

    def marking(environ: dict, start_response: Callable):
        if not is_utf8(environ.get("CONTENT_TYPE", "")):
            environ["CONTENT_TYPE"] = ""
            environ[FOREIGN] = True
        return application(environ, start_response)

    return marking


def is_utf8(content_type: str) -> bool:
    """Where a charset is named; without one it is."""
    if ";" not in content_type:
        return True
    try:
        _, parameters = parse_header_parameters(content_type)
        return codecs.lookup(parameters.get("charset", "utf-8")).name == "utf-8"
    except (LookupError, ValueError):
        return False


@lru_cache(maxsize=256)
def accepts_gzip(header: str) -> bool:
    """By name, else by `*`; with q=0 it is refused."""
    weights = {}
    for part in header.lower().split(","):
        name, *parameters = (word.strip() for word in part.split(";"))
        quality = next((word[2:] for word in parameters if word.startswith("q=")), "1")
        weights[name] = quality.strip().rstrip("0").rstrip(".") not in ("", "0")
    return weights.get("gzip", weights.get("*", False))
