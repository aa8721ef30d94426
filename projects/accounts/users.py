"""Accounts: who may come in, for which department, in which roles; each change is in the audit.

Passwords are never recorded, only that one was set. On the command line nobody does it: `by` is None. Links
for those who forgot theirs are `accounts.one_time_links`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import F

from projects.audit import log, row_versions
from projects.audit.data_version import locked_version
from projects.core.roles import DECIDES
from projects.models import FurtherUnit, User

TOLD = ("username", "first_name", "last_name", "email", "is_active", "is_staff", "is_superuser")


@dataclass(frozen=True)
class FurtherUnits:
    """Those of an account that are set or changed, and those that are taken back."""

    saved: Iterable[FurtherUnit] = ()
    gone: Iterable[FurtherUnit] = ()


NO_CHANGE = FurtherUnits()


def save_user(
    user: User,
    *,
    by: User | None,
    at: datetime,
    roles: Iterable[Group] | None = None,
    further_units: FurtherUnits = NO_CHANGE,
    must_change: bool = True,
) -> User:
    """Keep an account with its roles; whoever may decide on claims may enter the admin.

    The first password of a new one is changed at the first signing in, unless its owner typed it.
    Over the version that was seen: a form from before never gives a right back that was taken meanwhile.
    """
    with transaction.atomic():
        locked_version()  # before the row, as whoever writes an audit entry does
        row_versions.take_next(user)
        kept = User.objects.filter(pk=user.pk).first() if user.pk else None
        before = told(kept) if kept else None
        is_new_password = kept is not None and kept.password != user.password
        if kept is None:
            user.must_change_password = must_change and user.has_usable_password()
        user.save()
        if roles is not None:
            user.groups.set(roles)
        _set_further_units(further_units, by)
        user.is_staff = (
            user.is_superuser or user.groups.filter(name__in=[role.value for role in DECIDES]).exists()
        )
        user.save(update_fields=["is_staff"])
        after = told(user)
        if after != before:
            log.record("user.save", user.username, by=by, at=at, before=before, after=after)
        if is_new_password:
            note_password(user, by=by, at=at)
    return user


def _set_further_units(given: FurtherUnits, by: User | None) -> None:
    for row in given.gone:
        row.delete()
    for row in given.saved:
        row.set_by = by
        row.full_clean()
        row.save()


def set_password(user: User, password: str, *, by: User | None, at: datetime) -> None:
    with transaction.atomic():
        locked_version()
        user.set_password(password)
        user.save(update_fields=["password"])
        note_password(user, by=by, at=at)


def note_password(user: User, *, by: User | None, at: datetime) -> None:
    """Within the transaction that set it: what somebody else has set is changed at the next signing in.

    A form of the account from before is refused.
    """
    user.must_change_password = by != user
    user.save(update_fields=["must_change_password"])
    User.objects.filter(pk=user.pk).update(version=F("version") + 1)
    user.refresh_from_db(fields=["version"])
    log.record("user.password", user.username, by=by, at=at)


def note_second_factor(user: User, is_on: bool, *, by: User | None, at: datetime) -> None:
    """Within the transaction that switched it."""
    before, after = {"second_factor": not is_on}, {"second_factor": is_on}
    log.record("user.second_factor", user.username, by=by, at=at, before=before, after=after)


def take_second_factor(user: User, *, by: User | None, at: datetime) -> bool:
    """From somebody who lost the phone and the recovery codes; whether there was one."""
    with transaction.atomic():
        count, _rows = Authenticator.objects.filter(user=user).delete()
        if count:
            note_second_factor(user, False, by=by, at=at)
    return count > 0


def told(user: User) -> dict:
    """An account as the audit keeps it."""
    values = {name: getattr(user, name) for name in TOLD}
    department = user.department.code if user.department else None
    roles = sorted(user.groups.values_list("name", flat=True))
    return values | {"department": department, "roles": roles} | _further_units_told(user)


def _further_units_told(user: User) -> dict:
    """From when to when for which unit; of why, which is personal, the audit keeps only that it changed."""
    rows = list(user.further_units.select_related("department")) if user.pk else []
    terms = [f"{row.department.code} {row.first_on}/{row.last_on or '..'}" for row in rows]
    return {"further_units": terms, "further_units_why": [row.reason for row in rows]}
