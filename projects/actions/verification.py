"""What is on record held against what vouches for it; nothing is changed.

Claims and statistics against the audit and the fixtures, the audit against itself, reports against their
claims, photos and papers against their digests, where projects stand against their claims.
"""

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db.models import Model

from projects.actions import claiming, projecting, seeding
from projects.actions.auditing import as_plain
from projects.choices import Origin, ReportState
from projects.models import Attachment, AuditEntry, Claim, Project, Report, Statistic
from projects.models.attachment import folder
from projects.rules import chain

BATCH = 500
BLOCK = 2**20


def faults() -> Iterator[str]:
    """Each in a sentence for whoever runs the machine, kind by kind."""
    yield from of_chain()
    yield from of_claims()
    yield from of_approvals()
    yield from of_reports()
    yield from of_files()
    yield from of_standings()


def of_chain() -> Iterator[str]:
    entries = AuditEntry.objects.order_by("number").iterator(chunk_size=BATCH)
    broken = chain.first_broken(as_plain(entry) for entry in entries)
    if broken is not None:
        yield f"audit: the chain is broken at entry {broken}"


def of_claims() -> Iterator[str]:
    """Whatever is published was approved in the audit as it stands, or came with the fixtures."""
    for model in (Claim, Statistic):
        rows = model.objects.approved().select_related("source", "corrects", *_named(model)).order_by("pk")
        for batch in _batches(rows.iterator(chunk_size=BATCH)):
            yield from _unvouched(model, batch)


def _named(model: type[Model]) -> tuple[str, ...]:
    return ("project",) if model is Claim else ("subject",)


def _unvouched(model: type[Model], rows: list) -> Iterator[str]:
    name = model._meta.model_name
    approvals = _approvals(f"{name}.approve", [row.ref for row in rows])
    reported = _reported({row.source_id for row in rows if row.origin == Origin.REPORT})
    for row in rows:
        if row.ref in approvals:
            if approvals[row.ref] != claiming.as_json(row):
                yield f"{name} {row.ref}: it is not as the audit says that it was approved"
        elif row.origin == Origin.FIXTURE:
            if row.ref not in _of_fixtures(settings.FIXTURES, f"{name}s"):
                yield f"{name} {row.ref}: it claims to come from the fixtures, which do not have it"
        elif row.ref not in reported:
            yield f"{name} {row.ref}: it is published, and no entry of the audit says who approved it"


def _approvals(action: str, refs: list[str]) -> dict[str, dict]:
    entries = AuditEntry.objects.filter(action=action, subject__in=refs)
    return dict(entries.values_list("subject", "after"))


def _reported(sources: set[int]) -> set[str]:
    """The claims that approved reports made, by what the audit says of their approval."""
    entries = AuditEntry.objects.filter(action="report.approve", report__source__in=sources)
    return {ref for after in entries.values_list("after", flat=True) for ref in after["claims"]}


@cache
def _of_fixtures(fixtures: Path, name: str) -> frozenset[str]:
    return frozenset(row["fields"]["ref"] for row in seeding.rows(fixtures, name))


def of_approvals() -> Iterator[str]:
    """Whatever the audit says was approved is still there."""
    for model in (Claim, Statistic):
        name = model._meta.model_name
        entries = AuditEntry.objects.filter(action=f"{name}.approve").order_by("number")
        for refs in _batches(entries.values_list("subject", flat=True).iterator(chunk_size=BATCH)):
            there = set(model.objects.approved().filter(ref__in=refs).values_list("ref", flat=True))
            yield from (f"{name} {ref}: it was approved, and is gone" for ref in refs if ref not in there)


def of_reports() -> Iterator[str]:
    """An approved report made the claims that the audit says, and no others."""
    entries = AuditEntry.objects.filter(action="report.approve").order_by("number")
    told = {entry.report_id: entry for entry in entries.iterator(chunk_size=BATCH)}
    approved = Report.objects.filter(state=ReportState.APPROVED).order_by("pk")
    for report in approved.select_related("round", "project").iterator(chunk_size=BATCH):
        where = f"report {report}"
        entry = told.get(report.pk)
        if entry is None:
            yield f"{where}: it is published, and no entry of the audit says who approved it"
            continue
        made = Claim.objects.filter(source=report.source_id, origin=Origin.REPORT)
        if set(made.values_list("ref", flat=True)) != set(entry.after["claims"]):
            yield f"{where}: its claims are others than those that its approval made"


def of_files() -> Iterator[str]:
    """Every row finds its file, bit for bit."""
    for row in Attachment.objects.order_by("pk").iterator(chunk_size=BATCH):
        path = folder() / row.name
        if not path.exists():
            yield f"file {row.name}: it is gone"
        elif _digest(path) != row.sha256:
            yield f"file {row.name}: it is not as it was stored"
        yield from (f"file {name}: it is gone" for name in row.names[1:] if not (folder() / name).exists())


def of_standings() -> Iterator[str]:
    for project in Project.objects.order_by("code").iterator(chunk_size=BATCH):
        if projecting.differs(project):
            yield f"project {project.code}: where it stands is not what its claims say (rebuild mends it)"


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while data := file.read(BLOCK):
            digest.update(data)
    return digest.hexdigest()


def _batches(rows: Iterable) -> Iterator[list]:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch
