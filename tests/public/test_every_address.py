"""What every public address keeps: no cookie, no `Vary` but `Accept-Encoding`, an ETag, GET and HEAD only."""

import re

import pytest

from projects.actions.publishing import publishing
from projects.models import User
from tests import cast
from tests.public.addresses import addresses, patterns
from tests.public.portfolio import figures
from tests.public.reading import Page, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(made):
    figures(made)
    return made


@pytest.fixture
def as_editor(client):
    client.force_login(User.objects.create_superuser("root"))
    return client


def test_every_answer_is_public_and_keeps_an_etag(client, told):
    for address in addresses(of_each=1):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer["Vary"] == "Accept-Encoding" and not answer.cookies, address
        assert "public" in answer["Cache-Control"] and answer["ETag"], address


def test_nobody_signed_in_is_looked_at(as_editor, told):
    for address in addresses(of_each=1):
        answer = as_editor.get(address)
        assert (answer["Vary"], bool(answer.cookies)) == ("Accept-Encoding", False), address
        assert "root" not in answer.content.decode(errors="replace"), address


def test_a_reader_who_has_it_gets_304_without_a_table(client, told, django_assert_num_queries):
    for address in addresses(of_each=1):
        etag = client.get(address)["ETag"]
        with django_assert_num_queries(0):
            again = client.get(address, headers={"if-none-match": etag})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag), address


def test_after_a_change_the_etag_is_another(client, told):
    etags = {address: client.get(address)["ETag"] for address in ("/projects/", "/projects/road/")}
    with publishing(cast.AT):
        pass
    for address, etag in etags.items():
        answer = client.get(address, headers={"if-none-match": etag})
        assert answer.status_code == 200 and answer["ETag"] != etag


def test_head_is_get_without_a_body(client, told):
    for address in addresses(of_each=1):
        answer, whole = client.head(address), client.get(address)
        assert (answer.status_code, answer.content) == (200, b""), address
        assert answer["ETag"] == whole["ETag"] and answer["Content-Type"] == whole["Content-Type"], address


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_every_other_method_is_refused(client, told, method):
    for address in addresses(of_each=1):
        answer = getattr(client, method)(address)
        assert answer.status_code == 405 and not answer.cookies, address


def test_every_page_loads_nothing_from_elsewhere_and_runs_nothing_inline(client, told):
    for address in addresses(of_each=1):
        answer = client.get(address)
        if not answer["Content-Type"].startswith("text/html"):
            continue
        page = answer.content.decode()
        loaded = re.findall(r'<(?:script|link|img|iframe)[^>]*?(?:src|href)="([^"]*)"', page)
        known = ("/", "http://testserver/")
        assert [one for one in loaded if not one.startswith(known)] == [], address
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=", page), address
        assert "csrfmiddlewaretoken" not in page, address


def test_every_page_says_its_language_and_leads_to_the_other(client, told):
    for address in addresses(of_each=1):
        answer = client.get(address)
        if not answer["Content-Type"].startswith("text/html"):
            continue
        page, other = read(client, address), "/en" + address
        is_english = address.startswith("/en/")
        assert page.one("html").given["lang"] == ("en" if is_english else "zh-Hans"), address
        leads_to = {link.href for link in page.links if link.words in ("English", "中文")}
        assert leads_to == {address.removeprefix("/en") if is_english else other}, address


def test_no_page_leads_to_what_is_not_there(client, told):
    """Every link of every page, and the place in the page that it names."""
    visited: dict[str, set[str]] = {}  # the anchors of each page
    broken = set()
    for address in addresses():
        if not client.get(address)["Content-Type"].startswith("text/html"):
            continue
        for link in read(client, address).links:
            path, _, anchor = link.href.partition("#")
            there = path if path.startswith("/") else address + path
            if link.href.startswith(("mailto:", "/admin/")) or "?" in there:
                continue  # questions are followed where they are asked
            if there not in visited:
                visited[there] = _anchors(client.get(there))
            if anchor and anchor not in visited[there] or visited[there] == MISSING:
                broken.add((address, link.href))
    assert broken == set()
    assert len(visited) > 40


MISSING = {"missing"}


def _anchors(answer) -> set[str]:
    if answer.status_code != 200:
        return MISSING
    is_page = answer["Content-Type"].startswith("text/html")
    return Page(answer).ids if is_page else set()


def test_control_all_of_them_are_asked(told):
    assert len(list(addresses())) > 2 * len(patterns())
