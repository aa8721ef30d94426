"""What keeps a report from being submitted: every hard check, and how the soft ones are confirmed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from projects.choices import Stage
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.core.refusals import Fault
from projects.core.statements import Statement
from projects.reports.rules.checks import faults_of_report, hard_faults, reasons_given
from projects.reports.rules.content import (
    TO_DATE,
    UNDECIDED,
    Content,
    Due,
    Held,
    Pause,
    Promise,
    Situation,
    this_year_of,
)

YI = 10**8
ASOF = date(2026, 2, 28)
RESUMES = fuzzy_dates.parse("2026-09")
PAUSED = Content("building", "paused", pause=Pause("资金未到位", RESUMES, "仍在筹措"))


def yi(amount: int, decimals: int = 0) -> Money:
    return Money(amount * YI, "yi", decimals)


def amount(value: int, as_of: date, series=TO_DATE) -> Statement:
    return Statement(f"{as_of}", series, yi(value), fuzzy_dates.day(as_of), as_of)


HELD = Held(
    stage=Stage.BUILDING,
    total=yi(40),
    to_date=amount(10, date(2026, 1, 31)),
    this_year=amount(1, date(2026, 1, 31), this_year_of(ASOF)),
    promised={("completed", ""): fuzzy_dates.parse("2026-12")},
    actual={("started", ""): fuzzy_dates.parse("2024-10")},
)
GOOD = Content("building", "active", this_year=yi(2), to_date=yi(11))
SILENT = Content("building", "active")
NO_FIGURES = {"to_date": None, "this_year": None}


def situation(**changes) -> Situation:
    held = replace(HELD, **{name: changes.pop(name) for name in list(changes) if hasattr(HELD, name)})
    return Situation(**{"held": held, "asof": ASOF} | changes)


def promises(*given: tuple) -> Content:
    rows = (Promise(milestone, due(on), *rest) for milestone, on, *rest in given)
    return replace(GOOD, promises=tuple(rows))


def due(text: str) -> Due:
    return UNDECIDED if text == UNDECIDED else fuzzy_dates.parse(text)


def found(content: Content, **changes) -> list[str]:
    return [fault.code for fault in hard_faults(content, situation(**changes))]


def test_a_plain_report_passes():
    assert faults_of_report(GOOD, situation()) == []


@pytest.mark.parametrize(
    ("content", "given", "codes"),
    [
        (GOOD, {"is_public": False}, ["project_not_public"]),
        (replace(GOOD, stage=""), {}, ["stage_missing"]),
        (replace(GOOD, condition=""), {}, ["condition_missing"]),
        # Of works that go on something is said; "nothing changed" where something stands that did not.
        (SILENT, {}, ["nothing_said"]),
        (replace(SILENT, works=" \n"), {}, ["nothing_said"]),
        (replace(SILENT, works="架梁"), {}, []),
        (replace(SILENT, progress=Decimal(0)), {}, []),
        (replace(SILENT, is_unchanged=True), {}, []),
        (replace(SILENT, is_unchanged=True), NO_FIGURES, ["nothing_said"]),
        (replace(SILENT, is_unchanged=True), NO_FIGURES | {"progress": Decimal(0)}, []),
        (replace(SILENT, stage="preparing"), {}, []),
        (replace(SILENT, condition="paused", pause=PAUSED.pause), {}, []),
        # Cumulative figures do not fall; the same within the coarser precision is no fall.
        (replace(GOOD, this_year=None, to_date=yi(9)), {}, ["figure_fell"]),
        (replace(GOOD, this_year=None, to_date=Money(99_990 * 10**4, "wan", 0)), {}, []),
        (replace(GOOD, this_year=None, to_date=yi(10)), {}, []),
        (replace(GOOD, this_year=yi(0), to_date=None), {}, ["figure_fell"]),
        # A late report lies below what a later month says.
        (GOOD, {"later_to_date": amount(10, date(2026, 3, 31))}, ["figure_above_later"]),
        (GOOD, {"later_to_date": amount(11, date(2026, 3, 31))}, []),
        (GOOD, {"later_this_year": amount(1, date(2026, 3, 31))}, ["figure_above_later"]),
        # The two amounts fit together.
        (replace(GOOD, this_year=yi(12)), {}, ["year_beyond_all"]),
        (replace(GOOD, this_year=yi(3)), {}, ["amounts_disagree"]),
        (replace(GOOD, this_year=yi(3)), {"this_year": None}, []),
        (replace(GOOD, this_year=yi(3)), {"to_date": None}, []),
    ],
)
def test_each_hard_check_of_stage_and_amounts(content, given, codes):
    assert found(content, **given) == codes


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ([("completed", "2026-12")], []),
        ([("operating", "2027")], []),
        # What is past cannot be promised; what was promised and has passed may stand.
        ([("operating", "2026-01")], ["promise_past", "dates_out_of_order"]),
        ([("structure", "2026-02-27")], ["promise_past"]),
        ([("structure", "2026-02")], []),
        # A moved date has its reason, and "other" its words.
        ([("completed", "2027-03")], ["reason_missing"]),
        ([("completed", "2027-03", "", "funding")], []),
        ([("completed", "2027-03", "", "other", " ")], ["words_missing"]),
        ([("completed", "2027-03", "", "other", "甲方变更")], []),
        ([("completed", "2026-12-01/2026-12-31")], []),
        # In order, among themselves and with what is on record; what only may be wrong passes.
        ([("structure", "2027-01")], ["dates_out_of_order"]),
        ([("structure", "2026-12")], []),
        ([("operating", "2026-10")], ["dates_out_of_order"]),
        ([("operating", "2027-06"), ("full_capacity", "2027-01")], ["dates_out_of_order"]),
        ([("signed", "2026-12"), ("approved", "2026-06")], ["dates_out_of_order"] * 2),
        # That none stands any more is a move, and nothing is out of order with it.
        ([("completed", "tbd")], ["reason_missing"]),
        ([("completed", "tbd", "", "funding")], []),
        ([("completed", "tbd", "", "funding"), ("structure", "2027-01")], []),
        ([("operating", "tbd")], []),
        # A part has dates of its own.
        ([("operating", "2026-10", "一期")], []),
    ],
)
def test_each_hard_check_of_promised_dates(rows, codes):
    assert found(promises(*rows)) == codes


def test_a_promise_that_passed_unkept_is_no_fault_of_who_says_nothing_about_it():
    held = {("completed", ""): fuzzy_dates.parse("2025-12")}
    assert found(GOOD, promised=held) == []
    assert found(promises(("completed", "2025-12")), promised=held) == []


def test_after_one_that_is_undecided_a_date_needs_no_reason():
    held = {("completed", ""): UNDECIDED}
    assert found(promises(("completed", "2027-03")), promised=held) == []
    assert found(promises(("completed", "tbd")), promised=held) == []


@pytest.mark.parametrize(
    ("pause", "noted_on", "codes"),
    [
        (PAUSED.pause, None, []),
        (replace(PAUSED.pause, reason=" "), None, ["pause_reason_missing"]),
        (replace(PAUSED.pause, resumes=None), None, ["resumption_missing"]),
        (replace(PAUSED.pause, resumes=fuzzy_dates.parse("2026-01")), None, ["resumption_past"]),
        (replace(PAUSED.pause, note=""), None, ["pause_note_due"]),
        (replace(PAUSED.pause, note=""), date(2025, 12, 31), ["pause_note_due"]),
        (replace(PAUSED.pause, note=""), date(2026, 1, 31), []),
    ],
)
def test_each_hard_check_of_a_pause(pause, noted_on, codes):
    assert found(replace(PAUSED, pause=pause), pause_noted_on=noted_on) == codes


def test_work_that_goes_on_needs_no_word_on_a_pause():
    assert found(replace(GOOD, pause=Pause())) == []


def test_faults_say_what_they_were_measured_against():
    [fell] = hard_faults(replace(GOOD, this_year=None, to_date=yi(9)), situation())
    assert fell == Fault("figure_fell", "to_date", {"amount": str(10 * YI), "since": "2026-01-31"})
    [disagree] = hard_faults(replace(GOOD, this_year=yi(3)), situation())
    assert disagree == Fault("amounts_disagree", "to_date", {"amount": str(9 * YI)})
    [order] = hard_faults(promises(("structure", "2027-01")), situation())
    assert order.values == {"milestone": "completed", "earlier": "structure"}


def test_a_soft_check_is_confirmed_with_a_reason_and_a_hard_one_is_not():
    too_much = replace(GOOD, this_year=None, to_date=yi(50), stage="")
    codes = [fault.code for fault in faults_of_report(too_much, situation())]
    assert codes == ["stage_missing", "beyond_total"]
    confirmed = replace(too_much, confirmed={"beyond_total": "追加投资", "stage_missing": "because"})
    assert [fault.code for fault in faults_of_report(confirmed, situation())] == ["stage_missing"]
    blank = replace(too_much, confirmed={"beyond_total": "  "})
    assert "beyond_total" in [fault.code for fault in faults_of_report(blank, situation())]


def test_only_reasons_for_what_is_still_unusual_are_kept():
    confirmed = {"beyond_total": " 追加投资 ", "progress_fell": "改正前误报", "invented": "x"}
    content = replace(GOOD, this_year=None, to_date=yi(50), confirmed=confirmed)
    assert reasons_given(content, situation()) == {"beyond_total": "追加投资"}


def test_where_nothing_changed_there_is_nothing_new_to_doubt():
    finished = Content("completed", "active", to_date=yi(10), is_unchanged=True)
    given = situation(stage=Stage.COMPLETED)
    assert faults_of_report(finished, given) == []
    assert [one.code for one in faults_of_report(replace(finished, is_unchanged=False), given)] == [
        "money_outstanding"
    ]


def test_an_unchanged_report_passes_the_hard_checks_too():
    fallen = Content("building", "active", to_date=yi(9), is_unchanged=True, progress=Decimal(1))
    assert [one.code for one in faults_of_report(fallen, situation())] == ["figure_fell"]
