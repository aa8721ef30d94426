"""The pieces of names by which rows are looked up before what they say is read.

Of Chinese each character and each pair; of letters and digits each triple, and of each word the first one and
two; of pinyin and its initials the first two, four and six from each syllable on. Whatever is found by a word
has the pieces of that word; the reverse is left to `search.results`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from projects.search.rules.spelling import Label, fold, starts, terms, typed

MAX_LENGTH = 6
_SOUNDS = (2, 4, MAX_LENGTH)
_MAX_WANTED = 40  # of a question of a hundred characters, the rarest of which is looked up


def pieces_of(labels: Iterable[Label]) -> set[str]:
    """All by which a record with these names is looked up."""
    found: set[str] = set()
    for one in labels:
        for run in _runs(fold(one.text)):
            found.update(run if not run.isascii() else "", _inner(run))
        for run in (run for term in terms(one.text) for run in _runs(term) if run.isascii()):
            found.update((run[:1], run[:2]))
        for start in starts(one.spelling):
            found.update(start[:size] for size in _SOUNDS if len(start) >= size)
    return found


def wanted(words: list[str]) -> list[list[list[str]]]:
    """How to look up what is found by these words: each time in one of some ways, of which it has all pieces.

    The first leaves least: of what can be no pinyin all pieces. One or two more words leave less of that.
    """
    written = [pieces for word in words if not typed(word) and (pieces := _of_word(word))]
    spelt = sorted((word for word in words if typed(word)), key=len, reverse=True)
    first = [[[piece for pieces in written for piece in pieces][:_MAX_WANTED]]] if written else []
    more = [[pieces] for pieces in written[:2]] if len(written) > 1 else []
    return first + more + [_ways(word) for word in spelt[: 1 if written else 2]]


def _ways(word: str) -> list[list[str]]:
    """As it is written, and as it sounds."""
    sound = typed(word)
    size = max(size for size in _SOUNDS if size <= len(sound))
    return [_of_word(word)[:_MAX_WANTED], [sound[:size]]]


def _of_word(word: str) -> list[str]:
    """Short letters are a beginning; they are needed only where there is nothing else."""
    runs = list(_runs(word))
    inner = [piece for run in runs for piece in _inner(run)]
    singles = [run for run in runs if len(run) == 1 or len(run) == 2 and run.isascii()]
    return list(dict.fromkeys(inner)) or singles[-1:]


def near_pieces(question: str) -> list[str]:
    """What names near a question share with it."""
    runs = list(_runs(fold(question)))
    found = [piece for run in runs for piece in _inner(run)]
    found += [run[:size] for run in runs if run.isascii() for size in _SOUNDS[1:] if len(run) >= size]
    return list(dict.fromkeys(found))[:_MAX_WANTED]


def _inner(run: str) -> Iterator[str]:
    size = 3 if run.isascii() else 2
    return (run[at : at + size] for at in range(len(run) - size + 1))


def _runs(folded: str) -> Iterator[str]:
    """Unbroken runs of letters and digits, ASCII apart from the rest."""
    run = ""
    for one in f"{folded} ":
        if run and (not one.isalnum() or one.isascii() != run[-1].isascii()):
            yield run
            run = ""
        run += one if one.isalnum() else ""
