"""Nothing changed: handed in with one click for one project, for those chosen, or for all that are shown."""

import re
from dataclasses import replace

import pytest
from django.test import Client

from projects.choices import Condition, ReportState, Topic
from projects.claims import projection
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.models import Current, Project, ProjectEvent, Report
from projects.reports import moves
from projects.reports.rules.content import Actual
from tests.cast import AT, person, published
from tests.paperwork import (
    INVESTED,
    approved,
    content,
    draft_of,
    month_round,
    moved,
    nearly_completed,
    on_record,
    submitted,
)
from tests.public.reading import Page, read, zh

pytestmark = pytest.mark.django_db
MONTH = "2026-02"


@pytest.fixture
def ten(people, monthly_round) -> list[Project]:
    return [on_record(name_en=f"Works {number}") for number in range(10)]


def say(client, user, **sent) -> Page:
    """Press a button, and read the desk that comes back."""
    client.force_login(user)
    answer = client.post("/en/desk/unchanged/", {"month": MONTH} | sent, follow=True)
    assert answer.redirect_chain == [("/en/desk/", 302)]
    return Page(answer)


def told(page: Page) -> list[str]:
    return [one.text for one in page.all("li") if one.is_in("ul", "messages")]


def pressed(page: Page, words: str) -> dict[str, list[str]]:
    """All that a browser would send for this button, with no box ticked."""
    button = page.one("button", name="which", value="shown")
    assert button.text == words
    form = [one for one in page.elements if one.tag == "form" and button.is_in("form")]
    assert form
    hidden = [
        one.given for one in page.all("input", type="hidden") if one.given["name"] != "csrfmiddlewaretoken"
    ]
    sent: dict[str, list[str]] = {"which": ["shown"]}
    for one in hidden:
        sent.setdefault(one["name"], []).append(one["value"])
    return sent


def test_ten_unchanged_projects_take_two_clicks(client, people, ten):
    """The desk, and the button: what a browser sends for it is what the page held."""
    client.force_login(people.reporter)
    page = read(client, "/en/desk/")
    sent = pressed(page, "Nothing changed in all 10")
    assert sent["shown"] == [one.code for one in ten]
    after = Page(client.post("/en/desk/unchanged/", sent, follow=True))
    [words] = told(after)
    assert words.startswith(
        "“Nothing changed” is handed in for February 2026 on 10 projects: Works 0, Works 1"
    )
    assert Report.objects.filter(state=ReportState.SUBMITTED, is_unchanged=True).count() == 10
    assert "All is done" in after.main and "Works 9" in after.section("Handed in, not reviewed yet")


def test_it_says_stage_and_amounts_again(client, people, ten):
    say(client, people.reporter, one="QJ-0003")
    report = Report.objects.get()
    assert (report.project, report.submitted_by, report.version) == (ten[2], people.reporter, 2)
    assert (report.stage, report.amount("to_date"), report.is_unchanged) == ("building", INVESTED, True)


@pytest.fixture
def nearly(people, monthly_round) -> Project:
    return nearly_completed()


def stage_of(of: Project) -> tuple[str, str]:
    today = Current.objects.get(project=of)
    return today.stage, today.stage_qualifier


def test_what_is_largely_completed_is_that_again(client, people, nearly):
    """Not completed: nothing happened, so nothing is told as having happened."""
    client.force_login(people.reporter)
    assert "largely completed" in read(client, "/en/desk/").main
    say(client, people.reporter, one=nearly.code)
    client.force_login(people.reviewer)
    assert "Said again: largely completed" in read(client, "/en/desk/review/").main
    moved(moves.approve, by=people.reviewer)
    assert stage_of(nearly) == ("completed", "nearly")
    assert not ProjectEvent.objects.filter(project=nearly, claim__origin="report").exists()
    told = read(Client(), f"/projects/{nearly.slug}/").one("p", "answer").text
    assert "2026年2月28日：基本建成" in told
    published_as = read(Client(), f"/projects/{nearly.slug}/").section(zh("Monthly reports"))
    assert "基本建成 推定" in published_as, "as inferred as what it repeats"


def test_a_report_with_words_leaves_it_and_a_date_of_completion_ends_it(client, people, nearly):
    words = content(stage="completed", works="收尾", to_date=None)
    approved(nearly, people, words)
    assert stage_of(nearly) == ("completed", "nearly")
    done = Actual("completed", fuzzy_dates.parse("2026-03-20"))
    at = AT.replace(month=4, day=1)
    approved(nearly, people, replace(words, actuals=(done,)), month_round("2026-03"), at)
    assert stage_of(nearly) == ("completed", "")


def test_one_button_is_for_one_project_whatever_is_ticked(client, people, ten):
    page = say(client, people.reporter, one="QJ-0001", chosen=["QJ-0002"], shown=["QJ-0003"])
    assert told(page) == ["“Nothing changed” is handed in for February 2026: Works 0."]
    assert [one.project for one in Report.objects.all()] == [ten[0]]


def test_those_chosen_and_no_others(client, people, ten):
    sent = {"which": "chosen", "chosen": ["QJ-0002", "QJ-0005"], "shown": [one.code for one in ten]}
    say(client, people.reporter, **sent)
    assert {one.project for one in Report.objects.all()} == {ten[1], ten[4]}


@pytest.mark.parametrize(
    "sent",
    [
        {"which": "chosen"},
        {"which": "chosen", "shown": ["QJ-0001"]},
        {},
        {"which": "all", "shown": ["QJ-0001"]},
        {"which": "chosen", "chosen": ["QJ-0001\x00", "乱写", "QJ-00099"]},
        {"which": "chosen", "chosen": ["QJ-0001"], "month": "2026-13"},
        {"which": "chosen", "chosen": ["QJ-0001"], "month": "\x00"},
        {"which": "chosen", "chosen": ["QJ-0001"], "month": ""},
    ],
)
def test_nothing_is_handed_in_unless_it_is_named(client, people, ten, sent):
    assert told(say(client, people.reporter, **sent)) == [
        "Nothing was handed in: choose the projects on which nothing changed."
    ]
    assert not Report.objects.exists()


def test_what_became_due_after_the_page_was_read_is_left_alone(client, people, ten):
    client.force_login(people.reporter)
    sent = pressed(read(client, "/en/desk/"), "Nothing changed in all 10")
    later = on_record(name_en="Later")
    client.post("/en/desk/unchanged/", sent)
    assert not Report.objects.filter(project=later).exists()


def test_a_project_of_another_unit_is_refused_like_one_that_is_not_there(client, people, ten):
    foreign = on_record(department=people.other_reporter.department, name_en="Theirs")
    page = say(client, people.reporter, which="chosen", chosen=[foreign.code, "QJ-9999", "QJ-0001"])
    done, first, second = told(page)
    assert "Works 0" in done and "Theirs" not in page.text
    assert re.sub(r"QJ-\d{4}", "", first) == re.sub(r"QJ-\d{4}", "", second)
    assert [one.project for one in Report.objects.all()] == [ten[0]]


def test_who_has_no_unit_hands_nothing_in(client, people, monthly_round):
    nobodys = on_record(department=None)
    lost = person("lost")
    lost.groups.add(*people.reporter.groups.all())
    assert "belongs to another unit" in told(say(client, lost, one=nobodys.code))[0]
    assert not Report.objects.exists()


def test_a_report_that_was_begun_is_left_as_it_is(client, people, ten):
    begun, handed_in = draft_of(ten[0], people), submitted(ten[1], people)
    page = say(client, people.reporter, which="chosen", chosen=["QJ-0001", "QJ-0002", "QJ-0003"])
    assert told(page) == [
        "“Nothing changed” is handed in for February 2026: Works 2.",
        "Works 0: A report has been begun already: open it and submit it.",
        "Works 1: A report has been begun already: open it and submit it.",
    ]
    for one in (begun, handed_in):
        assert Report.objects.get(pk=one.pk).version == one.version


def test_twice_is_once(client, people, ten):
    say(client, people.reporter, one="QJ-0001")
    say(client, people.reporter, one="QJ-0001")
    assert Report.objects.get().version == 2


def test_a_pause_that_is_to_be_explained_is_refused_in_words(client, people, monthly_round):
    paused = on_record(name_en="Paused")
    published(paused, Topic.CONDITION, Condition.PAUSED.value)
    projection.rebuild(paused)
    [words] = told(say(client, people.reporter, one=paused.code))
    assert words.startswith("Paused: Say why work has stopped.") and "each quarter" in words
    assert not Report.objects.exists(), "no draft is left behind"


def test_no_round_or_one_that_is_not_open_yet(client, people):
    on_record()
    assert "Nothing was handed in" in told(say(client, people.reporter, one="QJ-0001"))[0]
    month_round("2026-03")
    [words] = told(say(client, people.reporter, one="QJ-0001", month="2026-03"))
    assert "The round opens on 25 March 2026" in words
    assert not Report.objects.exists()


def test_after_the_round_was_due_it_counts_as_late(client, people):
    on_record()
    month_round("2026-01")
    page = say(client, people.reporter, one="QJ-0001", month="2026-01")
    assert Report.objects.get().is_late and "handed in late" in page.section("Handed in, not reviewed yet")


@pytest.mark.parametrize("who", ["reviewer", "editor", "stranger"])
def test_it_is_for_nobody_else(client, people, ten, who):
    client.force_login(getattr(people, who))
    assert client.post("/en/desk/unchanged/", {"month": MONTH, "one": "QJ-0001"}).status_code == 404
    assert not Report.objects.exists()


def test_it_is_sent_never_read_and_only_from_a_page_of_ours(client, people, ten):
    client.force_login(people.reporter)
    assert client.get("/en/desk/unchanged/").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(people.reporter)
    assert strict.post("/en/desk/unchanged/", {"month": MONTH, "one": "QJ-0001"}).status_code == 403
    assert not Report.objects.exists()


def test_in_chinese_and_in_large_type_one_stays_there(client, people, ten):
    client.force_login(people.reporter)
    answer = client.post("/desk/unchanged/?type=large", {"month": MONTH, "one": "QJ-0001"})
    assert answer.url == "/desk/?type=large"
    assert Money(INVESTED.yuan, "yi", 0) == Report.objects.get().amount("to_date")


def test_a_hidden_project_of_the_own_unit_is_not_named(client, people, monthly_round):
    hidden = on_record(name="未公开厂", is_public=False)
    client.force_login(people.reporter)
    page = client.post("/desk/unchanged/", {"month": MONTH, "one": hidden.code}, follow=True)
    assert "未公开厂" not in page.content.decode() and not Report.objects.exists()
