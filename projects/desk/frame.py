"""What every view of the desk asks first: who is there, and what its pages are framed with.

A desk page is for whoever has one of its roles; to everybody else it is not there (404). That somebody
signs in at all is asked by the middleware.
"""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from projects.choices import Role
from projects.core.months import is_month
from projects.core.roles import Person
from projects.models import Round
from projects.models.user import person_of
from projects.pages import lost_forms, page_frame
from projects.reports import diff_words
from tracker.methods import READING

WRITING = ("POST",)
READERS = (Role.REPORTER, Role.REVIEWER, Role.EDITOR)  # of rounds, reports and problems
LABELS = (  # of what people type, for a page that cannot be drawn (`tracker.plain_pages`)
    diff_words.FIELDS
    | dict.fromkeys(("note", "reason", "why"), _("Reason"))
    | {"text": _("How it stands, or what is done about it")}
)


def desk_page(*roles: Role, methods: tuple[str, ...] = READING) -> Callable:
    """A view for those who have one of the roles (any account without); it finds them as `request.person`."""

    def for_them(view: Callable) -> Callable:
        @wraps(view)
        def entered(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            request.person = person_of(request.user)
            if roles and not any(request.person.has(role) for role in roles):
                raise Http404
            return view(request, *args, **kwargs)

        entered.labels = LABELS
        return never_cache(require_http_methods(methods)(entered))

    return for_them


def round_of(month: str) -> Round:
    """The round of the month that an address names; without one the page is not there."""
    found = Round.objects.filter(month=month).first() if is_month(month) else None
    if found is None:
        raise Http404
    return found


def writing_frame(request: HttpRequest, door: str) -> dict:
    """The frame of a page on which one writes: what was sent with a dead session is given back."""
    return frame(request, door) | {
        "token": lost_forms.token(request),
        "lost": lost_forms.given_back(request),
    }


def frame(request: HttpRequest, door: str) -> dict:
    """What the frame of a desk page shows: the door one is at, and the doors of one's roles."""
    return page_frame.bare_frame(request) | {"door": door, "doors": doors(request.person)}


def doors(person: Person) -> dict[str, bool]:
    """Which doors of the desk a person sees."""
    reads = any(person.has(role) for role in READERS)
    return {
        "reports": person.has(Role.REPORTER),
        "review": person.has(Role.REVIEWER),
        "rounds": reads,
        "problems": reads,
        "imports": person.has(Role.EDITOR) or person.has(Role.REVIEWER),
        "fill": person.has(Role.EDITOR) or person.has(Role.REPORTER),
        "tips": person.reads_all_reports,
    }
