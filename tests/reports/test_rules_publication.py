"""Which claims an approved report makes, and which "nothing changed" makes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from projects.choices import Topic
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.core.statements import Number, Series
from projects.reports.rules.content import TO_DATE, UNDECIDED, Content, Held, Pause, Promise
from projects.reports.rules.publication import Stated, stated

ASOF = date(2026, 2, 28)
MILLION, TEN = Money(10**6, "wan", 0), Money(10**9, "yi", 0)
PROMISED = {("completed", ""): fuzzy_dates.parse("2026-12")}
FULL = Content(
    stage="building",
    condition="active",
    this_year=MILLION,
    to_date=TEN,
    progress=Decimal("37.5"),
    works=" 主体封顶 ",
    next_steps="内部事项",
    promises=(
        Promise("completed", fuzzy_dates.parse("2027-03"), "", "funding", "贷款未到"),
        Promise("operating", fuzzy_dates.parse("2027-09")),
    ),
    confirmed={"stage_fell": "上月误报", "thrice_usual": "设备到货"},
)


def test_a_full_report_states_everything_once():
    assert stated(FULL, Held(promised=PROMISED), ASOF) == [
        Stated(Series(Topic.STAGE), "building", words="上月误报"),
        Stated(TO_DATE, TEN),
        Stated(Series(Topic.INVESTED_IN_PERIOD, period="2026", method="platform"), MILLION),
        Stated(Series(Topic.CONDITION), "active"),
        Stated(Series(Topic.PROGRESS), Number(Decimal("37.5"), "%")),
        Stated(Series(Topic.WORKS), "主体封顶"),
        Stated(Series(Topic.PROMISED, "completed"), fuzzy_dates.parse("2027-03"), "贷款未到", "funding"),
        Stated(Series(Topic.PROMISED, "operating"), fuzzy_dates.parse("2027-09")),
    ]


def test_what_is_empty_states_nothing():
    assert stated(Content(), Held(), ASOF) == []


def test_a_promise_said_again_is_no_claim():
    again = Content(promises=(Promise("completed", fuzzy_dates.parse("2026-12")),))
    assert stated(again, Held(promised=PROMISED), ASOF) == []


def test_that_none_stands_is_a_claim_once():
    undecided = Content(promises=(Promise("completed", UNDECIDED, "", "funding"),))
    [claim] = stated(undecided, Held(promised=PROMISED), ASOF)
    assert claim == Stated(Series(Topic.PROMISED, "completed"), "tbd", reason="funding")
    assert stated(undecided, Held(promised={("completed", ""): UNDECIDED}), ASOF) == []


def test_a_pause_is_stated_with_its_reason():
    paused = Content(condition="paused", pause=Pause("资金未到位", None, "note"))
    assert stated(paused, Held(), ASOF) == [Stated(Series(Topic.CONDITION), "paused", words="资金未到位")]


def test_nothing_changed_states_stage_and_amounts_alone():
    topics = [one.series.topic for one in stated(replace(FULL, is_unchanged=True), Held(), ASOF)]
    assert topics == [Topic.STAGE, Topic.INVESTED_TO_DATE, Topic.INVESTED_IN_PERIOD]
