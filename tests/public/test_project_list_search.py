"""The list as a search: the best match first, the hit marked and explained, filters as chips, near names."""

import html
import re
from itertools import pairwise
from urllib.parse import parse_qs

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.models import Current, SearchText
from projects.public import project_list
from projects.search import results
from projects.search.results import find
from tests import cast
from tests.public.crowd import crowd
from tests.public.portfolio import settle, what_must_not_show
from tests.public.reading import Page, read, zh

pytestmark = pytest.mark.django_db


def marks(page: Page) -> list[str]:
    return re.findall(r"<mark>(.*?)</mark>", page.html)


def chips(page: Page) -> dict[str, str]:
    """The words of each filter that is on, and the question without it."""
    return {
        link.words.removesuffix("×").strip(): link.href.removesuffix("#found")
        for link in page.links
        if link.words.endswith("×")
    }


def found_by(page: Page) -> list[str]:
    return [one.text for one in page.all("span", "found")]


def test_the_best_match_comes_first_unless_another_order_is_asked_for(client, made):
    cast.published(cast.project("北渡", name_en="Beidu"))
    settle()
    assert read(client, "/projects/", q="北渡").codes == ["QJ-0007", "QJ-0003", "QJ-0001", "QJ-0005"]
    by_code = read(client, "/projects/", q="北渡", sort="code")
    assert by_code.codes == ["QJ-0001", "QJ-0003", "QJ-0005", "QJ-0007"]
    best = by_code.link(zh("Best match first"))
    assert read(client, "/projects/" + best).codes[0] == "QJ-0007"


def test_pages_of_a_search_keep_its_order_and_question(client):
    crowd(60)
    page = read(client, "/projects/", q="项目", sort="code")
    further = page.link(zh("Next page"))
    asked = parse_qs(further.partition("#")[0].removeprefix("?"))
    assert (asked["q"], asked["sort"], len(asked)) == (["项目"], ["code"], 3)
    assert len({*page.codes, *read(client, "/projects/" + further).codes}) == 60


@pytest.mark.every_engine
@pytest.mark.parametrize("more", [{}, {"kind": "industrial"}, {"asof": "2025-01-01"}])
def test_pages_of_best_matches_join_without_a_gap_both_ways(client, monkeypatch, more):
    """A word that some begin with and some hold, so that ranks change within a page."""
    monkeypatch.setattr(project_list, "PAGE_SIZE", 7)
    crowd(60)
    SearchText.objects.filter(project__current__number__in=range(0, 60, 4)).update(name="\n号项目\n")
    [*rows], pages = find(Current.objects.all(), "项目").best, []
    wanted = [f"QJ-{number:04}" for _, number, _ in rows]
    if "kind" in more:
        industrial = set(Current.objects.filter(kind="industrial").values_list("code", flat=True))
        wanted = [code for code in wanted if code in industrial]
    assert {rank for rank, *_ in rows} == {1, 2} and wanted != sorted(wanted)
    page = read(client, "/projects/", q="项目", counted="all", **more)
    while page:
        pages.append(page)
        page = _beside(client, page, "Next page")
    assert [code for page in pages for code in page.codes] == wanted
    for before, page in pairwise(pages):
        assert _beside(client, page, "Previous page").codes == before.codes


def _beside(client, page: Page, words: str) -> Page | None:
    there = [link.href for link in page.links if link.words == zh(words)]
    return read(client, "/projects/" + there[0].partition("#")[0]) if there else None


def test_a_page_of_best_matches_reads_no_more_than_it_shows(client, monkeypatch):
    monkeypatch.setattr(project_list, "PAGE_SIZE", 7)
    crowd(60)
    client.get("/projects/", {"q": "项目"})
    with CaptureQueriesContext(connection) as asked:
        client.get("/projects/", {"q": "项目", "nth": "2"})
    (rows,) = [one["sql"] for one in asked if "labels" in one["sql"]]
    hits = re.search(r'"project_id" IN \(([\d,]+)\)(?! THEN)', rows)[1]
    assert len(hits.split(",")) == 8  # and one more, which tells that there is a next page


@pytest.mark.parametrize("question", ["zzz", ""])
def test_no_order_by_match_can_be_asked_for_by_name(client, made, question):
    page = read(client, "/projects/", q=question, sort="match")
    assert page.status == 200 and "sort=match" in page.notices[0]


def test_the_hit_is_marked_in_name_code_and_place(client, made):
    assert marks(read(client, "/projects/", q="物流")) == ["物流"]
    assert marks(read(client, "/projects/", q="ｑｊ－０００４")) == ["QJ-0004"]
    assert marks(read(client, "/projects/", q="北渡片区")) == ["北渡片区", "北渡片区"]
    assert marks(read(client, "/en/projects/", q="smelter OLD")) == ["Old", "Smelter"]
    assert marks(read(client, "/projects/")) == []


def test_a_name_is_text_in_its_mark(client, made):
    made.road.name = "<b>路</b>"
    made.road.save()
    settle()
    page = read(client, "/projects/", q="<b>")
    assert marks(page) == ["&lt;b&gt;"] and "<b>" not in page.html


def test_what_the_row_does_not_show_is_explained(client, made):
    (alias,) = found_by(read(client, "/en/projects/", q="样板"))
    assert alias == "found by another name: 样板厂"
    (party,) = found_by(read(client, "/projects/", q="某建筑"))
    assert party == f"{zh('found by a party')}: 某建筑公司"
    (pinyin,) = found_by(read(client, "/projects/", q="llc"))
    assert pinyin == f"{zh('pinyin')} lao lv chang"
    (english,) = found_by(read(client, "/en/projects/", q="laolv"))
    assert english == "found by its name: 老铝厂 pinyin lao lv chang"
    assert found_by(read(client, "/projects/", q="老铝")) == []


def test_pinyin_is_marked_where_it_was_hit(client, made):
    assert marks(read(client, "/projects/", q="llc")) == ["l", "l", "c"]
    assert marks(read(client, "/projects/", q="laolv")) == ["lao", "lv"]


def test_what_is_written_nowhere_is_found_by_its_sound_and_says_so(client, made):
    page = read(client, "/en/projects/", q="起湾公路")
    assert page.codes == ["QJ-0004"] and found_by(page) == [
        "found by its name: 綦万公路 pinyin qi wan gong lu"
    ]
    (notice,) = page.notices
    assert notice == "Nothing is written “起湾公路”; these sound like it: qiwangonglu"
    assert marks(page) == ["qi", "wan", "gong", "lu"] and list(chips(page)) == ["Search: “起湾公路”"]
    assert zh("pinyin") in found_by(read(client, "/projects/", q="起湾公路"))[0]


def test_traditional_characters_are_found_as_they_are_written(client, made):
    page = read(client, "/projects/", q="綦萬公路")
    assert page.codes == ["QJ-0004"] and page.notices == [] and marks(page) == ["綦万公路"]


def test_what_people_say_finds_what_it_means(client, made):
    cast.published(cast.project("綦万城轨快线", slug="line"))
    settle()
    page = read(client, "/en/projects/", q="轻轨")
    assert page.codes == ["QJ-0007"] and found_by(page) == ["found by what people say: 轻轨"]


def test_of_more_than_are_kept_it_says_so_and_counts_what_it_shows(client, made, monkeypatch):
    whole = read(client, "/en/projects/", q="qj")
    assert len(whole.codes) == 6 and "More than" not in whole.main
    monkeypatch.setattr(results, "MAX_HITS", 4)
    page = read(client, "/en/projects/", q="qj", type="large")
    assert len(page.codes) == 4 and "More than 4 projects match. 4 of them are listed" in page.main
    narrowed = read(client, "/en/projects/", q="qj", kind="transport", type="large")
    assert narrowed.codes == ["QJ-0004"] and "More than" not in narrowed.main
    assert len(client.get("/data/projects.json", {"q": "qj"}).json()["projects"]) == 6


@pytest.mark.parametrize("question", ["%", "_", "\\", "\U0001f600", "·", "zq\0xx"])
def test_odd_questions_are_answered(client, made, question):
    page = read(client, "/projects/", q=question)
    assert page.status == 200 and page.codes == [] and zh("Browse by kind") in page.main


def test_a_long_question_is_answered_and_one_without_end_is_not_asked(
    client, made, django_assert_max_num_queries
):
    with django_assert_max_num_queries(6):
        page = read(client, "/projects/", q="水" * 10_000)
    assert page.status == 200 and "q=水水" in page.notices[0]
    assert (
        read(client, "/projects/", q="藻渡" * 50).codes
        == read(client, "/projects/", q="藻 " * 50).codes
        == []
    )


def test_what_is_written_is_not_asked_by_its_sound(client, made):
    """Of 綦万 and what sounds alike only what is written so."""
    cast.published(cast.project("齐湾路", slug="qiwan"))
    settle()
    page = read(client, "/projects/", q="綦万")
    assert page.codes == ["QJ-0004"] and page.notices == []
    assert read(client, "/projects/", q="起湾").codes == ["QJ-0004", "QJ-0007"]


def test_other_filters_do_not_make_it_heard(client, made):
    """It is written, only not among these: nothing is found, and nothing else offered as the same."""
    assert read(client, "/projects/", q="綦万", kind="logistics").codes == []
    heard = read(client, "/projects/", q="起湾", kind="transport")
    assert heard.codes == ["QJ-0004"] and read(client, "/projects/", q="起湾", kind="logistics").codes == []


def test_counts_and_files_of_what_is_heard_are_those_of_the_list(client, made):
    page = read(client, "/projects/", q="起湾公路")
    rows = client.get(page.link("JSON")).json()["projects"]
    assert [row["code"] for row in rows] == page.codes
    assert "QJ-0004" in client.get(page.link("CSV")).content.decode()
    assert page.link(zh("transport")).startswith("?q=%E8%B5%B7%E6%B9%BE")
    timeline = read(client, "/timeline/", q="起湾公路").rows("gantt")
    assert "綦万公路" in [cells[0] for cells in timeline]


def test_where_nothing_sounds_alike_nothing_is_said_of_it(client, made):
    page = read(client, "/projects/", q="没有這樣")
    assert page.codes == [] and page.notices == []


def test_each_filter_that_is_on_is_a_chip_that_takes_it_off(client, made):
    query = {"q": "北渡", "kind": ["industrial", "logistics"], "place": "park", "counted": "1"}
    query |= {"source": "paper", "sector": "none", "sort": "-total", "asof": "2025-06-01"}
    page = read(client, "/en/projects/", **query)
    off = chips(page)
    assert list(off) == [
        "Search: “北渡”",
        "Kind: industry",
        "Kind: logistics",
        "Where: Industrial park",
        "Shown: Investment projects",
        "Source: A page of the daily",
        "Industrial cluster: not stated",
    ]
    left = parse_qs(off["Kind: industry"].removeprefix("?").partition("#")[0])
    assert left["kind"] == ["logistics"] and left["q"] == ["北渡"]
    assert left["sort"] == ["-total"] and left["asof"] == ["2025-06-01"]
    assert "q" not in parse_qs(off["Search: “北渡”"].removeprefix("?"))


def test_without_a_filter_there_is_no_chip(client, made):
    question = {"sort": "name", "asof": "2025-01-01", "kind": "castle", "counted": "all"}
    assert chips(read(client, "/projects/", **question)) == {}


def test_a_chip_says_what_was_typed_as_text(client, made):
    page = read(client, "/projects/", q="<i>x")
    assert "<i>" not in page.html and html.escape("<i>x") in page.html


def test_nothing_found_offers_names_close_to_the_question(client, made):
    page = read(client, "/en/projects/", q="北渡物流园区工程", kind="transport")
    assert page.codes == [] and page.link("Beidu Logistics Park") == "/en/projects/park/"
    assert "Names close to it" in page.main
    assert "Names close to it" not in read(client, "/en/projects/", q="没有这样").main
    assert "Names close to it" not in read(client, "/en/projects/", kind="water").main


def test_names_close_by_stay_on_their_day(client, made):
    page = read(client, "/projects/", q="北渡物流园区工程", asof="2025-01-01")
    assert page.link("北渡物流园") == "/projects/park/?asof=2025-01-01"
    assert "/projects/park/" not in read(client, "/projects/", q="北渡物流园区工程", asof="2023-07-01").html


def test_what_is_hidden_is_neither_found_nor_offered(client, made):
    words = what_must_not_show(made)
    for question in ("漏出", "Leaked", "louchu", "漏出项目工程", "lcxm"):
        page = read(client, "/projects/", q=question)
        assert page.codes == []
        shown = page.main + " ".join(link.href for link in page.links)
        assert [word for word in words if word in shown.replace(question, "")] == []
