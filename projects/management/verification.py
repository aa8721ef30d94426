"""What is on record held against what vouches for it; nothing is changed, and nobody is kept waiting.

Claims and statistics against the audit and the fixtures, the audit against itself, reports and imported files
against their approval, files against their digests (`kept_files`), where projects stand against their claims.
People may write meanwhile: what vouches for a row is read after the row, and what is not as it should be is
looked at twice.
"""

import json
from collections.abc import Callable, Iterator

from django.conf import settings
from django.db import transaction
from django.db.models import Model

from projects.audit import data_migration, log
from projects.audit.data_version import locked_version
from projects.audit.rules import digests
from projects.choices import Origin, ReportState
from projects.claims import projection
from projects.claims.approval import as_json
from projects.management.derived_rows import of_search, of_tallies
from projects.management.kept_files import of_documents, of_files
from projects.models import (
    AuditEntry,
    Batch,
    Claim,
    Project,
    Report,
    ReportDate,
    Statistic,
)
from projects.models.assertion import Assertion
from projects.models.batch import PUBLISHED
from projects.models.managers import in_batches
from projects.records import fixture_load
from projects.reports import drafts

ALSO_READ = {
    Claim: ("project", "source", "section", "corrects"),
    Statistic: ("subject", "source", "section", "corrects"),
}
UNAPPROVED = "it is published, and no entry of the audit says who approved it"
OTHERWISE = "it is not as the audit says that it was approved"
CLAIMS_OTHERWISE = "its claims are not those that its approval made"
MIGRATED = "it is not as the audit says that a migration made it"


def checks() -> tuple[Callable[[], Iterator[str]], ...]:
    """Each names its faults, in sentences for whoever runs the machine."""
    of_rows = of_files, of_documents, of_standings, of_tallies, of_search
    return of_chain, of_fixtures, of_claims, of_approvals, of_batches, of_reports, *of_rows


def of_chain() -> Iterator[str]:
    broken = log.first_broken()
    if broken is not None:
        yield f"audit: the chain is broken at entry {broken}"


# Claims and statistics


def of_fixtures() -> Iterator[str]:
    """The files at hand are those that were loaded, and what they brought is still there."""
    try:
        parts = fixture_load.digests(settings.FIXTURES)
        refs = {model: set(_from_fixtures(model)) for model in ALSO_READ}
    except fixture_load.BadFixture as bad:
        yield f"fixtures: {bad}"
        return
    if parts not in [load["files"] for load in _loads()]:
        yield "fixtures: no entry of the audit says that these files were loaded (seed loads them)"
        return
    for model, named in refs.items():
        there = set(model.objects.filter(origin=Origin.FIXTURE).values_list("ref", flat=True))
        name = model._meta.model_name
        yield from (f"{name} {ref}: it came with the fixtures, and is gone" for ref in sorted(named - there))


def of_claims() -> Iterator[str]:
    """Whatever is published was approved as it stands, or came with the fixtures as it stands."""
    for model, also in ALSO_READ.items():
        vouch = Vouching(model)
        for rows in in_batches(model.objects.approved().select_related(*also)):
            yield from vouch.faults(rows)


class Vouching:
    """What vouches for the published rows of one table."""

    def __init__(self, model: type[Model]):
        self.name = model._meta.model_name
        try:
            self.fixtures = _from_fixtures(model)
        except fixture_load.BadFixture:
            self.fixtures = {}  # which is said already
        self.differing = {line for load in _loads() for line in load["differing"]}
        self.changes = data_migration.changes_of(model)

    def faults(self, rows: list) -> Iterator[str]:
        refs, sources = [row.ref for row in rows], {row.source_id for row in rows}
        entries = AuditEntry.objects.filter(action=f"{self.name}.approve", subject__in=refs)
        approvals = {entry.subject: (entry, entry.after) for entry in entries}
        for entry in AuditEntry.objects.filter(action="report.approve", report__source__in=sources):
            approvals |= {ref: (entry, told) for ref, told in _made(entry).items()}
        names = {f"batch #{row.batch_id}": row.batch_id for row in rows if getattr(row, "batch_id", None)}
        files = AuditEntry.objects.filter(action="batch.approve", subject__in=names)
        of_files = {names[entry.subject]: (entry, entry.after["claims"]) for entry in files}
        for row in rows:
            approval = approvals.get(row.ref) or of_files.get(getattr(row, "batch_id", None))
            if fault := self._fault(row, approval):
                yield f"{self.name} {row.ref}: {fault}"

    def _fault(self, row: Assertion, approval: tuple[AuditEntry, dict] | None) -> str:
        if not data_migration.put_back(row, self.changes.get(str(row.pk), [])):
            return MIGRATED
        if approval is None:
            return self._fault_of_fixture(row) if row.origin == Origin.FIXTURE else UNAPPROVED
        entry, told = approval
        now = _as_kept(as_json(row))
        return "" if _tells(told, row.ref, now) and _is_approval_of(entry, row) else OTHERWISE

    def _fault_of_fixture(self, row: Assertion) -> str:
        given = self.fixtures.get(row.ref)
        if given is None:
            return "it claims to come with the fixtures, which do not have it"
        try:
            fresh = fixture_load.as_model(given)
        except fixture_load.CANNOT_BE_READ as error:
            return f"what the fixtures have cannot be read: {error}"
        names = fixture_load.differing(row, fresh)
        is_told = fixture_load.as_differing(f"{self.name}s", row.ref, names) in self.differing
        is_same = row.approved_at == fresh.approved_at and row.approved_by_id is None
        return "" if is_same and (not names or is_told) else "it is not as the fixtures have it"


def of_approvals() -> Iterator[str]:
    """Whatever the audit says was approved is still there."""
    for model in ALSO_READ:
        name = model._meta.model_name
        for entries in in_batches(AuditEntry.objects.filter(action=f"{name}.approve").only("subject")):
            refs = [entry.subject for entry in entries]
            there = set(model.objects.approved().filter(ref__in=refs).values_list("ref", flat=True))
            yield from (f"{name} {ref}: it was approved, and is gone" for ref in refs if ref not in there)


def of_batches() -> Iterator[str]:
    """Each approved file is as the audit says, with the very claims that its approval published."""
    published = Batch.objects.filter(state__in=PUBLISHED)
    for rows in in_batches(published.defer("cells", "mapping", "choices", "became"), size=20):
        entries = AuditEntry.objects.filter(action="batch.approve", subject__in=[row.name for row in rows])
        told = {entry.subject: entry for entry in entries}
        changes = data_migration.changes_of(Claim)
        for row in rows:
            if fault := _fault_of_batch(row, told.get(row.name), changes):
                yield f"{row.name}: {fault}"


def _fault_of_batch(row: Batch, entry: AuditEntry | None, changes: dict) -> str:
    if entry is None:
        return UNAPPROVED
    if row.digest != entry.after["digest"] or not _is_approval_of(entry, row):
        return OTHERWISE
    claims = row.claims.approved().select_related(*ALSO_READ[Claim])
    now = {one.ref: _as_kept(_as_approved(one, changes)) for one in claims}
    return "" if digests.covers(entry.after["claims"], now) else CLAIMS_OTHERWISE


def _as_approved(claim: Claim, changes: dict) -> dict:
    data_migration.put_back(claim, changes.get(str(claim.pk), []))
    return as_json(claim)


def _tells(told: dict, ref: str, now: dict) -> bool:
    """Whether this was approved; entries of earlier releases tell less, those of files keep digests."""
    if "digest" in told:
        return digests.has(told, ref, now)
    return all(now[name] == said for name, said in told.items())


def _from_fixtures(model: type[Model]) -> dict[str, dict]:
    rows = fixture_load.rows(settings.FIXTURES, f"{model._meta.model_name}s")
    return {row["fields"]["ref"]: row for row in rows}


def _loads() -> list[dict]:
    return list(AuditEntry.objects.filter(action="fixtures.load").values_list("after", flat=True))


def _made(entry: AuditEntry) -> dict[str, dict]:
    """The claims that the approval of a report made; earlier releases told their names alone."""
    made = entry.after["claims"]
    return made if isinstance(made, dict) else {ref: {} for ref in made}


def _is_approval_of(entry: AuditEntry, row: Assertion | Batch | Report) -> bool:
    return (entry.by_id, entry.at) == (row.approved_by_id, row.approved_at)


def _as_kept(told: dict) -> dict:
    """As it comes out of an entry."""
    return json.loads(json.dumps(told))


# Reports, standings


def of_reports() -> Iterator[str]:
    """Published as the audit says that it was approved, with the claims that its approval made."""
    approved = Report.objects.filter(state=ReportState.APPROVED)
    changes, of_dates = data_migration.changes_of(Report), data_migration.changes_of(ReportDate)
    for rows in in_batches(approved.select_related("round", "project").prefetch_related("dates")):
        entries = AuditEntry.objects.filter(action="report.approve", report__in=rows)
        told = {entry.report_id: entry for entry in entries}
        made = Claim.objects.filter(source__report__in=rows, origin=Origin.REPORT)
        pairs = set(made.values_list("source_id", "ref"))
        for row in rows:
            refs = {ref for source, ref in pairs if source == row.source_id}
            steps = [(row, changes), *((date, of_dates) for date in row.dates.all())]
            is_told = all(data_migration.put_back(one, of.get(str(one.pk), [])) for one, of in steps)
            if fault := _fault_of_report(row, told.get(row.pk), refs) if is_told else MIGRATED:
                yield f"report {drafts.key(row)}: {fault}"


def _fault_of_report(row: Report, entry: AuditEntry | None, refs: set[str]) -> str:
    if entry is None:
        return UNAPPROVED
    said = _as_kept(drafts.told(row))
    if said != {name: entry.after.get(name) for name in said} or not _is_approval_of(entry, row):
        return OTHERWISE
    return "" if refs == set(entry.after["claims"]) else CLAIMS_OTHERWISE


def of_standings() -> Iterator[str]:
    for rows in in_batches(Project.objects.all()):
        for project in rows:
            if projection.differs(project) and _differs_still(project):
                yield f"project {project.code}: it does not stand where its claims say (rebuild mends it)"


def _differs_still(project: Project) -> bool:
    """With all who publish waiting: a claim may have come between the two reads."""
    with transaction.atomic():
        locked_version()
        return projection.differs(Project.objects.get(pk=project.pk))
