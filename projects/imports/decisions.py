"""A second person decides on an imported file: approved or refused whole, or withdrawn by a second batch.

One transaction, one update of the claims, one entry with the digest, one rebuild a project.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from projects.audit.data_version import locked_version, publishing
from projects.audit.rules import digests
from projects.choices import BatchState, NoticeKind, Role, SourceKind
from projects.claims import batch_approval
from projects.claims.batch_approval import CheckedClaims
from projects.core.refusals import Refused
from projects.imports import identity, organisations
from projects.imports.batches import advance, locked, note, refuse_strangers
from projects.imports.claim_drafts import withdrawal_of
from projects.imports.rules import compared
from projects.imports.rules.compared import ComparedRow
from projects.models import Batch, Claim, Project, Source, User
from projects.models.user import person_of
from projects.notices import inbox
from projects.notices.rules import Reminder

OVERTAKEN = "已另行更正"  # why a withdrawal is refused: what it withdraws was corrected meanwhile


def rows_of(batch: Batch) -> list[ComparedRow]:
    """As they were sent, for the second person and for later."""
    return [compared.of_plain(told) for told in batch.became]


def may_decide(batch: Batch, by: User) -> bool:
    return person_of(by).may_decide(batch.sent_by_id, settings.ALONE_MAY_APPROVE)


def approve(batch: Batch, *, expected: int, by: User, at: datetime, with_hiding: bool = False) -> Batch:
    """Publish it, or withdraw what it withdraws: all or nothing. That of a double comes `with_hiding` it."""
    _refuse_alone(batch, with_hiding)
    _require_second_person(batch, by)
    checked = None if batch.withdraws_id else CheckedClaims.of(batch.claims.pending(), at)
    with publishing(at) as version:
        row = locked(batch, BatchState.SENT, expected)
        if checked and checked.version != version.number - 1:  # while this one waited for others
            checked = CheckedClaims.of(row.claims.pending(), at)
        told = _published(row, checked, by, at) if checked else _withdrawn(row, by, at)
        row.state, row.approved_by, row.approved_at = BatchState.APPROVED, by, at
        advance(row)
        note("approve", row, by=by, at=at, after=told)
        _tell_of_approval(row, by, at)
    return row


def refuse(
    batch: Batch, *, expected: int, why: str, by: User, at: datetime, with_hiding: bool = False
) -> Batch:
    """It stays, with the reason, and is never public; neither are projects that it made."""
    _refuse_alone(batch, with_hiding)
    _require_second_person(batch, by)
    if not why.strip():
        raise Refused("note_missing", "why")
    with transaction.atomic():
        locked_version()
        row = locked(batch, BatchState.SENT, expected)
        refuse_sent(row, why=why.strip(), by=by, at=at)
        _tell(NoticeKind.FILE_REFUSED, row, row.sent_by_id, why.strip(), by=by, at=at)
    return row


def refuse_sent(row: Batch, *, why: str, by: User, at: datetime) -> None:
    """Its claims with it; who calls has locked it, and knows that `by` may."""
    count = batch_approval.refuse(row.claims.pending(), by=by, at=at, why=why)
    row.state, row.refused_by, row.refused_at, row.refused_why = BatchState.REFUSED, by, at, why
    advance(row)
    note("refuse", row, by=by, at=at, after={"claims": count, "why": why})


def withdraw(
    batch: Batch, *, expected: int, why: str, by: User, at: datetime, with_hiding: bool = False
) -> Batch:
    """Send a batch of withdrawals to a second person. What was corrected since is left, and listed."""
    _refuse_alone(batch, with_hiding)
    refuse_strangers(by)
    if not why.strip():
        raise Refused("note_missing", "why")
    with transaction.atomic():
        locked_version()
        row = locked(batch, BatchState.APPROVED, expected)
        if row.withdraws:
            raise Refused("batch_is_withdrawal")
        standing, left = withdrawable(row)
        if not standing:
            raise Refused("batch_changes_nothing")
        sent = _withdrawal(row, why.strip(), by, at)
        drafts = [withdrawal_of(claim, why.strip()) for claim in standing]
        batch_approval.enter(drafts, sent, by=by, at=at)
        sent.became, sent.claim_count = [{"left": left}], len(drafts)
        sent.save()
        told = {"withdraws": row.name, "claims": len(drafts), "left": left, "why": why.strip()}
        note("withdraw", sent, by=by, at=at, after=told)
    return sent


def withdrawable(batch: Batch) -> tuple[list[Claim], list[str]]:
    """The claims of an approved one that stand, and the references of those that were corrected since.

    What a cell withdrew is left, too: it comes back by being said again.
    """
    rows = batch.claims.approved().with_correction().select_related(*batch_approval.READ_WITH).order_by("ref")
    rows = list(rows)
    left = [one for one in rows if one.is_corrected or one.is_withdrawal]
    return [one for one in rows if one not in left], [one.ref for one in left]


# Approving


def _published(row: Batch, checked: CheckedClaims, by: User, at: datetime) -> dict:
    if row.claim_count:
        _publish_source(row.source, at)
    batch_approval.approve(row.claims.pending(), by=by, at=at)
    projects = identity.publish(row)
    rows = rows_of(row)
    changed = identity.apply(rows, by=by, at=at)
    named = organisations.apply([one for one in rows if one.is_organisation], by=by, at=at)
    said = Q(pk__in=row.claims.values("project"))
    batch_approval.rebuild(Project.objects.filter(said | Q(code__in=[*projects, *changed])))
    told = {"claims": digests.kept(checked.told), "projects": projects, "changed": changed}
    return told | ({"organisations": named} if named else {})


def _withdrawn(row: Batch, by: User, at: datetime) -> dict:
    of = row.withdraws
    overtaken = row.claims.pending().filter(corrects__in=_corrected(of))
    left = list(overtaken.values_list("corrects__ref", flat=True))
    batch_approval.refuse(overtaken, by=by, at=at, why=OVERTAKEN)
    checked = CheckedClaims.of(row.claims.pending(), at)
    batch_approval.approve(row.claims.pending(), by=by, at=at)
    hidden = identity.hide(of)
    of.state = BatchState.WITHDRAWN
    advance(of)
    batch_approval.rebuild(Project.objects.filter(pk__in=row.claims.values("project")))
    row.became = [{"left": [*row.became[0]["left"], *left]}]
    said = {"withdraws": of.name, "hidden": hidden, "left": row.became[0]["left"]}
    return {"claims": digests.kept(checked.told)} | said


def _publish_source(source: Source, at: datetime) -> None:
    """The file's own, with the first of its parts."""
    if source.kind == SourceKind.IMPORT and not source.is_public:
        source.is_public, source.published = True, timezone.localdate(at).isoformat()
        source.version += 1
        source.save()


def _refuse_alone(batch: Batch, with_hiding: bool) -> None:
    """What a double said is decided with its hiding, and withdrawn with its showing (`imports.doubles`)."""
    if batch.is_double and not with_hiding:
        raise Refused("decided_with_hiding", text=batch.file_name)


def _require_second_person(batch: Batch, by: User) -> None:
    if not may_decide(batch, by):
        raise PermissionDenied("a batch is decided by a second person")


# Telling who sent it


def _tell_of_approval(row: Batch, by: User, at: datetime) -> None:
    """A withdrawal is told to whoever sent what it withdraws, and to who asked for it."""
    if row.withdraws is None:
        _tell(NoticeKind.FILE_APPROVED, row, row.sent_by_id, "", by=by, at=at)
        return
    for person in {row.withdraws.sent_by_id, row.sent_by_id}:
        _tell(NoticeKind.FILE_WITHDRAWN, row.withdraws, person, row.why, by=by, at=at)


def _tell(kind: NoticeKind, row: Batch, to: int, why: str, *, by: User, at: datetime) -> None:
    """Send somebody a notice of a decision, but not oneself; of a double the hiding tells already."""
    if to == by.pk or row.is_double:
        return
    values = {"file": row.file_name, "batch": str(row.pk)} | ({"note": why} if why else {})
    inbox.tell([Reminder(kind, str(row.pk), Role.EDITOR, values=values, to=to)], at=at)


# Withdrawing


def _corrected(batch: Batch) -> QuerySet:
    return batch.claims.filter(corrections__approved_at__isnull=False).values("pk")


def _withdrawal(row: Batch, why: str, by: User, at: datetime) -> Batch:
    kept = ("file_name", "digest", "sheet", "sender", "source", "as_of")
    sent = Batch(withdraws=row, why=why, state=BatchState.SENT, **{name: getattr(row, name) for name in kept})
    sent.entered_by = sent.sent_by = by
    sent.entered_at = sent.saved_at = sent.sent_at = at
    try:
        with transaction.atomic():
            sent.save(force_insert=True)
    except IntegrityError as twice:
        raise Refused("batch_waits", text=row.file_name) from twice
    return sent
