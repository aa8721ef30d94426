"""Loading the fixtures: checked first, all or nothing, what is there is never overwritten.

Django's own `loaddata` reads the same files; this one names file, row and reason, and rebuilds.
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.core.serializers.base import DeserializationError
from django.core.serializers.python import Deserializer
from django.db import DatabaseError, models
from django.utils import timezone

from projects.audit import log
from projects.audit.data_version import publishing
from projects.claims import checks, projection
from projects.core.refusals import Fault
from projects.models import Claim, DataVersion, SourceSection, Statistic
from projects.models.constraints import sentence_of
from projects.records import addresses
from projects.search import index
from tracker.connections import tell_planner

# What each file holds, in the order in which they need each other.
FILES = {
    "departments": "projects.department",
    "sources": "projects.source",
    "sections": "projects.sourcesection",
    "places": "projects.place",
    "organisations": "projects.organisation",
    "indicators": "projects.indicator",
    "projects": "projects.project",
    "aliases": "projects.alias",
    "parties": "projects.projectparty",
    "place_sources": "projects.placesource",
    "neighbours": "projects.neighbour",
    "claims": "projects.claim",
    "statistics": "projects.statistic",
}
LOCAL = ("may_be_quoted",)  # decided where the files are loaded, and kept beside the text
CANNOT_BE_READ = (
    DeserializationError,
    FieldDoesNotExist,
    ObjectDoesNotExist,
    ValidationError,
    ValueError,
    TypeError,
)


class BadFixture(ValueError):
    """What stops the load: the file, the row's number from 1 (0 is the file) and key, the reasons."""

    def __init__(self, file: str, row: int, key: str, reasons: list[Fault | str]):
        where = f"{file}.json, row {row} ({key})" if row else f"{file}.json"
        super().__init__(f"{where}: {'; '.join(map(_as_words, reasons))}")


def _as_words(reason: Fault | str) -> str:
    if isinstance(reason, str):
        return reason
    values = " ".join(f"{name}={value!r}" for name, value in reason.values.items())
    return f"{reason.on}: {reason.code} {values}".rstrip()


@dataclass
class Loaded:
    """What a load did."""

    inserted: int = 0
    unchanged: int = 0
    differing: list[str] = field(default_factory=list)
    rebuilt: list[str] = field(default_factory=list)


def digests(folder: Path) -> dict[str, str]:
    """Each file's SHA-256; one of them all is what decides whether there is anything to load."""
    try:
        return {name: hashlib.sha256((folder / f"{name}.json").read_bytes()).hexdigest() for name in FILES}
    except FileNotFoundError as missing:
        raise BadFixture(Path(missing.filename).stem, 0, "", ["is missing"]) from missing


def is_loaded(folder: Path) -> bool:
    found = DataVersion.objects.filter(id=1).values_list("fixtures_digest", flat=True).first()
    return found == _digest(digests(folder))


def _digest(parts: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def load(folder: Path, *, at: datetime) -> Loaded:
    """Insert what is absent, report what differs, rebuild, audit: in one transaction."""
    parts = digests(folder)
    result = Loaded()
    with publishing(at) as version:
        for name in FILES:
            for number, row in enumerate(rows(folder, name), start=1):
                _load_row(name, number, row, result)
        addresses.keep_codes()
        index.index_all()
        result.rebuilt = projection.rebuild_all()
        tell_planner()
        version.fixtures_digest = _digest(parts)
        version.save()
        after = {"files": parts, "inserted": result.inserted, "differing": result.differing}
        log.record("fixtures.load", "fixtures", by=None, at=at, after=after)
    return result


def rows(folder: Path, name: str) -> list[dict]:
    """The rows of a file: all of its table, none of them twice."""
    try:
        rows = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    except ValueError as error:
        raise BadFixture(name, 0, "", [f"not JSON: {error}"]) from error
    if not isinstance(rows, list):
        raise BadFixture(name, 0, "", ["not a list of rows"])
    numbers: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        _require_shape(name, number, row)
        first = numbers.setdefault(_natural_key(name, row), number)
        if first != number:
            raise BadFixture(name, number, _key(row), [f"stands twice: see row {first}"])
    return rows


def _require_shape(name: str, number: int, row: object) -> None:
    if not isinstance(row, dict) or not isinstance(row.get("fields"), dict):
        raise BadFixture(name, number, "?", ["not a row with fields"])
    if row.get("model") != FILES[name]:
        raise BadFixture(name, number, _key(row), [f"not of the model {FILES[name]}"])


def _natural_key(name: str, row: dict) -> str:
    """As the file says it, before anything is looked up."""
    manager = apps.get_model(FILES[name])._default_manager
    columns = [field.partition("__")[0] for field in manager.natural_key_fields]
    return json.dumps([row["fields"].get(column) for column in columns])


def _load_row(name: str, number: int, row: dict, result: Loaded) -> None:
    key = _key(row)
    try:
        fresh = as_model(row)
    except CANNOT_BE_READ as error:
        raise BadFixture(name, number, key, [f"cannot be read: {error}"]) from error
    kept = type(fresh).objects.filter(**_identity(fresh)).first()
    if kept is None:
        _insert(fresh, name, number, key)
        result.inserted += 1
    elif names := differing(kept, fresh):
        result.differing.append(as_differing(name, key, names))
    else:
        result.unchanged += 1


def _key(row: dict) -> str:
    fields = row["fields"]
    return str(next((fields[name] for name in ("ref", "code", "number", "name") if name in fields), "?"))


def as_differing(name: str, key: str, names: list[str]) -> str:
    """As the entry of a load tells it."""
    return f"{name} {key}: {', '.join(names)}"


def _identity(row: models.Model) -> dict:
    """The fields of its natural key, as a filter."""
    names = row._meta.default_manager.natural_key_fields
    return dict(zip(names, row.natural_key(), strict=True))


def as_model(row: dict) -> models.Model:
    """The row of a file, not stored; reads what it refers to."""
    return next(Deserializer([row])).object


def differing(kept: models.Model, fresh: models.Model) -> list[str]:
    fields = [field for field in kept._meta.concrete_fields if not field.primary_key and field.editable]
    fields = [field for field in fields if field.name not in LOCAL]
    return [one.name for one in fields if getattr(kept, one.attname) != getattr(fresh, one.attname)]


def _insert(fresh: models.Model, name: str, number: int, key: str) -> None:
    try:
        fresh.clean_fields()  # before the rules: what cannot be read has nothing to be asked
        reasons = _faults(fresh)
        if not reasons:
            fresh.validate_unique()
            fresh.save()
    except ValidationError as error:
        reasons = [f"{on}: {' '.join(words)}" for on, words in error.message_dict.items()]
    except DatabaseError as error:
        reasons = [sentence_of(error, type(fresh))]
    if reasons:
        raise BadFixture(name, number, key, reasons)


def _faults(fresh: models.Model) -> list[Fault | str]:
    """What the rules say beyond the fields' own checks."""
    found: list[Fault | str] = []
    if isinstance(fresh, SourceSection):
        fresh.clean()
    section = getattr(fresh, "section", None)
    if section is not None and (fresh.source_id != section.source_id or not _is_within(fresh, section)):
        found.append(f"place: not in the outline of {fresh.source}")
    if isinstance(fresh, Claim | Statistic) and not found:
        found += checks.faults(fresh, timezone.now())
    return found


def _is_within(fresh: models.Model, section) -> bool:
    return fresh.paragraph is None or 1 <= fresh.paragraph <= section.paragraphs
