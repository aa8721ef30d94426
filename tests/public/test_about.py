"""How to read the site: made from the words and rules that the code itself uses."""

import pytest
from django.utils import translation

from projects.audit import log
from projects.choices import Condition, Stage, Topic, Verdict
from projects.claims import projection
from tests import cast
from tests.public.reading import read, zh

pytestmark = pytest.mark.django_db

HOUSE_WORDS = ("两个时钟", "矩形", "记载", "记录", "当时所知")
ANCHORS = {
    *("inferred", "nearly", "partly-in-use", "tbd"),
    *(f"stage-{one}" for one in Stage),
    *(f"condition-{one}" for one in Condition),
    *(f"verdict-{one}" for one in Verdict),
}


@pytest.mark.parametrize("vocabulary", [Stage, Condition, Verdict])
def test_every_word_is_explained(client, vocabulary):
    text = read(client, "/about/").main
    with translation.override("zh-hans"):
        assert not [one for one in vocabulary if str(one.label) not in text]


def test_every_word_has_a_place_to_lead_to(client):
    page = read(client, "/about/")
    assert page.ids >= ANCHORS
    assert all(page.one(id=anchor).text for anchor in ANCHORS)


def test_in_a_residents_words(client):
    main = read(client, "/about/").main
    assert not [word for word in HOUSE_WORDS if word in main]
    assert "项目" in main and "说法" in main and "当时已公布的" in main


@pytest.mark.parametrize(
    ("prefix", "name"), [("", "“推定”是什么意思？"), ("/en", "What does “inferred” mean?")]
)
def test_a_question_mark_leads_there_once_a_page(client, prefix, name):
    for stage in ("building", "preparing"):
        for number in (1, 2):
            record = cast.project(f"{stage}-{number}")
            cast.published(record, Topic.STAGE, stage, basis="inferred")
            projection.rebuild(record)
    page = read(client, f"{prefix}/projects/")
    marks = [(one.given["aria-label"], one.given["href"]) for one in page.all("a", "meaning")]
    assert (name, f"{prefix}/about/#inferred") in marks
    assert sorted(href.rpartition("#")[2] for _name, href in marks) == ["inferred", "stage-preparing"]


def test_on_the_page_of_the_meanings_no_word_asks_for_its_own(client):
    assert not read(client, "/about/").all("a", "meaning")


def test_the_newest_hash_of_the_audit_is_shown(client):
    entry = log.record("test", "nothing", by=None, at=cast.AT)
    assert entry.hash in read(client, "/about/").main


def test_it_says_what_is_kept_of_people_and_for_how_long(client):
    kept = read(client, "/about/").one("table", "retention").text
    for words in ("办结 60 天后，最长 365 天", "一天", "最长 12 小时", "30 分钟", "最近 14 份"):
        assert words in kept
    assert "60 days after the answer, at most 365 days" in read(client, "/en/about/").main


def test_it_leads_to_where_one_says_that_something_is_wrong(client):
    assert read(client, "/about/").one("section", id="wrong")
    assert read(client, "/about/").link(zh("Tell us")) == "/tell/"


def footer(client, number: int) -> str:
    """Asked anew: a page is kept."""
    return read(client, "/about/", again=number).one("p", "publisher").text


def test_the_footer_says_who_publishes_and_what_is_not_filled_in(client, settings):
    assert footer(client, 1) == "主办：未填写 联系：未填写 使用许可：未填写"
    settings.HOST_ORGANISATION, settings.CONTACT = "某局", "mailto:data@example.org"
    settings.LICENCE, settings.ICP_NUMBER = "CC BY 4.0", "备案号甲"
    said = footer(client, 2)
    assert said.startswith("主办：某局 联系：data@example.org 使用许可：CC BY 4.0 ICP 备案：备案号甲")


def test_a_demonstration_says_that_it_has_no_filing_number(client, settings):
    settings.DEMO = True
    assert "ICP 备案：未填写 公安备案：未填写" in footer(client, 1)


def test_in_english(client):
    assert read(client, "/en/about/").one("h1").text == "How to read this site"
