"""What a project is found by: its names, aliases, parties and places, folded and spelt.

How they are folded is `search.rules.spelling`, how they are spelt `search.pinyin`.
"""

from collections.abc import Iterator
from dataclasses import astuple

from projects.models import Project
from projects.search import pinyin
from projects.search.rules import spelling
from projects.search.rules.spelling import ALIAS, CODE, NAME, PARTY, PLACE, Label


def index(project: Project) -> bool:
    """Write the project's search columns anew; whether anything differed."""
    columns = _columns(project)
    if all(getattr(project, name) == value for name, value in columns.items()):
        return False
    for name, value in columns.items():
        setattr(project, name, value)
    Project.objects.filter(pk=project.pk).store_index(columns)
    return True


def index_all() -> list[str]:
    """The codes of the projects that were indexed differently."""
    rows = Project.objects.select_related("place__parent__parent").prefetch_related(
        "aliases", "parties__organisation"
    )
    return [project.code for project in rows if index(project)]


def is_behind() -> bool:
    """Whether a project was never indexed: after an upgrade, or loaded by a stranger."""
    return Project.objects.not_indexed().exists()


def _columns(project: Project) -> dict:
    labels = [_label(kind, text) for kind, text in _names(project) if text]
    made = spelling.index_of(labels)
    return {
        "search_text": made.text,
        "search_name": made.name,
        "search_aliases": made.aliases,
        "search_pinyin": made.pinyin,
        "search_labels": [list(astuple(one)) for one in labels],
    }


def _label(kind: str, text: str) -> Label:
    return Label(kind, text, pinyin.spell(text))


def _names(project: Project) -> Iterator[tuple[str, str]]:
    """In the order in which a hit is explained."""
    yield from ((NAME, name) for name in (project.name, project.name_en))
    yield from ((CODE, code) for code in (project.code, project.national_code))
    yield from ((ALIAS, alias.name) for alias in project.aliases.all())
    for party in project.parties.all():
        one = party.organisation
        yield from ((PARTY, name) for name in (one.name, one.name_en, *one.aliases))
    place = project.place
    while place is not None:
        yield from ((PLACE, name) for name in (place.name, place.name_en))
        place = place.parent
