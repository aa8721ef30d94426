"""Templates of nodes that are functions write what Django's write, and fail where those fail."""

from collections import namedtuple
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.template import Context, Engine, Node, engines
from django.template.backends.django import get_installed_libraries
from django.template.loader import get_template
from django.template.utils import get_app_template_dirs
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from projects.choices import Stage
from tracker import template_source, template_values
from tracker.template_nodes import Nodes, prepared
from tracker.template_source import function_of

Pair = namedtuple("Pair", "words count")


@dataclass(frozen=True, slots=True)
class Plain:
    words: str
    none: None = None

    @property
    def shouted(self) -> str:
        return self.words.upper()

    def method(self) -> str:
        return f"<{self.words}>"

    def asking(self, more: str) -> str:
        return more

    def writing(self) -> str:
        raise AssertionError("a template never changes data")

    writing.alters_data = True

    @property
    def gone(self) -> str:
        raise ObjectDoesNotExist("no such row")

    @property
    def broken(self) -> str:
        return self.nothing

    @property
    def unlike(self) -> str:
        return {}["nothing"]


class Keyed(dict):
    words = "an attribute"


class Counted:
    def __call__(self) -> str:
        return "called"


SAID = {
    "text": "a < b & 'c'",
    "safe": mark_safe("<b>綦江</b>"),
    "lazy": gettext_lazy("Search"),
    "number": 1234567,
    "decimal": Decimal("1234.50"),
    "day": date(2026, 11, 29),
    "moment": datetime(2026, 11, 29, 20, tzinfo=UTC),
    "yes": True,
    "none": None,
    "plain": Plain("one"),
    "pair": Pair("two", 2),
    "keys": {"words": "three", "items": "a key", "deep": {"plain": Plain("four")}},
    "numbered": {7: "seven", "7": "the word"},
    "by_number": {8: "eight"},
    "keyed": Keyed(words="a key"),
    "list": ["five", "six<"],
    "pairs": [("a", 1), ("b", 2)],
    "stage": Stage.BUILDING,
    "stages": Stage,
    "counted": Counted(),
    "empty": [],
    "name": "words",
}
# One a word.
VALUES = f"""
{" ".join(SAID)} nothing nothing.more autoescape push dicts template_name
plain.words plain.none plain.shouted plain.method plain.asking plain.writing plain.gone plain.missing
pair.words pair.count pair.1 pair.7 pair.index keys.words keys.items keys.missing keys.deep.plain.words
keys.missing.more numbered.7 by_number.8 by_number.9 none.words.upper keyed.words keyed.missing
list.0 list.1 list.2 list.words none.words stage.label stage.value stages.BUILDING
stages.BUILDING.label text.upper safe.words number.real day.year day.isoformat counted.words
'said' _('Search') 12 1.5
"""
FILTERS = """
text|upper safe|upper safe|lower safe|slice:':3' text|safe nothing|default:'<' none|default_if_none:text
list|length number|add:1 number|add:number text|add:plain.words safe|add:text list|join:',' day|date:'Y'
moment|date:'H' moment|time:'H:i' text|linebreaks safe|linebreaks list|unordered_list plain.method|lower
text|truncatechars:3 text|default:_('Search') text|cut:'a'|escape lazy|lower empty|yesno:'a,b' nothing|upper
text|force_escape list|first|upper decimal|floatformat:1
"""
TESTS = [
    *("not nothing", "yes and number", "none or text", "nothing or list.7", "yes and not none", "1 != 2"),
    *("stage == 'building'", "'a' in text", "text in none", "number > 3", "text < 3", "plain.words == 'one'"),
    *("none is None", "number|add:nothing", "nothing|default:yes", "not plain.missing.more"),
    "pair.count >= 2 and keys.words",
]
LOOP = "{% for one in SEQUENCE %}{{ one }},{{ forloop.counter }}{% empty %}none{% endfor %}"
PAGES = (
    {f"value {one}": f"[{{{{ {one} }}}}]" for one in (VALUES + FILTERS).split()}
    | {
        f"unescaped {one}": f"{{% autoescape off %}}{{{{ {one} }}}}{{% endautoescape %}}"
        for one in VALUES.split()
    }
    | {
        f"if {one}": f"{{% if {one} %}}a{{% elif yes %}}b{{% else %}}c{{% endif %}}"
        for one in [*TESTS, *VALUES.split()]
    }
    | {
        f"for {one}": LOOP.replace("SEQUENCE", one)
        for one in ("list", "none", "empty", "nothing", "keys", "text", "stages", "list reversed", "pair")
    }
    | {
        "two names": "{% for a, b in pairs %}{{ a }}{{ b }}{{ forloop.last }}{% endfor %}{{ a }}",
        "of a dictionary": "{% for a, b in keys.deep.items %}{{ a }}{{ b.words }}{% endfor %}{{ forloop }}",
        "of keys": "{% for a, b in nested.items reversed %}{{ a }}{{ b }}{% endfor %}",
        "of a generator": "{% for one in made %}{{ one }}{{ forloop.revcounter0 }}{% endfor %}",
        "loops in loops": """{% for a in list %}{% for b in list %}
            {{ forloop.parentloop.counter }}{{ a }}{{ b }}{{ forloop.first }}{{ forloop.revcounter }}
            {% endfor %}{% endfor %}""",
        "with": """{% with a=text|upper b=plain.method text='other' %}{{ a }}{{ b }}{{ text }}{% endwith %}
            {{ a }}{{ text }}""",
        "with the old order": "{% with plain.words as a %}{{ a }}{% endwith %}",
        "cycles": "{% for a in list %}{% cycle 'odd' 'even' as row %}{{ row }}{% endfor %}",
        "changes": "{% for a in 'aab' %}{% ifchanged %}{{ a }}{% else %}same{% endifchanged %}{% endfor %}",
        "filter": "{% filter upper %}a{{ text }}{% if yes %}b{% endif %}{% endfilter %}",
        "spaceless": "{% spaceless %}<p> <b>{{ text }}</b> </p>{% endspaceless %}",
        "a comment": "a{# nothing #}b{% comment %}{{ text }}{% endcomment %}c",
        "tags": """{% load value_tags %}{% colon %}{% value text %}{% value number '' %}{% value safe %}
            {% linked 3 'a<' href='b&' %}{% in_language_plain plain 'words' as a %}{{ a }}
            {% value said=safe as b %}{{ b }}{% value none %}""",
        "a word of Python": "{% load value_tags %}{% link_to 'compare' from=text class=number %}",
        "a text with quotes": """'a' "b" \\n {{ text }} \"\"\" {x} %s""",
        "unescaped tags": "{% load value_tags %}{% autoescape off %}{% value text %}{% endautoescape %}",
        "unlocal": "{% load l10n %}{% localize off %}{{ decimal }}{% endlocalize %}{{ day|unlocalize }}",
        "base": """<{% block a %}base {{ text }}{% endblock %}
            {% block b %}{% for one in list %}{{ one }}{% endfor %}{% endblock %}>""",
        "child": "{% extends 'base' %}{% block a %}{{ block.super }} of {{ plain.words }}{% endblock %}",
        "grandchild": """{% extends 'child' %}
            {% block b %}{% if yes %}{{ block.super }}{% endif %}{% endblock %}""",
        "include": """{% for one in list %}
            {% include 'part' with more=one %}{% include name|add:'.html' only %}
            {% endfor %}""",
        "part": "{{ more }}{{ one }}{{ forloop.counter }}{{ text }}",
        "words.html": "({{ one }}{{ text }})",
    }
)
FAILING = {
    "a property": ("{{ plain.broken }}", AttributeError),
    "a key in a property": ("{{ plain.unlike }}", KeyError),
    "too few values": ("{% for a, b in list %}{% endfor %}", ValueError),
    "an argument": ("{{ text|default:nothing }}", Exception),
    "within": ("{% if yes %}{% for a in list %}{{ plain.broken }}{% endfor %}{% endif %}", AttributeError),
}
TEXTS = PAGES | {name: source for name, (source, _error) in FAILING.items()}


def engine(loader: str, *, debug: bool = False) -> Engine:
    loaders = [(loader, [("django.template.loaders.locmem.Loader", TEXTS)])]
    return Engine(loaders=loaders, libraries=get_installed_libraries() | ours(), debug=debug)


def ours() -> dict[str, str]:
    return {"value_tags": "projects.pages.value_tags"}


def said() -> dict:
    return SAID | {"made": (one for one in "abc"), "nested": {"x": 1, "y": 2}}


@pytest.fixture(scope="module")
def usual() -> Engine:
    return engine("django.template.loaders.cached.Loader")


@pytest.fixture(scope="module")
def functions() -> Engine:
    return engine("tracker.template_nodes.KeptTemplates")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_they_write_what_djangos_write(page, language, usual, functions):
    with override(language):
        wanted = usual.get_template(page).render(Context(said()))
        written = [functions.get_template(page).render(Context(said())) for _ in range(2)]
    assert written == [wanted] * 2


@pytest.mark.parametrize("name", FAILING)
def test_they_fail_where_djangos_fail(name, usual, functions):
    context = Context(said())
    for one in (usual, functions):
        with pytest.raises(FAILING[name][1]):
            one.get_template(name).render(context)
    assert len(context.dicts) == 2


@pytest.mark.parametrize(
    ("module", "name", "broken", "page"),
    [
        (template_values, "_has_attributes_alone", lambda kind: True, "value keyed.words"),
        (template_values, "_is_a_key_alone", lambda bit: True, "if by_number.8"),
        (template_values, "_is_a_key_alone", lambda bit: True, "of a dictionary"),
        (template_source, "escape", str, "value text"),
        (template_values, "mark_safe", str, "value safe|slice:':3'"),
        (template_values, "ASKING_FOR_MORE", (), "value moment|date:'H'"),
    ],
)
def test_controls_without_a_care_of_theirs_they_would_not(module, name, broken, page, monkeypatch, usual):
    monkeypatch.setattr(module, name, broken)
    wanted = usual.get_template(page).render(Context(said()))
    assert engine("tracker.template_nodes.KeptTemplates").get_template(page).render(Context(said())) != wanted


def test_our_pages_are_written_by_functions_and_debugged_as_djangos():
    assert isinstance(get_template("public/project_page.html").template.nodelist, Nodes)
    assert "tracker.template_nodes.KeptTemplates" in str(engines["django"].engine.loaders)
    debugged = engine("tracker.template_nodes.KeptTemplates", debug=True).get_template("child")
    assert not isinstance(debugged.nodelist, Nodes)


def names() -> list[str]:
    """Of our templates, and of those of others that our pages extend."""
    folders = {Path(one): "" for one in engines["django"].template_dirs}
    folders |= dict.fromkeys(map(Path, get_app_template_dirs("templates")), ("admin/", "account/"))
    found = {
        name
        for folder, begins in folders.items()
        for file in folder.rglob("*.html")
        if (name := str(file.relative_to(folder))).startswith(begins)
    }
    return sorted(found)


@pytest.mark.parametrize("name", names())
def test_every_list_of_nodes_can_be_compiled(name):
    """Python takes 20 loops and `with` within each other."""
    nodes = get_template(name).template.nodelist
    lists = [
        getattr(one, held, None) for one in nodes.get_nodes_by_type(Node) for held in one.child_nodelists
    ]
    for some in [nodes, *(held for held in lists if isinstance(held, Nodes))]:
        assert callable(function_of(some))


def test_control_what_python_does_not_take_is_found(functions):
    deep = functions.from_string("{% with a=1 %}" * 21 + "{{ a }}" + "{% endwith %}" * 21)
    with pytest.raises(SyntaxError):
        function_of(prepared(deep.nodelist))


def test_threads_that_write_a_template_first_write_the_same(usual):
    page = "if pair.count >= 2 and keys.words"
    template, texts, start = engine("tracker.template_nodes.KeptTemplates").get_template(page), [], Barrier(8)

    def write():
        start.wait()
        texts.append(template.render(Context(said())))

    threads = [Thread(target=write) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert texts == [usual.get_template(page).render(Context(said()))] * 8
