"""The sentences that open a project's page: how far, since when, how much, what next, each with its claim.

Made from plain values; where the values come from is `records.project_record`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.choices import Condition, Stage, Verdict
from projects.core.fuzzy_dates import Fuzzy
from projects.core.promises import Facts
from projects.words import dates
from projects.words.language import either
from projects.words.scopes import scope_word
from projects.words.stage_words import Called, milestone_done, milestone_word, partly_in_use


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of the answer and the claims behind it; the mark that ends it stands after the footnotes."""

    text: str
    ref: str = ""
    said_last: str = ""  # the claim that dates it, where that is another,
    said_first: str = ""  # and the one by which it is as old as it says
    stop: str = ""
    anchor: str = ""  # where its word is explained,
    word: str = ""  # and which word that is


def of_stage(
    stage: str,
    is_stated: bool,
    is_partly_in_use: bool,
    ref: str,
    last_said: Fuzzy | None,
    since: Fuzzy | None = None,
    record: Called | None = None,
    *,
    is_since_stated: bool = True,
) -> Clause:
    """How far it is, by the word for it, when that was last said and, given, when first said or so read."""
    if not stage:
        return _clause(_("How far it is: the sources do not say"))
    is_span = last_said is not None and last_said.precision == "span"
    text = _("As reported %(day)s: %(stage)s") if is_span else _("As of %(day)s: %(stage)s")
    day = dates.when(last_said) if is_span else dates.words(last_said) if last_said else ""
    text %= {"stage": stage, "day": day}
    if is_partly_in_use:
        text += _(", %(partly)s") % {"partly": partly_in_use(record)}
    if not is_stated:
        text += _(" (inferred)")
    if since and last_said and since.latest < last_said.earliest:
        already = _(", as already said %(day)s") if is_since_stated else _(", by our reading already %(day)s")
        text += already % {"day": dates.when(since)}
    return _clause(text, ref)


def of_condition(condition: str, ref: str) -> Clause | None:
    if condition in ("", Condition.ACTIVE):
        return None
    return _clause(_("Work is %(condition)s") % {"condition": Condition(condition).label}, ref)


def of_actual(milestone: str, scope: str, on: Fuzzy, ref: str, record: Called | None = None) -> Clause:
    words = {"done": milestone_done(milestone, record), "scope": _part(scope), "day": dates.when(on)}
    return _clause(_("%(done)s%(scope)s %(day)s") % words, ref)


# By whether the day is over, and whether it was only expected.
_DUE = {
    (False, False): gettext_lazy("%(milestone)s%(scope)s planned %(day)s"),
    (False, True): gettext_lazy("%(milestone)s%(scope)s expected %(day)s"),
    (True, False): gettext_lazy("%(milestone)s%(scope)s was due %(day)s"),
    (True, True): gettext_lazy("%(milestone)s%(scope)s was expected %(day)s"),
}
_AFTERWARDS = {
    Verdict.OPEN: gettext_lazy(", not due yet"),
    Verdict.NO_WORD: gettext_lazy("; no outcome reported"),
}


def of_promise(told: Facts, verdict: str | None, record: Called | None = None) -> Clause:
    """What is still to come, without a day where none stands, with what became of the promise so far."""
    words = {"milestone": milestone_word(told.milestone, record), "scope": _part(told.scope)}
    if told.promised is None:
        text = _("%(milestone)s%(scope)s: the date is to be decided") % words
    else:
        is_over = verdict not in (None, Verdict.OPEN) and not told.has_moved
        due = _DUE[is_over, bool(told.promised.qualifier)]
        text = due % (words | {"day": dates.when(told.promised.value)})
    if told.has_moved:
        text += _(", first promised for %(day)s") % {"day": dates.words(told.first.value)}
    if verdict:
        text += _AFTERWARDS.get(Verdict(verdict), _("; %(verdict)s")) % {"verdict": Verdict(verdict).label}
    said = told.promised or told.undecided
    return explained(_clause(text, said.ref), "verdict", Verdict(verdict) if verdict else None)


def in_scope(milestone: str, scope: str, record: Called | None = None) -> str:
    label, part = milestone_word(milestone, record), scope_word(scope)
    return _("%(milestone)s (%(scope)s)") % {"milestone": label, "scope": part} if scope else label


def _part(scope: str) -> str:
    """Chinese says the part before what becomes of it, English after."""
    return either(scope, f" ({scope_word(scope)})") if scope else ""


def explained(clause: Clause, vocabulary: str, choice: Stage | Verdict | None) -> Clause:
    """With the place where a word of it is explained."""
    if choice is None:
        return clause
    return replace(clause, anchor=f"{vocabulary}-{choice.value}", word=str(choice.label))


def _clause(text: str, ref: str = "") -> Clause:
    """A sentence of its own: a capital at its beginning, the mark of the language at its end."""
    return Clause(capfirst(text), ref, stop=either("。", ". "))
