"""What a shared link says: the answer of the page with its age, filtered and looking back, too."""

import pytest

from projects.pages import heading_tags
from projects.public import project_list
from projects.records import project_history
from tests.public.portfolio import figures
from tests.public.reading import read, zh

pytestmark = pytest.mark.django_db

GENERIC = (
    "Investment projects of Qijiang District, Chongqing: "
    "where each stands, since when, and which source says so."
)
AGED = {
    "/": "3",
    "/projects/": "3",
    "/projects/?q=factory": "Model factory",
    "/projects/?kind=transport&counted=all": "Qiwan Road",
    "/places/": "3",
    "/places/park/": "2",
    "/news/": "Convention Centre was cancelled",
    "/compare/": "1 event.",
    "/compare/?what=new": "1 event.",
    "/statistics/": "166",
    "/sources/": "",
    "/sources/notice/": "",
    "/projects/factory/history/": "completion",
}
PAST = ("/projects/", "/places/", "/places/park/", "/news/", "/sources/")


@pytest.fixture
def told(made):
    figures(made)
    return made


def description(client, path: str, **query) -> str:
    return read(client, path, **query).one("meta", name="description").given["content"]


@pytest.mark.parametrize("path", AGED)
def test_it_is_the_answer_and_says_how_old_that_is(client, told, path):
    said = description(client, f"/en{path}")
    assert said != GENERIC and AGED[path] in said
    assert "March 2025" in said or "month" in said
    assert description(client, path) not in (said, zh(GENERIC))


@pytest.mark.parametrize("path", ["/projects/", "/projects/?sort=name", "/projects/factory/history/"])
def test_a_later_page_of_many_says_how_old_it_is_too(client, told, monkeypatch, path):
    for module in (project_list, project_history):
        monkeypatch.setattr(module, "PAGE_SIZE", 1)
    page = read(client, f"/en{path}")
    later = read(client, "/en" + path.partition("?")[0] + page.link("Next page"))
    assert "Last report: March 2025, " in later.one("meta", name="description").given["content"]


@pytest.mark.parametrize("path", [*AGED, "/promises/", "/timeline/", "/projects/factory/"])
def test_it_is_no_longer_than_what_is_shown_of_it(client, told, path):
    for prefix in ("", "/en"):
        assert 10 < len(description(client, prefix + path)) <= heading_tags.LONGEST


def test_a_name_without_a_blank_is_cut_all_the_same():
    said = heading_tags.described("长" * 300)
    assert f"{'长' * 100}" in said and "长" * 160 not in said


@pytest.fixture
def nothing_at_hand():
    heading_tags.described.cache_clear()
    yield
    heading_tags.described.cache_clear()


@pytest.mark.usefixtures("nothing_at_hand")
def test_control_a_long_answer_is_found(client, told, monkeypatch):
    monkeypatch.setattr(heading_tags, "_at_most", str)
    assert len(description(client, "/en/news/?asof=2025-12-31")) > 80
    assert len(description(client, "/en/compare/")) > heading_tags.LONGEST


def test_it_has_no_marks_of_the_page_and_its_signs_once():
    said = heading_tags.described('A &amp; B <span lang="zh-Hans">“厂”</span>: &#32; "built"')
    assert said.startswith('<meta name="description" content="A &amp; B “厂”: &quot;built&quot;">')


@pytest.mark.parametrize("path", PAST)
def test_looking_back_it_begins_with_the_day(client, told, path):
    said = description(client, f"/en{path}", asof="2024-12-31", known="2024-12-31")
    assert said.startswith("As of 31 December 2024: ") and "October 2024" in said
    assert "2025" not in said
