"""One encoding for all that is sent, in a GET as in a form: UTF-8. So a page is kept by what its view reads.

Django decodes a question, too, by the charset of `Content-Type`, whatever codec of Python's that names, and
does so while it makes the request: what is refused must be found before. `tracker.middleware` answers it.
"""

import codecs
from collections.abc import Callable

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
