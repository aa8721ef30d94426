"""What every public address keeps: no cookie, no `Vary` but `Accept-Encoding`, an ETag, GET and HEAD only."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import cycle, product

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.audit.data_version import publishing
from projects.claims import current
from projects.models import Project, User
from tests import cast
from tests.conftest import Reader, as_in_a_test, undone
from tests.public.addresses import addresses, patterns
from tests.public.portfolio import Portfolio, figures, portfolio
from tests.public.reading import Element, Page, read
from tracker.plain_pages import PLAIN_PAGES

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Visit:
    """What an address of the portfolio answered: to who comes first, and to who comes again."""

    answer: HttpResponse
    again: HttpResponse  # to who has it
    asked: int  # statements, for that
    head: HttpResponse
    after_head: HttpResponse
    as_editor: HttpResponse

    @property
    def is_page(self) -> bool:
        return self.answer["Content-Type"].startswith("text/html")

    @cached_property
    def page(self) -> Page:
        return Page(self.answer)


@pytest.fixture(scope="module")
def visits(django_db_setup, django_db_blocker, tmp_path_factory) -> dict[str, Visit]:
    """Every address once, for all tests that only look at what it answers."""
    with undone(django_db_blocker), as_in_a_test(tmp_path_factory.mktemp("visited")):
        figures(portfolio())
        signed_in = Reader()
        signed_in.force_login(User.objects.create_superuser("root"))
        return {address: visited(address, signed_in) for address in addresses(of_each=1)}


def visited(address: str, signed_in: Reader) -> Visit:
    """By readers of their own, for none of whom anything is kept."""
    reader, other = Reader(), Reader()
    answer = reader.get(address)
    with CaptureQueriesContext(connection) as captured:
        again = reader.get(address, headers={"if-none-match": answer["ETag"]})
    head = other.head(address)
    return Visit(answer, again, len(captured), head, other.get(address), signed_in.get(address))


@pytest.fixture(scope="module")
def pages(visits) -> dict[str, Page]:
    """Those that are pages, not files."""
    return {address: one.page for address, one in visits.items() if one.is_page}


@pytest.fixture
def told(made) -> Portfolio:
    figures(made)
    return made


def test_every_answer_is_public_and_keeps_an_etag(visits):
    for address, one in visits.items():
        assert one.answer.status_code == 200, address
        assert one.answer["Vary"] == "Accept-Encoding" and not one.answer.cookies, address
        assert "public" in one.answer["Cache-Control"] and one.answer["ETag"], address


def test_nobody_signed_in_is_looked_at(visits):
    for address, one in visits.items():
        answer = one.as_editor
        assert (answer["Vary"], bool(answer.cookies)) == ("Accept-Encoding", False), address
        assert "root" not in answer.content.decode(errors="replace"), address


def test_a_reader_who_has_it_gets_304_without_a_table(visits):
    """But for files, of which nothing is kept: their ETag is of the row of the data version."""
    for address, one in visits.items():
        assert one.asked <= (1 if "/data/" in address else 0), address
        told = (one.again.status_code, one.again.content, one.again["ETag"])
        assert told == (304, b"", one.answer["ETag"]), address


def test_after_a_change_the_etag_is_another(client, told):
    etags = {address: client.get(address)["ETag"] for address in ("/projects/", "/projects/road/")}
    with publishing(cast.AT):
        road = Project.objects.get(slug="road")
        road.name = "改名后的公路"
        road.save()
        current.refresh([road.pk])
    for address, etag in etags.items():
        answer = client.get(address, headers={"if-none-match": etag})
        assert answer.status_code == 200 and answer["ETag"] != etag


def test_head_is_get_without_a_body(visits):
    for address, one in visits.items():
        assert (one.head.status_code, one.head.content) == (200, b""), address
        for name in ("ETag", "Content-Type"):
            assert one.head[name] == one.after_head[name], address


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_every_other_method_is_refused(client, told, method):
    for address in addresses(of_each=1):
        answer = getattr(client, method)(address)
        assert answer.status_code == 405 and not answer.cookies, address
        assert answer["Allow"] == "GET, HEAD", address


OTHER_FILES = ("/healthz", "/readyz", "/favicon.ico", "/attachments/0123456789abcdef.jpg")


def test_a_form_is_refused_whether_its_token_is_there_or_not(told):
    """A page that takes none does not say that it was open for too long."""
    asked = Client(enforce_csrf_checks=True)
    others = [f"{language}{one}" for language in ("", "/en") for one in OTHER_FILES]
    for address in [*addresses(of_each=1), *others]:
        answer = asked.post(address, {"text": "字"})
        assert answer.status_code == 405 and not answer.cookies, address
        assert answer["Allow"] == "GET, HEAD", address
        assert all(word in answer.text for word in PLAIN_PAGES[405]), address


@pytest.mark.parametrize("language", ["", "/en"])
def test_control_what_takes_a_form_asks_for_its_token(told, language):
    asked = Client(enforce_csrf_checks=True)
    assert asked.post(f"{language}/accounts/login/", {"login": "root"}).status_code == 403
    assert asked.post(f"{language}/tell/", {"text": ""}).status_code == 200, "needs none"
    assert asked.put(f"{language}/tell/")["Allow"] == "GET, HEAD, POST"
    assert asked.put(f"{language}/nowhere/")["Allow"] == "GET, HEAD, POST"


def test_every_page_loads_nothing_from_elsewhere_and_runs_nothing_inline(pages):
    for address, page in pages.items():
        loaded = re.findall(r'<(?:script|link|img|iframe)[^>]*?(?:src|href)="([^"]*)"', page.html)
        known = ("/", "http://testserver/")
        assert [one for one in loaded if not one.startswith(known)] == [], address
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=", page.html), address
        assert "csrfmiddlewaretoken" not in page.html, address


def test_every_page_says_its_language_and_leads_to_the_other(pages):
    for address, page in pages.items():
        is_english = address.startswith("/en/")
        assert page.one("html").given["lang"] == ("en" if is_english else "zh-Hans"), address
        leads_to = {link.href for link in page.links if link.words in ("English", "中文")}
        assert leads_to == {address.removeprefix("/en") if is_english else "/en" + address}, address


def test_every_page_says_to_those_who_share_it_what_it_is(pages):
    for address, page in pages.items():
        said = {
            one.given["property"]: one.given["content"] for one in page.all("meta") if "property" in one.given
        }
        assert said["og:title"] == page.all("title")[0].text, address
        assert said["og:description"] == page.one("meta", name="description").given["content"], address
        assert said["og:locale"] == ("en_GB" if address.startswith("/en/") else "zh_CN"), address
        (canonical,) = (one.given["href"] for one in page.all("link", rel="canonical"))
        assert said["og:url"] == canonical == f"http://testserver{address}", address
        bare = address.removeprefix("/en")
        others = {one.given.get("hreflang"): one.given["href"] for one in page.all("link", rel="alternate")}
        assert others["zh-Hans"] == f"http://testserver{bare}", address
        assert others["en"] == f"http://testserver/en{bare}", address


# Counts of what we did and made, not of the record; a screen of a room, which leads to the timeline.
NOT_CITED = {"/data/", "/about/", "/about/changes/", "/follow/", "/wall/"}


def test_every_page_with_figures_is_cited_by_an_address_that_goes_on_showing_it(pages):
    """A project's own page has it where it is shared."""
    for address, page in pages.items():
        has_figures = any("data-counts" in one.given for one in page.elements)
        if has_figures and address.removeprefix("/en") not in NOT_CITED:
            shared = [one.given["value"] for one in page.all("input") if "readonly" in one.given]
            cited = shared + [one.text for one in page.all("p", "cite")]
            assert [one for one in cited if re.search(r"http://testserver/.*(known|to)=\d{4}", one)], address


def test_no_two_pages_have_the_same_title(pages):
    titles = [page.all("title")[0].text for page in pages.values()]
    assert len(titles) > 20 and len(titles) == len(set(titles))


def test_headings_are_in_order_and_every_table_has_a_name(pages):
    for address, page in pages.items():
        levels = [int(one.tag[1]) for one in page.elements if re.fullmatch("h[1-6]", one.tag)]
        assert levels[0] == 1 and levels.count(1) == 1, address
        assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False)), address
        assert [one for one in page.all("table") if not _name(page, one)] == [], address


def _name(page: Page, one: Element) -> str:
    """What somebody hears who comes to it."""
    if named_by := one.given.get("aria-labelledby"):
        return page.one(id=named_by).text
    return one.given.get("aria-label") or ""


def test_control_a_table_without_a_name_is_found():
    page = Page(HttpResponse("<h2 id=a>名</h2><table aria-labelledby=a></table><table></table>"))
    assert [bool(_name(page, one)) for one in page.all("table")] == [True, False]


# What cannot be shown: of the day asked about, and of the day of knowledge.
ASOF = {
    "asof=1000-01-01": "as early as 1000-01-01",
    "asof=2999-12-31": "2999-12-31 lies in the future",
    "asof=soon": "“soon” is not a date",
    "asof=2024-02-30": "“2024-02-30” is not a date",
}
KNOWN = {
    "known=1000-01-01": "as early as 1000-01-01",
    "known=2999-12-31": "2999-12-31 lies in the future",
    "known=%00": "is not a date",
}


def said_of(client, address: str, query: str, sentence: str) -> bool:
    page = read(client, f"{address}?{query}")
    return page.status == 200 and sentence in " ".join(page.notices)


@pytest.mark.parametrize(("query", "sentence"), (ASOF | KNOWN).items())
def test_a_page_answers_as_of_any_day_with_a_sentence_where_it_cannot(client, told, query, sentence):
    for address in ("/en/", "/en/projects/factory/"):
        assert said_of(client, address, query, sentence), address


@pytest.mark.parametrize("asked", [ASOF, KNOWN], ids=["asof", "known"])
def test_so_does_every_page(client, told, pages, asked):
    """Each is asked one of these questions, the next page the next: they are read in one place."""
    english = [address for address in pages if address.startswith("/en/")]
    assert len(english) > 2 * len(asked)
    for address, (query, sentence) in zip(english, cycle(asked.items()), strict=False):
        assert said_of(client, address, query, sentence), (address, query)


def test_every_page_answers_as_of_every_day_there_is(client, told, pages):
    """Two dates side by side end on a day of knowledge: before the first it says so."""
    days = ("asof=2023-06-01", "asof=2024-10-17", "asof=2025-03-01&known=2025-03-01", "known=2024-10-17")
    for address, query in product(pages, days):
        page = read(client, f"{address}?{query}")
        is_before_all = "/compare/" in address and query == days[0]
        assert page.status == 200 and bool(page.notices) == is_before_all, (address, query)


def test_no_page_leads_to_what_is_not_there(client, told):
    """Every link of every page, and the place in the page that it names."""
    visited: dict[str, set[str]] = {}  # the anchors of each page
    broken = set()
    for address in addresses():
        answer = client.get(address)
        if not answer["Content-Type"].startswith("text/html"):
            continue
        for link in Page(answer).links:
            path, _, anchor = link.href.removeprefix("http://testserver").partition("#")
            there = path if path.startswith("/") else address + path
            if link.href.startswith(("mailto:", "/admin/")) or "?" in there:
                continue  # questions are followed where they are asked
            if there in ("/desk/", "/en/desk/"):
                continue  # it asks who is there
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
