"""What a claim is about, in a few words: topic, milestone or measure, part, period."""

import re

from django.utils.translation import gettext

from projects.choices import Method, Milestone, Topic
from projects.core.statements import DATED_TOPICS, Series
from projects.words import dates
from projects.words.language import once_a_language
from projects.words.scopes import scope_word

YEAR = re.compile("[0-9]{4}")


def topic_word(series: Series) -> str:
    """A topic as the forms call it: money invested in a period of one year is "invested in the year"."""
    return _topic_word(series.topic, series.period)


@once_a_language
def _topic_word(topic: str, period: str) -> str:
    if topic == Topic.INVESTED_IN_PERIOD and YEAR.fullmatch(period):
        return gettext("invested in the year")
    return str(Topic(topic).label) if topic in Topic.values else topic


@once_a_language
def heading(series: Series, measure: str = "") -> str:
    """`Promised date · completion · phase one · 2025`; the measure's name is given, a milestone's may be."""
    label = topic_word(series)
    if series.topic in DATED_TOPICS and series.measure in Milestone.values:
        measure = measure or str(Milestone(series.measure).label)
    period = dates.period(series.period) if series.period else ""
    method = str(Method(series.method).label) if series.method in Method.values else ""
    return " · ".join(
        filter(None, (label, measure or series.measure, scope_word(series.scope), period, method))
    )
