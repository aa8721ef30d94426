"""The frame's middleware, on views of its own: headers, methods, language, login, a database in trouble."""

import sys

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.http import HttpResponse, HttpResponseNotAllowed
from django.test import Client, RequestFactory
from django.urls import path
from django.utils.translation import get_language

from tracker import middleware
from tracker.methods import only_read
from tracker.middleware import (
    HEADERS,
    AllowedMethods,
    SecurityHeaders,
    bad_request,
    language_of,
    server_error,
)
from tracker.plain_pages import PLAIN_PAGES
from tracker.sessions import SessionStore


@login_not_required
def public(request):
    return HttpResponse(get_language())


def private(request):
    return HttpResponse(request.user.get_username())


@login_not_required
@only_read
def read(request):
    return HttpResponse("read")


@login_not_required
def asked(request):
    return HttpResponse(len(request.GET))


@login_not_required
def attachment(request):
    return HttpResponse("paper", headers={"Content-Security-Policy": "sandbox"})


@login_not_required
def locked(request):
    raise OperationalError("database is locked")


@login_not_required
def broken(request):
    raise ZeroDivisionError


urlpatterns = [
    path(f"{prefix}{view.__name__}/", view)
    for prefix in ("", "en/")
    for view in (public, private, read, asked, attachment, locked, broken)
]
urlpatterns.append(path("accounts/login/", public, name="account_login"))
handler400, handler500 = bad_request, server_error

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_addresses(settings):
    settings.ROOT_URLCONF = sys.modules[__name__]


@pytest.fixture
def visitor():
    """Somebody who sees what a browser sees, failures too."""
    return Client(raise_request_exception=False)


@pytest.fixture
def official(visitor):
    visitor.force_login(get_user_model().objects.create_user("official"))
    return visitor


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/public/", 200),
        ("/private/", 302),
        ("/nowhere/", 404),
        ("/public", 301),
        ("/broken/", 500),
        ("/locked/", 503),
    ],
)
def test_every_answer_carries_the_headers(visitor, address, status):
    answer = visitor.get(address)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_an_answer_to_an_unknown_host_carries_the_headers(visitor):
    answer = visitor.get("/public", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert answer["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize(
    "asked",
    [
        {"path": "/public/", "headers": {"host": "elsewhere.example"}},
        {"path": "/public/", "headers": {"host": ""}},
        {"path": "/asked/?" + "a=1&" * 1001},
    ],
)
def test_what_cannot_be_answered_is_told_in_both_languages(visitor, asked):
    answer = visitor.get(**asked)
    assert answer.status_code == 400
    assert all(word in answer.text for word in PLAIN_PAGES["request"])


def test_control_a_question_of_as_many_parameters_as_are_read(visitor):
    assert visitor.get("/asked/?" + "a=1&" * 999).status_code == 200


def test_the_application_tells_so(settings, visitor):
    settings.ROOT_URLCONF = "tracker.urls"
    answer = visitor.get("/", headers={"host": "elsewhere.example"})
    assert PLAIN_PAGES["request"][1] in answer.text


def test_a_view_may_set_a_policy_of_its_own(visitor):
    assert visitor.get("/attachment/")["Content-Security-Policy"] == "sandbox"


def test_the_policy_lets_nothing_in_but_ours():
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy and "http" not in policy and "*" not in policy


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PUT", "PATCH", "DELETE", "PROPFIND"])
def test_other_methods_are_refused(visitor, method):
    answer = visitor.generic(method, "/public/")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize("address", ["/read/", "/en/read/"])
@pytest.mark.parametrize("method", ["POST", "TRACE", "OPTIONS", "PUT", "PATCH", "DELETE", "PROPFIND"])
def test_what_is_only_read_says_so_before_a_token_is_asked_for(address, method):
    answer = Client(enforce_csrf_checks=True).generic(method, address)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert all(word in answer.text for word in PLAIN_PAGES[405])


@pytest.mark.parametrize("address", ["/public/", "/en/public/"])
def test_control_any_other_view_is_asked_for_its_token(address):
    assert Client(enforce_csrf_checks=True).post(address).status_code == 403
    assert Client().post(address).status_code == 200


@pytest.mark.parametrize("address", ["/nowhere/", "/en/nowhere/", "/static/nothing.css", "*"])
def test_what_is_not_there_refuses_other_methods_as_before(visitor, address):
    assert visitor.put(address)["Allow"] == "GET, HEAD, POST"
    assert visitor.post(address).status_code == 404


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_whoever_reads_waits_for_no_address_to_be_looked_up(monkeypatch, method):
    monkeypatch.setattr(middleware, "methods_of", lambda *asked: pytest.fail("looked up"))
    asked = AllowedMethods(lambda request: HttpResponse("passed"))
    assert asked(RequestFactory().generic(method, "/")).content == b"passed"


@pytest.mark.parametrize(("method", "allowed"), [("TRACE", "GET, HEAD, POST"), ("POST", "GET")])
def test_what_is_refused_is_refused_in_words(method, allowed):
    """By the middleware, or by a view behind it that has set its length already."""
    refused = HttpResponseNotAllowed(allowed.split(", "), headers={"Content-Length": "0", "Vary": "Cookie"})
    answer = AllowedMethods(lambda request: refused)(RequestFactory().generic(method, "/"))
    assert all(word in answer.text for word in PLAIN_PAGES[405])
    assert (answer.status_code, answer["Allow"]) == (405, allowed)
    assert answer["Content-Length"] == str(len(answer.content)) and answer["Cache-Control"] == "no-store"
    assert method == "TRACE" or answer["Vary"] == "Cookie"


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_reading_and_sending_pass(method):
    asked = AllowedMethods(lambda request: HttpResponse("passed"))
    assert asked(RequestFactory().generic(method, "/")).content == b"passed"


@pytest.mark.parametrize(
    ("address", "language"),
    [
        ("/", "zh-hans"),
        ("/projects/", "zh-hans"),
        ("/enterprise/", "zh-hans"),
        ("/en", "en"),
        ("/en/", "en"),
        ("/en/projects/", "en"),
        ("/projects/en/", "zh-hans"),
    ],
)
def test_the_path_alone_says_the_language(address, language):
    assert language_of(address) == language


@pytest.mark.parametrize(("address", "language"), [("/public/", "zh-hans"), ("/en/public/", "en")])
def test_what_the_browser_prefers_changes_nothing(visitor, address, language):
    visitor.cookies["django_language"] = "de"
    answer = visitor.get(address, headers={"accept-language": "fr"})
    assert answer.text == language
    assert answer["Content-Language"] == ("en" if language == "en" else "zh-Hans")
    assert "Accept-Language" not in answer.get("Vary", "")


def test_a_public_page_looks_at_no_cookie_even_of_somebody_signed_in(official):
    answer = official.get("/public/")
    assert "Cookie" not in answer.get("Vary", "")
    assert "no-store" not in answer.get("Cache-Control", "")
    assert not answer.cookies


def test_a_view_that_says_nothing_asks_for_a_login(visitor):
    answer = visitor.get("/private/")
    assert answer.status_code == 302
    assert answer["Location"].endswith("?next=/private/")


def test_what_was_made_for_one_person_is_not_stored(official):
    answer = official.get("/private/")
    assert answer.text == "official"
    assert answer["Cache-Control"] == "private, no-store"


def test_not_even_if_the_view_called_it_public():
    def careless(request):
        return HttpResponse(
            headers={"Vary": "Accept-Encoding, Cookie", "Cache-Control": "public, max-age=60"}
        )

    answer = SecurityHeaders(careless)(RequestFactory().get("/"))
    assert answer["Cache-Control"] == "private, no-store"


def test_a_view_without_its_database_says_try_again():
    # This client raises what no middleware took.
    answer = Client().get("/locked/")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert answer["Cache-Control"] == "no-store"
    assert "暂时无法使用" in answer.text and "Unavailable for the moment" in answer.text
    assert "locked" not in answer.text


def test_a_session_without_its_database_says_try_again(official, monkeypatch):
    def fail(self):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(SessionStore, "load", fail)
    answer = official.get("/private/")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"


def test_the_page_of_trouble_asks_the_database_nothing(visitor, django_assert_num_queries):
    visitor.get("/locked/")  # what is read once, is read
    with django_assert_num_queries(0):
        visitor.get("/locked/")


def test_any_other_failure_says_so_plainly(visitor):
    answer = visitor.get("/broken/")
    assert answer.status_code == 500
    assert "Retry-After" not in answer
    assert "出错了" in answer.text and "ZeroDivision" not in answer.text
