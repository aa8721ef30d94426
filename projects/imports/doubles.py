"""A double of a record: hidden, its address leads on, its claims are proposed anew for the one that stays.

The claims are one batch, decided together with the hiding, whole or not at all. Nothing published is edited:
shown again, the double has all that it had, and the batch is withdrawn. Hiding itself is `records.hiding`.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from projects.audit.data_version import locked_version
from projects.choices import BatchState, HidingState
from projects.claims import approval, batch_approval
from projects.core import precedence
from projects.core.refusals import Refused
from projects.core.statements import Statement
from projects.imports import batches, decisions
from projects.imports.rules.compared import MAX_CLAIMS
from projects.models import Batch, Claim, HidingRequest, Project, User
from projects.models.assertion import EMPTY
from projects.models.batch import DOUBLE_SHEET
from projects.records import hiding
from projects.records.rules.doubles import unsaid

COPIED = (
    *approval.SERIES[Claim][1:],
    *(*EMPTY, "unit", "decimals", "qualifier", "printed_as", "basis", "as_of"),
    *("source", "section", "paragraph", "sentence", "note"),
)
NOTE = "原记于重复的 %s"  # of what had none: a step back needs one, and the public learns where it stood
TAKEN_BACK = "提出人撤回"


def ask(double: Project, kept: Project, *, reason: str, by: User, at: datetime) -> HidingRequest:
    """Nothing changes until a second person decides on all of it."""
    with transaction.atomic():
        locked_version()
        if Batch.objects.waiting().filter(withdraws__hiding__project=double).exists():
            raise Refused("double_withdrawal_waits", text=double.code)
        wish = hiding.ask(double, same_as=kept, reason=reason, by=by, at=at)
        if claims := proposed(double, kept, at):
            wish.batch = _sent(wish, claims, by, at)
            wish.save(update_fields=["batch"])
    return wish


def approve(wish: HidingRequest, *, by: User, at: datetime) -> HidingRequest:
    with transaction.atomic():
        locked_version()
        row = hiding.locked(wish, HidingState.WAITING)
        if row.same_as:
            hiding.require_staying(row.project, row.same_as)
            _require_same_claims(row, at)
        if batch := row.batch:
            decisions.approve(batch, expected=batch.version, by=by, at=at, with_hiding=True)
        return hiding.approve(row, by=by, at=at)


def refuse(wish: HidingRequest, *, why: str, by: User, at: datetime) -> HidingRequest:
    with transaction.atomic():
        locked_version()
        row = hiding.refuse(wish, why=why, by=by, at=at)
        if batch := row.batch:
            decisions.refuse(batch, expected=batch.version, why=why, by=by, at=at, with_hiding=True)
    return row


def take_back(wish: HidingRequest, *, by: User, at: datetime) -> HidingRequest:
    with transaction.atomic():
        locked_version()
        row = hiding.take_back(wish, by=by, at=at)
        if row.batch:
            decisions.refuse_sent(row.batch, why=TAKEN_BACK, by=by, at=at)
    return row


def show(wish: HidingRequest, *, why: str, by: User, at: datetime) -> HidingRequest:
    """Public again at once; the withdrawal of what the batch said waits for a second person, as any other."""
    with transaction.atomic():
        locked_version()
        row = hiding.show(wish, why=why, by=by, at=at)
        batch = row.batch
        if batch and batch.state == BatchState.APPROVED and decisions.withdrawable(batch)[0]:
            decisions.withdraw(
                batch, expected=batch.version, why=row.shown_why, by=by, at=at, with_hiding=True
            )
    return row


def proposed(double: Project, kept: Project, at: datetime) -> list[Claim]:
    """The public claims of a double that stand, but for what the other says equally from the same source."""
    today = timezone.localdate(at)
    rows = Claim.objects.public(today).filter(project=double)
    rows = {one.ref: one for one in rows.select_related(*batch_approval.READ_WITH).order_by("ref")}
    theirs = _live((one.statement() for one in rows.values()), at)
    held = Claim.objects.public(today).filter(project=kept).as_statements()
    return [rows[ref] for ref in unsaid(theirs, _live(held, at))]


def _live(said, at: datetime) -> list[Statement]:
    return list(precedence.live(list(said), timezone.localdate(at)))


def _sent(wish: HidingRequest, claims: list[Claim], by: User, at: datetime) -> Batch:
    if len(claims) > MAX_CLAIMS:
        raise Refused("double_too_large", most=str(MAX_CLAIMS), text=wish.project.code)
    refs = [one.ref for one in claims]
    name = f"{wish.project.code} → {wish.same_as.code}"
    batch = Batch(file_name=name, sheet=DOUBLE_SHEET, state=BatchState.SENT, source=claims[0].source)
    batch.digest = hashlib.sha256("\n".join([name, *refs]).encode()).hexdigest()
    batch.entered_by = batch.sent_by = by
    batch.entered_at = batch.saved_at = batch.sent_at = at
    batch.cells, batch.claim_count = refs, len(refs)  # what it was made from
    batch.save(force_insert=True)
    batch_approval.enter([_anew(one, wish.same_as) for one in claims], batch, by=by, at=at)
    batches.note("send", batch, by=by, at=at, after={"claims": len(refs), "projects": []})
    return batch


def _anew(claim: Claim, kept: Project) -> Claim:
    draft = Claim(project=kept, **{name: getattr(claim, name) for name in COPIED})
    draft.note = draft.note or NOTE % claim.project.code
    return draft


def _require_same_claims(wish: HidingRequest, at: datetime) -> None:
    """What was published of either since it was asked for has been read by nobody."""
    known = set(wish.batch.cells) if wish.batch else set()
    if known != {one.ref for one in proposed(wish.project, wish.same_as, at)}:
        raise Refused("double_moved_on", text=wish.project.code)
