"""The news as a feed, newest first, of the projects that the list's filters leave."""

from xml.etree import ElementTree

import pytest

from projects.choices import Condition, Topic
from projects.core import fuzzy_dates
from projects.records import recent_news
from tests import cast
from tests.public.portfolio import settle, what_must_not_show
from tests.public.reading import read

pytestmark = pytest.mark.django_db

PATH = "/feeds/projects.atom"
ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client, path: str = PATH, **query) -> ElementTree.Element:
    return ElementTree.fromstring(client.get(path, query).content)  # noqa: S314 (our own)


def texts(found: ElementTree.Element, name: str) -> list[str]:
    return [entry.find(ATOM + name).text for entry in found.findall(f"{ATOM}entry")]


def categories(client, path: str = PATH) -> dict[str, tuple[str, str]]:
    """Of each claim the machine's word and the reader's (RFC 4287, 4.2.2)."""
    found = feed(client, path)
    marks = [entry.find(f"{ATOM}category") for entry in found.findall(f"{ATOM}entry")]
    told = [(mark.get("term"), mark.get("label")) for mark in marks]
    return dict(zip((text.rpartition("/")[2] for text in texts(found, "id")), told, strict=True))


def refs(client, **query) -> list[str]:
    return [text.rpartition("/")[2] for text in texts(feed(client, **query), "id")]


def test_newest_first_by_the_day_they_became_known(client, made):
    assert set(refs(client)[:2]) == {"f-moved", "c-end"}  # of the notice of March 2025
    assert set(refs(client)[2:]) == {"f-began", "r-open"}
    dated = texts(feed(client), "updated")
    assert dated == sorted(dated, reverse=True) and dated[0] == "2025-03-01T00:00:00+08:00"


def test_it_carries_changes_in_the_sentences_of_the_news_and_not_every_claim(client, made):
    """What only says again what held is on record, and in neither; the control is a change."""
    for of, said in ((made.plant, Condition.ACTIVE), (made.factory, Condition.PAUSED)):
        cast.published(of, Topic.CONDITION, said.value, ref=said.value, source=made.notice)
    settle()
    found = refs(client)
    assert "paused" in found and "active" not in found and "f-total" not in found
    titles = texts(feed(client, f"/en{PATH}"), "title")
    assert "Model factory: completion moved from 2025 to June 2026" in titles
    lines = [one.text for one in read(client, "/en/news/").all("li") if one.is_in("ul", "feed")]
    assert len(lines) == len(titles)
    for title in titles:
        assert any(title.replace(": ", " ") in line for line in lines), title


def test_a_title_says_what_happened_and_that_it_is_our_reading_however_long_the_name(client, made):
    read_as = {"basis": "inferred", "note": "读作开工", "as_of": "2025-02", "source": made.notice}
    cast.published(made.road, Topic.ACTUAL, fuzzy_dates.parse("2025-02"), measure="started", **read_as)
    long = cast.project(name_en="A name of many words " * 9)
    cast.published(long, Topic.ACTUAL, fuzzy_dates.parse("2025-02"), measure="started", **read_as)
    settle()
    titles = texts(feed(client, f"/en{PATH}"), "title")
    assert "Qiwan Road: construction started (inferred)" in titles
    (cut,) = [title for title in titles if title.startswith("A name")]
    assert cut.endswith("…: construction started (inferred)") and len(cut) == 120


def test_a_category_is_a_code_with_the_words_of_the_page(client, made):
    chinese, english = categories(client), categories(client, f"/en{PATH}")
    assert (chinese["f-began"], english["f-began"]) == (
        ("started", "开工"),
        ("started", "construction started"),
    )
    assert (chinese["r-open"], english["r-open"]) == (("operating", "投用"), ("operating", "put into use"))
    assert chinese["f-moved"][0] == english["f-moved"][0] == "moved"


def test_the_category_of_a_title_says_that_it_was_granted(client, made):
    for of, ref in ((cast.project(record_type="bid"), "granted"), (made.centre, "built")):
        said = {"measure": "completed", "source": made.notice, "ref": ref, "as_of": "2025-02"}
        cast.published(of, Topic.ACTUAL, fuzzy_dates.parse("2025-02"), **said)
    settle()
    chinese, english = categories(client), categories(client, f"/en{PATH}")
    assert (chinese["granted"], english["granted"]) == (("completed", "获批"), ("completed", "title granted"))
    assert (chinese["built"], english["built"]) == (("completed", "竣工"), ("completed", "completed"))


def test_the_filters_of_the_list(client, made):
    assert refs(client, kind="transport") == ["r-open"]
    assert refs(client, q="綦万") == ["r-open"]
    assert refs(client, q="没有的") == []


def test_as_known_on_a_past_day(client, made):
    then = refs(client, known="2025-02-28")
    assert "f-began" in then and "f-moved" not in then


def test_in_english_it_links_english_pages(client, made):
    found = feed(client, f"/en{PATH}", kind="transport", asof="2026-03-01")
    assert found.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert texts(found, "title")[0].startswith("Qiwan Road: ")
    hrefs = {one.find(f"{ATOM}link").get("href") for one in found.findall(f"{ATOM}entry")}
    assert "http://testserver/en/projects/road/?asof=2026-03-01#r-open" in hrefs
    links = {one.get("rel"): one.get("href") for one in found.findall(f"{ATOM}link")}
    assert links["alternate"] == "http://testserver/en/projects/?kind=transport&asof=2026-03-01"


def test_at_most_fifty_and_the_same_statements_for_many(client, made, django_assert_max_num_queries):
    client.get("/about/")
    opened = {"topic": Topic.ACTUAL, "measure": "operating", "value": fuzzy_dates.parse("2023-06")}
    for _ in range(60):
        cast.published(cast.project(), **opened)
    settle()
    with django_assert_max_num_queries(4):
        assert len(refs(client)) == 50


def test_what_is_older_is_linked_by_key(client, made, monkeypatch):
    """RFC 5005: a feed of pages, each under the same id."""
    monkeypatch.setattr(recent_news, "PAGE_SIZE", 2)
    first = feed(client)
    everything = texts(first, "id")
    links = {one.get("rel"): one.get("href") for one in first.findall(f"{ATOM}link")}
    second = feed(client, links["next"].removeprefix("http://testserver"))
    assert first.find(f"{ATOM}id").text == second.find(f"{ATOM}id").text
    assert len(everything) == 2
    assert len(texts(second, "id")) == 2 and not set(texts(second, "id")) & set(everything)
    back = {one.get("rel"): one.get("href") for one in second.findall(f"{ATOM}link")}["previous"]
    assert texts(feed(client, back.removeprefix("http://testserver")), "id") == everything


def test_the_file_says_what_it_is(client, made):
    answer = client.get(PATH)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert client.head(PATH).status_code == 200 and client.post(PATH).status_code == 405
    assert answer.cookies == {} and answer["Vary"] == "Accept-Encoding"


def test_the_list_names_it_for_its_own_result(client, made):
    page = client.get("/projects/?kind=transport&sort=name").content.decode()
    assert f'type="application/atom+xml" href="{PATH}?kind=transport&amp;counted=1"' in page


def test_nothing_hidden_is_in_it(client, made):
    marks = what_must_not_show(made)
    text = client.get(PATH).content.decode()
    assert "f-moved" in text
    assert [mark for mark in marks if mark in text] == []
