"""What a person was told on the desk: the rows, how many are unread, and the names they speak of."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from projects.core.roles import Person
from projects.models import Notice, Project
from projects.words.language import is_english


def of(person: Person) -> QuerySet[Notice]:
    """The newest first."""
    return Notice.objects.reachable_by(person)


def unread(person: Person) -> int:
    return of(person).unread().count()


def names(rows: Iterable[Notice]) -> dict[str, str]:
    """What the projects of some notices are called, by code, in the page's language."""
    codes = {code for row in rows for code in row.projects}
    found = Project.objects.filter(code__in=codes).values_list("code", "name", "name_en")
    return {code: english if is_english() and english else name for code, name, english in found}
