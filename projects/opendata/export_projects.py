"""The rows of the files about projects: which are asked for is found once, then they are read in batches.

A batch is a few reads of plain values, each finished before its rows are sent. Which columns they fill is
`opendata.export_files`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from projects.choices import (
    Basis,
    Condition,
    Funding,
    Kind,
    PartyRole,
    RecordType,
    Sector,
    Stage,
)
from projects.core.statements import DATED_TOPICS
from projects.models import Alias, Claim, Department, Place, ProjectParty
from projects.models.prepared import Prepared, among
from projects.opendata.chosen_projects import ChosenProjects, of_these, rows_of
from projects.opendata.export_sources import SAID_IN, said_in
from projects.opendata.told_milestones import told_milestone
from projects.pages import page_frame
from projects.records import hiding
from projects.words.column import NO_WORDS, words_of
from projects.words.columns import columns
from tracker.connections import let_go

IDENTITY = (
    *("project__code", "project__slug", "project__name", "project__name_en", "project__kind"),
    *("project__sector", "project__record_type", "project__funding"),
    *("project__place_id", "project__department_id", "public_parent"),
)
STANDING = (
    *("stage", "stage_basis", "stage_qualifier", "stage_since", "stage_last_said", "partly"),
    *("condition", "total_investment", "agreed_investment", "invested_to_date", "total_qualifier"),
    *("method", "sources", "last_known_on_text", "is_doubled"),
    *("total_basis", "agreed_qualifier", "agreed_basis"),
)
MAX_WORDS = 500  # of which the words are remembered
OF_PARTY = [one.code for one in columns("organisation organisation_en role+ source place_in_source")]


# One row a project


def projects(chosen: ChosenProjects, request: HttpRequest, *, with_records: bool = False) -> Iterator[tuple]:
    """In JSON each with its milestones and parties; elsewhere those are files of their own.

    Codes with their words, a place and a unit with their names are a tuple, which many rows share.
    """
    before, after = _address(request)
    fundings, nothing = words_of(Funding), []
    records = ("milestones_text",) if with_records else ()
    for batch in chosen.batches((*IDENTITY, *STANDING, *records)):
        keys = [row[0] for row, _ in batch]
        places = _names(Place, {row[9] for row, _ in batch})
        departments = _names(Department, {row[10] for row, _ in batch})
        aliases, parties = _aliases(keys), _parties(keys) if with_records else {}
        doubles = hiding.doubles_of([row[0] for row, _ in batch if row[26]])
        let_go()
        for row, is_counted in batch:
            key, code, slug, name, name_en, kind, sector, record_type, funding, *standing = row
            place, department, parent, stage, basis, qualifier, since, last_said, partly, *amounts = standing
            condition, total, agreed, invested, about, method, sources, last_known_on, _, *told = amounts
            total_basis, agreed_about, agreed_basis, *told = told
            lists = _records(told[0], chosen.clocks.asof, parties[key]) if with_records else ()
            yield (
                *(code, slug, f"{before}{slug}{after}", name, name_en, aliases.get(key, nothing)),
                *(_kind(kind, sector, record_type), is_counted, places[place], departments[department]),
                *(parent, _stage(stage, basis, bool(partly), condition)),
                *(None, total, agreed, invested, about or None, *lists),
                *(sources.split(), last_known_on),
                *(fundings.get(funding, NO_WORDS), qualifier or None, since or None, last_said or None),
                *(method or None, doubles.get(key, nothing)),
                *(total_basis, agreed_about or None, agreed_basis),
            )


@lru_cache(MAX_WORDS)
def _kind(kind: str, sector: str, record_type: str) -> tuple:
    return *words_of(Kind)[kind], *words_of(Sector).get(sector, NO_WORDS), *words_of(RecordType)[record_type]


@lru_cache(MAX_WORDS)
def _stage(stage: str, basis: str, is_partly: bool, condition: str) -> tuple:
    said = (*words_of(Stage).get(stage, NO_WORDS), *words_of(Basis).get(basis, NO_WORDS))
    return *said, is_partly, *words_of(Condition)[condition]


def _address(request: HttpRequest) -> list[str]:
    """Before and after the slug: the Chinese address, whichever language is read."""
    with translation.override(settings.LANGUAGE_CODE):
        before, after = reverse("project_page", args=["-"]).rsplit("-", 1)
    return [page_frame.root(request) + before, after]


def _names(model: type[Model], keys: set[int | None]) -> dict[int | None, tuple]:
    """Code and names in both languages of these."""
    asked = Prepared(_named, (model,), {"keys": sorted(keys - {None})})
    rows = asked.fetch() if asked.values["keys"] else []
    return {None: NO_WORDS} | {key: tuple(names) for key, *names in rows}


def _named(model: type[Model], keys: str) -> QuerySet:
    return among(model.objects.order_by(), "pk", keys=keys).values_list("pk", "code", "name", "name_en")


def _records(milestones: str, asof: date, parties: list[tuple]) -> tuple[list[dict], list[dict]]:
    told = [told_milestone(one, asof).as_record for one in json.loads(milestones)]
    return told, [dict(zip(OF_PARTY, one[1:], strict=True)) for one in parties]


def _aliases(keys: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for project, name in rows_of(Prepared(_aliases_named), keys):
        found[project].append(name)
    return found


def _aliases_named() -> QuerySet:
    return Alias.objects.order_by("name").values_list("project_id", "name")


# One row a party


def parties(chosen: ChosenProjects) -> Iterator[tuple]:
    for keys in chosen.parts():
        found = _parties(keys)
        let_go()
        for key in keys:
            yield from found[key]


def _parties(keys: list[int]) -> dict[int, list[tuple]]:
    """Each with the number of its project, and where it stands; a source that is not public is not named."""
    roles = words_of(PartyRole)
    found: dict[int, list[tuple]] = defaultdict(list)
    for project, code, name, name_en, role, *said in rows_of(Prepared(_parties_named), keys):
        found[project].append((code, name, name_en, *roles[role], *said_in(*said)))
    return found


def _parties_named() -> QuerySet:
    names = ("project_id", "project__code", "organisation__name", "organisation__name_en", "role", *SAID_IN)
    return ProjectParty.objects.order_by("role", "organisation__code").values_list(*names)


# One row a milestone


def milestones(chosen: ChosenProjects) -> Iterator[tuple]:
    for batch in chosen.batches(["project__code", "milestones_text"]):
        let_go()
        for (_, code, told), _ in batch:
            yield from ((code, told_milestone(one, chosen.clocks.asof).columns) for one in json.loads(told))


# One row a promise


def promises(chosen: ChosenProjects, verdicts: Collection[str] = (), year: str = "") -> Iterator[tuple]:
    """Milestones that were promised, with the basis of the first promise and the sources of all of them.

    With verdicts only those that have one of them, with a year those that fall due in it.
    """
    for batch in chosen.batches(["project__code", "milestones_text"]):
        told = [
            (key, code, one, told_milestone(one, chosen.clocks.asof))
            for (key, code, milestones, *_), _ in batch
            for one in json.loads(milestones)
            if "first" in one
        ]
        found = [
            one
            for one in told
            if (not verdicts or one[3].verdict in verdicts) and (not year or one[3].due_in == year)
        ]
        claims = _claims(sorted({one[0] for one in found}))
        let_go()
        for _, code, row, told in found:
            said = told.as_record
            yield (
                *(code, row["milestone"], row["scope"], said["first_promised"], claims[row["first"][0]][0]),
                *(said["promised"], said["promised_state"], said["actual"], told.verdict, *told.slip),
                sorted({claims[ref][1] for ref in _said(row)}),
            )


def _said(row: dict) -> list[str]:
    return [row[name][0] for name in ("first", "promised", "undecided", "actual") if name in row]


def _claims(keys: list[int]) -> dict[str, tuple[str, str]]:
    """The basis and the source of each on a date, of these projects."""
    if not keys:
        return {}
    rows = Claim.objects.filter(of_these(keys), topic__in=DATED_TOPICS).order_by()
    return {ref: told for ref, *told in rows.values_list("ref", "basis", "source__code")}
