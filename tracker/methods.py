"""Which methods an address takes: a view that is only read says so, and is known by it before it is called.

Who refuses the others, before a token is asked for or a body is read, is `tracker.middleware.AllowedMethods`.
"""

from collections.abc import Callable

from django.urls import Resolver404, resolve
from django.utils import translation
from django.views.decorators.http import require_safe

READING = ("GET", "HEAD")
BOTH = (*READING, "POST")


def only_read(view: Callable) -> Callable:
    """A view that takes no form from anybody."""
    marked = require_safe(view)
    marked.methods = READING
    return marked


def methods_of(path: str, language: str) -> tuple[str, ...]:
    """What the view at an address says that it takes; forms, too, where it says nothing or none is there."""
    with translation.override(language):
        try:
            view = resolve(path).func
        except Resolver404:
            return BOTH
    return getattr(view, "methods", BOTH)
