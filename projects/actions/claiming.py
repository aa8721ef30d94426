"""Claims: entered, approved or refused by a second person, corrected, withdrawn; never edited.

What a draft must satisfy is `rules.checks`; who may decide is `rules.access`. What a claim changes
about where a project stands is `actions.projecting`.
"""

import secrets
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from projects.actions import auditing, projecting
from projects.actions.publishing import publishing
from projects.choices import Origin, SourceKind, Stage
from projects.models import Claim, Indicator, Standing, User
from projects.models.assertion import EMPTY
from projects.rules.access import may_decide
from projects.rules.checks import Corrected, Fault, Refused, faults_of, lacks_note

COPIED = ("project", "topic", "measure", "scope", "period", "as_of")


class AlreadyDecided(Exception):
    """Somebody approved or refused it a moment ago."""


def enter(claim: Claim, *, by: User, at: datetime, origin: Origin = Origin.EDITOR) -> Claim:
    """Keep a new claim as pending. Nothing public changes until a second person approves it."""
    claim.ref = claim.ref or new_ref(at)
    claim.origin, claim.entered_by, claim.entered_at = origin, by, at
    claim.approved_by = claim.approved_at = claim.refused_by = claim.refused_at = None
    claim.known_on = claim.known_on or known_on_of(claim, at)
    with transaction.atomic():
        refuse_faults(claim, at)
        claim.full_clean(exclude=["entered_by"])
        claim.save(force_insert=True)
        auditing.record("claim.enter", claim.ref, by=by, at=at, after=as_json(claim))
    return claim


def approve(claim: Claim, *, by: User, at: datetime) -> Claim:
    """Publish a pending claim: the projection follows in the same transaction."""
    require_second_person(claim, by)
    with publishing(at):
        claim = _pending(claim)
        claim.known_on = published_on(claim, at)
        refuse_faults(claim, at)
        claim.approved_by, claim.approved_at = by, at
        try:
            with transaction.atomic():
                claim.save(update_fields=["known_on", "approved_by", "approved_at"])
        except IntegrityError as twice:
            raise Refused([Fault("corrected_already", "corrects", {"ref": claim.corrects.ref})]) from twice
        projecting.rebuild(claim.project)
        auditing.record("claim.approve", claim.ref, by=by, at=at, after=as_json(claim))
    return claim


def refuse(claim: Claim, *, by: User, at: datetime, why: str) -> Claim:
    """Refuse a pending claim; it stays, with the reason, and is never public."""
    require_second_person(claim, by)
    with transaction.atomic():
        claim = _pending(claim)
        claim.refused_by, claim.refused_at, claim.refused_why = by, at, why
        claim.save(update_fields=["refused_by", "refused_at", "refused_why"])
        auditing.record("claim.refuse", claim.ref, by=by, at=at, after={"why": why})
    return claim


def discard(claim: Claim, *, by: User, at: datetime) -> None:
    """Take back a pending claim of one's own that was never public."""
    if claim.entered_by_id != by.pk:
        raise PermissionDenied("only who entered a pending claim may discard it")
    with transaction.atomic():
        claim = _pending(claim)
        before = as_json(claim)
        Claim.objects.filter(pk=claim.pk).delete()
        auditing.record("claim.discard", claim.ref, by=by, at=at, before=before)


def correction_of(claim: Claim, **changes) -> Claim:
    """A draft that corrects a claim: the same series and as-of, the values as given."""
    draft = Claim(**{name: getattr(claim, name) for name in COPIED} | changes)
    draft.corrects = claim
    return draft


def withdrawal_of(claim: Claim, **changes) -> Claim:
    """A draft without a value: the claim was wrong, and nothing is put in its place."""
    return correction_of(claim, **changes)


def new_ref(at: datetime) -> str:
    return f"e{timezone.localdate(at):%y%m%d}-{secrets.token_hex(4)}"


def known_on_of(claim: Claim, at: datetime) -> date:
    """For a document the earlier of its publication and its entry, else the day of entry."""
    today = timezone.localdate(at)
    return min(claim.source.published_latest, today) if is_document(claim) else today


def published_on(claim: Claim, at: datetime) -> date:
    """A correction or a report becomes known when it is approved; a document's claim was known before."""
    today = timezone.localdate(at)
    return min(claim.known_on, today) if is_document(claim) and not claim.corrects_id else today


def is_document(claim: Claim) -> bool:
    return claim.source.kind in (SourceKind.NEWSPAPER, SourceKind.NOTICE)


def require_second_person(claim: Claim, by: User) -> None:
    roles = frozenset(by.groups.values_list("name", flat=True))
    alone_may = settings.ALONE_MAY_APPROVE
    if not may_decide(by.pk, roles, by.is_superuser, claim.entered_by_id, alone_may):
        raise PermissionDenied("a claim is decided by a second person")


def refuse_faults(claim: Claim, at: datetime) -> None:
    """Raise `Refused` with everything that is wrong with a draft."""
    draft = claim.statement()
    before = Standing.objects.today().filter(project=claim.project).values_list("stage", flat=True).first()
    faults = faults_of(
        draft,
        project=claim.project.code,
        measures=frozenset(Indicator.objects.values_list("code", flat=True)),
        corrected=_corrected(claim),
        today=timezone.localdate(at),
    )
    faults += lacks_note(draft, claim.note, Stage(before) if before else None)
    if faults:
        raise Refused(faults)


def _corrected(claim: Claim) -> Corrected | None:
    if claim.corrects is None or claim.corrects.approved_at is None:
        return None
    others = Claim.objects.approved().filter(corrects=claim.corrects).exclude(pk=claim.pk)
    return Corrected(claim.corrects.project.code, claim.corrects.statement(), others.exists())


def _pending(claim: Claim) -> Claim:
    """The row as it is now, locked; two people deciding at once do it once."""
    try:
        return Claim.objects.pending().select_for_update(of=["self"]).get(pk=claim.pk)
    except Claim.DoesNotExist:
        raise AlreadyDecided(claim.ref) from None


def as_json(claim: Claim) -> dict:
    """What the audit keeps of a claim."""
    return {
        "project": claim.project.code,
        "topic": claim.topic,
        "measure": claim.measure,
        "scope": claim.scope,
        "period": claim.period,
        "value": next(
            (str(getattr(claim, name)) for name in EMPTY if getattr(claim, name) != EMPTY[name]), None
        ),
        "unit": claim.unit,
        "as_of": claim.as_of,
        "known_on": claim.known_on.isoformat(),
        "source": claim.source.code,
        "corrects": claim.corrects.ref if claim.corrects else None,
    }
