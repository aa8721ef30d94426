"""What a project is found by: its names, aliases, parties and places, folded, spelt and cut into pieces.

Beside them stand the keys by which names that are like its own are found (`records.rules.likeness`).

How they are folded and cut is `search.rules`, how they are spelt `search.pinyin`. Only here the rows are
written; each function runs in the caller's transaction.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import astuple

from django.db.models import Exists, Model, OuterRef, QuerySet

from projects.choices import HidingState
from projects.models import NameKey, Project, SearchPair, SearchText
from projects.models.managers import in_batches
from projects.records.rules.likeness import keys_of
from projects.search import pinyin
from projects.search.rules import spelling
from projects.search.rules.pieces import pieces_of
from projects.search.rules.spelling import ALIAS, CODE, NAME, PARTY, PLACE, WORD, Label
from projects.search.rules.synonyms import synonyms_of

BATCH = 200  # projects that are indexed while writers wait
COLUMNS = ("text", "name", "aliases", "pinyin", "labels")
PIECES = {SearchPair: "pair", NameKey: "key"}
Found = tuple[SearchText | None, set[str], set[str]]  # the text, the pieces and the keys of a project


def index(projects: QuerySet[Project]) -> list[str]:
    """Write anew what these are found by; the codes of those of which anything differed."""
    return [code for batch in _batches(projects) for code in _write(batch)]


def index_all() -> list[str]:
    """After loading, and in tests."""
    return index(Project.objects.all())


def differing(projects: QuerySet[Project]) -> list[str]:
    """The codes of those that are found by other than their names."""
    return [code for batch in _batches(projects) for code in _codes(batch, _kept(batch), _fresh(batch))]


def is_behind() -> bool:
    """Whether a project was never indexed, or not by its keys: after an upgrade, or loaded by a stranger."""
    without_keys = SearchText.objects.filter(~Exists(NameKey.objects.filter(project=OuterRef("pk"))))
    return Project.objects.filter(search_text=None).exists() or without_keys.exists()


def _batches(projects: QuerySet[Project]) -> Iterator[list[Project]]:
    rows = projects.select_related("place__parent__parent").prefetch_related(
        "aliases", "parties__organisation", "doubles__project__aliases"
    )
    return in_batches(rows, size=BATCH)


def _write(projects: list[Project]) -> list[str]:
    was, now = _kept(projects), _fresh(projects)
    texts = [text for key, (text, *_) in now.items() if not _is_same(was[key][0], text)]
    SearchText.objects.bulk_create(
        texts, update_conflicts=True, unique_fields=["project"], update_fields=COLUMNS
    )
    for place, table in enumerate(PIECES, start=1):
        _replace(
            table,
            {key: one[place] for key, one in was.items()},
            {key: one[place] for key, one in now.items()},
        )
    return _codes(projects, was, now)


def _replace(table: type[Model], was: dict[int, set[str]], now: dict[int, set[str]]) -> None:
    """What is gone of a project's pieces, and what has come."""
    column = PIECES[table]
    for key, pieces in now.items():
        if gone := was[key] - pieces:
            table._base_manager.filter(project=key, **{f"{column}__in": gone}).delete()
    come = [table(project_id=key, **{column: one}) for key in now for one in sorted(now[key] - was[key])]
    table._base_manager.bulk_create(come, batch_size=2000)


def _codes(projects: list[Project], was: dict[int, Found], now: dict[int, Found]) -> list[str]:
    """Of those of which the one is not the other."""
    return [
        one.code
        for one in projects
        if was[one.pk][1:] != now[one.pk][1:] or not _is_same(was[one.pk][0], now[one.pk][0])
    ]


def _is_same(one: SearchText | None, other: SearchText) -> bool:
    return one is not None and all(getattr(one, name) == getattr(other, name) for name in COLUMNS)


def _kept(projects: list[Project]) -> dict[int, Found]:
    keys = [one.pk for one in projects]
    texts, kept = SearchText.objects.in_bulk(keys), [_pieces(table, keys) for table in PIECES]
    return {key: (texts.get(key), *(pieces[key] for pieces in kept)) for key in keys}


def _pieces(table: type[Model], keys: list[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    rows = table._base_manager.filter(project__in=keys)
    for project, piece in rows.values_list("project_id", PIECES[table]):
        found[project].add(piece)
    return found


def _fresh(projects: list[Project]) -> dict[int, Found]:
    return {one.pk: _made(one) for one in projects}


def _made(project: Project) -> Found:
    labels = [Label(kind, text, pinyin.spell(text)) for kind, text in _names(project) if text]
    said = synonyms_of(one.text for one in labels if one.kind in (NAME, ALIAS))
    labels += [Label(WORD, word, pinyin.spell(word)) for word in said]
    made = spelling.index_of(labels)
    told = [list(astuple(one)) for one in labels]
    text = SearchText(project=project, labels=told, **{name: getattr(made, name) for name in COLUMNS[:-1]})
    named = keys_of(one.text for one in labels if one.kind in (NAME, ALIAS))
    return text, pieces_of(labels), named


def _names(project: Project) -> Iterator[tuple[str, str]]:
    """In the order in which a hit is explained."""
    yield from ((NAME, name) for name in (project.name, project.name_en))
    yield from ((CODE, code) for code in (project.code, project.national_code))
    yield from ((ALIAS, alias.name) for alias in project.aliases.all())
    for party in project.parties.all():
        one = party.organisation
        yield from ((PARTY, name) for name in (one.name, one.name_en, *one.aliases))
    for name in _names_of_doubles(project):
        yield ALIAS, name
    place = project.place
    while place is not None:
        yield from ((PLACE, name) for name in (place.name, place.name_en))
        place = place.parent


def _names_of_doubles(project: Project) -> Iterator[str]:
    """Of those that lead to it, and of those that lead to them."""
    for wish in project.doubles.all():
        if wish.state == HidingState.HIDDEN:
            yield from (wish.project.name, wish.project.name_en)
            yield from (alias.name for alias in wish.project.aliases.all())
            yield from _names_of_doubles(wish.project)
