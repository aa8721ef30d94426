"""A value in words with the claim that says it, as sentences, dates and lists of a project's page show it."""

from __future__ import annotations

from dataclasses import dataclass

from projects.choices import Topic
from projects.core.promises import Dated
from projects.core.statements import Statement
from projects.pages.value_tags import value
from projects.words.stage_words import Called


@dataclass(frozen=True, slots=True)
class ToldValue:
    """Its part is `told.html`."""

    words: str
    ref: str
    is_stated: bool
    is_works: bool = False


def of_statement(said: Statement, of: Called | None = None) -> ToldValue:
    """Of a record where its stages are called by its kind."""
    topic = said.series.topic
    words = value(said.value, said.qualifier, topic, of)
    return ToldValue(words, said.ref, said.is_stated, topic == Topic.WORKS)


def of_date(said: Dated | None, qualifier: str | None = None) -> ToldValue | None:
    """With its own qualifier, or another beside which it stands."""
    if said is None:
        return None
    words = value(said.value, said.qualifier if qualifier is None else qualifier)
    return ToldValue(words, said.ref, said.is_stated)
