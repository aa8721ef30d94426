"""The loader of templates: what readers see has no blanks that only the layout made."""

import pytest
from django.template import engines
from django.template.loader import get_template

from tracker.templates import Loader, joined


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<p>\n  <b>綦江</b>\n  <i>区</i>\n</p>\n", "<p><b>綦江</b><i>区</i></p>"),
        ("<p>\n  one&#32;\n  two\n</p>", "<p>one&#32;two</p>"),
        ("<p>a b</p>  \n\t<p>c</p>\r\n", "<p>a b</p><p>c</p>"),
        # Attributes stay apart.
        ('<a\n  href="x"\n  class="y"\n>z</a>', '<a href="x" class="y" >z</a>'),
        ('<a{% if a > b %}\n  class="y"{% endif %}>z</a>', '<a{% if a > b %} class="y"{% endif %}>z</a>'),
        ('<a title="{% translate "a > b" %}"\n  id="c">', '<a title="{% translate "a > b" %}" id="c">'),
        ("<a title='1 > 0'\n id=c>\n<b>", "<a title='1 > 0' id=c><b>"),
        ('<a href="{% if a %}\n  b\n{% endif %}"\n  id="c">', '<a href="{% if a %}b{% endif %}" id="c">'),
        # No tag begins here.
        ("{% if a < b %}\n1 < 2\n{% endif %}", "{% if a < b %}1 < 2{% endif %}"),
        ("{{ a }}\n{{ b }}\n{# c #}\n", "{{ a }}{{ b }}{# c #}"),
    ],
)
def test_a_line_end_goes_with_the_indentation_after_it(written, read):
    assert joined(written) == read


@pytest.mark.parametrize(
    "text",
    [
        "<pre>\n  a\n</pre>",
        '<textarea name="a">\n  {{ b }}\n</textarea>',
        "<script>\n// a\nb()\n</script>",
        "{% blocktranslate trimmed %}\n  One\n  two.\n{% endblocktranslate %}",
        "{% blocktranslate count n=n %}One\nline{% plural %}Many\nlines{% endblocktranslate %}",
        "{% verbatim %}\n{{ a }}\n{% endverbatim %}",
        "{% comment %}\na\n{% endcomment %}",
    ],
)
def test_what_keeps_its_lines(text):
    assert joined(f"<p>\n{text}\n</p>") == f"<p>{text}</p>"


@pytest.fixture
def folder(tmp_path, settings):
    """Templates of one's own, read by the loader."""
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [tmp_path],
            "OPTIONS": {"loaders": [f"{Loader.__module__}.{Loader.__qualname__}"]},
        }
    ]
    engines.__dict__.pop("templates", None)
    engines._engines.clear()
    yield tmp_path
    engines.__dict__.pop("templates", None)
    engines._engines.clear()


def test_pages_are_joined_and_mails_are_not(folder):
    for name in ("a.html", "a.txt"):
        (folder / name).write_text("一\n  二\n", encoding="utf-8")
    assert get_template("a.html").render() == "一二"
    assert get_template("a.txt").render() == "一\n  二\n"


def test_the_application_reads_its_pages_by_this_loader():
    assert get_template("base.html").template.origin.loader.__class__ is Loader


def test_control_without_the_loader_the_gap_is_seen(folder, settings):
    settings.TEMPLATES[0]["OPTIONS"]["loaders"] = ["django.template.loaders.filesystem.Loader"]
    (folder / "a.html").write_text("一\n  二\n", encoding="utf-8")
    assert get_template("a.html").render() == "一\n  二\n"
