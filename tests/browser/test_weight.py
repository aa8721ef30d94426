"""What a first visit weighs as it goes over the line: a page with its sheet, its script and its sign."""

import re
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

from tests.browser.places import LANGUAGES, PAGES

pytestmark = pytest.mark.browser

MAX_BYTES = 20_000
BESIDE = re.compile(rb'(?:href|src)="(/static/[^"]+)"')


def sent(address: str) -> int:
    asked = Request(address, headers={"Accept-Encoding": "gzip"})  # noqa: S310 (our own)
    with urlopen(asked, timeout=20) as answer:  # noqa: S310
        return len(answer.read())


def beside(site) -> list[str]:
    with urlopen(f"{site.origin}/", timeout=20) as answer:  # noqa: S310
        return sorted({one.decode() for one in BESIDE.findall(answer.read())})


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_weighs_more_than_a_first_visit_may(language, site):
    files = beside(site)
    assert len(files) == 3, files
    shared = sum(sent(site.origin + path) for path in files)
    pages = [name for name in PAGES if name != "not_found"]
    sizes = {
        name: shared + sent(site.origin + quote(site.path(name, language), safe="/?&=")) for name in pages
    }
    assert {name: size for name, size in sizes.items() if size > MAX_BYTES} == {}
    assert min(sizes.values()) > shared  # control: something came
