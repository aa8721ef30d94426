"""Hiding a public project: one asks with a reason, a second person decides; showing again takes a reason.

Each write is one transaction with one audit entry, and counts once: who comes later is told so. What leaves
the public pages with it follows from `Project.is_public`.
"""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from projects.audit import log
from projects.audit.data_version import locked_version, publishing
from projects.choices import HidingState, Role
from projects.claims import projection
from projects.core.refusals import Refused
from projects.models import HidingRequest, Project, User
from projects.models.hiding import MAX_REASON
from projects.models.user import person_of


def ask(project: Project, *, reason: str, by: User, at: datetime) -> HidingRequest:
    """Nothing changes until a second person decides."""
    _refuse_strangers(by)
    wish = HidingRequest(project=project, reason=_said(reason), asked_by=by, asked_at=at)
    with transaction.atomic():
        locked_version()
        project.refresh_from_db()
        if open_request(project):
            raise Refused("hiding_is_open")
        _require_public(project)
        wish.save(force_insert=True)
        log.record("project.ask_hiding", project.code, by=by, at=at, after={"reason": wish.reason})
    return wish


def take_back(wish: HidingRequest, *, by: User, at: datetime) -> HidingRequest:
    """By whoever asked, before it is decided."""
    if by.pk != wish.asked_by_id:
        raise PermissionDenied("a wish is taken back by who asked")
    with transaction.atomic():
        locked_version()
        row = _locked(wish, HidingState.WAITING)
        row.state = HidingState.TAKEN_BACK
        row.save()
        log.record("project.take_back_hiding", row.project.code, by=by, at=at)
    return row


def may_decide(wish: HidingRequest, by: User) -> bool:
    return person_of(by).may_decide(wish.asked_by_id, settings.ALONE_MAY_APPROVE)


def approve(wish: HidingRequest, *, by: User, at: datetime) -> HidingRequest:
    """Hide the project."""
    _require_second_person(wish, by)
    with publishing(at):
        row = _locked(wish, HidingState.WAITING)
        _require_public(row.project)
        row.state, row.decided_by, row.decided_at = HidingState.HIDDEN, by, at
        row.save()
        _set_public(row.project, is_public=False)
        told = {"is_public": False, "reason": row.reason, "asked_by": row.asked_by.get_username()}
        log.record("project.hide", row.project.code, by=by, at=at, before={"is_public": True}, after=told)
    return row


def refuse(wish: HidingRequest, *, why: str, by: User, at: datetime) -> HidingRequest:
    """The project stays as it is; who asked reads the reason."""
    _require_second_person(wish, by)
    why = _said(why)
    with transaction.atomic():
        locked_version()
        row = _locked(wish, HidingState.WAITING)
        row.state, row.decided_by, row.decided_at, row.refused_why = HidingState.REFUSED, by, at, why
        row.save()
        log.record("project.refuse_hiding", row.project.code, by=by, at=at, after={"why": why})
    return row


def show(wish: HidingRequest, *, why: str, by: User, at: datetime) -> HidingRequest:
    """Public again at once, as it was: nobody has to wait for what everybody could read before."""
    _refuse_strangers(by)
    why = _said(why)
    with publishing(at):
        row = _locked(wish, HidingState.HIDDEN)
        row.state, row.shown_by, row.shown_at, row.shown_why = HidingState.SHOWN, by, at, why
        row.save()
        _set_public(row.project, is_public=True)
        sides = {"before": {"is_public": False}, "after": {"is_public": True, "why": why}}
        log.record("project.show", row.project.code, by=by, at=at, **sides)
    return row


def open_request(project: Project) -> HidingRequest | None:
    """The one that waits, or by which the project is hidden."""
    rows = project.hiding_requests.filter(state__in=[HidingState.WAITING, HidingState.HIDDEN])
    return rows.select_related("asked_by__department", "decided_by__department").first()


def _locked(wish: HidingRequest, state: HidingState) -> HidingRequest:
    """As it is now: whoever is later than another finds it decided."""
    rows = HidingRequest.objects.select_for_update(of=["self"]).select_related("project", "asked_by")
    row = rows.get(pk=wish.pk)
    if row.state != state:
        raise Refused("decided_already", ref=row.project.code)
    return row


def _set_public(project: Project, *, is_public: bool) -> None:
    project.is_public = is_public
    project.version += 1
    project.save(update_fields=["is_public", "version"])
    projection.rebuild(project)


def _said(words: str) -> str:
    words = " ".join(words.split())
    if not words:
        raise Refused("text_missing", "why")
    if len(words) > MAX_REASON:
        raise Refused("reason_long", "why", most=str(MAX_REASON))
    return words


def _require_public(project: Project) -> None:
    if not project.is_public:
        raise Refused("hiding_of_private", text=project.code)


def _require_second_person(wish: HidingRequest, by: User) -> None:
    if not may_decide(wish, by):
        raise PermissionDenied("hiding is decided by a second person")


def _refuse_strangers(by: User) -> None:
    person = person_of(by)
    if not (person.has(Role.EDITOR) or person.is_superuser):
        raise Refused("not_yours")
