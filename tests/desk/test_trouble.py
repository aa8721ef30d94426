"""The desk beside a database or a disk in trouble: reading goes on, what was typed stays, all recovers."""

import json
import logging
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client

from projects.models import Attachment, Report, SignedInSession, User
from projects.pages import lost_forms
from tests.accounts.signing_in import LOGIN, PASSWORD, is_signed_in, sign_in
from tests.cast import AT
from tests.desk.filled import ADDRESS, again, opened, sent, texts
from tests.paperwork import on_record
from tests.public.reading import Page, read
from tests.reports.photo_files import jpeg
from tests.troubled import no_temporary_file, writes_fail
from tracker import middleware, plain_pages, sessions, wrong_tries
from tracker.logs import JsonLines
from tracker.trouble import WORDS, Trouble

pytestmark = pytest.mark.django_db

TYPED = "墙体完成一半 <b>&"
KINDS = [Trouble.FULL, Trouble.READ_ONLY, Trouble.UNREADABLE, Trouble.BUSY]
each_kind = pytest.mark.parametrize("trouble", KINDS)


@pytest.fixture
def client():
    """Somebody who sees what a browser sees, failures too."""
    return Client(raise_request_exception=False)


@pytest.fixture
def page(client, people, monthly_round) -> Page:
    on_record()
    return opened(client, people.reporter)


def save(client, page: Page) -> Page:
    return sent(client, page, works=TYPED, to_date="很多", follow=False)


def says(page: Page, trouble: Trouble) -> bool:
    """503, in the words of this trouble and of no other."""
    said = {kind for kind, (text, text_en) in WORDS.items() if text in page.html and text_en in page.html}
    return page.status == 503 and page.response["Retry-After"] == "5" and said == {trouble}


def typed_back(page: Page) -> dict[str, str]:
    """What the page of trouble would send again."""
    held = {one.given["name"]: one.given["value"] for one in page.all("input")}
    return held | {one.given["name"]: "".join(one.words).removeprefix("\n") for one in page.all("textarea")}


def called(page: Page) -> list[str]:
    """What stands before each box of what was typed."""
    return ["".join(one.within.words).splitlines()[0].strip() for one in page.all("textarea")]


@each_kind
def test_reading_goes_on(client, page, people, trouble):
    lost_forms.keep(people.reporter.pk, ADDRESS, texts(page) | {"works": TYPED}, at=AT)
    rows = SignedInSession.objects.all()
    due = rows.get().expire_date - timedelta(minutes=5)
    rows.update(expire_date=due)  # to be moved on
    with writes_fail(trouble):
        for address in ("/", "/projects/", "/about/", ADDRESS, "/en/desk/", "/en/desk/notices/"):
            assert client.get(address).status_code == 200, address
        assert texts(again(client))["works"] == TYPED, "what was kept is shown, and stays until it can go"
    assert rows.get().expire_date == due and texts(again(client))["works"] == TYPED
    assert texts(again(client))["works"] == "" and rows.get().expire_date > due


def test_a_session_that_cannot_be_kept_takes_no_page_away(client, page, monkeypatch):
    """What a page writes into it (that a message was shown) is written the next time."""

    def fail(self, must_create=False):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(sessions.DatabaseSessions, "save", fail)
    save(client, page)  # leaves a message in the session, as far as it can
    assert client.get(ADDRESS).status_code == 200


@pytest.mark.promise(
    "A save beside a full, read-only, unreadable or busy database is 503 in words; nothing typed is lost",
    control="test_control_unclassified_it_is_an_error_without_the_text",
)
@each_kind
def test_saving_says_what_is_wrong_and_gives_back_what_was_typed(client, page, trouble, figure):
    with writes_fail(trouble):
        refused = save(client, page)
    assert says(refused, trouble)
    back = typed_back(refused)
    assert (back["works"], back["to_date"], back["do"]) == (TYPED, "很多", "save")
    assert back.keys() == (texts(page) | {"do": ""}).keys(), "every field, typed or not"
    assert "<b>&" not in refused.html
    (form,) = refused.all("form")
    assert form.given["action"] == ADDRESS
    assert not Report.objects.exists()
    client.post(ADDRESS, back)
    assert Report.objects.get().works == TYPED, "sent again once the trouble is over, it is saved"
    figure("4 kinds: sent again from the page of trouble, all fields saved")


def test_only_what_was_typed_is_shown_and_a_file_that_is_lost_is_named(client, page):
    """What was chosen travels unseen; a browser sends no file again."""
    with writes_fail(Trouble.FULL):
        refused = send_photo(client, page)
    (area,) = refused.all("textarea")
    assert area.given["name"] == "works"
    assert called(refused) == ["本月工程进展 · works"], "as the form calls it"
    assert [one.text for one in refused.all("li")] == ["photo.jpg", "two.jpg"]
    assert all(words in refused.html for words in plain_pages.NO_FILES)
    with writes_fail(Trouble.FULL):
        assert plain_pages.NO_FILES[0] not in save(client, page).html, "there was none"


def test_a_row_of_a_table_is_named_before_its_column(client, page):
    table = "/en/desk/table/2026-02/"
    typed = texts(again(client, table)) | {"QJ-0001-works": TYPED, "do": "save"}
    with writes_fail(Trouble.FULL):
        refused = Page(client.post(table, typed))
    assert called(refused) == ["QJ-0001 · 本月工程进展 · works"]


def test_a_reason_is_called_one(client, page, people):
    sent(client, page, do="submit", works=TYPED)
    client.force_login(people.reviewer)
    review = read(client, "/en/desk/review/")
    (paper,) = {one.given["value"] for one in review.all("input") if one.given.get("name") == "paper"}
    with writes_fail(Trouble.FULL):
        answer = client.post("/en/desk/review/", {"do": "return", "paper": paper, "note": TYPED})
    assert called(Page(answer)) == ["原因 · Reason"]


def test_chinese_is_set_with_chinese_marks():
    said = [text for words in [*WORDS.values(), *plain_pages.PLAIN_PAGES.values()] for text in words]
    assert len(said) > 20 and not [text for text in said if re.search("[一-鿿][,;:!?][一-鿿]", text)]


def test_control_unclassified_it_is_an_error_without_the_text(client, page, monkeypatch):
    monkeypatch.setattr(middleware, "trouble_of", lambda error: None)
    with writes_fail(Trouble.FULL):
        refused = save(client, page)
    assert not says(refused, Trouble.FULL) and TYPED[:6] not in refused.html


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite is told to be full, or read-only")
@pytest.mark.parametrize("trouble", [Trouble.FULL, Trouble.READ_ONLY])
def test_the_engine_itself_says_so(client, page, trouble):
    with connection.cursor() as cursor:
        if trouble == Trouble.FULL:
            free = cursor.execute("PRAGMA freelist_count").fetchone()[0]
            cursor.execute(f"CREATE TABLE filler AS SELECT zeroblob({(free + 1) * 4096})")
            cursor.execute("PRAGMA max_page_count=1")  # as many as there are
        else:
            cursor.execute("PRAGMA query_only=ON")
        try:
            long = dict.fromkeys(("next_steps", "pause_note"), "长" * 490)  # a row longer than a page
            refused = sent(client, page, works=TYPED + "长" * 480, **long, follow=False)
        finally:
            cursor.execute("PRAGMA max_page_count=1073741823")
            cursor.execute("PRAGMA query_only=OFF")
    assert says(refused, trouble) and TYPED[:6] in refused.html


def test_it_stands_in_the_log_once_on_one_line_without_what_was_typed(client, page, caplog):
    caplog.set_level(logging.WARNING)
    with writes_fail(Trouble.FULL):
        save(client, page)
    (record,) = caplog.records
    line = JsonLines().format(record)
    assert "\n" not in line and TYPED[:6] not in line
    assert json.loads(line)["message"].startswith(f"Trouble (full) at {ADDRESS}: ")


# Signing in


@pytest.fixture
def account(people) -> User:
    people.reporter.set_password(PASSWORD)
    people.reporter.save()
    return people.reporter


@pytest.mark.promise(
    "Signing in beside a disk in trouble is 503 in words, never “too many tries”",
    control="test_control_with_the_cache_as_django_has_it_it_is_429",
)
@each_kind
def test_signing_in_says_what_is_wrong(client, account, trouble, figure):
    with writes_fail(trouble):
        refused = Page(sign_in(client))
        assert says(refused, trouble)
        assert PASSWORD not in refused.html and not refused.all("form")
        assert read(client, LOGIN).status == 200
    sign_in(client)
    assert is_signed_in(client), "once the trouble is over"
    figure("4 kinds: 503, then in")


def test_control_with_the_cache_as_django_has_it_it_is_429(client, account, monkeypatch):
    monkeypatch.setattr(wrong_tries, "trouble_of", lambda error: None)
    with writes_fail(Trouble.FULL):
        assert sign_in(client).status_code == 429


def test_two_who_count_at_once_are_no_trouble():
    assert cache.add("key", 1) and not cache.add("key", 2)
    cache.set("key", 3)
    assert cache.get("key") == 3


# A temporary folder in trouble, while a form with a photo is received


def photo(name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, jpeg(), "image/jpeg")


def send_photo(client, page: Page) -> Page:
    data = texts(page) | {"works": TYPED, "do": "save", "files": [photo(), photo("two.jpg")]}
    return Page(client.post(ADDRESS, data))


@pytest.mark.promise(
    "A temporary folder that is full, read-only or unreadable costs the file and nothing that was typed",
    control="test_control_with_djangos_own_handler_the_form_is_lost",
)
@pytest.mark.parametrize("after", [0, 10], ids=["at once", "in the middle"])
@pytest.mark.parametrize("trouble", KINDS[:3])
def test_the_form_is_saved_and_the_file_is_told(client, page, trouble, after, figure):
    with no_temporary_file(trouble, after):
        shown = send_photo(client, page)
    assert shown.status == 200 and texts(shown)["works"] == TYPED
    assert Report.objects.get().works == TYPED and not Attachment.objects.exists()
    words = {"full": "disk is full", "read-only": "can only be read", "unreadable": "cannot be reached"}
    assert shown.main.count(words[trouble]) >= 2 and "two.jpg: " in shown.main
    assert send_photo(client, shown).status in (200, 302) and Attachment.objects.exists()
    figure("3 kinds, at once and in the middle: every draft saved, the file told")


def test_control_with_djangos_own_handler_the_form_is_lost(client, page, settings):
    settings.FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
    with no_temporary_file(Trouble.FULL):
        send_photo(client, page)
    assert not Report.objects.exists()
