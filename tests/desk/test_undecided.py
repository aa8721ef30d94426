"""待定 in a report: that no date stands any more, from the box to the public pages."""

from datetime import UTC, datetime

import pytest
import time_machine

from projects.choices import Topic
from projects.claims import projection
from projects.core import fuzzy_dates
from projects.models import Report
from projects.reports import moves
from tests.cast import AT, published
from tests.desk.filled import ADDRESS, again, opened, sent, summary, texts
from tests.paperwork import month_round, on_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def factory(monthly_round):
    of = on_record()
    published(of, Topic.PROMISED, fuzzy_dates.parse("2026-12"), measure="completed")
    projection.rebuild(of)
    return of


def test_a_date_that_stands_no_more_is_kept_asked_about_shown_and_published(client, people, factory):
    page = opened(client, people.reporter)
    shown = sent(client, page, do="submit", date__completed="待定")
    assert "has moved: choose the reason" in " ".join(words for _at, words in summary(shown))
    assert texts(shown)["date-completed"] == "待定"
    sent(client, shown, do="submit", reason__completed="funding")
    report = Report.objects.get()
    assert report.state == "submitted"
    for at in (f"{ADDRESS}preview/", "/en/desk/signoff/2026-02/"):
        assert "to be decided" in again(client, at).main, at
    client.force_login(people.reviewer)
    assert "to be decided" in again(client, "/en/desk/review/2026-02/QJ-0001/").main
    moves.approve(report, expected=report.version, by=people.reviewer, at=AT)
    public = again(client, f"/en/projects/{factory.slug}/")
    assert "promised: to be decided" in public.section("Monthly reports")
    assert "to be decided" in again(client, f"/en/projects/{factory.slug}/history/").main
    month_round("2026-03")
    with time_machine.travel(datetime(2026, 4, 1, 1, tzinfo=UTC)):
        later = opened(client, people.reporter, ADDRESS.replace("-02", "-03"))
    assert "Promised so far to be decided" in later.main
