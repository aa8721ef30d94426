"""The sentences that open a project's page: what, how far, how much, what next, each with its claim.

Made from plain values; where the values come from is `records.project_record`.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from projects.choices import Condition, PromiseState, Verdict
from projects.core.fuzzy_dates import Fuzzy
from projects.core.money import Money
from projects.core.promises import Facts
from projects.words import dates, figures
from projects.words.language import either
from projects.words.stage_words import Called, milestone_word


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of the answer and the claim behind it; the mark that ends it stands after the footnote."""

    text: str
    ref: str = ""
    stop: str = ""


def of_stage(
    stage: str,
    is_stated: bool,
    is_partly_in_use: bool,
    ref: str,
    last_said: Fuzzy | None,
    since: Fuzzy | None = None,
) -> Clause:
    """How far it is, by the word for it, when that was last said and, given, when first."""
    if not stage:
        return _clause(_("How far it is: the sources do not say"))
    text = _("As of %(day)s: %(stage)s") % {
        "stage": stage,
        "day": dates.words(last_said) if last_said else "",
    }
    if not is_stated:
        text += _(" (inferred)")
    if since and last_said and since.latest < last_said.earliest:
        text += _(", as was said in %(day)s already") % {"day": dates.words(since)}
    if is_partly_in_use:
        text += _(", part of it in use")
    return _clause(text, ref)


def of_condition(condition: str, ref: str) -> Clause | None:
    if condition in ("", Condition.ACTIVE):
        return None
    return _clause(_("Work is %(condition)s") % {"condition": Condition(condition).label}, ref)


def of_actual(milestone: str, scope: str, on: Fuzzy, ref: str, record: Called | None = None) -> Clause:
    words = {"milestone": in_scope(milestone, scope, record), "day": dates.words(on)}
    return _clause(_("%(milestone)s: %(day)s") % words, ref)


def of_promise(told: Facts, verdict: str | None, record: Called | None = None) -> Clause:
    """What is still to come, without a day where none stands, with what became of the promise so far."""
    said = told.promised or told.undecided
    day = (
        figures.qualified(dates.words(said.value), said.qualifier)
        if told.promised
        else PromiseState.TBD.label
    )
    words = {"milestone": in_scope(told.milestone, told.scope, record), "day": day}
    text = _("%(milestone)s promised: %(day)s") % words
    if verdict:
        text += _(" (%(verdict)s)") % {"verdict": Verdict(verdict).label}
    return _clause(text, said.ref)


def of_money(topic_label: str, money: Money, qualifier: str, is_stated: bool, ref: str) -> Clause:
    text = _("%(topic)s %(amount)s") % {"topic": topic_label, "amount": figures.amount(money, qualifier)}
    return _clause(text if is_stated else text + _(" (inferred)"), ref)


def unknown(what: str) -> Clause:
    return _clause(_("%(what)s: not published") % {"what": what})


def in_scope(milestone: str, scope: str, record: Called | None = None) -> str:
    label = milestone_word(milestone, record)
    return _("%(milestone)s (%(scope)s)") % {"milestone": label, "scope": scope} if scope else label


def _clause(text: str, ref: str = "") -> Clause:
    """A sentence of its own: a capital at its beginning, the mark of the language at its end."""
    return Clause(capfirst(text), ref, either("。", ". "))
