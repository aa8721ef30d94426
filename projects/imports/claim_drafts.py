"""Claims as the cells of a file propose them, unsaved: of a project, from a source, at a place in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from projects.choices import SourceKind
from projects.claims import approval
from projects.core.refusals import Refused
from projects.imports.rules.compared import MAX_ROWS
from projects.imports.rules.proposals import ProposedClaim
from projects.models import Claim, Project, Source, SourceSection
from projects.reports import publication


@dataclass(frozen=True, slots=True)
class DraftSource:
    """The document that an editor names, with its outline; or the file, of which a place is sheet and row."""

    source: Source
    sections: dict[str, SourceSection] = field(default_factory=dict)
    sheet: SourceSection | None = None

    @property
    def is_document(self) -> bool:
        return self.sheet is None

    @classmethod
    def of_document(cls, source: Source) -> DraftSource:
        """A section is named by its number, or by where it stands."""
        rows = list(source.sections.all())
        return cls(source, {str(one.position): one for one in rows} | {one.number: one for one in rows})

    @classmethod
    def of_file(cls, source: Source, sheet: str) -> DraftSource:
        """The sheet is the only section; a row is a paragraph of it."""
        section = SourceSection(source=source, position=1, number="1", title=sheet or "1", paragraphs=1)
        return cls(source, sheet=section)


def unsaved_source(at: datetime) -> Source:
    """What the file itself will be as a source."""
    return Source(kind=SourceKind.IMPORT, published=timezone.localdate(at).isoformat())


def draft_of(said: ProposedClaim, project: Project, row: int, given: DraftSource, at: datetime) -> Claim:
    """A correction gets what it corrects from who compares (`imports.comparison`)."""
    claim = Claim(
        project=project,
        **said.series._asdict(),
        qualifier=said.qualifier,
        as_of=said.as_of.text,
        source=given.source,
        note=said.note,
        **publication.columns(said.series.topic, said.value),
        **_place(said, row, given),
    )
    claim.known_on = approval.known_on_of(claim, at)
    return claim


def withdrawal_of(claim: Claim, note: str) -> Claim:
    """A correction without a value, at the place of what it withdraws."""
    place = {name: getattr(claim, name) for name in ("source", "section", "paragraph", "sentence")}
    return approval.correction_of(claim, note=note, **place)


def _place(said: ProposedClaim, row: int, given: DraftSource) -> dict:
    if given.sheet:
        return {"section": given.sheet, "paragraph": row if row <= MAX_ROWS else None}
    if said.place is None:
        return {}
    number, paragraph, sentence = said.place
    section = given.sections.get(str(number))
    if section is None or (paragraph or 1) > section.paragraphs:
        raise Refused("place_not_in_source", "section", text=f"{number} {paragraph or ''}".strip())
    return {"section": section, "paragraph": paragraph, "sentence": sentence}
