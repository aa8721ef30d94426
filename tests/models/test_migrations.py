"""What makes a migration and what does not, and that an applied one stays as it is.

`frozen.sha256` lists the applied ones, as `sha256sum` writes it; docs/operations.md says when it grows.
"""

import hashlib
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.state import ProjectState

import projects
from projects.choices import Kind
from projects.models import Project

MIGRATIONS = Path(projects.__file__).parent / "migrations"
FROZEN = Path(__file__).with_name("frozen.sha256")


def faults(folder: Path, frozen: str) -> list[str]:
    """Frozen migrations that are gone or changed, and new ones that would come before them."""
    listed = {name: digest for digest, name in map(str.split, frozen.splitlines())}
    there = {path.name: path for path in sorted(folder.glob("[0-9]*.py"))}
    found = [f"{name}: gone" for name in listed if name not in there]
    for name, path in there.items():
        if name not in listed:
            found += [f"{name}: before what is applied"] if listed and name < max(listed) else []
        elif hashlib.sha256(path.read_bytes()).hexdigest() != listed[name]:
            found.append(f"{name}: changed")
    return found


def test_applied_migrations_stay_as_they_are():
    assert faults(MIGRATIONS, FROZEN.read_text()) == []


def test_control_what_is_done_to_a_frozen_one_is_found(tmp_path):
    """With nothing frozen everything passes; with all of it frozen nothing but a later one does."""
    for name in ("0001_initial", "0002_units", "0003_places"):
        (tmp_path / f"{name}.py").write_text(name)
    rows = [f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.name}" for p in sorted(tmp_path.iterdir())]
    frozen = "\n".join(rows)
    assert faults(tmp_path, "") == faults(tmp_path, frozen) == faults(tmp_path, rows[0]) == []
    (tmp_path / "0001_initial.py").write_text("put better")
    (tmp_path / "0002_units.py").rename(tmp_path / "0002_other_units.py")
    (tmp_path / "0004_later.py").touch()
    assert faults(tmp_path, frozen) == [
        "0002_units.py: gone",
        "0001_initial.py: changed",
        "0002_other_units.py: before what is applied",
    ]


def state() -> ProjectState:
    return ProjectState.from_apps(apps)


def changes(before: ProjectState) -> dict:
    """What `makemigrations` would write to get from there to the tables of now."""
    return MigrationAutodetector(before, state())._detect_changes()


def test_another_word_makes_no_migration(monkeypatch):
    before = state()
    monkeypatch.setattr(Kind.TOURISM, "_label_", "tourism and culture")
    assert ("tourism", "tourism and culture") in Project._meta.get_field("kind").flatchoices
    assert changes(before) == {}


def test_control_where_a_field_holds_the_words_it_does(monkeypatch):
    monkeypatch.setattr(Project._meta.get_field("kind"), "choices", Kind.choices)
    before = state()
    monkeypatch.setattr(Kind.TOURISM, "_label_", "tourism and culture")
    monkeypatch.setattr(Project._meta.get_field("kind"), "choices", Kind.choices)
    (migration,) = changes(before)["projects"]
    assert [type(one).__name__ for one in migration.operations] == ["AlterField"]


@pytest.mark.parametrize("table", list(apps.get_app_config("projects").get_models()))
def test_every_field_takes_its_choices_by_name(table):
    fields = [field for field in table._meta.local_fields if field.choices]
    assert all(callable(field.deconstruct()[3]["choices"]) for field in fields)
