"""The rows of the files about projects: which are asked for is found once, then they are read in batches.

A batch is a few reads of plain values, each finished before its rows are sent. Which columns they fill is
`opendata.export_files`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import repeat

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
from projects.opendata.bid_words import Worded, as_code, words_of_stage
from projects.opendata.chosen_projects import ChosenProjects, of_these, rows_of
from projects.opendata.export_sources import SAID_IN, said_in
from projects.opendata.told_milestones import told_milestone
from projects.pages import page_frame
from projects.records import hiding
from projects.words.column import NO_WORDS, words_of
from projects.words.columns import columns

IDENTITY = (
    *("code", "slug", "name", "name_en", "kind", "sector", "record_type", "funding"),
    *("place_id", "department_id", "public_parent"),
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
    places, departments, asof = _Names(Place), _Names(Department), chosen.clocks.asof
    records = ("milestones_text",) if with_records else ()
    for rows, counted in chosen.batches((*IDENTITY, *STANDING, *records)):
        # Column by column: to take each row apart would cost more than to read it.
        keys, codes, slugs, names, names_en, kinds, sectors, types, *more = zip(*rows, strict=True)
        fundings, place_ids, department_ids, parents, *more = more
        stages, bases, qualifiers, since, last_said, partly, conditions, *more = more
        total, agreed, invested, about, methods, sources, known_on, doubled, *more = more
        total_basis, agreed_about, agreed_basis, *told = more
        places.look_up(place_ids)
        departments.look_up(department_ids)
        aliases, parties = _aliases(keys), _parties(keys) if with_records else {}
        doubles = hiding.doubles_of([key for key, sign in zip(keys, doubled, strict=True) if sign])
        bids = [word if one == RecordType.BID else None for one, word in zip(types, qualifiers, strict=True)]
        lists = _records(told[0], asof, bids, map(parties.__getitem__, keys)) if with_records else ()
        yield from zip(
            *(codes, slugs, [f"{before}{slug}{after}" for slug in slugs], names, names_en),
            *(_lists(aliases, keys), map(_kind, kinds, sectors, types), counted),
            *(map(places.__getitem__, place_ids), map(departments.__getitem__, department_ids), parents),
            *(map(_stage, stages, bases, partly, conditions, bids), repeat(None)),
            *(total, agreed, invested, _or_none(about), *lists, map(str.split, sources), known_on),
            *(map(_funding, fundings), _or_none(qualifiers), _or_none(since), _or_none(last_said)),
            *(_or_none(methods), _lists(doubles, keys)),
            *(total_basis, _or_none(agreed_about), agreed_basis),
            strict=False,  # what is always the same has no end
        )


def _or_none(values: Iterable[str]) -> list[str | None]:
    return [one or None for one in values]


def _lists(found: dict[int, list[str]], keys: Iterable[int]) -> Iterable[list[str]]:
    return map(found.get, keys, repeat([])) if found else repeat([])


@lru_cache(MAX_WORDS)
def _kind(kind: str, sector: str, record_type: str) -> tuple:
    return *words_of(Kind)[kind], *words_of(Sector).get(sector, NO_WORDS), *words_of(RecordType)[record_type]


@lru_cache(MAX_WORDS)
def _stage(stage: str, basis: str, partly: str | None, condition: str, of_bid: str | None) -> tuple:
    """Of a bid with the word beside its stage: what is nearly done is not granted yet."""
    has_own = stage and of_bid is not None
    said = words_of_stage(stage, of_bid) if has_own else words_of(Stage).get(stage, NO_WORDS)
    return *said, *words_of(Basis).get(basis, NO_WORDS), bool(partly), *words_of(Condition)[condition]


def _funding(code: str) -> tuple:
    return words_of(Funding).get(code, NO_WORDS)


def _address(request: HttpRequest) -> list[str]:
    """Before and after the slug: the Chinese address, whichever language is read."""
    with translation.override(settings.LANGUAGE_CODE):
        before, after = reverse("project_page", args=["-"]).rsplit("-", 1)
    return [page_frame.root(request) + before, after]


class _Names(dict[int | None, tuple]):
    """Code and names in both languages, read once a file."""

    def __init__(self, model: type[Model]):
        super().__init__({None: NO_WORDS})
        self.model = model

    def look_up(self, keys: Iterable[int | None]) -> None:
        if new := sorted(set(keys).difference(self)):
            rows = Prepared(_named, (self.model,), {"keys": new}).fetch()
            self.update((key, tuple(names)) for key, *names in rows)


def _named(model: type[Model], keys: str) -> QuerySet:
    return among(model.objects.order_by(), "pk", keys=keys).values_list("pk", "code", "name", "name_en")


def _records(
    milestones: Iterable[str],
    asof: date,
    bids: Iterable[str | None],
    parties: Iterable[list[tuple]],
) -> tuple[Iterator[list[dict]], Iterator[list[dict]]]:
    told = (
        [told_milestone(one, asof, bid is not None).as_record for one in json.loads(of)]
        for of, bid in zip(milestones, bids, strict=True)
    )
    return told, ([dict(zip(OF_PARTY, one[1:], strict=True)) for one in of] for of in parties)


def _aliases(keys: Sequence[int]) -> dict[int, list[str]]:
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
        for key in keys:
            yield from found[key]


def _parties(keys: Sequence[int]) -> dict[int, list[tuple]]:
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
    asof = chosen.clocks.asof
    for rows, _ in chosen.batches(["code", "record_type", "milestones_text"]):
        for _, code, record_type, milestones in rows:
            is_bid = record_type == RecordType.BID
            yield from ((code, told_milestone(one, asof, is_bid).columns) for one in json.loads(milestones))


# One row a promise


def promises(
    chosen: ChosenProjects, verdicts: Collection[str] = (), year: str = "", *, worded: Worded = as_code
) -> Iterator[tuple]:
    """Milestones that were promised, with the basis of the first promise and the sources of all of them.

    With verdicts only those that have one of them, with a year those that fall due in it.
    """
    asof = chosen.clocks.asof
    for rows, _ in chosen.batches(["code", "record_type", "milestones_text"]):
        told = [
            (key, (code, worded("milestone", one["milestone"], record_type)), one, told_milestone(one, asof))
            for key, code, record_type, milestones in rows
            for one in json.loads(milestones)
            if "first" in one
        ]
        found = [
            one
            for one in told
            if (not verdicts or one[3].verdict in verdicts) and (not year or one[3].due_in == year)
        ]
        claims = _claims(sorted({one[0] for one in found}))
        for _, step, row, told in found:
            said = told.as_record
            yield (
                *(*step, row["scope"], said["first_promised"], claims[row["first"][0]][0]),
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
