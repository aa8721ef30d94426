"""Search: one function between the question and the rows, so that its engine may change.

Folded columns with LIKE (`models.searched`): at a district's size that is enough, and it finds two
characters of Chinese, which engines of three-character pieces do not. How text is folded and why a row
was found is `search.rules.spelling`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import add, and_, or_

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from projects.models import Standing
from projects.search import pinyin
from projects.search.rules.spelling import fold, has_sound, near_pieces, terms, typed

NAME, ALIASES = "project__search_name", "project__search_aliases"
PINYIN, TEXT = "project__search_pinyin", "project__search_text"
MOST_NEAR = 5


def search(rows: QuerySet[Standing], question: str) -> QuerySet[Standing]:
    """The rows in which every word is found, each with its `rank`; 0 is the best."""
    words = terms(question)
    for word in words:
        rows = rows.filter(_has(TEXT, word) | _is_spelt(word))
    return rows.annotate(rank=_rank(words, fold(question)))


def by_sound(rows: QuerySet[Standing], question: str) -> str:
    """How a question in Chinese sounds, where no row is written so; "" where it need not be asked.

    Traditional characters sound like the simplified ones, and most slips of an input method sound alike.
    """
    words = terms(question)
    if not any(map(has_sound, words)) or search(rows, question).exists():
        return ""
    return " ".join(pinyin.spell(word).replace(" ", "") if has_sound(word) else word for word in words)


def _rank(words: list[str], whole: str) -> Case:
    """The name itself, its beginning, within it; then aliases, then pinyin, then anything else."""
    steps = [
        _has(NAME, f"\n{whole}\n"),
        _has(NAME, f"\n{whole}"),
        _all(_has(NAME, word) for word in words),
        _all(_has(NAME, word) | _has(ALIASES, word) for word in words),
        _all(_has(NAME, word) | _has(ALIASES, word) | _is_spelt(word) for word in words),
    ]
    ranks = [When(step, then=Value(number)) for number, step in enumerate(steps)]
    return Case(*ranks, default=Value(len(steps)), output_field=IntegerField())


def _has(column: str, text: str) -> Q:
    return Q(**{f"{column}__contains": text})


def _all(conditions) -> Q:
    return reduce(and_, conditions, Q())


def _is_spelt(word: str) -> Q:
    """From a syllable on; a word that cannot be pinyin is not asked for."""
    spelt = typed(word)
    return _has(PINYIN, f"\n{spelt}") if spelt else Q(pk__in=[])


@dataclass(frozen=True, slots=True)
class Near:
    """A record whose name shares something with the question."""

    slug: str
    name: str
    name_en: str


def near(rows: QuerySet[Standing], question: str) -> list[Near]:
    """The names that share most with it, and at least a third of its pieces; the rows are public."""
    pieces = near_pieces(question)
    if not pieces:
        return []
    shared = reduce(add, map(_one_if_shared, pieces))
    found = rows.annotate(shared=shared).filter(shared__gte=-(-len(pieces) // 3))
    names = ("project__slug", "project__name", "project__name_en")
    return [Near(*one) for one in found.order_by("-shared", "project__code").values_list(*names)[:MOST_NEAR]]


def _one_if_shared(piece: str) -> Case:
    columns = (NAME, ALIASES, PINYIN) if piece.isascii() else (NAME, ALIASES)
    is_shared = reduce(or_, (_has(column, piece) for column in columns))
    return Case(When(is_shared, then=Value(1)), default=Value(0), output_field=IntegerField())
