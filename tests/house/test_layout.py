"""Templates and style sheets are laid out for people: short lines, one element or declaration on each."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAX_LENGTH = 120
BLOCKS = (
    "html|head|body|header|nav|main|section|article|aside|footer|div|p|ul|ol|li|dl|dt|dd"
    "|table|thead|tbody|tfoot|tr|th|td|caption|form|fieldset|legend|figure|figcaption|details|summary|h[1-6]|hr|meta|link"
)
BEGINS = re.compile(rf"<(?:{BLOCKS})(?=[\s>/]|$)")
DJANGO = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SHEETS = sorted((ROOT / "projects/static").glob("*.css"))


def faults_of_template(text: str) -> list[str]:
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > MAX_LENGTH:
            found.append(f"{number}: {len(line)} characters")
        if len(BEGINS.findall(DJANGO.sub("", line))) > 1:
            found.append(f"{number}: two block elements begin")
    return found


def faults_of_sheet(text: str) -> list[str]:
    found = []
    lines = COMMENT.sub(lambda comment: re.sub(r"[^\n]", "", comment[0]), text).split("\n")
    for number, line in enumerate(lines, start=1):
        if len(line) > MAX_LENGTH:
            found.append(f"{number}: {len(line)} characters")
        if len(re.findall(r"[{};]", re.sub(r"\"[^\"]*\"|'[^']*'|url\([^)]*\)", "", line))) > 1:
            found.append(f"{number}: two rules or declarations")
    return found


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_template_is_laid_out_for_people(path):
    assert faults_of_template(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_is_laid_out_for_people(path):
    assert faults_of_sheet(path.read_text(encoding="utf-8")) == []


def test_something_is_looked_at():
    assert len(TEMPLATES) > 100 and len(SHEETS) > 2


def asks_for_a_scheme(text: str) -> bool:
    """Otherwise than with `light-dark(…)`, which gives colours and nothing else."""
    return "prefers-color-scheme" in text


def test_in_the_dark_nothing_but_colours_is_another():
    """So what the browser's tests look at in the light need not be looked at in the dark."""
    scripts = [*(ROOT / "projects/static").glob("*.js"), *(ROOT / "projects/static").glob("*.svg")]
    asking = [
        path.name for path in [*SHEETS, *TEMPLATES, *scripts] if asks_for_a_scheme(path.read_text("utf-8"))
    ]
    assert asking == []
    assert "light-dark(" in (ROOT / "projects/static/site.css").read_text("utf-8")


def test_control_a_sheet_that_hides_something_in_the_dark_is_found():
    assert asks_for_a_scheme("@media (prefers-color-scheme: dark) {\n  p { display: none; }\n}")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<p>\n" + "x" * 121, "2: 121 characters"),
        ("<ul><li>a</li></ul>", "1: two block elements begin"),
        ("<p>a</p><p>b</p>", "1: two block elements begin"),
    ],
)
def test_control_a_template_that_is_not_is_found(text, fault):
    assert faults_of_template(text) == [fault]


def test_control_a_sheet_that_is_not_is_found():
    text = "a { color: red; }\nb {\n  margin: 0; padding: 0;\n}\n/* c { d: e; } */\n"
    assert faults_of_sheet(text) == ["1: two rules or declarations", "3: two rules or declarations"]


def test_control_what_is_laid_out_passes():
    assert faults_of_template("<p>\n  <b>a</b> <i>b</i>\n</p>\n") == []
    assert faults_of_sheet("a, b {\n  background: url(data:x;y);\n}\n") == []
