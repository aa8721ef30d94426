"""Every public address in both languages, for search engines, in parts."""

import re

import pytest
from django.test import Client

from projects.public import sitemap
from tests.public.portfolio import what_must_not_show

pytestmark = pytest.mark.django_db


def locations(client, path: str) -> list[str]:
    text = client.get(path).content.decode()
    return re.findall(r"<loc>http://testserver([^<]*)</loc>", text)


def everything(client) -> list[str]:
    return [path for part in locations(client, "/sitemap.xml") for path in locations(client, part)]


def test_every_address_answers_in_both_languages(client, made):
    found = everything(client)
    assert {"/projects/factory/", "/en/projects/factory/", "/", "/en/sources/paper/"} <= set(found)
    for path in found:
        assert client.get(path).status_code == 200, path


def test_nothing_hidden_stands_in_it(client, made):
    hidden = what_must_not_show(made)
    text = " ".join(everything(client))
    assert not [words for words in hidden if words in text]


def test_a_part_goes_by_key_and_holds_no_more_than_it_may(client, made, monkeypatch):
    before = sorted(everything(client))
    monkeypatch.setattr(sitemap, "KEYS", 2)
    client = Client()  # of a worker that keeps no page yet
    parts = locations(client, "/sitemap.xml")
    assert len([path for path in parts if "projects" in path]) >= 3
    assert all(len(locations(client, path)) <= 4 for path in parts if "pages" not in path)
    assert sorted(path for part in parts for path in locations(client, part)) == before
