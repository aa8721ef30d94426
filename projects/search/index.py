"""What a project is found by: its names, aliases, parties and places, folded, spelt and cut into pieces.

How they are folded and cut is `search.rules`, how they are spelt `search.pinyin`. Only here the rows are
written; each function runs in the caller's transaction.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import astuple

from django.db.models import QuerySet

from projects.models import Project, SearchPair, SearchText
from projects.models.managers import in_batches
from projects.search import pinyin
from projects.search.rules import spelling
from projects.search.rules.common_words import common_words
from projects.search.rules.pieces import pieces_of
from projects.search.rules.spelling import ALIAS, CODE, NAME, PARTY, PLACE, WORD, Label

BATCH = 200  # projects that are indexed while writers wait
COLUMNS = ("text", "name", "aliases", "pinyin", "labels")
Found = tuple[SearchText | None, set[str]]  # the text and the pieces of a project


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
    """Whether a project was never indexed: after an upgrade, or loaded by a stranger."""
    return Project.objects.filter(search_text=None).exists()


def _batches(projects: QuerySet[Project]) -> Iterator[list[Project]]:
    rows = projects.select_related("place__parent__parent").prefetch_related(
        "aliases", "parties__organisation"
    )
    return in_batches(rows, size=BATCH)


def _write(projects: list[Project]) -> list[str]:
    was, now = _kept(projects), _fresh(projects)
    texts = [text for key, (text, _) in now.items() if not _is_same(was[key][0], text)]
    SearchText.objects.bulk_create(
        texts, update_conflicts=True, unique_fields=["project"], update_fields=COLUMNS
    )
    for key, (_, pairs) in now.items():
        if gone := was[key][1] - pairs:
            SearchPair.objects.filter(project=key, pair__in=gone).delete()
    come = [
        SearchPair(pair=pair, project_id=key) for key in now for pair in sorted(now[key][1] - was[key][1])
    ]
    SearchPair.objects.bulk_create(come, batch_size=2000)
    return _codes(projects, was, now)


def _codes(projects: list[Project], was: dict[int, Found], now: dict[int, Found]) -> list[str]:
    """Of those of which the one is not the other."""
    return [
        one.code
        for one in projects
        if was[one.pk][1] != now[one.pk][1] or not _is_same(was[one.pk][0], now[one.pk][0])
    ]


def _is_same(one: SearchText | None, other: SearchText) -> bool:
    return one is not None and all(getattr(one, name) == getattr(other, name) for name in COLUMNS)


def _kept(projects: list[Project]) -> dict[int, Found]:
    keys = [one.pk for one in projects]
    texts = SearchText.objects.in_bulk(keys)
    pairs: dict[int, set[str]] = defaultdict(set)
    for project, pair in SearchPair.objects.filter(project__in=keys).values_list("project_id", "pair"):
        pairs[project].add(pair)
    return {key: (texts.get(key), pairs[key]) for key in keys}


def _fresh(projects: list[Project]) -> dict[int, Found]:
    return {one.pk: _made(one) for one in projects}


def _made(project: Project) -> Found:
    labels = [Label(kind, text, pinyin.spell(text)) for kind, text in _names(project) if text]
    said = common_words(one.text for one in labels if one.kind in (NAME, ALIAS))
    labels += [Label(WORD, word, pinyin.spell(word)) for word in said]
    made = spelling.index_of(labels)
    told = [list(astuple(one)) for one in labels]
    text = SearchText(project=project, labels=told, **{name: getattr(made, name) for name in COLUMNS[:-1]})
    return text, pieces_of(labels)


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
