"""Every public address in both languages, for search engines."""

import re

import pytest

from tests.public.portfolio import what_must_not_show

pytestmark = pytest.mark.django_db


def test_every_address_answers_in_both_languages(client, made):
    text = client.get("/sitemap.xml").content.decode()
    found = re.findall(r"<loc>http://testserver([^<]*)</loc>", text)
    assert "/projects/factory/" in found and "/en/projects/factory/" in found
    for path in found:
        assert client.get(path).status_code == 200, path


def test_nothing_hidden_stands_in_it(client, made):
    hidden = what_must_not_show(made)
    text = client.get("/sitemap.xml").content.decode()
    assert not [words for words in hidden if words in text]
