"""The list of rounds: newest first with their numbers, for a reporter those of the own unit; opened here."""

from datetime import date, timedelta

import pytest
import time_machine

from projects.choices import Role
from projects.models import AuditEntry, Round
from projects.reports import rounds
from tests.cast import AT, person
from tests.paperwork import approved, draft_of, month_round, on_record, submitted
from tests.public.reading import Page, read, zh

pytestmark = pytest.mark.django_db
LIST, ENGLISH = "/desk/rounds/", "/en/desk/rounds/"


def seen_by(client, user, path: str = ENGLISH, **query) -> Page:
    client.force_login(user)
    return read(client, path, **query)


def offered(page: Page) -> list[str]:
    """The months of the list, the chosen one first."""
    found = [one for one in page.all("option") if one.within.given.get("name") == "month"]
    return [one.given["value"] for one in sorted(found, key=lambda one: "selected" not in one.given)]


def send(client, user, **data) -> Page:
    client.force_login(user)
    return Page(client.post(ENGLISH, data))


def test_newest_first_with_days_state_and_numbers(client, people, monthly_round):
    old = rounds.open_round("2025-12", by=None, at=AT)
    rounds.open_round("2026-01", by=None, at=AT)
    rounds.open_round("2026-03", by=None, at=AT)
    submitted(on_record(), people), approved(on_record(), people), draft_of(on_record(), people)
    submitted(on_record(), people, monthly_round=old)
    rounds.close_round(old, by=None, at=AT)
    days = ["25 March to 5 April 2026", "25 February to 5 March 2026"]
    days += ["25 January to 5 February 2026", "25 December 2025 to 5 January 2026"]
    states = ["not begun", "open for reports", "past its day", "ended"]
    months = ["March 2026", "February 2026", "January 2026", "December 2025"]
    numbers = [
        ["0 / 4", "0.0%", "0"],
        ["2 / 4", "50.0%", "0"],
        ["0 / 4", "0.0%", "0"],
        ["1 / 4", "25.0%", "1"],
    ]
    rows = seen_by(client, people.reviewer).rows("rounds")
    assert rows == [
        [month, span, state, *told]
        for month, span, state, told in zip(months, days, states, numbers, strict=True)
    ]


def test_a_row_leads_to_its_round_and_the_state_has_words_in_chinese(client, people, monthly_round):
    page = seen_by(client, people.reviewer, LIST)
    assert page.link("2026年2月") == "/desk/rounds/2026-02/"
    assert page.rows("rounds")[0][1:3] == ["2026年2月25日至3月5日", zh("open for reports")]
    assert seen_by(client, people.reviewer, type="large").link("February 2026").endswith("?type=large")


def test_a_reporter_sees_the_numbers_of_the_own_unit_and_opens_none(client, people, monthly_round):
    submitted(on_record(), people), on_record(department=None)
    on_record(department=people.other_reporter.department)
    assert seen_by(client, people.reporter).rows("rounds")[0][3] == "1 / 1"
    page = seen_by(client, people.other_reporter)
    assert page.rows("rounds")[0][3] == "0 / 1" and "Transport Bureau" in page.section("By month")
    assert "Open a round" not in page.main and not page.all("input", name="month")
    assert seen_by(client, people.reviewer).rows("rounds")[0][3] == "1 / 3"


def test_an_account_without_a_unit_is_told_what_to_do(client, people, monthly_round):
    on_record()
    page = seen_by(client, person("nowhere", Role.REPORTER))
    assert page.rows("rounds")[0][3:5] == ["0 / 0", "none expected"]
    assert "ask an administrator to enter your unit" in page.main


@pytest.mark.parametrize("who", ["stranger"])
def test_to_others_it_is_not_there(client, people, who):
    assert seen_by(client, getattr(people, who)).status == 404


def test_a_reviewer_opens_this_months_round_by_the_usual_days(client, people, monthly_round):
    page = seen_by(client, people.reviewer)
    assert offered(page)[0] == "2026-03" and "2026-02" not in offered(page)
    assert "for March 2026 from 25 March 2026 to 5 April 2026" in page.section("Open a round")
    answer = send(client, people.reviewer, month="2026-03", opens_on="", closes_on="")
    assert answer.response.headers["Location"] == "/en/desk/rounds/2026-03/#top"
    opened = Round.objects.get(month="2026-03")
    assert (opened.opens_on, opened.closes_on, opened.opened_by) == (
        date(2026, 3, 25),
        date(2026, 4, 5),
        people.reviewer,
    )
    assert AuditEntry.objects.first().action == "round.open"
    assert "reports from 25 March 2026 to 5 April 2026" in read(client, "/en/desk/rounds/2026-03/").main


def test_days_of_ones_own(client, people):
    send(client, people.reviewer, month="2026-03", opens_on="2026-03-20", closes_on="2026-03-31")
    opened = Round.objects.get(month="2026-03")
    assert (opened.opens_on, opened.closes_on) == (date(2026, 3, 20), date(2026, 3, 31))


def test_once_this_month_is_open_the_last_one_is_offered(client, people):
    month_round("2026-03")
    months = offered(seen_by(client, people.reviewer))
    assert months[:3] == ["2026-02", "2026-04", "2026-01"] and months[-1] == "2025-04"
    month_round("2026-02")
    assert offered(seen_by(client, people.reviewer))[0] == "2026-04"


def test_another_month_asks_first_and_says_how_much_becomes_due(client, people):
    on_record(), on_record()
    for month in ("2026-04", "2025-11"):
        page = send(client, people.reviewer, month=month)
        assert "2 reports become due" in page.one("div", "faults").text and not Round.objects.exists()
        assert page.one("input", name="sure").given["type"] == "checkbox"
    send(client, people.reviewer, month="2025-11", sure="on")
    assert Round.objects.get().month == "2025-11"


def test_days_that_were_set_are_the_usual_ones(client, people, settings):
    settings.ROUND_OPENS_ON, settings.ROUND_CLOSES_ON = 15, 25
    send(client, people.reviewer, month="2026-03")
    opened = Round.objects.get()
    assert (opened.opens_on, opened.closes_on) == (date(2026, 3, 15), date(2026, 3, 25))


@pytest.mark.parametrize(
    ("typed", "at", "words"),
    [
        ({"month": "March, please"}, "month", "Choose a month of the list"),
        ({"month": "2026-03\0"}, "month", "Choose a month of the list"),
        ({"month": ""}, "month", "Choose the month."),
        ({"month": "2026-02"}, "month", "Choose a month of the list"),
        (
            {"month": "2026-03", "opens_on": "2026-04-02", "closes_on": "2026-04-01"},
            "closes_on",
            "A round opens within its month or later",
        ),
        ({"month": "2026-03", "opens_on": "soon"}, "opens_on", "Give a day such as 2026-03-25."),
        ({"month": "2026-03", "closes_on": "9999-12-31"}, "closes_on", "is out of range: write 1900 to 2200"),
    ],
)
def test_what_is_refused_stands_at_its_field_beside_what_was_typed(
    client, people, monthly_round, typed, at, words
):
    page = send(client, people.reviewer, **typed)
    assert page.status == 200 and Round.objects.count() == 1
    [fault] = [one.text for one in page.all("p", "fault")]
    [field] = [one for one in page.elements if one.given.get("name") == at]
    assert words in fault and field.given["aria-invalid"] == "true"
    days = {name: text for name, text in typed.items() if name != "month"}
    assert {name: page.one("input", name=name).given.get("value", "") for name in days} == days
    assert page.one("div", "faults").text.count(words[:20]) == 1


@pytest.mark.parametrize("who", ["reporter", "editor"])
def test_nobody_else_opens_one(client, people, who):
    assert send(client, getattr(people, who), month="2026-03").status == 404
    assert not Round.objects.exists()


def test_without_rounds_it_says_how_one_begins(client, people):
    assert "There is no round yet" in seen_by(client, people.reporter).main


def test_a_year_stands_on_a_page(client, people):
    for number in range(14):
        rounds.open_round(f"{2024 + number // 12}-{number % 12 + 1:02}", by=None, at=AT)
    page = seen_by(client, people.reviewer)
    assert len(page.rows("rounds")) == 12 and page.link("2") == "/en/desk/rounds/?page=2"
    assert len(seen_by(client, people.reviewer, page="2").rows("rounds")) == 2
    assert len(seen_by(client, people.reviewer, page="nonsense").rows("rounds")) == 12


def test_the_state_follows_the_day(client, people, monthly_round):
    client.force_login(people.reviewer)
    told = {}
    for days in (-6, 0, 4):
        with time_machine.travel(AT + timedelta(days=days)):
            client.force_login(people.reviewer)
            told[days] = read(client, ENGLISH).rows("rounds")[0][2]
    assert told == {-6: "not begun", 0: "open for reports", 4: "past its day"}


@pytest.mark.parametrize("count", [1, 6])
def test_it_takes_as_many_statements_for_many_rows(client, people, count, django_assert_num_queries):
    for number in range(min(count, 12)):
        rounds.open_round(f"2025-{number + 1:02}", by=None, at=AT)
    some = Round.objects.last()
    for _ in range(count):
        submitted(on_record(), people, monthly_round=some)
    seen_by(client, people.reviewer)  # a worker's first page settles the data version
    with django_assert_num_queries(11):
        assert read(client, ENGLISH).rows("rounds")[-1][3] == f"{count} / {count}"
