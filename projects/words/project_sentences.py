"""The sentences that open a project's page: what, how far, how much, what next, each with its claim.

Made from plain values; where the values come from is `records.project_record`.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from projects.choices import Condition, Milestone, Stage, Verdict
from projects.core.fuzzy_dates import Fuzzy
from projects.core.money import Money
from projects.words import dates, figures
from projects.words.language import either


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of the answer and the claim behind it; the mark that ends it stands after the footnote."""

    text: str
    ref: str = ""
    stop: str = ""


def of_stage(stage: str, is_stated: bool, is_partly_in_use: bool, ref: str, on: Fuzzy | None) -> Clause:
    """How far it is; an inferred stage says so."""
    if not stage:
        return _clause(_("How far it is: the sources do not say"))
    words = {"stage": Stage(stage).label, "day": dates.words(on) if on else ""}
    text = _("As of %(day)s: %(stage)s") % words
    if not is_stated:
        text += _(" (inferred)")
    if is_partly_in_use:
        text += _(", part of it in use")
    return _clause(text, ref)


def of_condition(condition: str, ref: str) -> Clause | None:
    if condition in ("", Condition.ACTIVE):
        return None
    return _clause(_("Work is %(condition)s") % {"condition": Condition(condition).label}, ref)


def of_actual(milestone: str, scope: str, on: Fuzzy, ref: str) -> Clause:
    words = {"milestone": in_scope(milestone, scope), "day": dates.words(on)}
    return _clause(_("%(milestone)s: %(day)s") % words, ref)


def of_promise(milestone: str, scope: str, on: Fuzzy, verdict: str | None, ref: str) -> Clause:
    """What is still to come, with what became of the promise so far."""
    words = {"milestone": in_scope(milestone, scope), "day": dates.words(on)}
    text = _("%(milestone)s promised: %(day)s") % words
    if verdict:
        text += _(" (%(verdict)s)") % {"verdict": Verdict(verdict).label}
    return _clause(text, ref)


def of_money(topic_label: str, money: Money, qualifier: str, is_stated: bool, ref: str) -> Clause:
    text = _("%(topic)s %(amount)s") % {"topic": topic_label, "amount": figures.amount(money, qualifier)}
    return _clause(text if is_stated else text + _(" (inferred)"), ref)


def unknown(what: str) -> Clause:
    return _clause(_("%(what)s: not published") % {"what": what})


def in_scope(milestone: str, scope: str) -> str:
    label = str(Milestone(milestone).label)
    return _("%(milestone)s (%(scope)s)") % {"milestone": label, "scope": scope} if scope else label


def _clause(text: str, ref: str = "") -> Clause:
    """A sentence of its own: a capital at its beginning, the mark of the language at its end."""
    return Clause(capfirst(text), ref, either("。", ". "))
