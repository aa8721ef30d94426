"""The documents agree with the tree: links, commands, variables, addresses and columns that they name exist.

What the glossary says of codes is `test_glossary`.
"""

import os
import re
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import Resolver404, resolve
from django.utils import translation

from projects.opendata.export_files import FILES
from tracker import serve

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))

LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```$", re.M | re.S)
CODE = re.compile(r"`([^`\n]+)`")
FILE = re.compile(r"[\w./-]+\.(?:py|html|js|css|toml|po)")
FOLDER = re.compile(r"(?!/)[\w./-]+/")
NAME = re.compile(r"([a-z_]+)\.(?!(?:py|toml|txt|xml|html|md|css|js|json|csv|ics)\b)([a-z_]+)(?:\(.*\))?")
OF_THE_CODE = {"architecture.md", "CONTRIBUTING.md"}
# Where somebody's machine keeps things, and what only a workplace has.
WORKPLACE = re.compile(
    r"/(?:work|home|root|Users|tmp|mnt)/|\.\./shared|\bissues? (?:show|note|list)\b",
    re.I,
)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def anchors(text: str) -> set[str]:
    """The headings as links name them: small letters, blanks as hyphens, marks dropped."""
    titles = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def dead_links(path: Path, text: str) -> list[str]:
    found = []
    for target in LINK.findall(FENCE.sub("", text)):
        if re.match(r"[a-z]+:", target):
            continue
        place, _, anchor = target.partition("#")
        file = (path.parent / place).resolve() if place else path
        is_there = not place or (file.exists() and file.is_relative_to(ROOT))
        if not is_there or (anchor and anchor not in anchors(text if file == path else read(file))):
            found.append(target)
    return found


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
class TestEveryDocument:
    def test_links_lead_somewhere(self, path):
        assert dead_links(path, read(path)) == []

    def test_it_names_no_workplace(self, path):
        assert WORKPLACE.findall(read(path)) == []

    def test_its_commands_exist(self, path):
        assert unknown_commands(read(path)) == []

    def test_the_paths_it_names_exist(self, path):
        folders = FOLDER if path.name in OF_THE_CODE else None
        assert missing_paths(read(path), folders) == []


def missing_paths(text: str, folders: re.Pattern | None = FOLDER) -> list[str]:
    """Files and folders of the code that are not there; those of `projects/` may leave that out."""
    spans = [code for code in CODE.findall(FENCE.sub("", text)) if not set(code) & set("<> …*")]
    named_ones = [code for code in spans if FILE.fullmatch(code) or (folders and folders.fullmatch(code))]
    return [code for code in dict.fromkeys(named_ones) if not _is_in_tree(code.rstrip("/"))]


def _is_in_tree(path: str) -> bool:
    if any((ROOT / top / path).exists() for top in ("", "projects", "templates")):
        return True
    # A name alone is that of several: `rules/`, `parts/`, `rules.py`.
    tops = (ROOT / top for top in ("projects", "templates", "tracker", "fixtures"))
    return "/" not in path and any(next(top.rglob(path), None) for top in tops)


def missing_names(text: str) -> list[str]:
    """What stands as `module.name` and is no name of such a module."""
    spans = (NAME.fullmatch(code) for code in CODE.findall(FENCE.sub("", text)))
    return [found[0] for found in spans if found and not _is_name(*found.groups())]


def _is_name(module: str, name: str) -> bool:
    files = [*(ROOT / "projects").rglob(f"{module}.py"), *(ROOT / "tracker").rglob(f"{module}.py")]
    if not files:
        return any((ROOT / top / module / f"{name}.py").exists() for top in ("", "projects"))
    return any(re.search(rf"^(?:def |class |){name}\b", read(file), re.M) for file in files)


def test_the_names_of_the_architecture_exist():
    assert missing_names(read(ROOT / "docs" / "architecture.md")) == []


def test_control_paths_and_names_that_are_not_there_are_found():
    text = "`core/money.py` `core/gold.py` `rules/` `actions/` `projects/desk/` `nowhere.py` `<name>.html`"
    assert missing_paths(text) == ["core/gold.py", "actions/", "nowhere.py"]
    assert missing_paths(text, None) == ["core/gold.py", "nowhere.py"]
    text = "`precedence.live` `precedence.dead` `holding.live` `tracker.sessions` `tracker.nothing`"
    assert missing_names(text) == ["precedence.dead", "holding.live", "tracker.nothing"]


def unknown_commands(text: str) -> list[str]:
    """Of what stands after `./run`, `./run manage` and `manage.py`, what there is not."""
    manage = re.findall(r"(?:\./run manage|manage\.py) ([a-z_]+)", text)
    options = re.findall(r"\./run (--[a-z-]+)", text)
    scripts = re.findall(r"(?<![\w./])(\.(?:/|ci/)[a-z]+)(?=[\s`])", text)
    return [
        *(name for name in manage if name not in get_commands()),
        *(name for name in options if name not in serve.__doc__ and name != "--help"),
        *(name for name in scripts if not os.access(ROOT / name, os.X_OK)),
    ]


def test_each_of_these_checks_can_fail():
    """The control."""
    path = ROOT / "docs" / "invented.md"
    assert dead_links(path, "[a](nowhere.md) [b](operations.md#nothing) [c](#here)") == [
        "nowhere.md",
        "operations.md#nothing",
        "#here",
    ]
    assert dead_links(path, "# Here\n[a](operations.md#backup) [c](#here) [d](https://example.org)") == []
    assert unknown_commands("`./run manage invent`, `./run --invent`, `./invent`") == [
        "invent",
        "--invent",
        "./invent",
    ]
    assert WORKPLACE.search("in " + "/".join(["", "home", "somebody"]) + "/project")


def test_the_readme_and_the_guide_are_short():
    assert len(read(ROOT / "README.md").splitlines()) <= 120
    assert len(read(ROOT / "docs/desk.md").splitlines()) <= 90, "two pages with their pictures"


def test_every_picture_is_shown_and_small():
    texts = "".join(read(ROOT / name) for name in ("README.md", "docs/desk.md", "docs/data-entry.md"))
    shown = set(re.findall(r"pictures/([\w-]+\.png)", texts))
    pictures = set((ROOT / "docs/pictures").glob("*.png"))
    assert shown == {path.name for path in pictures}
    assert all(path.stat().st_size <= 200_000 for path in pictures)


@pytest.mark.parametrize("name", ["README.md", "docs/data.md", "docs/desk.md"])
def test_addresses_resolve(name):
    found = {code for code in CODE.findall(read(ROOT / name)) if re.fullmatch(r"/[a-z0-9/._-]*", code)}
    with translation.override("zh-hans"):
        assert [path for path in found - {"/en/"} if not resolves(path)] == []


def resolves(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def test_operations_tells_of_every_variable_and_command():
    text = read(ROOT / "docs" / "operations.md")
    variables = set(re.findall(r"\benv(?:\.\w+)?\(\"([A-Z_]+)\"", read(ROOT / "tracker" / "settings.py")))
    variables |= set(re.findall(r"environ\.get\(\"([A-Z_]+)\"", read(ROOT / "tracker" / "serve.py")))
    assert len(variables) > 8
    assert [name for name in sorted(variables) if f"`{name}`" not in text] == []
    ours = [name for name, app in get_commands().items() if app == "projects"]
    assert [name for name in ours if f"`./run manage {name}`" not in text] == []


def test_the_data_contract_tells_of_every_column():
    told = set(CODE.findall(read(ROOT / "docs" / "data.md")))
    codes = {one.code for file in FILES.values() for one in file.explained}
    assert codes - told == set()


@pytest.mark.parametrize("path", DECISIONS, ids=named)
def test_a_decision_has_its_form(path):
    text = read(path)
    number = path.name[:4]
    assert re.fullmatch(r"\d{4}(-[a-z0-9]+)+\.md", path.name)
    assert text.startswith(f"# {number} ")
    assert re.search(r"^\d{4}-\d{2}-\d{2} · ", text, re.M)
    assert re.findall(r"^## (.+)$", text, re.M) == ["Context", "Decision", "Consequences"]
    assert 20 <= len(text.splitlines()) <= 50


def test_decisions_are_numbered_without_gaps():
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a checkout")
def test_documents_stand_in_the_repository():
    """A document that git ignores would be missing from a clone."""
    done = subprocess.run(
        ["git", "check-ignore", *map(str, DOCUMENTS)], cwd=ROOT, capture_output=True, text=True
    )
    assert done.stdout == ""
