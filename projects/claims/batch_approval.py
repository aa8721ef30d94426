"""The claims of one batch: entered, approved and refused together, each as if it were alone.

The checks are those of `claims.approval`; the rows are written by a few statements, however many there are.
Runs in the caller's transaction, which also writes the one entry of the audit (`imports.batches`).
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Case, DateField, F, Q, QuerySet, Value, When
from django.db.models.functions import Greatest, Least
from django.utils import timezone

from projects.choices import Origin, SourceKind
from projects.claims import approval, projection
from projects.claims.checks import faults_of_all
from projects.core.refusals import Refused
from projects.models import Batch, Claim, Project, Source, User
from projects.models.assertion import holds_only
from projects.models.managers import BATCH

READ_WITH = ("project", "source", "section", "corrects")
READ_WITH += tuple(f"corrects__{name}" for name in ("project", "source", "section"))
REFERENCES = [field.name for field in Claim._meta.concrete_fields if field.is_relation]


new_ref = approval.new_ref


def enter(drafts: Sequence[Claim], batch: Batch, *, by: User, at: datetime) -> None:
    """Keep them as pending. Nothing public changes until a second person approves the batch."""
    for draft in drafts:
        draft.ref = draft.ref or new_ref(at)
        draft.batch, draft.origin = batch, Origin.IMPORT
        draft.entered_by, draft.entered_at = by, at
        draft.known_on = draft.known_on or approval.known_on_of(draft, at)
        draft.clean_fields(exclude=REFERENCES)  # they are rows at hand, and the database asks for them
    _refuse_faults(drafts, at)
    Claim.objects.bulk_create(drafts, batch_size=BATCH)


def approve(claims: QuerySet[Claim], source: Source, *, by: User, at: datetime) -> list[Claim]:
    """Publish all of them: one statement, and one rebuild a project. Gives them as they are now."""
    rows = list(claims.select_for_update(of=["self"]).select_related(*READ_WITH).order_by("ref"))
    for row in rows:
        row.known_on = approval.published_on(row, at)
    _refuse_faults(rows, at)
    try:
        with transaction.atomic():
            claims.update(approved_by=by, approved_at=at, known_on=_published_on(source, at))
    except IntegrityError as twice:
        raise Refused("corrected_already", "corrects", ref="") from twice
    for row in rows:
        row.approved_by, row.approved_at = by, at
    return rows


def refuse(claims: QuerySet[Claim], *, by: User, at: datetime, why: str) -> int:
    return claims.update(refused_by=by, refused_at=at, refused_why=why)


def rebuild(projects: QuerySet[Project]) -> None:
    """Once each, in few statements."""
    projection.rebuild_batch(list(projects))


def _refuse_faults(drafts: Sequence[Claim], at: datetime) -> None:
    """Raise `Refused` with all of them."""
    if found := [fault for faults in faults_of_all(drafts, at) for fault in faults]:
        raise Refused.of(found)


def _published_on(source: Source, at: datetime) -> Case | Value:
    """As `approval.published_on` says of each."""
    today = Value(timezone.localdate(at), DateField())
    withdrawn = When(Q(corrects__isnull=False) & holds_only(None), then=Greatest(F("known_on"), today))
    if not SourceKind(source.kind).is_document:
        return Case(withdrawn, default=today)
    said = When(corrects__isnull=True, then=Least(F("known_on"), today))
    return Case(said, withdrawn, default=today)
