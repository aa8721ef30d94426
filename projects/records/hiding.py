"""Hiding a public project: one asks with a reason, a second person decides; showing again takes a reason.

Each write is one transaction with one audit entry, and counts once: who comes later is told so. What leaves
the public pages with it follows from `Project.is_public`.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from projects.audit import log
from projects.audit.data_version import locked_version, publishing
from projects.choices import BatchState, HidingState, Role
from projects.claims import projection
from projects.core.refusals import Refused
from projects.models import HidingRequest, Project, User
from projects.models.hiding import MAX_REASON
from projects.models.user import person_of
from projects.search import index

LOCKED_WITH = ("project", "same_as", "batch", "asked_by")


def ask(
    project: Project, *, reason: str, by: User, at: datetime, same_as: Project | None = None
) -> HidingRequest:
    """Nothing changes until a second person decides. A double names the one that stays."""
    _refuse_strangers(by)
    wish = HidingRequest(project=project, same_as=same_as, reason=_said(reason), asked_by=by, asked_at=at)
    with transaction.atomic():
        locked_version()
        project.refresh_from_db()
        if open_request(project):
            raise Refused("hiding_is_open")
        _require_public(project)
        if same_as:
            require_staying(project, same_as)
        wish.save(force_insert=True)
        told = {"reason": wish.reason} | _names(wish)
        log.record("project.ask_hiding", project.code, by=by, at=at, after=told)
    return wish


def take_back(wish: HidingRequest, *, by: User, at: datetime) -> HidingRequest:
    """By whoever asked, before it is decided."""
    if by.pk != wish.asked_by_id:
        raise PermissionDenied("a wish is taken back by who asked")
    with transaction.atomic():
        locked_version()
        row = locked(wish, HidingState.WAITING)
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
        row = locked(wish, HidingState.WAITING)
        _require_public(row.project)
        if row.same_as:
            require_staying(row.project, row.same_as)
        if row.batch and row.batch.state != BatchState.APPROVED:
            raise Refused("decided_with_hiding", text=row.batch.file_name)
        row.state, row.decided_by, row.decided_at = HidingState.HIDDEN, by, at
        row.save()
        _set_public(row, is_public=False)
        told = {"is_public": False, "reason": row.reason, "asked_by": row.asked_by.get_username()}
        told |= _names(row)
        log.record("project.hide", row.project.code, by=by, at=at, before={"is_public": True}, after=told)
    return row


def refuse(wish: HidingRequest, *, why: str, by: User, at: datetime) -> HidingRequest:
    """The project stays as it is; who asked reads the reason."""
    _require_second_person(wish, by)
    why = _said(why)
    with transaction.atomic():
        locked_version()
        row = locked(wish, HidingState.WAITING)
        row.state, row.decided_by, row.decided_at, row.refused_why = HidingState.REFUSED, by, at, why
        row.save()
        log.record("project.refuse_hiding", row.project.code, by=by, at=at, after={"why": why})
    return row


def show(wish: HidingRequest, *, why: str, by: User, at: datetime) -> HidingRequest:
    """Public again at once, as it was: nobody has to wait for what everybody could read before."""
    _refuse_strangers(by)
    why = _said(why)
    with publishing(at):
        row = locked(wish, HidingState.HIDDEN)
        row.state, row.shown_by, row.shown_at, row.shown_why = HidingState.SHOWN, by, at, why
        row.save()
        _set_public(row, is_public=True)
        sides = {"before": {"is_public": False}, "after": {"is_public": True, "why": why}}
        log.record("project.show", row.project.code, by=by, at=at, **sides)
    return row


def open_request(project: Project) -> HidingRequest | None:
    """The one that waits, or by which the project is hidden."""
    rows = project.hiding_requests.filter(state__in=[HidingState.WAITING, HidingState.HIDDEN])
    return rows.select_related("same_as", "batch", "asked_by__department", "decided_by__department").first()


def leads_to(project: Project) -> Project | None:
    """The public record that a double leads to, however many lie between: each of them stayed once."""
    stays: Project | None = project
    while stays and not stays.is_public:
        wish = HidingRequest.objects.in_force().filter(project=stays).select_related("same_as").first()
        stays = wish.same_as if wish else None
    return stays


def doubles_of(projects: Collection[int]) -> dict[int, list[str]]:
    """By the key of what stays, the codes of all that lead to it; a read for each that lies between."""
    found: dict[int, list[str]] = defaultdict(list)
    stays = {key: key for key in projects}
    while stays:
        rows = HidingRequest.objects.in_force().filter(same_as__in=stays).order_by("project__code")
        between = {}
        for key, code, same_as in rows.values_list("project", "project__code", "same_as"):
            between[key] = stays[same_as]
            found[stays[same_as]].append(code)
        stays = between
    return found


def stays_of_doubles() -> dict[int, int]:
    """By the key of each double the key of what it leads to in the end."""
    rows = HidingRequest.objects.in_force().filter(same_as__isnull=False)
    leads = dict(rows.values_list("project", "same_as"))
    return {double: _end(leads, double) for double in leads}


def _end(leads: dict[int, int], double: int) -> int:
    while double in leads:
        double = leads[double]
    return double


def locked(wish: HidingRequest, state: HidingState) -> HidingRequest:
    """As it is now: whoever is later than another finds it decided."""
    rows = HidingRequest.objects.select_for_update(of=["self"]).select_related(*LOCKED_WITH)
    row = rows.get(pk=wish.pk)
    if row.state != state:
        raise Refused("decided_already", ref=row.project.code)
    return row


def _set_public(row: HidingRequest, *, is_public: bool) -> None:
    """Hide the project or show it; the record that stays is indexed anew: its doubles' names find it."""
    project = row.project
    project.is_public = is_public
    project.version += 1
    project.save(update_fields=["is_public", "version"])
    projection.rebuild(project)
    if row.same_as:
        index.index(Project.objects.filter(pk=row.same_as.pk))


def _names(wish: HidingRequest) -> dict:
    return {"same_as": wish.same_as.code} if wish.same_as else {}


def require_staying(project: Project, same_as: Project) -> None:
    """No circle comes about: what stays is public, so that it leads nowhere."""
    same_as.refresh_from_db()
    if same_as == project or not same_as.is_public or open_request(same_as):
        raise Refused("same_as_unfit", "same_as", text=same_as.code)


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
