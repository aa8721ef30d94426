"""Random histories for properties: claims with corrections, withdrawals and fuzzy dates."""

from datetime import date, timedelta

from hypothesis import strategies as st

from projects.choices import Condition, Milestone, Stage, Topic
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.core.statements import Series, Statement

FIRST_DAY = date(2021, 1, 1)
LAST_DAY = date(2021, 3, 1)
DAYS = st.integers(0, (LAST_DAY - FIRST_DAY).days).map(lambda n: FIRST_DAY + timedelta(days=n))


@st.composite
def fuzzy(draw, latest: date) -> fuzzy_dates.Fuzzy:
    """A day or a span that ends no later than `latest`."""
    width = draw(st.sampled_from([0, 0, 3, 20]))
    end = latest - timedelta(days=draw(st.integers(0, 25)))
    return fuzzy_dates.span(end - timedelta(days=width), end)


@st.composite
def said(draw, number: int) -> Statement:
    known_on = draw(DAYS)
    as_of = draw(fuzzy(known_on))
    topic = draw(
        st.sampled_from([Topic.STAGE, Topic.TOTAL_INVESTMENT, Topic.PROMISED, Topic.ACTUAL, Topic.CONDITION])
    )
    measure, scope = "", draw(st.sampled_from(["", "", "一期"]))
    if topic == Topic.STAGE:
        value = draw(st.sampled_from(Stage.values))
    elif topic == Topic.CONDITION:
        value, scope = draw(st.sampled_from(Condition.values)), ""
    elif topic == Topic.TOTAL_INVESTMENT:
        value, scope = Money(draw(st.integers(1, 3)) * 10**8, "yi", 0), ""
    else:
        measure = draw(
            st.sampled_from([Milestone.STARTED, Milestone.OPERATING, Milestone.FULL_CAPACITY])
        ).value
        value = draw(fuzzy(known_on + timedelta(days=40))) if topic == Topic.PROMISED else as_of
    return Statement(
        ref=f"c{number:02}",
        series=Series(topic.value, measure, scope),
        value=value,
        as_of=as_of,
        known_on=known_on,
        is_stated=draw(st.booleans()),
        rank=draw(st.sampled_from([2, 3])),
        source=draw(st.sampled_from("ab")),
        place=(number,),
    )


@st.composite
def histories(draw, most: int = 4) -> list[Statement]:
    """Up to `most` claims, and corrections of some of them (a few withdrawn, a few corrected again)."""
    history = [draw(said(number)) for number in range(draw(st.integers(0, most)))]
    for one in list(history):
        while draw(st.integers(0, 3)) == 3:  # the simplest draw ends it
            one = draw(correction(one, len(history)))
            history.append(one)
    return draw(st.permutations(history))


@st.composite
def correction(draw, of: Statement, number: int) -> Statement:
    known_on = of.known_on + timedelta(days=draw(st.integers(0, 20)))
    again = draw(said(number))
    is_alike = again.series.topic == of.series.topic and draw(st.booleans())
    moved = of.series.topic != Topic.ACTUAL and draw(st.integers(0, 3)) == 0
    as_of = draw(fuzzy(known_on)) if moved else of.as_of
    return Statement(
        ref=f"c{number:02}",
        series=of.series,
        value=None if not is_alike else (of.value if of.series.topic == Topic.ACTUAL else again.value),
        as_of=as_of,
        known_on=known_on,
        is_stated=again.is_stated,
        source=again.source,
        place=(number,),
        corrects=of.ref,
    )
