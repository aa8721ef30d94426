"""The claims of one batch: entered, approved and refused together, each as if it were alone.

The checks are those of `claims.approval`; the rows are written by a few statements, however many there are.
Runs in the caller's transaction, which also writes the one entry of the audit (`imports.batches`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Case, DateField, F, Q, QuerySet, Value, When
from django.db.models.functions import Greatest, Least
from django.utils import timezone

from projects.audit.data_version import current_version
from projects.choices import Origin, SourceKind
from projects.claims import approval, projection
from projects.claims.checks import faults_of_all
from projects.core.refusals import Refused
from projects.models import Batch, Claim, Project, Source, User
from projects.models.assertion import holds_only
from projects.models.managers import BATCH, with_named

READ_WITH = ("project", "source", "section", "corrects")
READ_WITH += tuple(f"corrects__{name}" for name in ("project", "source", "section"))
# Rows at hand, and codes that the rules ask about: the database holds both.
UNASKED = [one.name for one in Claim._meta.concrete_fields if one.is_relation or one.choices]


def enter(drafts: Sequence[Claim], batch: Batch, *, by: User, at: datetime, is_checked: bool = False) -> None:
    """Keep them as pending. Nothing public changes until a second person approves the batch.

    Whoever has asked the rules about them already (`claims.checks`), on the same record, says so.
    """
    for draft in drafts:
        draft.ref = draft.ref or approval.new_ref(at)
        draft.batch, draft.origin = batch, Origin.IMPORT
        draft.entered_by, draft.entered_at = by, at
        draft.known_on = draft.known_on or approval.known_on_of(draft, at)
        draft.clean_fields(exclude=UNASKED)
    if not is_checked:
        _refuse_faults(drafts, at)
    Claim.objects.bulk_create(drafts, batch_size=BATCH)


@dataclass(frozen=True, slots=True)
class CheckedClaims:
    """Pending claims as they will be published, checked on the record of one data version."""

    version: int
    told: dict[str, dict]  # by reference, as the audit covers them

    @classmethod
    def of(cls, claims: QuerySet[Claim], at: datetime) -> "CheckedClaims":
        """Raise `Refused` with all that is wrong with them."""
        version = current_version()
        rows = with_named(claims.order_by("ref"), *READ_WITH)
        for row in rows:
            row.known_on = approval.published_on(row, at)
        _refuse_faults(rows, at)
        return cls(version, {row.ref: approval.as_json(row) for row in rows})


def approve(claims: QuerySet[Claim], *, by: User, at: datetime) -> None:
    """Publish them in one statement; who calls has checked them (`CheckedClaims`), and rebuilds."""
    try:
        with transaction.atomic():
            claims.update(approved_by=by, approved_at=at, known_on=_published_on(at))
    except IntegrityError as twice:
        raise Refused("corrected_already", "corrects", ref="") from twice


def refuse(claims: QuerySet[Claim], *, by: User, at: datetime, why: str) -> int:
    return claims.update(refused_by=by, refused_at=at, refused_why=why)


def rebuild(projects: QuerySet[Project]) -> None:
    """Once each, in few statements."""
    projection.rebuild_batch(list(projects))


def _refuse_faults(drafts: Sequence[Claim], at: datetime) -> None:
    """Raise `Refused` with all of them."""
    if found := [fault for faults in faults_of_all(drafts, at) for fault in faults]:
        raise Refused.of(found)


def _published_on(at: datetime) -> Case:
    """As `approval.published_on` says of each."""
    today = Value(timezone.localdate(at), DateField())
    withdrawn = When(Q(corrects__isnull=False) & holds_only(None), then=Greatest(F("known_on"), today))
    documents = Source.objects.filter(kind__in=[one for one in SourceKind if one.is_document])
    said = When(Q(corrects__isnull=True, source__in=documents), then=Least(F("known_on"), today))
    return Case(said, withdrawn, default=today)
