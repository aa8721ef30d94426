"""Atom: well-formed whatever is said, dated by what is known, under ids that stay."""

from datetime import date
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from projects.pages.atom_file import Feed, FeedEntry, atom

ATOM = "{http://www.w3.org/2005/Atom}"


def entry(**fields) -> FeedEntry:
    usual = {
        "ref": "2410-015",
        "known_on": date(2024, 10, 31),
        "title": "藻渡水库: 阶段 · 在建",
        "summary": "在建 — 某版",
        "note": "",
        "term": "stage",
        "label": "阶段",
        "url": "http://localhost/projects/x/#2410-015",
    }
    return FeedEntry(**usual | fields)


def read(*entries: FeedEntry) -> ElementTree.Element:
    feed = Feed(
        about="/feeds/projects.atom?kind=water",
        title="最近得知",
        author="綦江项目进度",
        language="zh-hans",
        url="http://localhost/feeds/projects.atom?kind=water",
        page="http://localhost/projects/?kind=water",
        day=date(2026, 3, 2),
    )
    return ElementTree.fromstring(atom(feed, entries).encode())  # noqa: S314 (our own)


def said(feed: ElementTree.Element, path: str) -> str:
    return feed.find("/".join(ATOM + name for name in path.split("/"))).text


def test_what_a_reader_needs_is_there():
    feed = read(entry())
    assert said(feed, "id") == "tag:qijiang-project-progress,2026:/feeds/projects.atom?kind=water"
    assert said(feed, "author/name") == "綦江项目进度"
    links = {one.get("rel"): one.get("href") for one in feed.findall(f"{ATOM}link")}
    assert links == {
        "self": "http://localhost/feeds/projects.atom?kind=water",
        "alternate": "http://localhost/projects/?kind=water",
    }
    assert said(feed, "entry/id") == "tag:qijiang-project-progress,2026:claim/2410-015"
    assert said(feed, "entry/updated") == "2024-10-31T00:00:00+08:00"


def test_a_category_is_a_word_for_machines_and_one_for_readers():
    (category,) = read(entry()).findall(f"{ATOM}entry/{ATOM}category")
    assert category.attrib == {"term": "stage", "label": "阶段"}


def test_a_feed_is_as_old_as_its_newest_entry_and_an_empty_one_as_its_day():
    assert said(read(entry(), entry(ref="x", known_on=date(2021, 6, 30))), "updated").startswith("2024-10-31")
    assert said(read(), "updated") == "2026-03-02T00:00:00+08:00"


def test_text_stays_text_in_a_summary_that_is_html():
    text = said(read(entry(summary="<script>1</script>", note="a & b")), "entry/summary")
    assert text == '<p>&lt;script&gt;1&lt;/script&gt;</p><p lang="zh-Hans">a &amp; b</p>'


@given(st.text(max_size=60))
def test_no_text_at_all_breaks_it(text):
    feed = read(entry(title=text, summary=text, note=text, term=text, label=text))
    assert len(feed.findall(f"{ATOM}entry")) == 1
