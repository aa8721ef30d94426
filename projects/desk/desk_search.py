"""Search on the desk: projects, reports, problems and people, of each what one's own pages show, and no more.

Projects are found by the index of the public search, reports by their project; a problem also by its words.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from projects.core.roles import Person
from projects.desk.frame import READERS, desk_page, frame
from projects.models import Department, Problem, Project, Report, User
from projects.search.results import every

MAX_QUESTION = 100  # characters
MAX_SHOWN = 10  # of each kind: a longer question finds fewer


@dataclass(frozen=True, slots=True)
class Finds:
    """Of one kind; `is_cut` where there are more than are shown."""

    rows: list[Model]
    is_cut: bool

    @classmethod
    def first_of(cls, rows: QuerySet) -> Finds:
        found = list(rows[: MAX_SHOWN + 1])
        return cls(found[:MAX_SHOWN], len(found) > MAX_SHOWN)


@desk_page(*READERS)
def desk_search(request: HttpRequest) -> HttpResponse:
    question = request.GET.get("q", "").replace("\0", " ").strip()[:MAX_QUESTION]
    found = _found(request.user, request.person, question) if question else {}
    is_found = any(one.rows for one in found.values())
    context = {"question": question, "found": found, "is_found": is_found}
    return render(request, "desk/desk_search.html", frame(request, "search") | context)


def _found(user: User, person: Person, question: str) -> dict[str, Finds]:
    named = every(question)
    kinds = {
        "projects": _projects(user).filter(pk__in=named).order_by("pk"),
        "reports": _reports(person).filter(project__in=named),
        "problems": _problems(person).filter(Q(report__project__in=named) | Q(text__icontains=question)),
        "units": _units(person).filter(Q(name__icontains=question) | Q(contact__icontains=question)),
        "people": _people(user).filter(_is_called(question)),
    }
    return {name: Finds.first_of(rows) for name, rows in kinds.items()}


def _projects(user: User) -> QuerySet[Project]:
    """Hidden ones are seen in the admin alone."""
    rows = Project.objects.select_related("department")
    return rows if user.has_perm("projects.view_project") else rows.filter(is_public=True)


def _reports(person: Person) -> QuerySet[Report]:
    rows = Report.objects.reachable_by(person).select_related("project", "round")
    return rows.order_by("-round__month_earliest", "project")


def _problems(person: Person) -> QuerySet[Problem]:
    rows = Problem.objects.reachable_by(person).select_related("report__project", "department")
    return rows.order_by("-due_on", "-pk")


def _units(person: Person) -> QuerySet[Department]:
    """With their contacts: one's own, and all for who reminds them."""
    rows = Department.objects.order_by("code")
    return rows if person.reads_all_reports else rows.filter(pk=person.department)


def _people(user: User) -> QuerySet[User]:
    rows = User.objects.select_related("department").order_by("username")
    return rows if user.has_perm("projects.view_user") else rows.none()


def _is_called(question: str) -> Q:
    names = ("username", "first_name", "last_name")
    asked = [Q(**{f"{name}__icontains": question}) for name in names]
    return asked[0] | asked[1] | asked[2]
