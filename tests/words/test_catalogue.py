"""Every sentence of the tree has its Chinese, and the compiled catalogue is the one beside it.

Needs no gettext. Where a message is missing, gettext's tools add it, from the top folder:

    python manage.py makemessages -l zh_Hans --add-location file --no-obsolete --no-wrap -i tests -i .venv
    (write the Chinese into projects/locale/zh_Hans/LC_MESSAGES/django.po, and take each "fuzzy" away)
    python manage.py compilemessages -l zh_Hans
"""

import gettext
import re
from pathlib import Path

import pytest
from django.utils import translation

from projects.choices import Condition, Stage, Verdict
from tests.words.catalogue import in_python, in_template, read_po

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "projects" / "locale" / "zh_Hans" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[a-zA-Z%]")
TAG = re.compile(r"</?\w+")


def files(suffixes, *folders):
    found = (path for folder in folders for path in sorted((ROOT / folder).rglob("*")))
    return [path for path in found if path.is_file() and path.suffix in suffixes]


def used():
    """Every message of the tree, with the file it stands in."""
    modules = [(path, in_python) for path in files({".py"}, "projects", "tracker")]
    templates = files({".html", ".txt", ".xml"}, "templates", "projects/templates")
    for path, read in modules + [(path, in_template) for path in templates]:
        for key in read(path.read_text(encoding="utf-8")):
            yield key, path.relative_to(ROOT)


def faults(messages, catalogue):
    """What is wrong with each message that has no Chinese."""
    for key, path in messages:
        entry = catalogue.get(key)
        if entry is None:
            yield f"{path}: not in the catalogue: {key!r}"
        elif not all(entry.forms):
            yield f"{path}: without Chinese: {key!r}"
        elif entry.is_fuzzy:
            yield f"{path}: fuzzy: {key!r}"


@pytest.fixture(scope="module")
def catalogue():
    return read_po((FOLDER / "django.po").read_text(encoding="utf-8"))


def test_every_message_has_its_chinese(catalogue):
    missing = sorted(faults(used(), catalogue))
    if missing:
        pytest.fail("\n".join(missing), pytrace=False)


def test_the_chinese_keeps_placeholders_and_tags(catalogue):
    for pattern in (PLACEHOLDER, TAG):
        for entry in catalogue.values():
            text = entry.key if isinstance(entry.key, str) else entry.key[1]
            wanted = sorted(pattern.findall(entry.plural or text))
            assert [sorted(pattern.findall(form)) for form in entry.forms] == [wanted] * len(entry.forms)


def test_the_compiled_catalogue_says_the_same(catalogue):
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog
    told = {}
    for entry in catalogue.values():
        key = entry.key if isinstance(entry.key, str) else "\x04".join(entry.key)
        told |= {(key, 0): entry.forms[0]} if entry.plural else {key: entry.forms[0]}
    assert told == {key: text for key, text in compiled.items() if key}


def test_an_invented_message_is_found_missing(catalogue):
    """The control: the check above does fail."""
    module = 'from django.utils.translation import gettext as _\n_("invented here")\npgettext("a", "b")'
    template = '{% translate "invented there" %}'
    messages = [(key, "x") for key in in_python(module) | in_template(template)]
    assert len(list(faults(messages, catalogue))) == 3


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('msgid "a"\nmsgstr "甲"', []),
        ('msgid "a"\nmsgstr ""', ["x: without Chinese: 'a'"]),
        ('#, python-format, fuzzy\nmsgid "a"\nmsgstr "甲"', ["x: fuzzy: 'a'"]),
        ('#~ msgid "a"\n#~ msgstr "甲"', ["x: not in the catalogue: 'a'"]),
        ('msgctxt "c"\nmsgid "a"\nmsgstr "甲"', ["x: not in the catalogue: 'a'"]),
    ],
)
def test_missing_empty_and_fuzzy_are_told_apart(entry, fault):
    assert list(faults([("a", "x")], read_po(f'msgid ""\nmsgstr ""\n\n{entry}'))) == fault


@pytest.mark.parametrize(
    ("template", "keys"),
    [
        ("{% translate 'one' as word %}{% trans \"two\" noop %}", {"one", "two"}),
        ('{% translate "May" context "month name" as may %}', {("month name", "May")}),
        ('{% translate "100% done" %}', {"100%% done"}),
        ('{% include "x" with title=_("three") %}{{ _(\'four\')|upper }}', {"three", "four"}),
        ("{% blocktranslate with n=x|length %}a {{ n }} b{% endblocktranslate %}", {"a %(n)s b"}),
        ("{% blocktranslate trimmed %}\n  a\n  b\n{% endblocktranslate %}", {"a b"}),
        ("{% blocktranslate count n=n %}{{ n }} a{% plural %}{{ n }} b{% endblocktranslate %}", {"%(n)s a"}),
        ('{% blocktranslate context "c" %}a{% endblocktranslate %}', {("c", "a")}),
        ('{# {% translate "no" %} #}{% comment %}{% translate "no" %}{% endcomment %}', set()),
    ],
)
def test_what_templates_say_is_read(template, keys):
    assert in_template(template) == keys


def test_what_python_says_is_read():
    module = '_("a" " b"); translation.gettext("c"); ngettext("one", "many", n); pgettext_lazy("d", "e")'
    assert in_python(module) == {"a b", "c", "one", ("d", "e")}
    with pytest.raises(ValueError, match="plain string"):
        in_python("_(label)")


@pytest.mark.parametrize(
    ("codes", "chinese"),
    [
        (Stage, "谋划 签约 前期 在建 竣工 投产/投用"),
        (Condition, "正常 停工 缓建 终止"),
        (Verdict, "已兑现 部分兑现 逾期 尚难判定 未到期 未见消息"),
    ],
)
def test_the_official_words_reach_the_page(codes, chinese):
    with translation.override("zh-hans"):
        assert " ".join(map(str, codes.labels)) == chinese
