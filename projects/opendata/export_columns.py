"""The data contract: what each row of an export holds, codes with their words beside them.

Which rows there are is `opendata.export_rows`; how a CSV cell is written is `pages.csv_cells`.
"""

import json
from collections.abc import Iterable

from django.utils import translation

from projects import choices
from projects.core.clocks import Clocks
from projects.core.promises import Dated, Facts
from projects.models.standing import facts_from_json
from projects.opendata.export_rows import ProjectRow
from projects.records.project_record import judged

PROJECT_COLUMNS = [
    "code",
    "slug",
    "url",
    "name",
    "name_en",
    "aliases",
    "kind",
    "kind_name",
    "kind_name_en",
    "sector",
    "sector_name",
    "sector_name_en",
    "record_type",
    "record_type_name",
    "record_type_name_en",
    "counted",
    "place",
    "place_name",
    "place_name_en",
    "department",
    "department_name",
    "department_name_en",
    "parent",
    "stage",
    "stage_name",
    "stage_name_en",
    "stage_basis",
    "stage_basis_name",
    "stage_basis_name_en",
    "partly_in_use",
    "condition",
    "condition_name",
    "condition_name_en",
    "light",
    "total_investment",
    "agreed_investment",
    "invested_to_date",
    "investment_qualifier",
    "milestones",
    "parties",
    "sources",
    "last_known_on",
    "funding",
    "funding_name",
    "funding_name_en",
    "stage_qualifier",
    "stage_since",
    "stage_last_said",
    "invested_method",
]
CLAIM_COLUMNS = [
    "ref",
    "project",
    "topic",
    "measure",
    "scope",
    "period",
    "value",
    "unit",
    "qualifier",
    "as_of",
    "known_on",
    "source",
    "place",
    "basis",
    "corrects",
    "corrected_by",
    "note",
    "method",
]


def words(name: str, member: choices.TextChoices | None) -> dict:
    """A code with its word in both languages; null where there is none."""
    found = {name: None, f"{name}_name": None, f"{name}_name_en": None}
    if member is not None:
        found[name] = member.value
        for suffix, language in (("_name", "zh-hans"), ("_name_en", "en")):
            with translation.override(language):
                found[name + suffix] = str(member.label)
    return found


def named(name: str, row) -> dict:
    """A row's code with its names."""
    return {
        name: row.code if row else None,
        f"{name}_name": row.name if row else None,
        f"{name}_name_en": row.name_en if row else None,
    }


def project(row: ProjectRow, clocks: Clocks, url: str) -> dict:
    identity, standing = row.project, row.standing
    qualifier = standing.amounts.get("total_investment", {}).get("qualifier") or None
    return {
        "code": identity.code,
        "slug": identity.slug,
        "url": url,
        "name": identity.name,
        "name_en": identity.name_en,
        "aliases": row.aliases,
        **words("kind", choices.Kind(identity.kind)),
        **words("sector", choices.Sector(identity.sector) if identity.sector else None),
        **words("record_type", choices.RecordType(identity.record_type)),
        "counted": standing.is_counted,
        **named("place", identity.place),
        **named("department", identity.department),
        "parent": row.part_of,
        **words("stage", choices.Stage(standing.stage) if standing.stage else None),
        **words("stage_basis", choices.Basis(standing.stage_basis) if standing.stage_basis else None),
        "partly_in_use": standing.is_partly_in_use,
        **words("condition", choices.Condition(standing.condition)),
        "light": None,
        "total_investment": standing.total_investment,
        "agreed_investment": standing.agreed_investment,
        "invested_to_date": standing.invested_to_date,
        "investment_qualifier": qualifier,
        "milestones": [milestone(facts_from_json(told), clocks) for told in standing.milestones],
        "parties": [
            {"organisation": party.organisation.name, "organisation_en": party.organisation.name_en}
            | words("role", choices.PartyRole(party.role))
            for party in row.parties
        ],
        "sources": standing.sources.split(),
        "last_known_on": standing.last_known_on.isoformat(),
        **words("funding", choices.Funding(identity.funding) if identity.funding else None),
        "stage_qualifier": standing.stage_qualifier or None,
        "stage_since": standing.stage_since or None,
        "stage_last_said": standing.stage_last_said or None,
        "invested_method": standing.amounts.get("invested_to_date", {}).get("method") or None,
    }


def milestone(told: Facts, clocks: Clocks) -> dict:
    verdict, slip = judged(told, clocks.asof)
    return {
        **words("milestone", choices.Milestone(told.milestone)),
        "scope": told.scope,
        "first_promised": _text(told.first),
        "promised": _text(told.promised),
        "actual": _text(told.actual),
        **words("verdict", verdict),
        "slip_days": list(slip) if slip else None,
        "promised_state": told.state,
    }


def _text(said: Dated | None) -> str | None:
    return said.value.text if said else None


def flat(rows: Iterable[dict]) -> Iterable[dict]:
    """For a table: lists of names on one line, lists of records as JSON."""
    for row in rows:
        yield {name: _flat(value) for name, value in row.items()}


def _flat(value: object) -> object:
    return ("true" if value else "false") if isinstance(value, bool) else in_a_cell(value)


def in_a_cell(value: object) -> object:
    """Lists as one text; anything else as it is."""
    if not isinstance(value, list):
        return value
    if value and isinstance(value[0], str):
        return "; ".join(value)
    return json.dumps(value, ensure_ascii=False) if value else ""
