"""Imported files until a second person has them: kept as drafts, their reading saved, sent, or thrown away.

Sending writes the claims as pending ones, new projects as private ones, and what each row became. What a row
proposes is `imports.comparison`, deciding on what is sent `imports.decisions`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from projects.audit import log
from projects.audit.data_version import current_version, locked_version
from projects.choices import BatchState, Role, SourceKind
from projects.claims import approval, batch_approval
from projects.core.refusals import Refused
from projects.imports import comparison, identity, organisations
from projects.imports.claim_drafts import DraftSource
from projects.imports.named_records import NamedRecords
from projects.imports.rules import compared, mapping
from projects.imports.rules.compared import ComparedRow
from projects.imports.rules.proposals import ProposedRow
from projects.models import Batch, Claim, SheetMemory, Source, SourceSection, User
from projects.models.user import person_of
from projects.search import pinyin
from projects.words import dates

SAVED = ("mapping", "choices", "skipped", "source", "as_of", "sender")
TYPED = ("file_name", "digest", "sheet", "sender", "as_of")
NOT_TYPED = [field.name for field in Batch._meta.concrete_fields if field.name not in TYPED]
INSTEAD = "="  # before what an editor writes instead of a text
OVER = (
    "version",
    "over",
)  # the column and the code of a choice: the row is written though its record moved on


def keep(*, file_name: str, digest: str, sheet: str, cells: list, by: User, at: datetime, **reading) -> Batch:
    """A draft, of which nothing is written yet. `digest` is the SHA-256 of the file's bytes.

    `reading` is how it is read (`SAVED`), as far as that is known.
    """
    refuse_strangers(by)
    row = Batch(file_name=file_name, digest=digest, sheet=sheet, cells=cells, **reading)
    row.entered_by, row.entered_at, row.saved_at = by, at, at
    with transaction.atomic():
        row.clean_fields(exclude=NOT_TYPED)
        row.save(force_insert=True)
        note("keep", row, by=by, at=at)
    return row


def save(batch: Batch, *, expected: int, by: User, at: datetime, **changes) -> Batch:
    """How it is read and what is left out (`SAVED`); no state changes, so the audit has no entry of it."""
    if unknown := changes.keys() - set(SAVED):
        raise TypeError(f"not saved with a draft: {sorted(unknown)}")
    refuse_strangers(by)
    with transaction.atomic():
        locked_version()
        row = locked(batch, BatchState.DRAFT, expected)
        for name, value in changes.items():
            setattr(row, name, value)
        row.saved_at = at
        row.clean_fields(exclude=NOT_TYPED)
        return advance(row)


def discard(batch: Batch, *, expected: int, by: User, at: datetime) -> None:
    """Throw a draft away, cells and all."""
    refuse_strangers(by)
    with transaction.atomic():
        locked_version()
        row = locked(batch, BatchState.DRAFT, expected)
        note("discard", row, by=by, at=at)
        row.delete()


def send(batch: Batch, rows: Sequence[ProposedRow], *, expected: int, by: User, at: datetime) -> list[Batch]:
    """To a second person: the batch, and further parts of it where it is too large for one."""
    refuse_strangers(by)
    pinyin.spell(batch.file_name)  # loads its tables before others wait
    seen, record = current_version(), NamedRecords.of(rows, at)
    found = compare(batch, rows, at=at, record=record)
    with transaction.atomic():
        is_same = locked_version().number == seen and batch.version == expected
        row = locked(batch, BatchState.DRAFT, expected)
        if not is_same:  # others published while this one waited
            record = NamedRecords.of(rows, at)
            found = compare(row, rows, at=at, record=record)
        _refuse_unsendable(found)
        row.source = row.source or _own_source(row, at)
        writer = _Writer(row, record, by, at)
        sent = [writer.send(number, part) for number, part in enumerate(compared.parts(found), start=1)]
        _remember(row, at)
    return sent


def compare(
    batch: Batch, rows: Sequence[ProposedRow], *, at: datetime, record: NamedRecords | None = None
) -> list[ComparedRow]:
    """Rows of a draft beside the record, as they would be sent."""
    if mapping.is_of_organisations({one.get("code", "") for one in batch.mapping}):
        return organisations.compare(rows, skip=batch.skipped)
    over = [int(text) for column, text, code in batch.choices if (column, code) == OVER]
    told = {"source": batch.source, "sheet": batch.sheet, "skip": batch.skipped, "over": over}
    return comparison.compare(rows, at=at, record=record, **told)


def memory_of(sender: str) -> SheetMemory | None:
    """How this sender's last sheet was read."""
    return SheetMemory.objects.filter(sender=sender, shape="").first() if sender else None


def _refuse_unsendable(rows: Iterable[ComparedRow]) -> None:
    rows = list(rows)
    if count := sum(row.is_refused for row in rows):
        raise Refused("batch_has_faults", count=str(count))
    if not any(row.written for row in rows):
        raise Refused("batch_changes_nothing")


def _remember(row: Batch, at: datetime) -> None:
    """Of a reading that somebody sent: the next sheet of this sender begins with it.

    What was left out is asked again: the unit that nobody knew may be on record by then.
    """
    if row.sender:
        own = [one for one in row.choices if (one[0], one[2]) != OVER and one[2] != INSTEAD]
        told = {"mapping": row.mapping, "choices": own, "saved_at": at}
        SheetMemory.objects.update_or_create(sender=row.sender, shape="", defaults=told)


def _own_source(row: Batch, at: datetime) -> Source:
    """Hidden until one of its parts is approved; its title names no file and nobody."""
    today = timezone.localdate(at)
    title = {}
    for language in ("zh-hans", "en"):
        with override(language):
            title[language] = dates.day(today)
    source = Source(
        code=f"import-{today:%y%m%d}-{row.pk}",
        kind=SourceKind.IMPORT,
        title=f"导入的表格，{title['zh-hans']}",
        title_en=f"Imported sheet, {title['en']}",
        published=today.isoformat(),
        is_public=False,
    )
    source.full_clean()
    source.save(force_insert=True)
    paragraphs = {"position": 1, "number": "1", "paragraphs": compared.MAX_ROWS}
    SourceSection.objects.create(source=source, title="工作表", title_en="Sheet", **paragraphs)
    return source


@dataclass(frozen=True)
class _Writer:
    """Writes the parts of one file."""

    first: Batch
    record: NamedRecords
    by: User
    at: datetime

    def send(self, number: int, rows: list[ComparedRow]) -> Batch:
        part = self.first if number == 1 else self._further(number)
        part.state, part.sent_by, part.sent_at = BatchState.SENT, self.by, self.at
        self._keep(part)
        projects = identity.make_projects(part, rows, self.record)
        given, drafts, became = self._given(), [], []
        for row in rows:
            told, own = self._became(row, projects, given)
            drafts += own
            became.append(told)
        batch_approval.enter(drafts, part, by=self.by, at=self.at, is_checked=True)
        part.became, part.claim_count = became, len(drafts)
        part.save(update_fields=["became", "claim_count"])
        made = [one.code for one in projects.values() if one.batch_id == part.pk]
        note("send", part, by=self.by, at=self.at, after={"claims": len(drafts), "projects": made})
        return part

    def _further(self, number: int) -> Batch:
        kept = ("file_name", "digest", "sheet", "sender", "source", "as_of", "entered_by", "entered_at")
        told = {name: getattr(self.first, name) for name in kept}
        return Batch(part=number, part_of=self.first, saved_at=self.at, **told)

    def _keep(self, part: Batch) -> None:
        """The second of two who send the same sheet is refused."""
        try:
            with transaction.atomic():
                advance(part) if part.pk else part.save(force_insert=True)
        except IntegrityError as twice:
            raise Refused("batch_waits", text=part.file_name) from twice

    def _given(self) -> DraftSource:
        source = self.first.source
        if SourceKind(source.kind) != SourceKind.IMPORT:
            return DraftSource.of_document(source)
        return DraftSource(source, sheet=source.sections.first())

    def _became(self, row: ComparedRow, projects: dict, given: DraftSource) -> tuple[dict, list[Claim]]:
        project, own, cells = projects.get(row.number), [], []
        for cell in row.cells:
            ref = ""
            if cell in row.claims:
                draft = comparison.drafted(cell, row.number, project, given, self.record, self.at)
                ref = draft.ref = approval.new_ref(self.at)
                own.append(draft)
            cells.append(compared.with_ref(cell, ref))
        code = project.code if project else row.project
        return compared.as_plain(compared.sent(row, code, cells)), own


# What every move of a batch begins and ends with


def refuse_strangers(by: User) -> None:
    """Editors import."""
    person = person_of(by)
    if not (person.has(Role.EDITOR) or person.is_superuser):
        raise Refused("not_yours")


def locked(batch: Batch, state: BatchState, expected: int) -> Batch:
    """The row as it is now, in this state and in the version that was seen."""
    rows = Batch.objects.select_for_update(of=["self"]).select_related("source", "part_of", "withdraws")
    row = rows.filter(pk=batch.pk).first()
    if row is None or row.state != state:
        raise Refused("decided_already", ref=batch.file_name)
    if row.version != expected:
        raise Refused("changed_meanwhile")
    return row


def advance(row: Batch) -> Batch:
    row.version += 1
    row.save()
    return row


def note(verb: str, row: Batch, *, by: User, at: datetime, after: dict | None = None) -> None:
    told = {"file": row.file_name, "digest": row.digest, "sheet": row.sheet, "part": row.part}
    log.record(f"batch.{verb}", row.name, by=by, at=at, after=told | (after or {}))
