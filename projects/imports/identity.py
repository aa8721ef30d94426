"""What an imported file changes of identity: projects that it makes, their names and kinds, their parties.

New projects are private until the approval; what changes of others, and every organisation, comes with it.
Runs in the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils.text import slugify

from projects.audit import log
from projects.choices import BatchState, CellOutcome, HidingState, PartyRole, RecordType
from projects.core.refusals import Refused
from projects.imports import organisations
from projects.imports.named_records import PLAIN_FACTS, REFERENCES, NamedRecords, old_fact
from projects.imports.rules.compared import ComparedCell, ComparedRow
from projects.models import Batch, Claim, Department, Organisation, Place, Project, ProjectParty, Report, User
from projects.models.assertion import holds_only
from projects.records.addresses import LONGEST, next_codes
from projects.search import index

ENDED = (BatchState.REFUSED, BatchState.WITHDRAWN)
Named = dict[tuple[str, str], Project | Place | Department]  # by column and code


def make_projects(batch: Batch, rows: Iterable[ComparedRow], record: NamedRecords) -> dict[int, Project]:
    """The project of each row, by the row's number; a new one is made, one that nobody took is taken up."""
    kept = [row for row in rows if not (row.is_skipped or row.is_organisation)]
    found = {row.number: record.projects[row.project] for row in kept if not row.is_new}
    found |= _made(batch, [row for row in kept if row.is_new])
    taken = [one for one in found.values() if is_left(one)]
    for one in taken:
        one.batch = batch
    Project._base_manager.filter(pk__in=[one.pk for one in taken]).update(batch=batch)
    index.index(made_by(batch))
    return found


def made_by(batch: Batch) -> QuerySet[Project]:
    return Project.objects.filter(batch=batch)


def is_left(project: Project) -> bool:
    """Private since the file that made it was refused or withdrawn."""
    return not project.is_public and project.batch is not None and project.batch.state in ENDED


def publish(batch: Batch) -> list[str]:
    """The codes of those that become public with it."""
    hidden = made_by(batch).filter(is_public=False)
    hidden = hidden.exclude(hiding_requests__state=HidingState.HIDDEN)
    codes = list(hidden.values_list("code", flat=True))
    _show(hidden, is_public=True)
    return codes


def hide(batch: Batch) -> list[str]:
    """The codes of those that it made and of which nothing else speaks: no claim, no report, no part."""
    speaking = Claim.objects.approved().with_correction().filter(is_corrected=False)
    speaking = speaking.exclude(holds_only(None)).values("project")
    parts = Project.objects.filter(is_public=True, parent__isnull=False).exclude(batch=batch)
    silent = made_by(batch).filter(is_public=True).exclude(pk__in=speaking)
    silent = silent.exclude(pk__in=Report.objects.values("project")).exclude(pk__in=parts.values("parent"))
    codes = list(silent.values_list("code", flat=True))
    _show(Project.objects.filter(code__in=codes), is_public=False)
    return codes


def apply(rows: Iterable[ComparedRow], *, by: User, at: datetime) -> dict[str, dict]:
    """The names and kinds that were listed, and the parties; each changed project with its own entry.

    Gives them as they are told: by code what was and what is.
    """
    changes = {row.project: row.facts for row in rows if row.facts and not row.is_organisation}
    projects = Project.objects.filter(code__in=changes).select_related(*REFERENCES).order_by("pk")
    named = _named_in(one for facts in changes.values() for one in facts)
    told: dict[str, dict] = {}
    for project in projects:
        facts = [one for one in changes[project.code] if one.column not in PartyRole.values]
        if facts and not _stands(project, facts):
            told[project.code] = _changed(project, facts, named)
    _write([one for one in projects if one.code in told])
    parties = _add_parties({one.code: one for one in projects}, changes)
    for code, (before, after) in told.items():
        log.record("project.save", code, by=by, at=at, before=before, after=after)
    index.index(projects.filter(code__in=[*told, *parties]))
    return {code: after for code, (_, after) in told.items()} | ({"parties": parties} if parties else {})


# Projects


def _made(batch: Batch, rows: list[ComparedRow]) -> dict[int, Project]:
    codes = next_codes(len(rows)) if rows else []
    named = _named_in(one for row in rows for one in row.facts)
    made = {row.number: _drafted(batch, row, code, named) for row, code in zip(rows, codes, strict=True)}
    try:
        with transaction.atomic():
            Project.objects.bulk_create(made.values(), batch_size=50)
    except IntegrityError as taken:
        raise Refused("name_taken", "name", text="、".join(one.name for one in made.values())) from taken
    return made


def _drafted(batch: Batch, row: ComparedRow, code: str, named: Named) -> Project:
    facts = {one.column: one.new for one in row.facts if one.column not in PartyRole.values}
    facts |= {name: named[name, facts[name]] for name in REFERENCES if name in facts}
    project = Project(batch=batch, is_public=False, **{"record_type": RecordType.PROJECT} | facts)
    project.code = code
    # With its code, which is never given twice: nobody has to be asked whether the address is free.
    project.slug = slugify(f"{slugify(project.name_en)[:LONGEST]}-{code}")
    project.clean_fields(exclude=["batch", *REFERENCES])
    return project


def _named_in(facts: Iterable[ComparedCell]) -> Named:
    """The places, units and projects that these name; a read of each table."""
    wanted: dict[str, set[str]] = {}
    for one in facts:
        if one.column in REFERENCES and one.new:
            wanted.setdefault(one.column, set()).add(one.new)
    rows = {name: REFERENCES[name].objects.filter(code__in=codes) for name, codes in wanted.items()}
    return {(name, one.code): one for name, found in rows.items() for one in found}


def _show(projects: QuerySet[Project], *, is_public: bool) -> None:
    """By the plain manager: the batch's own entry tells of all of them."""
    keys = list(projects.values_list("pk", flat=True))
    Project._base_manager.filter(pk__in=keys).update(is_public=is_public, version=F("version") + 1)


# What changes of those that there are


def _stands(project: Project, facts: list[ComparedCell]) -> bool:
    return all(old_fact(one.column, project, {}) == one.new for one in facts)


def _changed(project: Project, facts: list[ComparedCell], named: Named) -> tuple[dict, dict]:
    """Before and after; refused where the record moved on since it was listed."""
    before, after = {}, {}
    for one in facts:
        now = old_fact(one.column, project, {})
        if now not in (one.old, one.new):
            raise Refused("record_moved_on", one.column, text=project.code)
        before[one.column], after[one.column] = now, one.new
        value = named.get((one.column, one.new), one.new)
        setattr(project, one.column, value if one.column in REFERENCES else value or "")
    project.version += 1
    project.clean()
    return before, after


def _write(projects: list[Project]) -> None:
    columns = [*PLAIN_FACTS, *REFERENCES, "version"]
    try:
        with transaction.atomic():
            Project._base_manager.bulk_update(projects, columns, batch_size=50)
    except IntegrityError as taken:
        raise Refused("name_taken", "name", text="、".join(one.name for one in projects)) from taken


def _add_parties(projects: dict[str, Project], changes: dict[str, list[ComparedCell]]) -> dict[str, list]:
    """Organisations by their names; those that are not there are made."""
    wanted = [
        (code, one.column, one.new)
        for code, facts in changes.items()
        for one in facts
        if one.column in PartyRole.values and one.outcome == CellOutcome.NEW
    ]
    organisations = _organisations({name for *_, name in wanted})
    rows = [
        ProjectParty(project=projects[code], organisation=organisations[name], role=role)
        for code, role, name in wanted
    ]
    ProjectParty.objects.bulk_create(rows, ignore_conflicts=True)
    told: dict[str, list] = {}
    for code, role, name in wanted:
        told.setdefault(code, []).append([role, name])
    return told


def _organisations(names: set[str]) -> dict[str, Organisation]:
    there = {one.name: one for one in Organisation.objects.filter(name__in=names)}
    new = [Organisation(code=organisations.code_of(name), name=name) for name in sorted(names - there.keys())]
    Organisation.objects.bulk_create(new)
    return there | {one.name: one for one in Organisation.objects.filter(name__in=names)}
