"""Search: one function between the question and the rows, on both engines.

A question is looked up by the rarest of its pieces (`models.search_text`); what has that is read, ranked and
counted. At most `MAX_HITS` are kept, by their keys, for all that a page asks of them. How text is folded and
why a row was found is `search.rules.spelling`, which pieces there are `search.rules.pieces`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import reduce
from math import ceil, prod
from operator import and_

from django.db.models import Case, CharField, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from projects.core.codes import own_number
from projects.models import SearchPair, SearchText
from projects.models.prepared import Prepared, prepared, written_out
from projects.search import pinyin
from projects.search.rules.pieces import MAX_LENGTH, near_pieces, wanted
from projects.search.rules.spelling import fold, has_sound, terms, typed

MAX_HITS = 1000  # that are ranked and shown
RANKS = 6  # 0 is the best
MAX_NEAR = 5
MAX_ALIKE = 100  # that are compared with a name
MAX_NEAR_PIECES = 12  # that are looked up: the rarest
CHINESE_SHARED, LETTERS_SHARED = 3, 6  # a third of the pieces, of letters a sixth: they have more of them


@dataclass(frozen=True, slots=True)
class Hits:
    """The projects in which every word is found, by their rank."""

    words: list[str]
    sound: str  # by which it was asked, where it is written nowhere
    best: list[tuple[int, int, int]]  # rank, number and key of each, the best first
    is_more: bool  # there is than is kept

    @property
    def keys(self) -> dict[str, list[int]]:
        """Of all, and of each rank, by the names that `ranked` asks for."""
        if not self.best:
            return {}
        by_rank: dict[str, list[int]] = {f"rank{rank}": [] for rank in range(RANKS)}
        for rank, _, key in self.best:
            by_rank[f"rank{rank}"].append(key)
        return {"hits": [key for *_, key in self.best]} | by_rank

    def beyond(self, place: tuple[int, int] | None, most: int, *, is_back: bool) -> Hits:
        """The next after a rank and number, or before them; from an end where none is named."""
        best = self.best[::-1] if is_back else self.best
        if place is not None:
            best = [one for one in best if (one[:2] < place if is_back else one[:2] > place)]
        return replace(self, best=best[:most])

    def of(self, rows: QuerySet) -> QuerySet:
        """Those of the rows, each with its `rank`."""
        return ranked(rows, {name: ",".join(map(str, keys)) or "NULL" for name, keys in self.keys.items()})


def ranked(rows: QuerySet, keys: dict[str, str]) -> QuerySet:
    """Those that the keys name, each with its `rank`; the keys are written out, or slots for them."""
    if not keys:
        return rows.none().annotate(rank=Value(0))
    among = [When(project__in=written_out(keys[f"rank{rank}"]), then=Value(rank)) for rank in range(RANKS)]
    found = rows.filter(project__in=written_out(keys["hits"]))
    return found.annotate(rank=Case(*among, output_field=IntegerField()))


NO_HITS = Hits([], "", [], is_more=False)  # where nothing is asked


def find(rows: QuerySet | Prepared, question: str) -> Hits:
    """Among these rows, one a project; by its sound where none is written so: most slips sound alike."""
    words, whole = terms(question), fold(question)
    found = _ranked(rows, words, whole)
    if found[0] or not any(map(has_sound, words)):
        return Hits(words, "", *found)
    sound = _sound(words)
    return Hits(terms(sound), sound, *_ranked(rows, terms(sound), fold(sound)))


def find_among(rows: QuerySet | Prepared, hits: Hits) -> Hits:
    """The same question, asked of fewer rows."""
    return Hits(hits.words, hits.sound, *_ranked(rows, hits.words, "".join(hits.words)))


def every(question: str, rows: QuerySet | None = None) -> QuerySet:
    """The keys of all projects that a question finds, however many.

    It is asked by its sound where none of `rows` (of all, where none are given) has it written so.
    """
    words = terms(question)
    found = _having(*_sought(words))
    if any(map(has_sound, words)) and not _among(found, rows).exists():
        found = _having(*_sought(terms(_sound(words))))
    return found.values("project")


def _sound(words: list[str]) -> str:
    """Where nothing is written so, each word of Chinese is asked for by its pinyin."""
    return " ".join(pinyin.spell(word).replace(" ", "") if has_sound(word) else word for word in words)


def _ranked(rows: QuerySet | Prepared, words: list[str], whole: str) -> tuple[list[tuple], bool]:
    """Rank, number and key of what is found, the best first, and whether there is more than is kept.

    A set, since a row that is looked up in several ways may come several times.
    """
    pieces, spelt = wanted(words), [typed(word) for word in words]
    if not pieces:
        return [], False
    texts = dict(_named("word", words)) | dict(_named("spelt", spelt)) | {"whole": whole}
    for at, ways in enumerate(pieces):
        for way, its in enumerate(ways):
            texts |= _named(f"piece{at}way{way}n", its)
    form = tuple(tuple(map(len, ways)) for ways in pieces)
    found = prepared(rows).then(_ranks, form, tuple(map(bool, spelt)), **texts).fetch()
    best = sorted({(rank, own_number(code), key) for key, rank, code in found})
    return best[:MAX_HITS], len(best) > MAX_HITS


def _named(name: str, texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((f"{name}{at}", text) for at, text in enumerate(texts))


def _ranks(rows: QuerySet, form: tuple, spelt: tuple[bool, ...], *, whole: str, **texts: str) -> QuerySet:
    """Key, rank and code; the form says how many pieces each way has, and which words may be pinyin."""
    words = [Word(texts[f"word{at}"], texts[f"spelt{at}"] if is_so else "") for at, is_so in enumerate(spelt)]
    pieces = [
        [[texts[f"piece{at}way{way}n{n}"] for n in range(size)] for way, size in enumerate(sizes)]
        for at, sizes in enumerate(form)
    ]
    found = _among(_having(words, pieces), rows).values_list("project", _rank(words, whole), "project__code")
    return found[: prod(map(len, form)) * (MAX_HITS + 1)]


@dataclass(frozen=True, slots=True)
class Word:
    """Of a question, folded; with how it may be spelt in pinyin, "" where it cannot be."""

    text: str
    spelt: str


def _sought(words: list[str]) -> tuple[list[Word], list[list[list[str]]]]:
    return [Word(word, typed(word)) for word in words], wanted(words)


def _among(found: QuerySet[SearchText], rows: QuerySet | None) -> QuerySet[SearchText]:
    return found if rows is None else found.filter(Exists(rows.filter(project=OuterRef("project"))))


def _having(words: list[Word], wanted: list[list[list[str]]]) -> QuerySet[SearchText]:
    """The texts in which every word stands, or is spelt."""
    found = SearchText.objects.all() if wanted else SearchText.objects.none()
    for ways in wanted:
        found = found.filter(pairs__pair__in=[_rarest(pieces) for pieces in ways])
    for word in words:
        found = found.filter(_has("text", word.text) | _is_spelt(word))
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


def _rank(words: list[Word], whole: str) -> Case:
    """The name itself, its beginning, within it; then aliases, then pinyin, then anything else."""
    steps = [
        _has("name", f"\n{whole}\n"),
        _has("name", f"\n{whole}"),
        _all(_has("name", word.text) for word in words),
        _all(_has("name", word.text) | _has("aliases", word.text) for word in words),
        _all(_has("name", word.text) | _has("aliases", word.text) | _is_spelt(word) for word in words),
    ]
    ranks = [When(step, then=Value(number)) for number, step in enumerate(steps)]
    return Case(*ranks, default=Value(RANKS - 1), output_field=IntegerField())


def _has(column: str, text: str) -> Q:
    return Q(**{f"{column}__contains": text})


def _all(conditions: Iterable[Q]) -> Q:
    return reduce(and_, conditions, Q())


def _is_spelt(word: Word) -> Q:
    """From a syllable on; a word that cannot be pinyin is not asked for."""
    return _has("pinyin", f"\n{word.spelt}") if word.spelt else Q(pk__in=[])


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


def near(rows: QuerySet | Prepared, question: str) -> list[Near]:
    """The names that share most pieces with it; the rows are public."""
    pieces = near_pieces(question)
    if not pieces:
        return []
    best = prepared(rows).then(_nearest, _least(pieces), **dict(_named("piece", pieces))).fetch()
    return [Near(*one) for shared, _, *one in best if 2 * shared >= best[0][0]]


def _least(pieces: list[str]) -> int:
    """How many of them a near name has; three letters in a row stand in many a word."""
    if pieces[0].isascii():
        return max(ceil(len(pieces) / LETTERS_SHARED), min(len(pieces), 2))
    return min(ceil(len(pieces) / CHINESE_SHARED), MAX_NEAR_PIECES)


def _nearest(rows: QuerySet, least: int, **pieces: str) -> QuerySet:
    rare = _by_number([*pieces.values()], f"WHERE n <= {MAX_HITS} ORDER BY n LIMIT {MAX_NEAR_PIECES}")
    names = ("slug", "name", "name_en")
    found = rows.filter(project__search_text__pairs__pair__in=rare).values("number", *names)
    found = found.annotate(shared=Count("project__search_text__pairs__pair"))
    nearest = found.filter(shared__gte=least).order_by("-shared", "number")
    return nearest.values_list("shared", "number", *names)[:MAX_NEAR]
