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
from typing import NamedTuple

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from projects.choices import (
    Basis,
    Condition,
    Funding,
    Kind,
    Milestone,
    PartyRole,
    RecordType,
    Sector,
    Stage,
    Verdict,
)
from projects.core.promises import Dated
from projects.core.statements import DATED_TOPICS
from projects.models import Alias, Claim, Department, Place, ProjectParty
from projects.models.standing import facts_from_json
from projects.opendata.chosen_projects import IS_DOUBLED, ChosenProjects, of_these
from projects.pages import page_frame
from projects.records import hiding
from projects.records.project_record import judged
from projects.words.column import NO_WORDS, words_of
from projects.words.columns import columns
from tracker.connections import let_go

IDENTITY = (
    *("project__code", "project__slug", "project__name", "project__name_en", "project__kind"),
    *("project__sector", "project__record_type", "project__funding"),
    *("project__place_id", "project__department_id", "project__parent__code", "project__parent__is_public"),
)
STANDING = (
    *("stage", "stage_basis", "stage_qualifier", "stage_since", "stage_last_said", "is_partly_in_use"),
    *("condition", "total_investment", "agreed_investment", "invested_to_date", "total_qualifier"),
    *("amounts_text", "sources", "last_known_on_text"),
    IS_DOUBLED,
)
MAX_TOLD = 2_000  # milestones that are remembered
INVESTED = '"invested_to_date"'  # of amounts that do not say it nothing more is asked
OF_MILESTONE = [
    one.code
    for one in columns(
        "milestone+ scope first_promised promised actual verdict+ slip_min slip_max promised_state"
    )
]
OF_PARTY = [one.code for one in columns("organisation organisation_en role+")]


# One row a project


def projects(chosen: ChosenProjects, request: HttpRequest, *, with_records: bool = False) -> Iterator[tuple]:
    """In JSON each with its milestones and parties; elsewhere those are files of their own.

    A code with its words, a place and a unit with their names are one tuple, which many rows share.
    """
    before, after = _address(request)
    vocabularies = (Kind, Sector, RecordType, Funding, Stage, Basis, Condition)
    kinds, sectors, types, fundings, stages, bases, conditions = map(words_of, vocabularies)
    records = ("milestones_text",) if with_records else ()
    for batch in chosen.batches((*IDENTITY, *STANDING, *records)):
        keys = [row[0] for row, _ in batch]
        places = _names(Place, {row[9] for row, _ in batch})
        departments = _names(Department, {row[10] for row, _ in batch})
        aliases, parties = _aliases(keys), _parties(keys) if with_records else {}
        doubles = hiding.doubles_of([row[0] for row, _ in batch if row[27]])
        let_go()
        for row, is_counted in batch:
            key, code, slug, name, name_en, kind, sector, record_type, funding = row[:9]
            place, department, parent, is_parent_public, stage, basis, qualifier, since, last_said = row[9:18]
            partly, condition, total, agreed, invested, about, amounts, sources, last_known_on = row[18:27]
            book = json.loads(amounts).get("invested_to_date", {}) if INVESTED in amounts else {}
            lists = _records(row[28], chosen.clocks.asof, parties[key]) if with_records else ()
            yield (
                *(code, slug, f"{before}{slug}{after}", name, name_en, aliases[key]),
                *(kinds[kind], sectors.get(sector, NO_WORDS), types[record_type], is_counted),
                *(places[place], departments[department], parent if is_parent_public else None),
                *(stages.get(stage, NO_WORDS), bases.get(basis, NO_WORDS), bool(partly)),
                *(conditions[condition], None, total, agreed, invested, about or None, *lists),
                *(sources.split(), last_known_on),
                *(fundings.get(funding, NO_WORDS), qualifier or None, since or None, last_said or None),
                *(book.get("method") or None, doubles[key]),
            )


def _address(request: HttpRequest) -> list[str]:
    """Before and after the slug: the Chinese address, whichever language is read."""
    with translation.override(settings.LANGUAGE_CODE):
        before, after = reverse("project_page", args=["-"]).rsplit("-", 1)
    return [page_frame.root(request) + before, after]


def _names(model: type[Model], keys: set[int | None]) -> dict[int | None, tuple]:
    """Code and names in both languages of these."""
    rows = model.objects.filter(pk__in=keys - {None}).order_by().values_list("pk", "code", "name", "name_en")
    return {None: NO_WORDS} | {key: tuple(names) for key, *names in rows}


def _records(milestones: str, asof: date, parties: list[tuple]) -> tuple[list[dict], list[dict]]:
    told = [_milestone(one, asof).as_record for one in json.loads(milestones)]
    return told, [dict(zip(OF_PARTY, one[1:], strict=True)) for one in parties]


def _aliases(keys: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    named = Alias.objects.filter(of_these(keys)).order_by("name")
    for project, name in named.values_list("project_id", "name"):
        found[project].append(name)
    return found


# One row a party


def parties(chosen: ChosenProjects) -> Iterator[tuple]:
    for keys in chosen.parts():
        found = _parties(keys)
        let_go()
        for key in keys:
            yield from found[key]


def _parties(keys: list[int]) -> dict[int, list[tuple]]:
    """Each with the number of its project."""
    roles = words_of(PartyRole)
    found: dict[int, list[tuple]] = defaultdict(list)
    rows = ProjectParty.objects.filter(of_these(keys)).order_by("role", "organisation__code")
    names = ("project_id", "project__code", "organisation__name", "organisation__name_en", "role")
    for project, code, name, name_en, role in rows.values_list(*names):
        found[project].append((code, name, name_en, *roles[role]))
    return found


# One row a milestone


def milestones(chosen: ChosenProjects) -> Iterator[tuple]:
    for batch in chosen.batches(["project__code", "milestones_text"]):
        let_go()
        for (_, code, told), _ in batch:
            yield from ((code, _milestone(one, chosen.clocks.asof).columns) for one in json.loads(told))


class ToldMilestone(NamedTuple):
    """One of a project as it is told in a file: its columns, and what JSON makes of them."""

    columns: tuple
    as_record: dict
    verdict: Verdict | None
    slip: tuple[int | None, int | None]


def _milestone(row: dict, asof: date) -> ToldMilestone:
    """Many projects say the same: of the claims that say it only matters which are one and the same."""
    refs: dict[str, int] = {}
    said = []
    for name, one in row.items():
        if type(one) is list:
            ref, *told = one
            one = (refs.setdefault(ref, len(refs)), *told)
        said.append((name, one))
    return _told(tuple(said), asof)


@lru_cache(MAX_TOLD)
def _told(said: tuple[tuple, ...], asof: date) -> ToldMilestone:
    told = facts_from_json(dict(said))
    verdict, slip = judged(told, asof)
    columns = (
        *words_of(Milestone)[told.milestone],
        told.scope,
        *(_text(told.first), _text(told.promised), _text(told.actual)),
        *words_of(Verdict).get(verdict, NO_WORDS),
        *(slip or (None, None)),
        told.state,
    )
    record = dict(zip(OF_MILESTONE, columns, strict=True))
    least, most, state = (record.pop(name) for name in ("slip_min", "slip_max", "promised_state"))
    record |= {"slip_days": None if least is None else [least, most], "promised_state": state}
    return ToldMilestone(columns, record, verdict, slip or (None, None))


def _text(said: Dated | None) -> str | None:
    return said.value.text if said else None


# One row a promise


def promises(chosen: ChosenProjects, verdicts: Collection[str] = ()) -> Iterator[tuple]:
    """Milestones that were promised, with the basis of the first promise and the sources of all of them.

    With verdicts only those that have one of them.
    """
    for batch in chosen.batches(["project__code", "milestones_text"]):
        told = [
            (key, code, one, _milestone(one, chosen.clocks.asof))
            for (key, code, milestones, *_), _ in batch
            for one in json.loads(milestones)
            if "first" in one
        ]
        found = [one for one in told if not verdicts or one[3].verdict in verdicts]
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
