"""Calendars: whole days under identifiers that stay."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from projects.pages.calendar_file import Event, calendar, uid

AT = datetime(2026, 3, 2, 4, tzinfo=UTC)


def event(**fields) -> Event:
    usual = {
        "uid": "a@b",
        "first": date(2024, 9, 1),
        "last": date(2024, 12, 31),
        "is_fact": False,
        "summary": "藻渡水库 · 开工",
        "description": "某版",
        "category": "水利",
        "url": "http://localhost/projects/x/?asof=2024-01-01&known=2024-01-01#r",
    }
    return Event(**usual | fields)


def read(*events: Event) -> Calendar:
    return Calendar.from_ical(calendar("綦江", events, AT))


def test_a_promise_stands_on_its_last_day_and_is_reminded_of_a_week_before():
    (one,) = read(event()).walk("VEVENT")
    assert (one.decoded("dtstart"), one.decoded("dtend")) == (date(2024, 12, 31), date(2025, 1, 1))
    (reminder,) = one.walk("VALARM")
    assert reminder.decoded("trigger") == timedelta(days=-7)
    assert one["dtstart"].params["VALUE"] == "DATE"
    assert one.decoded("dtstamp") == AT
    assert (str(one["status"]), str(one["transp"])) == ("TENTATIVE", "TRANSPARENT")
    assert str(one["url"]).endswith("&known=2024-01-01#r")


def test_a_fact_is_confirmed_a_span_of_whole_days_and_nothing_to_be_reminded_of():
    (one,) = read(event(is_fact=True)).walk("VEVENT")
    assert (one.decoded("dtstart"), one.decoded("dtend")) == (date(2024, 9, 1), date(2025, 1, 1))
    assert str(one["status"]) == "CONFIRMED" and one.walk("VALARM") == []


def test_what_it_is_called_and_how_often_to_ask():
    made = read()
    assert str(made["x-wr-calname"]) == "綦江" and str(made["version"]) == "2.0" and made["prodid"]
    assert b"REFRESH-INTERVAL;VALUE=DURATION:P1D" in calendar("綦江", [], AT)


def test_the_identifier_stays_while_the_date_moves_and_differs_by_part():
    assert uid("QJ-0001", "started", "") == "QJ-0001-started@qijiang-project-progress"
    assert uid("QJ-0001", "started", "一期") == uid("QJ-0001", "started", "一期")
    assert len({uid("QJ-0001", "started", scope) for scope in ("", "一期", "二期")}) == 3
    assert uid("QJ-0001", "started", "一期").isascii()


@given(st.text(max_size=200))
def test_any_words_are_read_back_as_one_line_of_text(text):
    """Lines are folded at 75 bytes, and nothing in a name begins a property of its own."""
    content = calendar("x", [event(summary=text)], AT)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    (one,) = Calendar.from_ical(content).walk("VEVENT")
    assert len(one) == 10 and "\n" not in str(one["summary"])


def test_names_are_given_back_as_they_were():
    for text in ("a;b,c\\d", "开工:2025年底前", "BEGIN:VEVENT", "“双百”"):
        (one,) = read(event(summary=text)).walk("VEVENT")
        assert str(one["summary"]) == text
