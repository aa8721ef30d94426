"""The house rules of DESIGN §6: the staircase, no circles, one name in four places, what is never written.

Each rule is a function that names what breaks it; each is shown to find a build broken on purpose.
"""

import ast
import re
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.urls import URLPattern, path
from django.views.generic import RedirectView

from projects import urls
from tests.house.tree import FLOOR_OF, Module, Tree, circle

ROOT = Path(__file__).resolve().parents[2]
MOST_LINES_OF_A_MODULE = 250
MOST_LINES_OF_A_FUNCTION = 45
# One vocabulary after another: nothing in it is read through.
LONGER = {"projects.choices", "projects.words.refusals"}
DRAWERS = {"utils", "util", "common", "services", "service", "helpers", "helper", "misc"}


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


# The staircase


def missteps(house: Tree) -> list[str]:
    """Imports that go up, sideways, or hide in a function; rooms that stand on no floor."""
    found = []
    for module in house:
        is_ours = module.name.startswith("projects.")
        if is_ours and module.room not in FLOOR_OF:
            found.append(f"{module.name}: stands on no floor")
        for one in house.own_imports(module):
            at = f"{module.name}:{one.line} imports {one.module}"
            if one.is_inside:
                found.append(f"{at} inside a function")
            if is_ours and (step := misstep(module.room, one.module)):
                found.append(f"{at}: {step}")
        for name in house.names_in_strings(module) if is_ours else ():
            if step := misstep(module.room, name):
                found.append(f"{module.name} names {name}: {step}")
    return found


def misstep(room: str, imported: str) -> str:
    """`up`, `sideways`, or "" where the step is allowed."""
    other = (imported.split(".") + [""])[1]
    if not imported.startswith("projects.") or other == room or not {room, other} <= FLOOR_OF.keys():
        return ""
    if FLOOR_OF[other] == FLOOR_OF[room]:
        return "sideways"
    return "up" if FLOOR_OF[other] < FLOOR_OF[room] else ""


def test_a_module_imports_only_from_floors_below_its_own(house):
    assert missteps(house) == []


HOUSE = (
    "projects/urls",
    "projects/views/asking",
    "projects/formats/cells",
    "projects/actions/claiming",
    "projects/queries/records",
    "projects/models/claim",
    "projects/rules/dates",
)


@pytest.mark.parametrize(
    ("where", "text", "fault"),
    [
        ("projects/rules/dates", "from projects.models import claim", "up"),
        ("projects/models/claim", "import projects.records.project_record", "up"),
        ("projects/choices", "from projects.rules import dates", "up"),
        ("projects/rules/dates", "load = import_string('projects.claims.approval.approve')", "up"),
        ("projects/views/data", "from ..urls import urlpatterns", "up"),
        ("projects/wording/dates", "from projects import models", "sideways"),
        ("projects/queries/records", "from projects.actions import claiming", "sideways"),
        ("projects/forms/claims", "from projects.pages.csv_cells import safe", "sideways"),
        ("projects/admin/claim", "from projects.views import asking", "sideways"),
        ("projects/views/data", "def view():\n    from projects.queries import records", "inside"),
        ("tracker/kept", "def keep():\n    import projects.models", "inside"),
        ("projects/signals", "", "no floor"),
    ],
)
def test_control_a_misstep_is_found(tmp_path, where, text, fault):
    found = missteps(built(tmp_path, dict.fromkeys(HOUSE, "") | {where: text}))
    assert len(found) == 1 and fault in found[0]


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ("projects/views/data", "from projects.formats import cells\nfrom projects.queries import records"),
        ("projects/models/claim", "from projects.models.project import Project"),
        ("projects/models/place", "source = ForeignKey('projects.Source')"),
        ("projects/rules/dates", "from projects.choices import Stage\nfrom projects.rules import money"),
        ("projects/apps", "set_up = import_string('projects.claims.approval.set_up')"),
        ("projects/formats/xlsx", "def open_it():\n    import openpyxl"),
    ],
)
def test_control_a_step_down_is_no_misstep(tmp_path, where, text):
    assert missteps(built(tmp_path, dict.fromkeys(HOUSE, "") | {where: text})) == []


# Circles


def edges(house: Tree) -> dict[str, set[str]]:
    """Which module imports which; a package's own names come from its modules, so both count."""
    return {module.name: {one.module for one in house.own_imports(module)} for module in house}


def test_no_module_imports_itself_over_others(house):
    assert circle(edges(house)) == []


def test_control_a_circle_is_found(tmp_path):
    house = built(
        tmp_path,
        {
            "projects/models/__init__": "from projects.models.claim import Claim",
            "projects/models/claim": "from projects.models.project import Project",
            "projects/models/project": "from projects.models import Claim",
        },
    )
    assert circle(edges(house)) == [
        "projects.models",
        "projects.models.claim",
        "projects.models.project",
        "projects.models",
    ]


def test_control_a_circle_within_a_package_is_found(tmp_path):
    house = built(
        tmp_path,
        {
            "projects/rules/money": "from projects.rules import numbers",
            "projects/rules/numbers": "from projects.core.money import Money",
        },
    )
    assert len(circle(edges(house))) == 3


# What each floor may know


def strangers(house: Tree, start: str, allowed: Iterable[str]) -> list[str]:
    """Imports of a part of the house that are neither stdlib nor among the allowed."""
    known = (*sys.stdlib_module_names, *allowed)
    return [
        f"{module.name}:{one.line} imports {one.module}"
        for module in house
        if f"{module.name}.".startswith(start)
        for one in house.imports(module)
        if not any(f"{one.module}.".startswith(f"{name}.") for name in known)
    ]


def test_rules_know_only_the_standard_library_and_the_vocabularies(house):
    assert strangers(house, "projects.rules.", ["projects.rules", "projects.choices"]) == []


def test_vocabularies_know_only_what_makes_choices_and_translates(house):
    allowed = ["django.db.models.TextChoices", "django.utils.translation"]
    assert strangers(house, "projects.choices.", allowed) == []


def acquaintances(house: Tree, start: str, forbidden: Iterable[str]) -> list[str]:
    """Imports of a part of the house that are among the forbidden."""
    return [
        f"{module.name}:{one.line} imports {one.module}"
        for module in house
        if f"{module.name}.".startswith(start)
        for one in house.imports(module)
        if any(f"{one.module}.".startswith(f"{name}.") for name in forbidden)
    ]


def test_words_know_neither_database_nor_settings(house):
    assert acquaintances(house, "projects.wording.", ["django.db", "django.conf", "django.contrib"]) == []


def test_the_frame_knows_nothing_of_projects(house):
    """But for names in strings (settings, addresses), which Django resolves."""
    assert acquaintances(house, "tracker.", ["projects"]) == []


def test_control_an_acquaintance_is_found(tmp_path):
    house = built(tmp_path, {"tracker/kept": "import hashlib\nfrom projects import models"})
    assert acquaintances(house, "tracker.", ["projects"]) == ["tracker.kept:2 imports projects.models"]


def test_control_a_stranger_is_found(tmp_path):
    house = built(
        tmp_path,
        {
            "projects/rules/dates": "import datetime\nfrom django.conf import settings",
            "projects/rules/money": "from projects.choices import Unit",
        },
    )
    assert strangers(house, "projects.rules.", ["projects.rules", "projects.choices"]) == [
        "projects.core.fuzzy_dates:2 imports django.conf.settings"
    ]


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
    templates = _templates(view)
    door = templates[0].split("/")[0] if templates else _door(pattern)
    if templates and templates[0].rsplit(".", 1)[0] != f"{door}/{name}":
        yield f"{name}: it renders {templates[0]}"
    if templates and not (folder / "templates" / templates[0]).exists():
        yield f"{name}: there is no templates/{templates[0]}"
    if not (folder / "tests" / door / f"test_{name}.py").exists():
        yield f"{name}: there is no tests/{door}/test_{name}.py"


def _door(pattern: URLPattern) -> str:
    """Where an address without a template belongs."""
    first = str(pattern.pattern).partition("/")[0]
    return first if first in ("desk", "accounts") else "public"


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
    assert {path.stem for path in (ROOT / "templates/public").iterdir()} - names - apart == set()


def listing(request):
    return "public/listing.html"


def other(request):
    return "public/listing.html"


@pytest.mark.parametrize(
    ("pattern", "faults"),
    [
        (path("", listing, name="listing"), []),
        (path("", listing, name="projects"), ["projects: its view is called listing"]),
        (path("", other, name="other"), ["other: it renders public/listing.html"]),
        (path("", RedirectView.as_view(url="/"), name="home"), ["home: its view is called view"]),
        (path("", listing), ["None: its view is called listing"]),
    ],
)
def test_control_a_name_that_is_not_mirrored_is_found(tmp_path, pattern, faults):
    for file in (
        "templates/public/listing.html",
        "tests/public/test_listing.py",
        "tests/public/test_other.py",
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
        if (lines := len(module.text.splitlines())) > MOST_LINES_OF_A_MODULE and module.name not in LONGER
    ]
    functions = [
        f"{module.name}.{function.name}: {lines} lines"
        for module in house
        for function in module.functions
        if (lines := function.end_lineno - function.lineno + 1) > MOST_LINES_OF_A_FUNCTION
    ]
    return modules + functions


def test_every_module_says_what_it_holds(house):
    assert undescribed(house) == []


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
            "projects/forms/utils": '"""Odds and ends."""',
            "projects/views/data": "def view():\n" + "    pass\n" * MOST_LINES_OF_A_FUNCTION,
            "projects/views/long": '"""Long."""\n' + "\n" * MOST_LINES_OF_A_MODULE,
        },
    )
    described = {"projects.forms.utils", "projects.views.long"}
    assert set(undescribed(house)) == set(house.modules) - described
    assert drawers(house.modules) == ["projects.forms.utils"]
    assert signals(house) == ["projects.models.signals:1 imports django.db.models.signals.post_save"]
    assert saving_models(house) == ["projects.models.claim:2 overrides save()"]
    assert too_long(house) == ["projects.views.long: 251 lines", "projects.opendata.downloads.view: 46 lines"]


def test_control_what_reads_the_house_reads_all_of_it(house):
    """A guard over an empty tree could not fail."""
    assert {"projects.core.fuzzy_dates", "projects.models", "projects.urls", "tracker.kept"} <= set(
        house.modules
    )
    assert {"projects.choices", "projects.core.numbers"} <= {one.module for one in _imports_of(house)}


def _imports_of(house: Tree) -> list:
    modules: list[Module] = [house.modules["projects.core.money"], house.modules["projects.core.stages"]]
    return [one for module in modules for one in house.own_imports(module)]
