"""The rows of the exports, for any (as-of, known): projects, claims and statistics with all they hold."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain

from django.db.models import QuerySet

from projects.choices import AliasKind
from projects.claims import standings
from projects.claims.quotes import sentence_of
from projects.claims.source_places import place_of
from projects.core import numbers
from projects.core.clocks import Clocks
from projects.core.precedence import corrections
from projects.models import Alias, Claim, DataVersion, Project, ProjectParty, Standing, Statistic
from projects.models.assertion import Assertion

MAX_NAMES = 1000  # for the list under a search field


@dataclass(frozen=True, slots=True)
class ProjectRow:
    project: Project
    standing: Standing
    part_of: str | None
    aliases: list[str]
    parties: list[ProjectParty]


def names(clocks: Clocks) -> list[str]:
    """What records are called, those of which something became known last before the others."""
    rows = standings.on(clocks).order_by("-last_known_on", "-number")
    found = {
        project: [name, name_en]
        for project, name, name_en in rows.values_list("project", "name", "name_en")[:MAX_NAMES]
    }
    others = Alias.objects.filter(project__in=found).exclude(kind=AliasKind.MISPRINT).order_by("name")
    for project, name in others.values_list("project", "name"):
        found[project].append(name)
    return list(dict.fromkeys(filter(None, chain.from_iterable(found.values()))))[:MAX_NAMES]


def generated() -> str | None:
    """The moment of the data version."""
    at = DataVersion.objects.filter(id=1).values_list("changed_at", flat=True).first()
    return at.isoformat() if at else None


def projects(rows: QuerySet, clocks: Clocks) -> list[ProjectRow]:
    """The rows of a list with names, parties and all that their standings hold, in three reads."""
    ids = rows.order_by().values("project")
    held = standings.rectangles_on(clocks, ids)
    found = list(
        held.select_related("project__place", "project__department", "project__parent").order_by("number")
    )
    aliases: dict[int, list[str]] = defaultdict(list)
    named = Alias.objects.filter(project__in=ids).order_by("name")
    for project, name in named.values_list("project_id", "name"):
        aliases[project].append(name)
    parties: dict[int, list[ProjectParty]] = defaultdict(list)
    named = ProjectParty.objects.filter(project__in=ids).select_related("organisation")
    for party in named.order_by("role", "organisation__code"):
        parties[party.project_id].append(party)
    return [
        ProjectRow(one.project, one, _part_of(one.project), aliases[one.project_id], parties[one.project_id])
        for one in found
    ]


def _part_of(project: Project) -> str | None:
    """The code of the record it is part of, if that may be known of."""
    return project.parent.code if project.parent and project.parent.is_public else None


def claims(clocks: Clocks, project: Project | None = None, with_quotes: bool = False) -> list[dict]:
    """Every claim known on K and true by D, corrected ones too; of one project or of all."""
    rows = Claim.objects.public(clocks.known)
    rows = rows.filter(project=project) if project else rows
    rows = list(rows.select_related("project", "source", "section", "corrects").order_by("ref"))
    corrected_by = corrections((row.ref, row.corrects and row.corrects.ref) for row in rows)
    corrects = {ref: corrected for corrected, ref in corrected_by.items()}
    return [
        {
            "ref": row.ref,
            "project": row.project.code,
            "topic": row.topic,
            "measure": row.measure,
            "scope": row.scope,
            "period": row.period,
            **_said(row),
            "basis": row.basis,
            "corrects": corrects.get(row.ref),
            "corrected_by": corrected_by.get(row.ref),
            "note": row.note,
            "method": row.method or None,
        }
        | ({"quote": sentence_of(row)} if with_quotes else {})
        for row in rows
        if row.as_of_latest <= clocks.asof
    ]


def statistics(clocks: Clocks) -> list[dict]:
    """Every live figure known on K and true by D."""
    rows = Statistic.objects.public(clocks.known)
    rows = list(rows.select_related("subject", "source", "section", "corrects").order_by("ref"))
    corrected = corrections((row.ref, row.corrects and row.corrects.ref) for row in rows)
    return [
        {
            "ref": row.ref,
            "subject": row.subject.code,
            "label": row.subject.name,
            "label_en": row.subject.name_en,
            **_said(row),
            "period": row.period or None,
            "is_target": row.is_target,
            "basis": row.basis,
            "note": row.note or None,
            "method": row.method or None,
            "members": row.members,
        }
        for row in rows
        if row.as_of_latest <= clocks.asof and row.ref not in corrected and not row.is_withdrawal
    ]


def _said(row: Assertion) -> dict:
    """The value, its clocks and its place, as plain values."""
    value, unit = _value(row)
    return {
        "value": value,
        "unit": unit,
        "qualifier": row.qualifier or None,
        "as_of": row.as_of,
        "known_on": row.known_on.isoformat(),
        "source": row.source.code,
        "place": place_of(row) or None,
    }


def _value(row: Assertion) -> tuple[int | float | str | None, str | None]:
    """Money is whole yuan whatever unit it was printed in."""
    if row.value_yuan is not None:
        return row.value_yuan, "CNY"
    if row.value_number is not None:
        number = numbers.rounded(row.value_number, row.decimals)
        return (int(number) if not row.decimals else float(number)), row.unit
    return row.value_code or row.value_date or row.value_text or None, None
