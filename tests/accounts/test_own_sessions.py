"""Where one is signed in: one's own sessions are seen and ended, those of others are neither."""

import re

import pytest
from django.test import Client

from projects.accounts import sessions
from projects.models import SignedInSession
from tests.accounts.signing_in import PASSWORD, is_signed_in, sign_in, with_app

pytestmark = pytest.mark.django_db

PAGE, END = "/accounts/", "/accounts/sessions/"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"


def signed_in(name="reporter", agent=EDGE) -> Client:
    client = Client(headers={"user-agent": agent})
    assert sign_in(client, name).status_code == 302
    return client


def refs(client) -> list[str]:
    """Those that the page offers to end."""
    return [
        ref for ref in re.findall(r'name="session" value="(\w+)"', client.get(PAGE).text) if ref != "others"
    ]


def test_the_page_lists_ones_own_with_times_and_browser(visitor, clock):
    elsewhere = signed_in(agent=PHONE)
    signed_in("editor")
    clock.shift(20 * 60)
    here = signed_in()
    elsewhere.get("/desk/")
    clock.shift(5 * 60)
    page = here.get(PAGE).text
    assert page.index("Windows 上的 Edge") < page.index("本次登录") < page.index("Android 上的 Chrome")
    assert "2026-03-02 09:00" in page and "09:20" in page and page.count("<li>") == 2
    assert "Edge on Windows" in here.get(f"/en{PAGE}").text
    assert "127.0.0.1" not in page


def test_no_key_of_a_session_stands_in_the_page(visitor):
    signed_in()
    page = signed_in().get(PAGE).text
    assert not [key for key in SignedInSession.objects.values_list("pk", flat=True) if key in page]


@pytest.mark.promise(
    "People see and end their own sessions, and nobody else's",
    control="test_control_by_its_name_alone_it_would_end",
)
def test_one_ends_that_which_is_named_and_only_ones_own(visitor, figure):
    here, elsewhere, other = signed_in(), signed_in(agent=PHONE), signed_in("editor")
    (ref,) = refs(here)
    other.post(END, {"session": ref})
    assert is_signed_in(elsewhere)
    assert here.post(END, {"session": ref}).url == PAGE
    assert (is_signed_in(here), is_signed_in(elsewhere), is_signed_in(other)) == (True, False, True)
    assert "已经结束" in here.post(END, {"session": ref}, follow=True).text
    figure("1 of 3 sessions ended by its owner, none by somebody else")


def test_control_by_its_name_alone_it_would_end(visitor, monkeypatch):
    def end(ref, *, by, but):
        return [row.delete() for row in SignedInSession.objects.all() if row.ref == ref]

    here, elsewhere, other = signed_in(), signed_in(agent=PHONE), signed_in("editor")
    monkeypatch.setattr(sessions, "end", end)
    other.post(END, {"session": refs(here)[0]})
    assert not is_signed_in(elsewhere)


def test_all_others_are_ended_at_once(visitor):
    here, other = signed_in(), signed_in("editor")
    elsewhere = [signed_in(), signed_in(agent=PHONE)]
    assert "其他地方" in here.post(END, {"session": "others"}, follow=True).text
    assert is_signed_in(here) and is_signed_in(other) and not any(map(is_signed_in, elsewhere))
    assert refs(here) == []


@pytest.mark.parametrize("typed", [{}, {"session": ""}, {"session": "x" * 500}, {"session": "\0é"}], ids=str)
def test_what_names_none_ends_none(visitor, typed):
    here, elsewhere = signed_in(), signed_in()
    assert here.post(END, typed).url == PAGE
    assert is_signed_in(here) and is_signed_in(elsewhere)


def test_this_one_is_ended_by_signing_out_alone(visitor):
    here = signed_in()
    (row,) = SignedInSession.objects.all()
    assert here.post(END, {"session": row.ref}).url == PAGE and is_signed_in(here)


def test_an_unknown_browser_is_called_so(visitor):
    assert "未知的浏览器" in signed_in(agent="").get(PAGE).text


def test_one_that_ended_by_itself_is_not_listed(visitor, clock):
    signed_in()
    clock.shift(31 * 60)
    assert refs(signed_in()) == []


def test_between_password_and_code_it_is_nobodys(people, visitor):
    with_app(people.reporter)
    sign_in(visitor, password=PASSWORD)
    assert set(SignedInSession.objects.values_list("user", flat=True)) == {None}
