"""People who sign in. What a role may do is in `core.roles`; roles are Django groups."""

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.choices import Role
from projects.core.roles import Person
from projects.models.department import Department
from projects.models.fields import reference
from projects.models.versioned import Versioned


class User(AbstractUser, Versioned):
    department = reference(Department, _("department"), "people", null=True, blank=True)
    must_change_password = models.BooleanField(
        _("must change the password"),
        default=False,
        help_text=_("Somebody else has set it: it is changed at the next signing in."),
    )

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")
        verbose_name_plural = _("users")


def person_of(user: User, on: date | None = None) -> Person:
    """A user as the rules see one on a day, today where none is named.

    Asks for the roles, and of who reports for the further units, unless they were fetched with it.
    """
    roles = frozenset(group.name for group in user.groups.all())
    further = _further_units(user, on or timezone.localdate()) if Role.REPORTER in roles else frozenset()
    return Person(user.pk, roles, user.department_id, user.is_active, user.is_superuser, further)


def _further_units(user: User, on: date) -> frozenset[int]:
    terms = (row.term() for row in user.further_units.all())
    return frozenset(term.department for term in terms if term.holds(on))
