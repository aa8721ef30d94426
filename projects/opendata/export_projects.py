"""The rows of the files about projects: which are asked for is found once, then they are read in batches.

A batch is a few reads of plain values, each finished before its rows are sent. Which columns they fill is
`opendata.export_files`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator

from django.conf import settings
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
from projects.core.clocks import Clocks
from projects.core.promises import Dated
from projects.models import Alias, Claim, ProjectParty
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
    *(
        f"project__{whose}__{name}"
        for whose in ("place", "department")
        for name in ("code", "name", "name_en")
    ),
    *("project__parent__code", "project__parent__is_public"),
)
STANDING = (
    *("stage", "stage_basis", "stage_qualifier", "stage_since", "stage_last_said", "is_partly_in_use"),
    *("condition", "total_investment", "agreed_investment", "invested_to_date", "amounts_text"),
    *("sources", "last_known_on_text"),
    IS_DOUBLED,
)
OF_MILESTONE = [
    one.code
    for one in columns(
        "milestone+ scope first_promised promised actual verdict+ slip_min slip_max promised_state"
    )
]
OF_PARTY = [one.code for one in columns("organisation organisation_en role+")]


# One row a project


def projects(chosen: ChosenProjects, request: HttpRequest, *, with_records: bool = False) -> Iterator[tuple]:
    """In JSON each with its milestones and parties; elsewhere those are files of their own."""
    address, filled = _address(request), _filling()
    records = ("milestones_text",) if with_records else ()
    for batch in chosen.batches((*IDENTITY, *STANDING, *records)):
        keys = [row[0] for row in batch]
        aliases, parties = _aliases(keys), _parties(keys) if with_records else {}
        doubles = hiding.doubles_of([row[0] for row in batch if row[30]])
        let_go()
        for row in batch:
            lists = ()
            if with_records:
                told = [_milestone_record(one, chosen.clocks) for one in json.loads(row[-2])]
                lists = (told, [dict(zip(OF_PARTY, one[1:], strict=True)) for one in parties[row[0]]])
            yield (*filled(row, address(row[2]), aliases[row[0]], lists), doubles[row[0]])


def _address(request: HttpRequest) -> Callable[[str], str]:
    """The Chinese address, whichever language is read."""
    with translation.override(settings.LANGUAGE_CODE):
        before, after = reverse("project_page", args=["-"]).rsplit("-", 1)
    before = page_frame.root(request) + before
    return lambda slug: f"{before}{slug}{after}"


def _filling() -> Callable[..., tuple]:
    """Makes a row of the columns from values, with all words looked up before."""
    vocabularies = (Kind, Sector, RecordType, Funding, Stage, Basis, Condition)
    kinds, sectors, types, fundings, stages, bases, conditions = map(words_of, vocabularies)

    def filled(row: tuple, url: str, aliases: list[str], lists: tuple) -> tuple:
        _, code, slug, name, name_en, kind, sector, record_type, funding = row[:9]
        place_and_department, parent, is_parent_public = row[9:15], row[15], row[16]
        stage, basis, qualifier, since, last_said, partly, condition = row[17:24]
        total, agreed, invested, amounts_text, sources, last_known_on = row[24:30]
        amounts = json.loads(amounts_text) if amounts_text != "{}" else {}
        return (
            *(code, slug, url, name, name_en, aliases),
            *kinds[kind],
            *sectors.get(sector, NO_WORDS),
            *types[record_type],
            row[-1],
            *place_and_department,
            parent if is_parent_public else None,
            *stages.get(stage, NO_WORDS),
            *bases.get(basis, NO_WORDS),
            partly,
            *conditions[condition],
            *(None, total, agreed, invested),
            amounts.get("total_investment", {}).get("qualifier") or None,
            *lists,
            sources.split(),
            last_known_on,
            *fundings.get(funding, NO_WORDS),
            *(qualifier or None, since or None, last_said or None),
            amounts.get("invested_to_date", {}).get("method") or None,
        )

    return filled


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
        for _, code, told, _ in batch:
            yield from ((code, *_milestone(one, chosen.clocks)) for one in json.loads(told))


def _milestone(row: dict, clocks: Clocks) -> tuple:
    told = facts_from_json(row)
    verdict, slip = judged(told, clocks.asof)
    return (
        *words_of(Milestone)[told.milestone],
        told.scope,
        *(_text(told.first), _text(told.promised), _text(told.actual)),
        *words_of(Verdict).get(verdict, NO_WORDS),
        *(slip or (None, None)),
        told.state,
    )


def _milestone_record(row: dict, clocks: Clocks) -> dict:
    found = dict(zip(OF_MILESTONE, _milestone(row, clocks), strict=True))
    least, most, state = (found.pop(name) for name in ("slip_min", "slip_max", "promised_state"))
    return found | {"slip_days": None if least is None else [least, most], "promised_state": state}


def _text(said: Dated | None) -> str | None:
    return said.value.text if said else None


# One row a promise


def promises(chosen: ChosenProjects, verdicts: Collection[str] = ()) -> Iterator[tuple]:
    """Milestones that were promised, with the basis of the first promise and the sources of all of them.

    With verdicts only those that have one of them.
    """
    for batch in chosen.batches(["project__code", "milestones_text"]):
        told = [
            (code, facts, *judged(facts, chosen.clocks.asof))
            for _, code, milestones, _ in batch
            for facts in (facts_from_json(one) for one in json.loads(milestones) if "first" in one)
        ]
        found = [one for one in told if not verdicts or one[2] in verdicts]
        claims = _claims(one.ref for _, facts, *_ in found for one in _said(facts))
        let_go()
        for code, told, verdict, slip in found:
            yield (
                *(code, told.milestone, told.scope, _text(told.first), claims[told.first.ref][0]),
                *(_text(told.promised), told.state, _text(told.actual), verdict, *(slip or (None, None))),
                sorted({claims[one.ref][1] for one in _said(told)}),
            )


def _said(told) -> list[Dated]:
    return [one for one in (told.first, told.promised, told.undecided, told.actual) if one]


def _claims(refs: Iterator[str]) -> dict[str, tuple[str, str]]:
    """The basis and the source of each."""
    rows = Claim.objects.filter(ref__in=set(refs)).values_list("ref", "basis", "source__code")
    return {ref: (basis, source) for ref, basis, source in rows}
