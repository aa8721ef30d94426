"""Several claims decided on at once, each as if it were alone: its own checks, its own audit entry.

One transaction, one rebuild a project. What cannot be decided on any more, or not by this person, is left and
given back with its reason; the others are done. One alone is `claims.approval`, those of a file
`claims.batch_approval`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from projects.audit import log
from projects.audit.data_version import locked_version, publishing
from projects.audit.log import Told
from projects.claims import approval, projection
from projects.claims.batch_approval import READ_WITH
from projects.claims.checks import faults_of_all
from projects.core.refusals import Fault, Refused
from projects.models import Claim, User
from projects.models.user import person_of

MAX_TOGETHER = 100


@dataclass(frozen=True, slots=True)
class DecidedTogether:
    """What was decided on, and by their references what was left, with the reason."""

    done: list[Claim] = field(default_factory=list)
    left: dict[str, list[Fault]] = field(default_factory=dict)


def approve(refs: Sequence[str], *, by: User, at: datetime) -> DecidedTogether:
    """Publish them; where two correct the same claim, the first does."""
    with publishing(at):
        waiting, decided = _waiting(refs, by)
        for row in waiting:
            row.known_on = approval.published_on(row, at)
        corrected: set[int] = set()
        for row, faults in zip(waiting, faults_of_all(waiting, at), strict=True):
            if row.corrects_id in corrected:
                faults = [*faults, Fault("corrected_already", "corrects", {"ref": row.corrects.ref})]
            if faults:
                decided.left[row.ref] = faults
                continue
            decided.done.append(row)
            corrected |= {row.corrects_id} - {None}
            row.approved_by, row.approved_at = by, at
            row.save(update_fields=["known_on", "approved_by", "approved_at"])
        projection.rebuild_batch(list({row.project_id: row.project for row in decided.done}.values()))
        told = [Told(row.ref, after=approval.as_json(row)) for row in decided.done]
        log.record_each("claim.approve", told, by=by, at=at)
    return decided


def refuse(refs: Sequence[str], *, by: User, at: datetime, why: str) -> DecidedTogether:
    """They stay, with the one reason, and are never public."""
    if not why.strip():
        raise Refused("note_missing", "why")
    with transaction.atomic():
        locked_version()  # in the order of `approve`
        waiting, decided = _waiting(refs, by)
        for row in waiting:
            row.refused_by, row.refused_at, row.refused_why = by, at, why.strip()
            row.save(update_fields=["refused_by", "refused_at", "refused_why"])
        told = [Told(row.ref, after={"why": why.strip()}) for row in waiting]
        log.record_each("claim.refuse", told, by=by, at=at)
        decided.done.extend(waiting)
    return decided


def _waiting(refs: Sequence[str], by: User) -> tuple[list[Claim], DecidedTogether]:
    """Those that still wait, locked, as this person may decide on them; and what is left of the others."""
    if not person_of(by).may_decide(None, alone_may=False):
        raise PermissionDenied("reviewers and data editors decide on claims")
    if len(refs) > MAX_TOGETHER:
        raise ValueError("too many claims")
    rows = Claim.objects.filter(ref__in=refs).select_related(*READ_WITH).order_by("entered_at", "ref")
    found = {row.ref: row for row in rows.select_for_update(of=["self"])}
    decided = DecidedTogether()
    for ref in refs:
        if fault := _fault_of(ref, found.get(ref), by):
            decided.left[ref] = [fault]
    return [row for row in found.values() if row.ref not in decided.left], decided


def _fault_of(ref: str, row: Claim | None, by: User) -> Fault | None:
    """Why it is left; one that was taken back, or changed, is there no more."""
    if row is None or row.approved_at or row.refused_at:
        return Fault("decided_already", "", {"ref": ref})
    if approval.is_of_batch(row):
        return Fault("decided_with_its_file", "", {"ref": ref})
    may = person_of(by).may_decide(row.entered_by_id, settings.ALONE_MAY_APPROVE)
    return None if may else Fault("entered_by_oneself", "", {"ref": ref})
