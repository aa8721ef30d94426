"""Claims and statistics: entered, approved or refused by a second person, corrected; never edited.

What a draft must satisfy is `claims.checks`; who may decide is `core.roles`. What a claim changes
about where a project stands is `claims.projection`.
"""

import secrets
from datetime import date, datetime
from typing import TypeVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from projects.audit import log
from projects.audit.data_version import locked_version, publishing
from projects.choices import Origin, SourceKind
from projects.claims import projection
from projects.claims.checks import refuse_faults
from projects.core.refusals import Refused
from projects.models import Claim, Statistic, User
from projects.models.assertion import EMPTY
from projects.models.user import person_of

Assertion = TypeVar("Assertion", Claim, Statistic)

# What makes the series; a correction keeps it, and the as-of unless that was wrong.
SERIES = {
    Claim: ("project", "topic", "measure", "scope", "period", "method"),
    Statistic: ("subject", "period", "method", "is_target"),
}


def enter(draft: Assertion, *, by: User, at: datetime, origin: Origin = Origin.EDITOR) -> Assertion:
    """Keep a new one as pending. Nothing public changes until a second person approves it."""
    with transaction.atomic():
        _keep(draft, by, at, since=at, origin=origin)
        _record("enter", draft, by=by, at=at, after=as_json(draft))
    return draft


def _keep(draft: Assertion, by: User, at: datetime, *, since: datetime, origin: str) -> None:
    """As pending, waiting `since` then."""
    draft.ref = draft.ref or new_ref(at)
    draft.origin, draft.entered_by, draft.entered_at = origin, by, since
    draft.approved_by = draft.approved_at = draft.refused_by = draft.refused_at = None
    draft.known_on = draft.known_on or known_on_of(draft, at)
    draft.clean_fields()  # a date that cannot be read has no statement to ask the rules about
    refuse_faults(draft, at)
    draft.full_clean(exclude=["entered_by"])
    draft.save(force_insert=True)


def approve(pending: Assertion, *, by: User, at: datetime) -> Assertion:
    """Publish a pending one: the projection follows in the same transaction."""
    require_second_person(pending, by)
    with publishing(at):
        row = _pending(pending)
        row.known_on = published_on(row, at)
        refuse_faults(row, at)
        row.approved_by, row.approved_at = by, at
        try:
            with transaction.atomic():
                row.save(update_fields=["known_on", "approved_by", "approved_at"])
        except IntegrityError as twice:
            raise Refused("corrected_already", "corrects", ref=row.corrects.ref) from twice
        if isinstance(row, Claim):
            projection.rebuild(row.project)
        _record("approve", row, by=by, at=at, after=as_json(row))
    return row


def refuse(pending: Assertion, *, by: User, at: datetime, why: str) -> Assertion:
    """Refuse a pending one; it stays, with the reason, and is never public."""
    require_second_person(pending, by)
    with transaction.atomic():
        locked_version()  # in the order of `approve`, so that two who decide do not block each other
        row = _pending(pending)
        row.refused_by, row.refused_at, row.refused_why = by, at, why
        row.save(update_fields=["refused_by", "refused_at", "refused_why"])
        _record("refuse", row, by=by, at=at, after={"why": why})
    return row


def discard(pending: Assertion, *, by: User, at: datetime) -> None:
    """Take back a pending one of one's own that was never public."""
    if pending.entered_by_id != by.pk:
        raise PermissionDenied("only who entered a pending claim may discard it")
    with transaction.atomic():
        locked_version()  # in the order of `approve`, so that two who decide do not block each other
        row = _pending(pending)
        before = as_json(row)
        type(row).objects.filter(pk=row.pk).delete()
        _record("discard", row, by=by, at=at, before=before)


def change(pending: Assertion, draft: Assertion, *, by: User, at: datetime) -> Assertion:
    """Put another in the place of one's own that was never public, in the same place of the queue.

    It has a reference of its own: who has read the old one cannot approve what was not read.
    """
    if pending.entered_by_id != by.pk:
        raise PermissionDenied("only who entered a pending claim may change it")
    with transaction.atomic():
        locked_version()  # in the order of `approve`, so that two who decide do not block each other
        row = _pending(pending)
        before = {"ref": row.ref} | as_json(row)
        type(row).objects.filter(pk=row.pk).delete()
        _keep(draft, by, at, since=row.entered_at, origin=row.origin)
        _record("change", draft, by=by, at=at, before=before, after=as_json(draft))
    return draft


def correction_of(published: Assertion, **changes) -> Assertion:
    """A draft that corrects a published one: the same series and as-of, the values as given.

    Without a value it withdraws: what was published was wrong, and nothing is put in its place.
    """
    kept = {name: getattr(published, name) for name in (*SERIES[type(published)], "as_of")}
    draft = type(published)(**kept | changes)
    draft.corrects = published
    return draft


def other_value(draft: Assertion, besides: Assertion | None = None) -> Assertion | None:
    """A claim on record of the same source, series and as-of that has another value; None for a correction.

    The form warns of it: one of the two was probably mistyped.
    """
    if draft.corrects_id:
        return None
    series = {name: getattr(draft, name) for name in SERIES[type(draft)]}
    rows = type(draft).objects.filter(source=draft.source, as_of=draft.as_of, refused_at=None, **series)
    found = rows.with_correction().filter(is_corrected=False).order_by("pk")
    return next((one for one in found if one != besides and one.value() != draft.value()), None)


def new_ref(at: datetime) -> str:
    return f"e{timezone.localdate(at):%y%m%d}-{secrets.token_hex(4)}"


def known_on_of(draft: Assertion, at: datetime) -> date:
    """For a document the earlier of its publication and its entry, else the day of entry."""
    today = _day_of(draft, at)
    return min(draft.source.published_latest, today) if is_from_document(draft) else today


def published_on(row: Assertion, at: datetime) -> date:
    """A correction or a report becomes known when it is approved; a document's claim was known before."""
    today = _day_of(row, at)
    return min(row.known_on, today) if is_from_document(row) else today


def _day_of(row: Assertion, at: datetime) -> date:
    """Today; for the withdrawal of what a wrong clock put into the future, that same day: it never shows."""
    today = timezone.localdate(at)
    return max(today, row.corrects.known_on) if row.corrects and row.is_withdrawal else today


def is_from_document(row: Assertion) -> bool:
    return SourceKind(row.source.kind).is_document and not row.corrects_id


def require_second_person(pending: Assertion, by: User) -> None:
    if not person_of(by).may_decide(pending.entered_by_id, settings.ALONE_MAY_APPROVE):
        raise PermissionDenied("a claim is decided by a second person")


def _pending(one: Assertion) -> Assertion:
    """The row as it is now, locked; two people deciding at once do it once, and none of a batch alone."""
    try:
        row = type(one).objects.pending().select_for_update(of=["self"]).get(pk=one.pk)
    except type(one).DoesNotExist:
        raise Refused("decided_already", ref=one.ref) from None
    if is_of_batch(row):
        raise Refused("decided_with_its_file", ref=row.ref)
    return row


def is_of_batch(row: Assertion) -> bool:
    """It came with a file, and is decided with it (`imports.decisions`)."""
    return isinstance(row, Claim) and row.batch_id is not None


def _record(verb: str, row: Assertion, **what) -> None:
    log.record(f"{row._meta.model_name}.{verb}", row.ref, **what)


def as_json(row: Assertion) -> dict:
    """What the audit keeps of a claim or a statistic."""
    series = {name: getattr(row, name) for name in SERIES[type(row)]}
    for name in ("project", "subject"):
        if name in series:
            series[name] = series[name].code
    values = (getattr(row, name) for name in EMPTY if getattr(row, name) != EMPTY[name])
    if isinstance(row, Statistic):
        series["members"] = row.members
    return series | {
        "value": next(map(str, values), None),
        "unit": row.unit,
        "decimals": row.decimals,
        "qualifier": row.qualifier,
        "printed_as": row.printed_as,
        "as_of": row.as_of,
        "known_on": row.known_on.isoformat(),
        "source": row.source.code,
        "place": [row.section.number if row.section else None, row.paragraph, row.sentence],
        "basis": row.basis,
        "note": row.note,
        "corrects": row.corrects.ref if row.corrects else None,
    }
