"""`{% url %}` with a fixed name says what Django's says: in each language, at whatever root the site lies."""

import pytest
from django.template import Context, Engine
from django.test import RequestFactory
from django.urls import NoReverseMatch, set_script_prefix
from django.utils.translation import override

from projects.pages import page_frame

OWN = "projects.pages.url_tags"
ADDRESSES = [
    "{% url 'project_list' %}",
    "{% url 'project_list' as all %}[{{ all }}]",
    "{% url 'project_page' 'a-slug' %}",
    "{% url 'project_page' slug='a-slug' %}",
    "{% url name %}",
    "{% url 'project_list'|cut:'!' %}",
    "{% url 'admin:index' %}",
    "{% url 'no_such_address' as none %}[{{ none }}]",
]


def said(source: str, *builtins: str) -> str:
    request = RequestFactory().get("/")
    return (
        Engine(builtins=list(builtins))
        .from_string(source)
        .render(Context({"name": "promises"} | vars(request)))
    )


@pytest.fixture
def root():
    yield set_script_prefix
    set_script_prefix("/")


@pytest.mark.parametrize("source", ADDRESSES)
def test_an_address_is_djangos_in_each_language_and_at_each_root(source, root):
    for language in ("zh-hans", "en", "zh-hans"):
        for prefix in ("/", "/progress/"):
            root(prefix)
            with override(language):
                assert said(source, OWN) == said(source)


def test_what_is_no_address_fails():
    with pytest.raises(NoReverseMatch):
        said("{% url 'no_such_address' %}", OWN)


def test_control_without_its_language_it_would_be_anothers(monkeypatch):
    monkeypatch.setattr(page_frame, "language", lambda: "en")
    page_frame._path.cache_clear()
    with override("en"):
        english = said("{% url 'project_list' %}", OWN)
    with override("zh-hans"):
        assert said("{% url 'project_list' %}", OWN) == english
    page_frame._path.cache_clear()
