"""What stands on record about the projects that a file names, asked a fixed number of times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from projects.choices import PartyRole, RecordType
from projects.core import methods, precedence
from projects.core.stages import WHOLE_STAGE
from projects.core.statements import Series, Statement, Value
from projects.imports.rules.compared import ComparedRow
from projects.imports.rules.proposals import ProposedRow
from projects.models import Claim, Current, Department, Organisation, Place, Project, ProjectParty
from projects.models.managers import with_named

PLAIN_FACTS = ("name", "name_en", "kind", "sector", "record_type", "funding", "national_code")
REFERENCES = {"place": Place, "department": Department, "parent": Project}  # named by their codes
FACTS = (*PLAIN_FACTS, *REFERENCES, *PartyRole.values)
BETWEEN = "、"  # of names in one cell
READ_WITH = ("source", "section", "corrects", "project")


@dataclass(frozen=True)
class HeldClaims:
    """What is said of some projects, and what of it holds."""

    statements: dict[str, dict[Series, list[Statement]]]  # live candidates, by project
    stages: dict[str, tuple[str, str]]  # that hold, with the qualifier
    claims: dict[str, Claim]

    @classmethod
    def of(cls, codes: Iterable[str], at: datetime) -> HeldClaims:
        of_these = {"project__code__in": codes}
        held = Current.objects.filter(**of_these).values_list("project__code", "stage", "stage_qualifier")
        claims = with_named(Claim.objects.approved().filter(**of_these), *READ_WITH)
        return cls(
            statements=_statements(claims, at),
            stages={code: (stage, qualifier) for code, stage, qualifier in held},
            claims={one.ref: one for one in claims},
        )

    def said(self, code: str, series: Series) -> list[Statement]:
        """Where no book is named, in the platform's, too."""
        said, booked = self.statements.get(code, {}), methods.booked(series)
        own = said.get(series, [])
        return own if booked == series else [*own, *said.get(booked, [])]

    def value(self, code: str, series: Series) -> tuple[Value | None, str]:
        """With its qualifier; the stage is the one that all is taken together."""
        if series == WHOLE_STAGE and code in self.stages:
            stage, qualifier = self.stages[code]
            return stage or None, qualifier
        in_book = self.statements.get(code, {}).get(methods.booked(series), [])
        winner = precedence.strongest(in_book or self.said(code, series))
        return (winner.value, winner.qualifier) if winner else (None, "")


@dataclass
class NamedRecords:
    """What stands on record about the projects that a file names."""

    projects: dict[str, Project]
    names: dict[str, str]  # of every project: its code
    parties: dict[tuple[str, str], list[str]]  # by project and role: names of organisations
    organisations: dict[str, str]  # every name that one goes by: its own
    codes: dict[str, frozenset[str]]  # of places, units and projects
    held: HeldClaims
    unsaved: Project = field(default_factory=lambda: Project(record_type=RecordType.PROJECT))

    @classmethod
    def of(cls, rows: Sequence[ProposedRow], at: datetime) -> NamedRecords:
        named = {row.project for row in rows} - {None}
        of_these = {"project__code__in": named}
        projects = Project.objects.filter(code__in=named).select_related(*REFERENCES, "batch")
        names = dict(Project.objects.values_list("name", "code"))
        codes = {name: table.objects.values_list("code", flat=True) for name, table in REFERENCES.items()}
        return cls(
            projects={one.code: one for one in projects},
            names=names,
            parties=parties_of(of_these),
            organisations=organisations(),
            codes={name: frozenset(found) for name, found in codes.items()},
            held=HeldClaims.of(named, at),
        )

    def drafted(self, row: ProposedRow | ComparedRow) -> Project:
        """The project of a row; where it is new one that is never saved, the same for all rows."""
        return self.projects.get(row.project or "") or self.unsaved


def parties_of(of_these: dict) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    rows = ProjectParty.objects.filter(**of_these).order_by("organisation")
    for code, role, name in rows.values_list("project__code", "role", "organisation__name"):
        found[code, role].append(name)
    return found


def organisations() -> dict[str, str]:
    """Every name that one goes by, with its own; nobody else's own name means another."""
    rows = list(Organisation.objects.order_by("pk").values_list("name", "name_en", "aliases"))
    others = {one: name for name, name_en, aliases in rows for one in (*aliases, name_en) if one}
    return others | {name: name for name, *_ in rows}


def _statements(claims: Iterable[Claim], at: datetime) -> dict[str, dict[Series, list[Statement]]]:
    """Public or not: what is approved of a hidden project is on record, too."""
    today = timezone.localdate(at)
    said: dict[str, list[Statement]] = defaultdict(list)
    for one in claims:
        said[one.project.code].append(one.statement())
    alive = {code: precedence.live(all_of, today) for code, all_of in said.items()}
    return {code: precedence.by_series(precedence.candidates(of, today)) for code, of in alive.items()}


def old_fact(column: str, project: Project, parties: dict[tuple[str, str], list[str]]) -> str | None:
    if column in REFERENCES:
        named = getattr(project, column)
        return named.code if named else None
    if column in PartyRole.values:
        return BETWEEN.join(parties.get((project.code, column), ())) or None
    return getattr(project, column) or None if column in PLAIN_FACTS and project.pk else None
