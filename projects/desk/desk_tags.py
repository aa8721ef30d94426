"""How the desk reads in a template: differences, checks and moves of a report, days left.

The words are `words`'s; no value is computed here.
"""

from datetime import date

from django import template

from projects.pages import value_tags
from projects.reports import diff_words
from projects.words import deadlines

register = template.Library()

register.filter("in_words", diff_words.line)
register.filter("checks", diff_words.checks)
register.filter("moved", diff_words.moved)
register.filter("left", deadlines.left)
register.filter("claimed", value_tags.value)


@register.filter
def until(day: date, today: date) -> int:
    """The days from today to a day; below zero where it is past."""
    return (day - today).days


@register.filter
def repeatable(rows: list) -> list:
    """The reports due in which "nothing changed" can be said."""
    return [one for one in rows if one.may_repeat]
