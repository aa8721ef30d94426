"""What is posted with a dead session, or after a login in another window: kept for its author alone."""

import logging
import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from projects.models import KeptText, Project, Report
from projects.pages import lost_forms
from tests.cast import AT
from tests.desk.filled import ADDRESS, again, opened, texts
from tests.paperwork import draft_of, on_record, submitted
from tests.public.reading import Page, read

pytestmark = pytest.mark.django_db

WORDS = "墙体完成一半"
NOTICE = "The login had ended when you sent this at 09:00."


@pytest.fixture
def factory(monthly_round) -> Project:
    return on_record()


@pytest.fixture
def typed(client, people, factory) -> dict[str, str]:
    """A form opened by the reporter and filled in."""
    return texts(opened(client, people.reporter)) | {"do": "save", "works": WORDS, "to_date": "很多"}


def at(minutes: float):
    return time_machine.travel(AT + timedelta(minutes=minutes))


def sent_too_late(client, typed, address=ADDRESS):
    client.logout()
    return client.post(address, typed)


def test_it_leads_to_the_login_and_back_and_gives_back_all_that_was_typed(client, people, typed):
    answer = sent_too_late(client, typed)
    assert answer.status_code == 302 and "/accounts/login/" in answer.url and ADDRESS in answer.url
    assert not Report.objects.exists()
    page = opened(client, people.reporter)
    assert NOTICE in page.main
    held = texts(page)
    assert (held["works"], held["to_date"]) == (WORDS, "很多")
    (form,) = [one for one in page.all("form") if "data-report" in one.given]
    assert "data-unsaved" in form.given


@pytest.mark.parametrize(("text", "is_kept"), [("很多", True), ("多" * 40_000, False)])
def test_the_browser_forgets_what_the_draft_holds_though_it_cannot_be_read(
    client, people, typed, text, is_kept
):
    """Else the form would offer, as not saved, what stands in its boxes."""
    typed |= {"to_date": text, "stamp": "of-this-form"}
    client.post(ADDRESS, typed)
    (form,) = [one for one in again(client).all("form") if "data-report" in one.given]
    assert ("of-this-form" in form.given["data-saved"]) is is_kept
    assert (texts(again(client))["to_date"] == text) is is_kept


def test_it_is_given_back_once(client, people, typed):
    sent_too_late(client, typed)
    opened(client, people.reporter)
    page = again(client)
    assert "The login had ended" not in page.main and texts(page)["works"] == ""
    assert not KeptText.objects.exists()


def test_looking_without_opening_takes_nothing(client, people, typed):
    sent_too_late(client, typed)
    client.force_login(people.reporter)
    client.head(ADDRESS)
    assert texts(again(client))["works"] == WORDS


@pytest.mark.parametrize(("minutes", "is_there"), [(29, True), (30, True), (31, False)])
def test_it_is_kept_for_half_an_hour(client, people, typed, minutes, is_there):
    sent_too_late(client, typed)
    with at(minutes):
        page = opened(client, people.reporter)
    assert (texts(page)["works"] == WORDS) is is_there


def test_nobody_else_gets_it(client, people, typed):
    people.other_reporter.department = people.reporter.department
    people.other_reporter.save()
    sent_too_late(client, typed)
    assert texts(opened(client, people.other_reporter))["works"] == ""
    assert texts(opened(client, people.reporter))["works"] == WORDS


def test_nor_does_another_address(client, people, typed):
    on_record()
    sent_too_late(client, typed)
    other = ADDRESS.replace("0001", "0002")
    assert texts(opened(client, people.reporter, other))["works"] == ""
    assert texts(again(client))["works"] == WORDS


def test_saved_over_what_was_changed_meanwhile_both_are_shown(client, people, factory, typed):
    sent_too_late(client, typed)
    draft_of(factory, people)
    page = opened(client, people.reporter)
    assert texts(page)["works"] == WORDS and texts(page)["version"] == "0"
    after = Page(client.post(ADDRESS, texts(page) | {"do": "save"}))
    assert after.status == 409 and texts(after)["works"] == WORDS


# Without a token of ours nothing is kept


def token(*said, salt=lost_forms.SALT) -> str:
    return signing.dumps(list(said), salt=salt)


@pytest.mark.parametrize(
    "forged",
    [
        lambda pk: "",
        lambda pk: "nonsense",
        lambda pk: token(pk, ADDRESS)[:-1] + "x",
        lambda pk: token(pk, ADDRESS, salt="another"),
        lambda pk: token(pk, ADDRESS.replace("0001", "0002")),
        lambda pk: token(pk + 1000, ADDRESS),
        lambda pk: token(pk),
    ],
)
def test_a_wrong_token_keeps_nothing(client, people, typed, forged):
    answer = sent_too_late(client, typed | {"keep": forged(people.reporter.pk)})
    assert answer.status_code == 302
    assert not KeptText.objects.exists()


def test_control_the_token_of_the_form_is_the_right_one(client, people, typed):
    sent_too_late(client, typed | {"keep": token(people.reporter.pk, ADDRESS)})
    assert KeptText.objects.count() == 1


def test_one_whose_form_stood_open_for_more_than_a_week_is_asked_again(client, people, typed):
    with at(7 * 24 * 60 + 1):
        sent_too_late(client, typed)
        assert not KeptText.objects.exists()


def test_a_deactivated_account_leaves_nothing_behind(client, people, typed):
    people.reporter.is_active = False
    people.reporter.save()
    client.post(ADDRESS, typed)
    assert not KeptText.objects.exists()


def test_what_is_too_large_is_not_kept(client, people, typed):
    sent_too_late(client, typed | {"next_steps": "字" * 40_000})
    assert not KeptText.objects.exists()


def test_neither_token_nor_files_are_kept_and_no_word_is_logged(client, people, typed, caplog):
    caplog.set_level(logging.DEBUG)
    sent_too_late(client, typed)
    kept = KeptText.objects.get()
    assert {"keep", "csrfmiddlewaretoken", "files"} & set(kept.fields) == set()
    assert WORDS not in caplog.text


# A login in another window changes the token of every open form


@pytest.fixture
def strict(people, factory) -> Client:
    """A browser whose posts are checked as in production."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.reporter)
    return client


def filled_in(client) -> dict[str, str]:
    return texts(Page(client.get(ADDRESS))) | {"do": "save", "works": WORDS}


def test_signed_in_anew_the_same_person_is_led_back_to_the_form(strict, people):
    data = filled_in(strict) | {"csrfmiddlewaretoken": "x" * 64}
    answer = strict.post(ADDRESS, data)
    assert (answer.status_code, answer.url) == (302, ADDRESS)
    page = Page(strict.get(ADDRESS))
    assert NOTICE in page.main and texts(page)["works"] == WORDS
    assert not Report.objects.exists(), "nothing is saved by a post that was not asked for"


def test_control_with_its_own_token_it_is_saved(strict):
    strict.post(ADDRESS, filled_in(strict))
    assert Report.objects.get().works == WORDS


def test_another_person_in_the_same_browser_is_led_to_the_login_and_gets_nothing(strict, people):
    data = filled_in(strict) | {"csrfmiddlewaretoken": "x" * 64}
    people.other_reporter.department = people.reporter.department
    people.other_reporter.save()
    strict.force_login(people.other_reporter)
    answer = strict.post(ADDRESS, data)
    assert answer.status_code == 302 and "/accounts/login/" in answer.url
    assert texts(Page(strict.get(ADDRESS)))["works"] == ""


@pytest.mark.parametrize("address", [ADDRESS, "/accounts/login/"])
def test_without_a_token_of_ours_it_is_refused_in_both_languages(strict, address):
    answer = strict.post(address, {"works": WORDS})
    assert answer.status_code == 403
    body = answer.content.decode()
    assert "未能提交" in body and "nothing was saved" in body
    assert not KeptText.objects.exists()


def note_of(client, reviewer, address: str) -> dict[str, str]:
    """What the form for a note would send, typed over."""
    client.force_login(reviewer)
    hidden = re.findall(r'name="(paper|keep)" value="([^"]*)"', read(client, address).html)
    return dict(hidden) | {"do": "return", "note": "请补充长度"}


def test_a_reviewers_note_is_given_back_and_nothing_was_done(client, people):
    report = submitted(on_record(), people)
    sent = note_of(client, people.reviewer, "/desk/review/")
    client.logout()
    assert client.post("/desk/review/", sent).status_code == 302
    report.refresh_from_db()
    assert report.state == "submitted"
    client.force_login(people.reviewer)
    back = read(client, "/desk/review/")
    assert "请补充长度" in back.html and "操作没有执行" in back.main
    assert "请补充长度" not in read(client, "/desk/review/").html, "once"


@pytest.mark.parametrize("content_type", ["form", "multipart"])
def test_two_million_characters_are_answered_with_the_limit(client, typed, content_type):
    """The browser keeps them: nothing is read, and one goes back."""
    sent = typed | {"works": "墙" * 2_000_000}
    body, kind = encode_multipart(BOUNDARY, sent), MULTIPART_CONTENT
    if content_type == "form":
        body, kind = urlencode(sent), "application/x-www-form-urlencoded"
    answer = client.generic("POST", ADDRESS, body, content_type=kind)
    page = answer.content.decode()
    assert answer.status_code == 413 and "文字一次最多约 35 万个汉字" in page and "还在浏览器里" in page
    assert not Report.objects.exists()
