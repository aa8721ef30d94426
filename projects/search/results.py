"""Search: one function between the question and the rows, on both engines.

A question is looked up by the rarest of its pieces (`models.search_text`); what has that is read, ranked and
counted. At most `MAX_HITS` are kept, by their keys, for all that a page asks of them. How text is folded and
why a row was found is `search.rules.spelling`, which pieces there are `search.rules.pieces`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from math import prod
from operator import and_

from django.db.models import Case, CharField, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from projects.models import SearchPair, SearchText
from projects.search import pinyin
from projects.search.rules.pieces import MAX_LENGTH, near_pieces, wanted
from projects.search.rules.spelling import fold, has_sound, terms, typed

MAX_HITS = 1000  # that are ranked and shown
MAX_NEAR = 5
MAX_ALIKE = 100  # that are compared with a name
MAX_NEAR_PIECES = 12  # that are looked up: the rarest
CHINESE_SHARED, LETTERS_SHARED = 3, 6  # a third of the pieces, of letters a sixth: they have more of them


@dataclass(frozen=True, slots=True)
class Hits:
    """The projects in which every word is found, by their rank; 0 is the best."""

    words: list[str]
    sound: str  # by which it was asked, where it is written nowhere
    ranks: dict[int, list[int]]
    is_more: bool  # there is than is kept

    def of(self, rows: QuerySet) -> QuerySet:
        """Those of the rows, each with its `rank`."""
        if not self.ranks:
            return rows.none().annotate(rank=Value(0))
        among = [When(project__in=_keys(keys), then=Value(rank)) for rank, keys in self.ranks.items()]
        kept = _keys(key for keys in self.ranks.values() for key in keys)
        return rows.filter(project__in=kept).annotate(rank=Case(*among, output_field=IntegerField()))


NO_HITS = Hits([], "", {}, is_more=False)  # where nothing is asked


def find(rows: QuerySet, question: str) -> Hits:
    """Among these rows, one a project; by its sound where none is written so: most slips sound alike."""
    words, whole = terms(question), fold(question)
    found = _ranked(rows, words, whole)
    if found[0] or not any(map(has_sound, words)):
        return Hits(words, "", *found)
    sound = _sound(words)
    return Hits(terms(sound), sound, *_ranked(rows, terms(sound), fold(sound)))


def find_among(rows: QuerySet, hits: Hits) -> Hits:
    """The same question, asked of fewer rows."""
    return Hits(hits.words, hits.sound, *_ranked(rows, hits.words, "".join(hits.words)))


def every(question: str, rows: QuerySet | None = None) -> QuerySet:
    """The keys of all projects that are found, however many; `rows` decide whether it is written anywhere."""
    words = terms(question)
    found = _having(words)
    if any(map(has_sound, words)) and not _among(found, rows).exists():
        found = _having(terms(_sound(words)))
    return found.values("project")


def _sound(words: list[str]) -> str:
    """Where nothing is written so, each word of Chinese is asked for by its pinyin."""
    return " ".join(pinyin.spell(word).replace(" ", "") if has_sound(word) else word for word in words)


def _ranked(rows: QuerySet, words: list[str], whole: str) -> tuple[dict[int, list[int]], bool]:
    """What is looked up in several ways may come as often."""
    if not wanted(words):
        return {}, False
    ways = prod(map(len, wanted(words)))
    found = _among(_having(words), rows).values_list("project", _rank(words, whole))
    by_key = dict(found[: ways * (MAX_HITS + 1)])
    ranks = defaultdict(list)
    for key, rank in list(by_key.items())[:MAX_HITS]:
        ranks[rank].append(key)
    return ranks, len(by_key) > MAX_HITS


def _among(found: QuerySet[SearchText], rows: QuerySet | None) -> QuerySet[SearchText]:
    return found if rows is None else found.filter(Exists(rows.filter(project=OuterRef("project"))))


def _having(words: list[str]) -> QuerySet[SearchText]:
    """The texts in which every word stands, or is spelt."""
    found = SearchText.objects.all() if wanted(words) else SearchText.objects.none()
    for ways in wanted(words):
        found = found.filter(pairs__pair__in=[_rarest(pieces) for pieces in ways])
    for word in words:
        found = found.filter(_has("text", word) | _is_spelt(word))
    return found


def _rarest(pieces: list[str]) -> Value | RawSQL:
    return Value(pieces[0]) if len(pieces) == 1 else _by_number(pieces, "ORDER BY n LIMIT 1")


def _by_number(pieces: list[str], which: str) -> RawSQL:
    """Those of the pieces, by the number of projects that have them; beyond `MAX_HITS` none is counted."""
    table = SearchPair._meta.db_table
    few = f"SELECT 1 AS one FROM {table} WHERE pair = %s LIMIT {MAX_HITS + 1}"  # noqa: S608 (no input)
    number = f"SELECT CAST(%s AS varchar({MAX_LENGTH})) AS pair, COUNT(*) AS n FROM ({few}) AS few"  # noqa: S608
    numbers = " UNION ALL ".join([number] * len(pieces))
    asked = [piece for one in pieces for piece in (one, one)]
    return RawSQL(f"SELECT pair FROM ({numbers}) AS numbers {which}", asked, CharField())  # noqa: S608, S611


def _keys(keys: Iterable[int]) -> RawSQL:
    """Numbers of our own, written out: as parameters a thousand of them would cost more than their rows."""
    return RawSQL(",".join(map(str, keys)), ())  # noqa: S611


def _rank(words: list[str], whole: str) -> Case:
    """The name itself, its beginning, within it; then aliases, then pinyin, then anything else."""
    steps = [
        _has("name", f"\n{whole}\n"),
        _has("name", f"\n{whole}"),
        _all(_has("name", word) for word in words),
        _all(_has("name", word) | _has("aliases", word) for word in words),
        _all(_has("name", word) | _has("aliases", word) | _is_spelt(word) for word in words),
    ]
    ranks = [When(step, then=Value(number)) for number, step in enumerate(steps)]
    return Case(*ranks, default=Value(len(steps)), output_field=IntegerField())


def _has(column: str, text: str) -> Q:
    return Q(**{f"{column}__contains": text})


def _all(conditions: Iterable[Q]) -> Q:
    return reduce(and_, conditions, Q())


def _is_spelt(word: str) -> Q:
    """From a syllable on; a word that cannot be pinyin is not asked for."""
    spelt = typed(word)
    return _has("pinyin", f"\n{spelt}") if spelt else Q(pk__in=[])


def alike(name: str) -> QuerySet:
    """The keys of the projects that share most rare pieces with a name, at most `MAX_ALIKE` of them."""
    pieces = near_pieces(name)
    if not pieces:
        return SearchPair.objects.none().values("project")
    rare = _by_number(pieces, f"WHERE n <= {MAX_HITS} ORDER BY n LIMIT {MAX_NEAR_PIECES}")
    found = SearchPair.objects.filter(pair__in=rare).values("project").annotate(shared=Count("pair"))
    return found.order_by("-shared", "project")[:MAX_ALIKE].values_list("project", flat=True)


@dataclass(frozen=True, slots=True)
class Near:
    """A record whose name shares something with the question."""

    slug: str
    name: str
    name_en: str


def near(rows: QuerySet, question: str) -> list[Near]:
    """The names that share most pieces with it; the rows are public."""
    pieces = near_pieces(question)
    if not pieces:
        return []
    rare = _by_number(pieces, f"WHERE n <= {MAX_HITS} ORDER BY n LIMIT {MAX_NEAR_PIECES}")
    least = -(-len(pieces) // (LETTERS_SHARED if pieces[0].isascii() else CHINESE_SHARED))
    names = ("slug", "name", "name_en")
    found = rows.filter(project__search_text__pairs__pair__in=rare).values("number", *names)
    found = found.annotate(shared=Count("project__search_text__pairs__pair"))
    nearest = found.filter(shared__gte=min(least, MAX_NEAR_PIECES)).order_by("-shared", "number")
    best = list(nearest.values_list("shared", *names)[:MAX_NEAR])
    return [Near(*one) for shared, *one in best if 2 * shared >= best[0][0]]
