"""How to read the site: made from the words and rules that the code itself uses."""

import pytest
from django.utils import translation

from projects.audit import log
from projects.choices import Condition, Stage, Verdict
from tests import cast
from tests.public.reading import read

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


def test_filing_numbers_stand_in_the_footer_only_where_set(client, settings):
    assert len(read(client, "/about/").one("footer").text.split("·")) == 5, "links, and nothing of the host"
    settings.ICP_NUMBER = "备案号甲"
    assert "备案号甲" in read(client, "/about/", again=1).one("footer").text


def test_in_english(client):
    assert read(client, "/en/about/").one("h1").text == "How to read this site"
