"""What the script asks while one types: the boxes of a report, read as the form reads them after sending."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.choices import Topic
from projects.claims import projection
from projects.core import fuzzy_dates
from projects.models import AuditEntry, Project, Report, SignedInSession
from projects.reports.rules.content import Held
from projects.reports.rules.publication import stated
from tests.cast import published, source
from tests.desk.filled import opened, sent
from tests.paperwork import MONTH, on_record, submitted
from tests.public.reading import Element, Page

pytestmark = pytest.mark.django_db

READING = "/en/desk/reading/"
OURS = f"{READING}?month={MONTH}&project=QJ-0001"
STATEMENTS = 13


@pytest.fixture
def factory(monthly_round) -> Project:
    """With 10 亿元 at the end of last year, and a promise."""
    return promising(on_record(said_in=source("december", published="2025-12-31")))


def promising(of: Project) -> Project:
    published(of, Topic.PROMISED, fuzzy_dates.parse("2026-12"), measure="completed")
    projection.rebuild(of)
    return of


def asked(client, who, typed: dict[str, str], address: str = READING):
    client.force_login(who)
    where = {"month": MONTH, "project": "QJ-0001"}
    where |= {name: typed[name] for name in where if name in typed}
    return client.post(f"{address}?{urlencode(where)}", typed)


def answers(client, who, address: str = READING, **typed: str) -> dict[str, tuple[str, bool]]:
    names = {name.replace("__", "-"): text for name, text in typed.items()}
    given = asked(client, who, names, address)
    assert given.status_code == 200
    return {name: (one["words"], one["is_fault"]) for name, one in given.json().items()}


# Typed, what is understood on the Chinese page, and a piece of it on the English one.
UNDERSTOOD = {
    "the unit beside it": (
        {"to_date": "5,600", "to_date_unit": "yi"},
        "5,600 亿元 = 56,000,000 万元，+5,590 亿元",
        "CNY 560.0 billion; +CNY 559.0 billion",
    ),
    "a unit of its own": (
        {"to_date": "110000万元", "to_date_unit": "yi"},
        "110,000 万元 = 11 亿元，+1 亿元",
        "CNY 1.10000 billion; +CNY 100 million",
    ),
    "yuan": (
        {"this_year": "15000", "this_year_unit": "yuan"},
        "15,000 元 = 1.5 万元 = 0.00015 亿元",
        "15,000 yuan",
    ),
    "less, exactly": (
        {"to_date": "9.99999999", "to_date_unit": "yi"},
        "9.99999999 亿元 = 99,999.9999 万元，−1 元",
        "CNY 999.999999 million; −1 yuan",
    ),
    "what stands on record": (
        {"to_date": "10", "to_date_unit": "yi"},
        "10 亿元 = 100,000 万元",
        "CNY 1.0 billion",
    ),
    "a share": ({"progress": "0.35"}, "0.35%", "0.35%"),
    "a month": (
        {"date-completed": "2027年3月"},
        "2027年3月，推迟 3 个月",
        "March 2027; 3 months later",
    ),
    "a quarter": (
        {"date-completed": "2026年三季度"},
        "2026年三季度，提前 3 个月",
        "Q3 2026; 3 months earlier",
    ),
    "the same last day": (
        {"date-completed": "2026-12-31"},
        "2026年12月31日，最后期限不变",
        "31 December 2026; the last day stays",
    ),
    "what is only expected": (
        {"date-completed": "预计2027年3月"},
        "预计 2027年3月，推迟 3 个月",
        "expected March 2027; 3 months later",
    ),
    "words around it": (
        {"date-completed": "计划2027年3月竣工"},
        "2027年3月，推迟 3 个月",
        "March 2027; 3 months later",
    ),
    "a year of two digits": ({"date-operating": "27年底"}, "2027年底前", "by the end of 2027"),
    "the first half of this year": ({"pause_resumes": "上半年"}, "2026年上半年", "first half of 2026"),
    "a quarter of this year": ({"pause_resumes": "Q3"}, "2026年三季度", "Q3 2026"),
    "that none stands": ({"date-completed": "待定"}, "待定", "to be decided"),
    "in other words": ({"date-completed": "暂未明确"}, "待定", "to be decided"),
    "a date as published": ({"date-completed": "不变"}, "已公布的不变", "the published value stands"),
    "a sum as published": ({"to_date": "不变"}, "已公布的不变", "the published value stands"),
    "a share as published": ({"progress": "不变"}, "已公布的不变", "the published value stands"),
    "no promise before": ({"date-operating": "2027年底"}, "2027年底前", "by the end of 2027"),
    "a pause": ({"pause_resumes": "9月"}, "2026年9月", "September 2026"),
    "the day of a problem": ({"problem_due": "2026-03"}, "2026年3月31日", "31 March 2026"),
    "nothing": ({"progress": ""}, "", ""),
}


@pytest.mark.parametrize("case", UNDERSTOOD)
def test_what_is_understood_is_said_in_words_of_both_languages(client, people, factory, case):
    typed, chinese, english = UNDERSTOOD[case]
    name = next(iter(typed))
    for address, words in ((READING.removeprefix("/en"), chinese), (READING, english)):
        found = answers(client, people.reporter, address, **typed)
        assert found[name] == (words, False)


FAULTS = {
    "to_date": ["很多", "-1", "10.000000001", "9" * 40, "1" * 61],
    "progress": ["zzz", "101", "-1", "1.234", "3亩"],
    "pause_resumes": ["很快", "待定", "2026-02-30", "2026.1", "1" * 61, "a\0b"],
    "date-completed": ["很快", "3026", "已于2026年1月竣工"],
    "actual-completed": ["预计2026年3月", "待定"],
    "problem_due": ["zzz"],
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_cannot_be_read_is_answered_as_the_form_answers_it_after_sending(client, people, factory, name):
    for text in FAULTS[name]:
        words, is_fault = answers(client, people.reporter, to_date_unit="yi", **{name: text})[name]
        assert is_fault and words
        page = sent(client, opened(client, people.reporter), **{name: text})
        assert words in [one.text for one in page.elements]


def test_the_form_says_the_same_after_sending(client, people, factory):
    typed = {"to_date": "11.5", "progress": "0.35", "pause_resumes": "9月", "date-completed": "2027年3月"}
    said = answers(client, people.reporter, to_date_unit="yi", this_year="", **typed)
    page = sent(client, opened(client, people.reporter), **typed)
    assert said["this_year"] == ("computed from the other amount: CNY 150 million", False)
    shown = readings(page)
    assert {name: shown[name].text for name in said} == {name: words for name, (words, _) in said.items()}
    assert "to_date_unit" not in said


def test_a_promise_that_is_only_expected_is_kept_shown_and_published_so(client, people, factory):
    typed = {"date-completed": "预计2027年3月", "reason-completed": "funding"}
    page = sent(client, opened(client, people.reporter), **typed)
    kept = Report.objects.get().content().promises
    assert [(one.date.text, one.qualifier) for one in kept] == [("2027-03", "expected")]
    assert page.all("input", name="date-completed")[0].given["value"] == "预计2027-03"
    sent(client, opened(client, people.reporter))
    assert Report.objects.get().content().promises == kept
    (claim,) = [
        one for one in stated(Report.objects.get().content(), Held(), date(2026, 3, 31)) if one.qualifier
    ]
    assert (claim.series.measure, claim.qualifier) == ("completed", "expected")


def test_what_stays_as_published_makes_no_claim(client, people, factory):
    typed = {"date-completed": "不变", "progress": "不变", "to_date": "不变", "this_year": "不变"}
    sent(client, opened(client, people.reporter), **typed)
    said = Report.objects.get().content()
    assert (said.promises, said.progress, said.to_date, said.this_year) == ((), None, None, None)


def test_an_amount_cannot_stay_while_the_other_changes(client, people, factory):
    typed = {"to_date": "不变", "this_year": "1亿元"}
    words, is_fault = answers(client, people.reporter, **typed)["to_date"]
    assert is_fault and words


def readings(page: Page) -> dict[str, Element]:
    return {one.given["data-reading"]: one for one in page.elements if "data-reading" in one.given}


def test_every_box_that_is_read_has_its_place_on_the_form(client, people, factory):
    page = opened(client, people.reporter)
    names = dict.fromkeys(readings(page), "")
    assert {"this_year", "to_date", "progress", "pause_resumes", "problem_due", "date-completed"} <= set(
        names
    )
    assert set(answers(client, people.reporter, works="zzz", **names)) == set(names)


def test_it_keeps_nothing(client, people, factory):
    client.force_login(people.reporter)
    before = list(SignedInSession.objects.values())
    with CaptureQueriesContext(connection) as asked_for:
        given = client.post(OURS, {"to_date": "11亿元"})
    assert given["Cache-Control"] == "private, no-store"
    assert not given.cookies
    assert [one["sql"] for one in asked_for if not one["sql"].startswith("SELECT")] == []
    assert list(SignedInSession.objects.values()) == before
    assert not Report.objects.exists() and not AuditEntry.objects.filter(action__startswith="report").exists()


@pytest.mark.parametrize("count", [0, 12])
def test_it_takes_as_many_statements_however_much_is_on_record(
    client, people, factory, count, django_assert_num_queries
):
    for number in range(count):
        published(factory, Topic.WORKS, f"第{number}段", source=source(f"paper{number}"))
    typed = {"to_date": "11亿元", "date-completed": "2027", "problem_due": "2027"}
    client.force_login(people.reporter)
    with django_assert_num_queries(STATEMENTS):
        assert asked(client, people.reporter, typed).status_code == 200


NOWHERE = {
    "without a report": {"month": "", "project": ""},
    "no month": {"month": "2026-13"},
    "no round": {"month": "2025-01"},
    "no project": {"project": "QJ-9999"},
    "no code": {"project": "a\0b"},
}


@pytest.mark.parametrize("case", NOWHERE)
def test_what_is_no_report_of_ours_is_not_there(client, people, factory, case):
    assert asked(client, people.reporter, {"progress": "1"}).status_code == 200
    assert asked(client, people.reporter, {"progress": "1"} | NOWHERE[case]).status_code == 404


def test_what_is_handed_in_is_no_longer_read(client, people, factory):
    submitted(factory, people)
    assert asked(client, people.reporter, {"progress": "1"}).status_code == 404


def test_who_is_not_signed_in_is_led_to_the_login(client, factory):
    """The script takes that for no answer."""
    assert client.post(READING).status_code == 302


def test_it_is_posted_with_the_token_of_the_form(people, factory):
    guarded = Client(enforce_csrf_checks=True)
    asks = {"progress": "1"}
    token = opened(guarded, people.reporter).all("input", name="csrfmiddlewaretoken")[0].given["value"]
    assert guarded.get(OURS, asks).status_code == 405
    assert guarded.post(OURS, asks).status_code == 403
    assert guarded.post(OURS, asks, headers={"X-CSRFToken": token}).status_code == 200
