"""Events as a table of the page of two days shows them, in words; which there are is `records.event_list`."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from projects.choices import Basis, Topic
from projects.core.statements import Value
from projects.models import Claim
from projects.pages.note_tags import heading
from projects.pages.value_tags import fuzzy, place_of, scope, value
from projects.records.event_list import EventRow
from projects.words.language import in_language
from projects.words.stage_words import milestone_word


class EventLine(NamedTuple):
    """`before` is None where nothing was said before, `after` where it was withdrawn."""

    slug: str
    name: str
    when: str
    about: str
    scope: str
    has_values: bool
    before: str | None
    is_before_stated: bool
    after: str | None
    is_stated: bool
    ref: str
    source: str  # its code,
    title: str
    where: str  # and the place in it


def line(row: EventRow) -> EventLine:
    event, claim, was = row.event, row.event.claim, row.event.was
    after = None if row.after is None else _value(row, row.after, claim)
    return EventLine(
        event.project.slug,
        in_language(event.project),
        _when(row) if row.has_values else after or "",
        _about(row),
        "" if row.is_told_by_topic else scope(claim.scope),
        row.has_values,
        _value(row, row.before, was) if was else None,
        was is None or was.basis == Basis.STATED,
        after,
        claim.basis == Basis.STATED,
        claim.ref,
        claim.source.code,
        in_language(claim.source, "title"),
        place_of(claim),
    )


def _when(row: EventRow) -> str:
    """Of a stage it is known when it was reported, and not when it was reached."""
    day = fuzzy(row.on)
    return _("as reported for %(day)s") % {"day": day} if row.event.claim.topic == Topic.STAGE else day


def _value(row: EventRow, said: Value | None, claim: Claim) -> str:
    return value(said, claim.qualifier, row.topic, row.event.project)


def _about(row: EventRow) -> str:
    event = row.event
    if row.is_told_by_topic:
        return heading(event.claim.series(), in_language(event, "measure_name"), event.project)
    return milestone_word(event.milestone, event.project) if event.milestone else ""
