"""How to read the site: made from the words and rules that the code itself uses."""

import pytest
from django.utils import translation

from projects.audit import log
from projects.choices import Condition, Stage, Verdict
from tests import cast
from tests.public.reading import read, zh

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("vocabulary", [Stage, Condition, Verdict])
def test_every_word_is_explained(client, vocabulary):
    text = read(client, "/about/").main
    with translation.override("zh-hans"):
        assert not [one for one in vocabulary if str(one.label) not in text]


def test_the_newest_hash_of_the_audit_is_shown(client):
    entry = log.record("test", "nothing", by=None, at=cast.AT)
    assert entry.hash in read(client, "/about/").main


def test_a_place_to_say_that_something_is_wrong_only_where_one_is_set(client, settings):
    assert not read(client, "/about/").all("section", id="wrong")
    settings.CORRECTIONS_ADDRESS = "mailto:data@example.org"
    assert read(client, "/about/", again=1).link("data@example.org") == "mailto:data@example.org"


def footer(client, number: int) -> str:
    """Asked anew: a page is kept."""
    return read(client, "/about/", again=number).one("p", "publisher").text


def test_the_footer_says_who_publishes_and_what_is_not_filled_in(client, settings):
    assert footer(client, 1) == "主办：未填写 联系：未填写 使用许可：未填写"
    settings.HOST_ORGANISATION, settings.CONTACT = "某局", "mailto:data@example.org"
    settings.LICENCE, settings.ICP_NUMBER = "CC BY 4.0", "备案号甲"
    settings.CORRECTIONS_ADDRESS = "https://example.org/wrong"
    said = footer(client, 2)
    assert said.startswith("主办：某局 联系：data@example.org 使用许可：CC BY 4.0 ICP 备案：备案号甲")
    assert said.endswith(zh("Something wrong?"))


def test_a_demonstration_says_that_it_has_no_filing_number(client, settings):
    settings.DEMO = True
    assert "ICP 备案：未填写 公安备案：未填写" in footer(client, 1)


def test_in_english(client):
    assert read(client, "/en/about/").one("h1").text == "How to read this site"
