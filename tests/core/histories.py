"""Random histories for properties: claims with corrections, withdrawals and fuzzy dates."""

from datetime import date, timedelta

from hypothesis import strategies as st

from projects.choices import Condition, Method, Milestone, PromiseState, Stage, Topic, ValueKind
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.core.statements import Series, Statement, Value

FIRST_DAY = date(2021, 1, 1)
LAST_DAY = date(2021, 3, 1)
TOPICS = [
    Topic.STAGE,
    Topic.TOTAL_INVESTMENT,
    Topic.INVESTED_TO_DATE,
    Topic.PROMISED,
    Topic.ACTUAL,
    Topic.CONDITION,
]
METHODS = ["", Method.PLATFORM.value, Method.PAYMENT.value]
DAYS = st.integers(0, (LAST_DAY - FIRST_DAY).days).map(lambda n: FIRST_DAY + timedelta(days=n))


@st.composite
def fuzzy(draw, latest: date) -> fuzzy_dates.Fuzzy:
    """A day or a span, of which many overlap, that ends no later than `latest`."""
    width = draw(st.sampled_from([0, 0, 3, 20]))
    end = latest - timedelta(days=draw(st.integers(0, 25)))
    return fuzzy_dates.span(end - timedelta(days=width), end)


@st.composite
def said(draw, number: int) -> Statement:
    known_on = draw(DAYS)
    as_of = draw(fuzzy(known_on))
    topic = draw(st.sampled_from(TOPICS))
    measure, scope = "", draw(st.sampled_from(["", "", "一期"]))
    if topic == Topic.STAGE:
        value = draw(st.sampled_from(Stage.values))
    elif topic == Topic.CONDITION:
        value, scope = draw(st.sampled_from(Condition.values)), ""
    elif topic.takes == ValueKind.MONEY:
        value, scope = Money(draw(st.integers(1, 3)) * 10**8, "yi", 0), ""
    else:
        measure = draw(
            st.sampled_from([Milestone.STARTED, Milestone.OPERATING, Milestone.FULL_CAPACITY])
        ).value
        value = draw(promise(known_on)) if topic == Topic.PROMISED else as_of
    method = draw(st.sampled_from(METHODS)) if topic == Topic.INVESTED_TO_DATE else ""
    is_stated = draw(st.booleans())
    return Statement(
        ref=f"c{number:02}",
        series=Series(topic.value, measure, scope, method=method),
        value=value,
        as_of=as_of,
        known_on=known_on,
        is_stated=is_stated,
        rank=draw(st.sampled_from([2, 3])),
        source=draw(st.sampled_from("ab")),
        place=draw(st.sampled_from([None, (1, number + 1, None), (1, 99 - number, 1)])),
        entered=draw(st.sampled_from([number, 100 - number])),
        qualifier=draw(qualifier(topic, value, is_stated)),
    )


@st.composite
def promise(draw, known_on: date) -> Value:
    """A date, or that none stands."""
    is_dated = draw(st.integers(0, 3)) > 0
    return draw(fuzzy(known_on + timedelta(days=40))) if is_dated else PromiseState.TBD.value


@st.composite
def qualifier(draw, topic: Topic, value: Value, is_stated: bool) -> str:
    """One that such a value takes, or none."""
    taken = {
        ValueKind.MONEY: ["expected", "about"],
        ValueKind.DATE: ["expected"] if topic == Topic.PROMISED and value != PromiseState.TBD else [],
        ValueKind.CODE: ["nearly"] if value == Stage.COMPLETED and not is_stated else [],
    }
    return draw(st.sampled_from(["", *taken[topic.takes]]))


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
        place=again.place,
        entered=again.entered,
        qualifier=again.qualifier if is_alike else "",
        corrects=of.ref,
    )
