"""How the desk reads in a template: differences, checks and moves of a report, days left.

The words are `words`'s; no value is computed here.
"""

from collections.abc import Mapping
from datetime import date

from django import template

from projects.core.statements import Value
from projects.imports.cell_faults import head_of
from projects.pages import value_tags
from projects.reports import diff_words
from projects.words import deadlines, refusals
from projects.words.columns import COLUMNS

register = template.Library()

register.filter("in_words", diff_words.line)
register.filter("checks", diff_words.checks)
register.filter("moved", diff_words.moved)
register.filter("left", deadlines.left)
register.filter("claimed", value_tags.value)
register.filter("head", head_of)
register.filter("sentence", refusals.sentence)


@register.filter
def until(day: date, today: date) -> int:
    """The days from today to a day; below zero where it is past."""
    return (day - today).days


@register.filter
def repeatable(rows: list) -> list:
    """The reports due in which "nothing changed" can be said."""
    return [one for one in rows if one.may_repeat]


@register.simple_tag
def cell_words(
    column: str, said: Value | None, qualifier: str = "", names: Mapping[tuple[str, str], str] | None = None
) -> str:
    """A value of an imported cell, in words; `names` are of the rows whose codes stand there, by column."""
    if said is None:
        return ""
    if names and isinstance(said, str) and (name := names.get((column, said))):
        return name
    of = COLUMNS.get(column)
    if of and of.codes and isinstance(said, str) and said in of.codes.values:
        return str(of.codes(said).label)
    topic = of.topic.value if of and of.topic else ""
    return value_tags.value(said, qualifier, "promised" if said == "tbd" else topic)
