"""Rows as a sheet proposes them, and files that were kept and sent, for tests of what becomes of them."""

import itertools

from projects.choices import Kind, Stage, Topic
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.core.statements import Series, Value
from projects.imports import batches, decisions
from projects.imports.rules.proposals import ProposedClaim, ProposedFact, ProposedRow
from projects.models import Batch, Project
from tests.cast import AT, TODAY, Cast

AS_OF = fuzzy_dates.parse("2026-02")
FORTY = Money(40 * 10**8, "yi", 0)
FIFTY = Money(50 * 10**8, "yi", 0)
_digests = itertools.count()


def claim(
    value: Value = FORTY, topic: Topic = Topic.TOTAL_INVESTMENT, *, column: str = "", cell: str = "D2", **more
) -> ProposedClaim:
    series = Series(topic.value, more.pop("measure", ""), "", more.pop("period", ""))
    told = {"as_of": AS_OF, "known_on": TODAY} | more
    return ProposedClaim(column or topic.value, cell, series, value, **told)


def stage(value: str = Stage.BUILDING.value, **more) -> ProposedClaim:
    return claim(value, Topic.STAGE, cell="C2", **more)


def fact(column: str, value: str, cell: str = "A2") -> ProposedFact:
    return ProposedFact(column, cell, value)


def row(of: Project | None, *said: ProposedClaim | ProposedFact, number: int = 2, **more) -> ProposedRow:
    claims = tuple(one for one in said if isinstance(one, ProposedClaim))
    facts = tuple(one for one in said if isinstance(one, ProposedFact))
    return ProposedRow(number, of.code if of else None, facts, claims, **more)


def new(name: str, *said: ProposedClaim | ProposedFact, number: int = 2, **more) -> ProposedRow:
    facts = fact("name", name), fact("kind", Kind.INDUSTRIAL.value, "B2")
    return row(None, *facts, *said, number=number, **more)


def kept(people: Cast, **more) -> Batch:
    told = {
        "file_name": "二月.xlsx",
        "digest": f"{next(_digests):064x}",
        "sheet": "项目",
        "cells": [["名称"]],
    }
    return batches.keep(by=people.editor, at=AT, **told | more)


def sent(people: Cast, *rows: ProposedRow, at=AT, **more) -> Batch:
    """The first part; a document is given as `source`."""
    changes = {name: more.pop(name) for name in batches.SAVED if name in more}
    draft = kept(people, **more)
    if changes:
        draft = batches.save(draft, expected=draft.version, by=people.editor, at=at, **changes)
    return batches.send(draft, rows, expected=draft.version, by=people.editor, at=at)[0]


def approved_batch(people: Cast, *rows: ProposedRow, at=AT, **more) -> Batch:
    batch = sent(people, *rows, at=at, **more)
    return decisions.approve(batch, expected=batch.version, by=people.second_editor, at=at)
