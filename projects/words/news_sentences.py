"""What happened to a project as a sentence of the news, without its name and its day."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.choices import Condition, EventKind, Milestone, PromiseState, Stage, Topic
from projects.core.events import STEPS
from projects.core.fuzzy_dates import Fuzzy
from projects.core.statements import Value
from projects.words import dates, figures
from projects.words.language import either
from projects.words.project_sentences import in_scope
from projects.words.scopes import scope_word
from projects.words.stage_words import Called, Manner, manner, milestone_done, stage_word


class Said(Protocol):
    """A claim, as far as a sentence tells of it."""

    topic: str
    measure: str
    scope: str
    qualifier: str

    def value(self) -> Value | None: ...


class Happened(Protocol):
    """An event: the claim that says it, and the one that held before."""

    milestone: str
    claim: Said
    was: Said | None
    project: Called


_CONDITIONS = {
    Condition.ACTIVE: gettext_lazy("work goes on again"),
    Condition.PAUSED: gettext_lazy("work has stopped"),
    Condition.DEFERRED: gettext_lazy("was put off"),
    Condition.CANCELLED: gettext_lazy("was cancelled"),
}
_STEPS = {kind: step.value for step, kind in STEPS.items()}


def sentence(event: Happened) -> str:
    said, was = event.claim, event.was
    if said.topic == Topic.ACTUAL:
        return _step(event.milestone, said.scope, event.project)
    if said.topic == Topic.STAGE:
        return _stage(said, was, event.project)
    if said.topic == Topic.CONDITION:
        return str(_CONDITIONS[Condition(said.value())])
    if said.topic == Topic.PROMISED:
        return _promise(in_scope(event.milestone, said.scope, event.project), said, was)
    changed = {"what": Topic(said.topic).label, "before": _words(was), "after": _words(said)}
    return _("%(what)s changed from %(before)s to %(after)s") % changed


def kind_word(what: str, record: Called) -> str:
    """What kind of event it is; a title is granted, and no works of it are completed."""
    kind = EventKind(what)
    if manner(record) == Manner.BID and kind in _STEPS:
        return milestone_done(_STEPS[kind], record)
    return str(kind.label)


def stage_told(said: Said) -> Value | None:
    """The stage that a claim gives; an actual date gives the stage that its step leads to."""
    return Stage(Milestone(said.measure).stage).value if said.topic == Topic.ACTUAL else said.value()


def _step(milestone: str, scope: str, record: Called) -> str:
    done, part = milestone_done(milestone, record), scope_word(scope)
    return either(f"{part}{done}", f"{done} ({part})") if scope else done


def _stage(said: Said, was: Said | None, record: Called) -> str:
    """How far it was by then: on which day it came so far is not said."""
    after = stage_word(str(said.value()), said.qualifier, record)
    before = stage_word(str(stage_told(was)), was.qualifier, record) if was else ""
    if before in ("", after):
        return _("by then %(after)s") % {"after": after}
    return _("by then %(after)s, before that %(before)s") % {"before": before, "after": after}


def _promise(milestone: str, said: Said, was: Said | None) -> str:
    words = {"milestone": milestone, "before": _words(was), "after": _words(said)}
    if said.value() == PromiseState.TBD:
        return _("%(milestone)s, promised for %(before)s, is to be decided") % words
    return _("%(milestone)s moved from %(before)s to %(after)s") % words


def _words(said: Said | None) -> str:
    value = said.value() if said else None
    if isinstance(value, Fuzzy):
        return figures.qualified(dates.words(value), said.qualifier)
    if isinstance(value, str):
        return str(PromiseState(value).label)
    return figures.amount(value, said.qualifier) if value else ""
