"""Sentences that stand in templates: in both languages, and those with values each time anew."""

import pytest
from django.template import Context, Template
from django.utils import translation

LOADED = "{% load i18n %}"
FIXED = {
    '{% translate "Search" %}': {"zh-hans": "查找", "en": "Search"},
    "{% blocktranslate trimmed %} Search {% endblocktranslate %}": {"zh-hans": "查找", "en": "Search"},
    '{% translate "Search" as found %}[{{ found }}]': {"zh-hans": "[查找]", "en": "[Search]"},
    "{% translate word %}": {"zh-hans": "查找", "en": "Search"},
    "{% blocktranslate %}{{ word }}!{% endblocktranslate %}": {"zh-hans": "Search!", "en": "Search!"},
}


@pytest.mark.parametrize("source", FIXED)
def test_a_template_is_read_in_each_language_in_turn(source):
    template = Template(LOADED + source)
    for language in ("zh-hans", "en", "zh-hans"):
        with translation.override(language):
            assert template.render(Context({"word": "Search"})) == FIXED[source][language]


@pytest.mark.parametrize("source", [one for one in FIXED if "word" in one])
def test_a_sentence_with_a_value_says_the_value(source):
    template = Template(LOADED + source)
    with translation.override("en"):
        said = [template.render(Context({"word": word})) for word in ("Search", "<b>")]
    assert said[0].startswith("Search") and said[1].startswith("&lt;b&gt;")
