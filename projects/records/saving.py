"""Saving and removing records of identity: projects, organisations, places, departments, sources, indicators.

They publish at once: each write is over the version that was seen, raises it and the data version, leaves one
audit entry, and brings along what is derived from it (search text, standings, old addresses). Claims are
`claims.approval`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model, Q

from projects.audit import log, row_versions
from projects.audit.data_version import publishing
from projects.claims import current, projection
from projects.core.refusals import Refused
from projects.models import HidingRequest, Organisation, Place, Project, Source, User
from projects.models.versioned import own_rows
from projects.records.addresses import keep_code, next_code, next_slug, retire_slug
from projects.search import index

# The rows that belong to a record and are saved with it.
OWN_ROWS = {Project: ("aliases", "parties", "place_source", "neighbours"), Source: ("sections",)}
# What of a source its claims' standing is made from.
WEIGHTY = ("code", "kind", "is_public")


@dataclass(frozen=True)
class Attached:
    """Rows of a record's own (aliases, neighbours, sections) saved or taken away together with it."""

    saved: Iterable[Model] = ()
    gone: Iterable[Model] = ()


NOTHING = Attached()


def save_project(project: Project, *, by: User | None, at: datetime, attached: Attached = NOTHING) -> Project:
    """A new one gets the next free code, and an address from its English name."""
    with publishing(at):
        project.code = project.code or next_code()
        project.slug = project.slug or next_slug(project.name_en, project.code)
        before = _before(project)
        if before and before["is_public"] != project.is_public:
            _refuse_way_round(project)
        if before and before["slug"] != project.slug:
            retire_slug(project, before["slug"])
        _write(project, before, by, at, attached)
        index.index(Project.objects.filter(pk=project.pk))
        if before and before["is_public"] != project.is_public:
            projection.rebuild(project)
        elif before:
            current.refresh([project.pk])
    return project


def _refuse_way_round(project: Project) -> None:
    """A second person hides (`records.hiding`), and what was hidden so is shown again with a reason."""
    if not project.is_public or HidingRequest.objects.in_force().filter(project=project).exists():
        raise Refused("hiding_has_its_page", "is_public")


def save_organisation(
    organisation: Organisation, *, by: User, at: datetime, attached: Attached = NOTHING
) -> Organisation:
    """Its projects are found by its names."""
    with publishing(at):
        _write(organisation, _before(organisation), by, at, attached)
        index.index(Project.objects.filter(parties__organisation=organisation).distinct())
    return organisation


def save_place(place: Place, *, by: User, at: datetime, attached: Attached = NOTHING) -> Place:
    """The projects in it, and in the places that lie in it, are found by its names."""
    with publishing(at):
        _write(place, _before(place), by, at, attached)
        index.index(
            Project.objects.filter(Q(place=place) | Q(place__parent=place) | Q(place__parent__parent=place))
        )
    return place


def save_source(source: Source, *, by: User | None, at: datetime, attached: Attached = NOTHING) -> Source:
    """Its projects stand anew where it was hidden, shown or ranked differently."""
    with publishing(at):
        before = _before(source)
        _write(source, before, by, at, attached)
        if before and any(before[name] != getattr(source, name) for name in WEIGHTY):
            for project in Project.objects.filter(claims__source=source).distinct():
                projection.rebuild(project)
    return source


def save_plain(record: Model, *, by: User, at: datetime, attached: Attached = NOTHING) -> Model:
    """A department or an indicator: nothing else is derived from it."""
    with publishing(at):
        _write(record, _before(record), by, at, attached)
    return record


def remove(record: Model, *, by: User, at: datetime) -> None:
    """Take a record away; the database refuses it where a claim or another record names it."""
    with publishing(at):
        before, subject = _before(record), record.code
        if isinstance(record, Project):
            keep_code(record.code)
        record.delete()
        log.record(f"{record._meta.model_name}.remove", subject, by=by, at=at, before=before)


def told(record: Model) -> dict:
    """A record with its own rows as plain values, for the audit and for comparing."""
    rows = {name: [_values(row) for row in own_rows(record, name)] for name in OWN_ROWS.get(type(record), ())}
    return _values(record) | rows


def _before(record: Model) -> dict | None:
    """As it stands in the tables; None for a new one."""
    kept = type(record).objects.filter(pk=record.pk).first() if record.pk else None
    return told(kept) if kept else None


def _write(record: Model, before: dict | None, by: User | None, at: datetime, attached: Attached) -> None:
    """Row, own rows and, where anything differs, the audit entry."""
    record.full_clean(exclude=["version"])  # a number that none can have is an old version, below
    row_versions.take_next(record)
    record.save()
    for row in attached.gone:
        row.delete()
    for row in attached.saved:
        setattr(row, _owner(row, record), record)
        row.save()
    after = told(record)
    if after == before:
        return
    changed = [name for name in after if before is None or before[name] != after[name]]
    log.record(
        f"{record._meta.model_name}.save",
        record.code,
        by=by,
        at=at,
        before={name: before[name] for name in changed} if before else None,
        after={name: after[name] for name in changed},
    )


def _owner(row: Model, record: Model) -> str:
    """The field by which a row belongs to a record."""
    fields = row._meta.concrete_fields
    return next(field.name for field in fields if field.related_model is type(record))


def _values(row: Model) -> dict:
    fields = [field for field in row._meta.concrete_fields if field.editable and not field.primary_key]
    return {field.name: plain(getattr(row, field.name)) for field in fields}


def plain(value: object) -> object:
    """As JSON keeps it; another record by its key."""
    if isinstance(value, Model):
        return "/".join(map(str, value.natural_key()))
    return value if isinstance(value, (str, int, bool, list, type(None))) else str(value)
