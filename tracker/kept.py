"""Which views are for everybody and may be kept until the data change; `tracker.kept_pages` keeps them."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.cache import has_vary_header

from tracker.encoding import FOREIGN
from tracker.methods import READING, only_read

PUBLIC = "public, max-age=0, must-revalidate"  # what anybody may keep, and asks about each time
UNDECODABLE = "\ufffd"  # stands where a question was no text


def public_page(*names: str) -> Callable:
    """A view for everyone: GET and HEAD, no login asked, kept whole until the data change.

    `names` are the parameters that it reads. A page prints its own question into itself, so one that was
    asked with another name, with a name twice or with what is no text is answered and not kept; nor is one
    whose view found a value that means nothing (`do_not_keep`).
    """

    def marked(view: Callable) -> Callable:
        @wraps(view)
        def for_everyone(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            response = view(request, *args, **kwargs)
            response.is_public_page = True
            response.may_be_kept = _is_plain(request, names)
            return response

        for_everyone.parameters = frozenset(names)
        return login_not_required(only_read(for_everyone))

    return marked


def public_file(view: Callable) -> Callable:
    """A file for everyone: asked anew each time and never kept, since the memory is for pages.

    The view sets the `ETag`, once it knows that the file is public still.
    """

    @wraps(view)
    def for_everyone(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", PUBLIC)
        return response

    return login_not_required(only_read(for_everyone))


def do_not_keep(request: HttpRequest) -> None:
    """The question holds a value that means nothing: the page says so, and is for this reader alone."""
    request.is_odd = True


def _is_plain(request: HttpRequest, names: tuple[str, ...]) -> bool:
    if getattr(request, "is_odd", False):
        return False
    return all(
        name in names and len(values) == 1 and UNDECODABLE not in values[0]
        for name, values in request.GET.lists()
    )


def is_whole_page(response: HttpResponse) -> bool:
    """Not what nobody may keep: an error, a stream, what looked at a cookie (made for one person)."""
    if not getattr(response, "is_public_page", False):
        return False
    response.headers.setdefault("Cache-Control", PUBLIC)
    is_of_a_person = response.cookies or has_vary_header(response, "Cookie")
    return response.status_code == 200 and not response.streaming and not is_of_a_person


def is_for_everyone(request: HttpRequest) -> bool:
    """What reads, in our encoding, at no door for one person, in either language."""
    if request.method not in READING or FOREIGN in request.META:
        return False
    return not request.path_info.removeprefix("/en").startswith(settings.NEVER_KEPT)
