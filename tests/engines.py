"""Which tests run on PostgreSQL, those that touch SQL, and which are quick.

A page is the same on both engines once its rows are. So of the pages' own tests those run on PostgreSQL
that are marked `every_engine`; `tests/doors` and `tests/kept` ask every address there. Of the fixtures it is
loading them. Of workbooks it is comparing and sending them: reading one sends no statement but those.
"""

import os

PAGES = {"accounts", "browser", "desk", "editing", "fixtures", "opendata", "pages", "public"}
READING = {
    f"test_{name}.py"
    for name in ("drop_downs", "form_sections", "merged_rows", "reading", "row_frame", "shapes", "years")
}
SLOW = {"backups", "house"}  # they start programs
DATABASES = {"db", "transactional_db", "migrated"}


def pytest_addoption(parser):
    parser.addoption("--quick", action="store_true", help="run what needs neither database nor browser")


def pytest_collection_modifyitems(config, items):
    if config.option.quick:
        _keep(config, items, is_quick)
    if os.environ.get("DATABASE_URL"):
        _keep(config, items, concerns_sql)


def _keep(config, items, is_wanted) -> None:
    config.hook.pytest_deselected(items=[item for item in items if not is_wanted(item)])
    items[:] = [item for item in items if is_wanted(item)]


def is_quick(item) -> bool:
    is_slow = folder_of(item) in SLOW or item.get_closest_marker("browser")
    return not is_slow and not touches_database(item)


def concerns_sql(item) -> bool:
    """Whether the engine can make a difference."""
    if item.get_closest_marker("every_engine"):
        return True
    is_reading = folder_of(item) == "imports" and item.path.name in READING
    return touches_database(item) and folder_of(item) not in PAGES and not is_reading


def touches_database(item) -> bool:
    return bool(item.get_closest_marker("django_db") or DATABASES & set(item.fixturenames))


def seeds(count: int) -> list[int]:
    """Of so many long walks at random those of this engine: each is gone on one, two of three on SQLite.

    Where a way leads is decided by rules that are the same on both; every step is taken on both.
    """
    is_postgres = bool(os.environ.get("DATABASE_URL"))
    return [seed for seed in range(count) if (seed % 3 == 2) == is_postgres]


def folder_of(item) -> str:
    return item.path.relative_to(item.config.rootpath / "tests").parts[0]
