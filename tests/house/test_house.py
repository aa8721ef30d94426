"""What no linter checks of the house: a docstring on each module, one name in four places, no name twice.

Which package may import which is held by import-linter (`pyproject.toml`). Each rule here is a function that
names what breaks it, and is shown to find a build broken on purpose.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.urls import URLPattern, path
from django.views.generic import RedirectView

from projects import urls
from tests.house.tree import Tree

ROOT = Path(__file__).resolve().parents[2]
MAX_LINES_OF_A_MODULE = 250
MAX_LINES_OF_A_FUNCTION = 45
# One vocabulary after another: nothing in it is read through.
LONGER = {"projects.choices", "projects.words.refusals"}
DRAWERS = {"utils", "util", "common", "services", "service", "helpers", "helper", "misc"}
# Django and the admin ask for these names.
SHARED_NAMES = {"Meta", "Media", "Command"}
# Doors whose templates lie in another's folder.
TEMPLATES_OF = {"opendata": "public"}


@pytest.fixture(scope="module")
def house() -> Tree:
    return Tree(ROOT, "projects", "tracker")


def built(folder: Path, files: dict[str, str]) -> Tree:
    """A house of a few modules, each with its text."""
    for name, text in files.items():
        file = folder / f"{name}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return Tree(folder, "projects", "tracker")


# One name, four places


def nameless(patterns: Iterable, folder: Path) -> list[str]:
    """Addresses whose name is not that of the view, of its template where it renders one, and of its test."""
    return [
        fault for pattern in patterns if isinstance(pattern, URLPattern) for fault in _faults(pattern, folder)
    ]


def without_tests(faults: Iterable[str]) -> list[str]:
    """Signing in is done over several pages at once: its tests are named by what one does there."""
    return [fault for fault in faults if ": there is no tests/accounts/" not in fault]


def _faults(pattern: URLPattern, folder: Path) -> Iterable[str]:
    name, view = pattern.name, pattern.callback
    if getattr(view, "__name__", None) != name:
        yield f"{name}: its view is called {getattr(view, '__name__', type(view).__name__)}"
        return
    door = (view.__module__.split(".") + [""])[1]
    shown = f"{TEMPLATES_OF.get(door, door)}/{name}"
    templates = _templates(view)
    if templates and templates[0].rsplit(".", 1)[0] != shown:
        yield f"{name}: it renders {templates[0]}"
    if templates and not (folder / "templates" / templates[0]).exists():
        yield f"{name}: there is no templates/{templates[0]}"
    if not (folder / "tests" / door / f"test_{name}.py").exists():
        yield f"{name}: there is no tests/{door}/test_{name}.py"


def _templates(view) -> list[str]:
    """The templates that a view names."""
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    text = Path(view.__code__.co_filename).read_text(encoding="utf-8")
    written = next(
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and node.name == view.__name__
    )
    words = [node.value for node in ast.walk(written) if isinstance(node, ast.Constant)]
    return [
        word for word in words if isinstance(word, str) and re.fullmatch(r"\w+/\w+\.(html|xml|txt)", word)
    ]


def test_one_name_is_that_of_address_view_template_and_test(house):
    others = [pattern for pattern in urls.urlpatterns if pattern not in urls.ACCOUNTS]
    assert nameless(others, ROOT) == []
    assert without_tests(nameless(urls.ACCOUNTS, ROOT)) == []


def test_every_template_of_a_door_belongs_to_an_address(house):
    """But for what answers where there is no address."""
    names = {pattern.name for pattern in urls.urlpatterns if isinstance(pattern, URLPattern)}
    apart = {"not_found", "styleguide"}
    assert {path.stem for path in (ROOT / "templates/public").glob("*.*")} - names - apart == set()


def listing(request):
    return "public/listing.html"


def other(request):
    return "public/listing.html"


listing.__module__ = other.__module__ = "projects.public.lists"


def elsewhere(request):
    return "public/elsewhere.html"


elsewhere.__module__ = "projects.opendata.lists"


@pytest.mark.parametrize(
    ("pattern", "faults"),
    [
        (path("", listing, name="listing"), []),
        (path("", elsewhere, name="elsewhere"), []),
        (path("", listing, name="projects"), ["projects: its view is called listing"]),
        (path("", other, name="other"), ["other: it renders public/listing.html"]),
        (path("", RedirectView.as_view(url="/"), name="home"), ["home: its view is called view"]),
        (path("", listing), ["None: its view is called listing"]),
    ],
)
def test_control_a_name_that_is_not_mirrored_is_found(tmp_path, pattern, faults):
    for file in (
        "templates/public/listing.html",
        "templates/public/elsewhere.html",
        "tests/public/test_listing.py",
        "tests/public/test_other.py",
        "tests/opendata/test_elsewhere.py",
    ):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    assert nameless([pattern], tmp_path) == faults


def test_control_a_missing_template_and_a_missing_test_are_found(tmp_path):
    assert nameless([path("", listing, name="listing")], tmp_path) == [
        "listing: there is no templates/public/listing.html",
        "listing: there is no tests/public/test_listing.py",
    ]


# What is never written


def undescribed(house: Tree) -> list[str]:
    return [module.name for module in house if not ast.get_docstring(module.syntax)]


def named_twice(house: Tree) -> list[str]:
    """Classes of one name in two modules: whoever reads the name does not know which is meant."""
    modules: dict[str, list[str]] = defaultdict(list)
    for module in house:
        for node in module.syntax.body:
            if isinstance(node, ast.ClassDef) and node.name not in SHARED_NAMES:
                modules[node.name].append(module.name)
    return [f"{name}: {', '.join(where)}" for name, where in modules.items() if len(where) > 1]


def drawers(names: Iterable[str]) -> list[str]:
    """Modules and folders that say nothing of what they hold."""
    return [name for name in names if set(re.split(r"[./]", name)) & DRAWERS]


def signals(house: Tree) -> list[str]:
    """Between our own tables one action calls another; signals are of migrations and connections alone."""
    allowed = {
        "django.db.models.signals.post_migrate",
        "django.db.backends.signals.connection_created",
    }
    return [
        f"{module.name}:{one.line} imports {one.module}"
        for module in house
        for one in house.imports(module)
        if re.search(r"\bsignals\b|django\.dispatch", one.module) and one.module not in allowed
    ]


def saving_models(house: Tree) -> list[str]:
    return [
        f"{module.name}:{method.lineno} overrides save()"
        for module in house
        if module.room == "models"
        for node in ast.walk(module.syntax)
        if isinstance(node, ast.ClassDef)
        for method in node.body
        if isinstance(method, ast.FunctionDef) and method.name in ("save", "save_base")
    ]


def too_long(house: Tree) -> list[str]:
    modules = [
        f"{module.name}: {lines} lines"
        for module in house
        if (lines := len(module.text.splitlines())) > MAX_LINES_OF_A_MODULE and module.name not in LONGER
    ]
    functions = [
        f"{module.name}.{function.name}: {lines} lines"
        for module in house
        for function in module.functions
        if (lines := function.end_lineno - function.lineno + 1) > MAX_LINES_OF_A_FUNCTION
    ]
    return modules + functions


def test_every_module_says_what_it_holds(house):
    assert undescribed(house) == []


def test_no_class_is_named_twice(house):
    assert named_twice(house) == []


def test_nothing_is_put_into_a_drawer(house):
    folders = [
        str(one.relative_to(ROOT)) for top in ("templates", "tests") for one in (ROOT / top).rglob("*")
    ]
    assert drawers([*house.modules, *(name.removesuffix(".py") for name in folders)]) == []


def test_no_signals_between_our_own_tables(house):
    assert signals(house) == []


def test_no_model_overrides_save(house):
    assert saving_models(house) == []


def test_modules_and_functions_stay_short(house):
    assert too_long(house) == []


def test_controls_each_of_these_is_found(tmp_path):
    house = built(
        tmp_path,
        {
            "projects/models/claim": "class Claim:\n    def save(self):\n        pass",
            "projects/models/signals": "from django.db.models.signals import post_save",
            "projects/desk/utils": '"""Odds and ends."""\n\n\nclass Claim:\n    pass',
            "projects/public/data": "def view():\n" + "    pass\n" * MAX_LINES_OF_A_FUNCTION,
            "projects/public/long": '"""Much."""\n' + "\n" * MAX_LINES_OF_A_MODULE,
        },
    )
    described = {"projects.desk.utils", "projects.public.long"}
    assert set(undescribed(house)) == set(house.modules) - described
    assert drawers(house.modules) == ["projects.desk.utils"]
    assert named_twice(house) == ["Claim: projects.desk.utils, projects.models.claim"]
    assert signals(house) == ["projects.models.signals:1 imports django.db.models.signals.post_save"]
    assert saving_models(house) == ["projects.models.claim:2 overrides save()"]
    assert too_long(house) == ["projects.public.long: 251 lines", "projects.public.data.view: 46 lines"]
