"""How names and questions are folded so that they meet, what a record is found by, and why it was.

One form for writing and for looking up: full-width forms, compatibility characters, capitals, blanks and
what cannot be seen make no difference, nor do traditional characters: a line of `traditional.txt` has a
simplified one and behind it those that are folded into it.

Not here: how a name is spelt (`search.pinyin`), by which pieces rows are looked up (`search.rules.pieces`),
which are found and in what order (`search.results`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

NAME, CODE, ALIAS, PARTY, PLACE, WORD = "name", "code", "alias", "party", "place", "word"
_UNSEEN = ("Cc", "Cf", "Mn")  # control and format characters (a blank of no width), accents
_TABLE = Path(__file__).with_name("traditional.txt").read_text(encoding="utf-8")
_SIMPLIFIED = {ord(one): line[0] for line in _TABLE.splitlines() for one in line[1:]}


@dataclass(frozen=True, slots=True)
class Label:
    """A name by which a record may be found, and its syllables with blanks between: `zao du shui ku`.

    What is written in letters and digits is a syllable of its own, in capitals: `5G chan ye yuan`.
    """

    kind: str
    text: str
    spelling: str = ""


@dataclass(frozen=True, slots=True)
class Index:
    """What is stored of a record's labels: folded, one a line, so that no word spans two of them."""

    text: str
    name: str
    aliases: str
    pinyin: str


def fold(text: str) -> str:
    """Full-width and traditional forms, capitals, accents, blanks and unseen characters make no difference.

    It stays decomposed: put together again, what stood on both sides of a blank could join.
    """
    lower = _apart(_apart(text).casefold()).translate(_SIMPLIFIED)
    return "".join(one for one in lower if _is_seen(one))


def _apart(text: str) -> str:
    return unicodedata.normalize("NFKD", text)


def _is_seen(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character) not in _UNSEEN


def terms(question: str) -> list[str]:
    """The words of a question, each to be found; none twice."""
    words = map(fold, _apart(question).split())
    return list(dict.fromkeys(filter(None, words)))


def search_text(names: Iterable[str]) -> str:
    """All that a record is found by, one folded name a line, so that no term spans two names."""
    return "\n".join(dict.fromkeys(folded for name in names if (folded := fold(name))))


def index_of(labels: Iterable[Label]) -> Index:
    """The columns of a record; every line but those of `text` stands between two breaks."""
    labels = list(labels)
    return Index(
        text=search_text(one.text for one in labels),
        name=_lines(fold(one.text) for one in labels if one.kind in (NAME, CODE)),
        aliases=_lines(fold(one.text) for one in labels if one.kind == ALIAS),
        pinyin=_lines(start for one in labels for start in starts(one.spelling)),
    )


def _lines(texts: Iterable[str]) -> str:
    found = "\n".join(dict.fromkeys(filter(None, texts)))
    return f"\n{found}\n" if found else ""


def starts(spelling: str) -> Iterator[str]:
    """What may be typed: from each syllable on, in full and by initials. `zaodu…`, `zd…`, `du…`, `d…`."""
    syllables = spelling.split()
    for number in range(len(syllables)):
        yield "".join(syllables[number:]).casefold()
        yield "".join(map(initial, syllables[number:])).casefold()


def initial(syllable: str) -> str:
    """The first letter; of what is no syllable (`5G`) all of it."""
    return syllable[0] if syllable.isalpha() and syllable.islower() else syllable


def typed(term: str) -> str:
    """A term as pinyin is stored: without tones and apostrophes, ü as v; "" where it can be none."""
    apart = unicodedata.normalize("NFD", term).replace("u\N{COMBINING DIAERESIS}", "v")
    plain = "".join(one for one in apart if not unicodedata.combining(one) and one not in "'’")
    return plain if len(plain) > 1 and plain.isascii() and plain.isalnum() else ""


def is_chinese(character: str) -> bool:
    return unicodedata.name(character, "").startswith("CJK UNIFIED IDEOGRAPH")


def has_sound(term: str) -> bool:
    """Whether it may be looked for by its sound: one character sounds like too many others."""
    return sum(map(is_chinese, term)) > 1


def found_by(labels: Iterable[Label], words: Iterable[str], shown: Iterable[str]) -> list[Label]:
    """For each word that stands in nothing that is shown anyway, the first label that has it."""
    labels, shown = list(labels), [fold(text) for text in shown]
    missed = (word for word in words if not any(word in text for text in shown))
    return list(dict.fromkeys(found for word in missed if (found := _first(labels, word))))


def _first(labels: list[Label], word: str) -> Label | None:
    """By what is written before how it is spelt; only the latter brings its spelling along."""
    for one in labels:
        if word in fold(one.text):
            return Label(one.kind, one.text)
    spelt = typed(word)
    return next((one for one in labels if spelt and _is_spelt(one.spelling, spelt)), None)


def _is_spelt(spelling: str, word: str) -> bool:
    return any(start.startswith(word) for start in starts(spelling))


def marked_pieces(text: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is a hit; the words are folded, the text is not."""
    folded, places = _folded_with_places(text)
    hits = {places[at] for word in words for at in _hits(folded, word)}
    return _pieces([place in hits for place in range(len(text))], text)


def spelling_pieces(spelling: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    """The same of syllables: those that a word begins with, or the initials that it is made of."""
    hits = {place for word in words for place in _spelt_places(spelling, typed(word))}
    return _pieces([place in hits for place in range(len(spelling))], spelling)


def _spelt_places(spelling: str, word: str) -> Iterable[int]:
    letters = [(place, one) for place, one in enumerate(spelling) if one != " "]
    firsts = [place for place, _ in letters if place == 0 or spelling[place - 1] == " "]
    heads = [(place, one) for place, one in letters if _is_head(spelling, place)]
    for line in (letters, heads):
        text = "".join(one for _, one in line).casefold()
        for at, (place, _) in enumerate(line):
            if word and place in firsts and text.startswith(word, at):
                return [place for place, _ in line[at : at + len(word)]]
    return []


def _is_head(spelling: str, place: int) -> bool:
    """Whether the letter stands in the initial of its syllable."""
    start = spelling.rfind(" ", 0, place) + 1
    return place - start < len(initial(spelling[start:].partition(" ")[0]))


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters where in the text it stands."""
    pairs = [(one, place) for place, character in enumerate(text) for one in fold(character)]
    return "".join(one for one, _ in pairs), [place for _, place in pairs]


def _hits(folded: str, word: str) -> Iterator[int]:
    start = folded.find(word) if word else -1
    while start >= 0:
        yield from range(start, start + len(word))
        start = folded.find(word, start + 1)


def _pieces(flags: list[bool], text: str) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    for character, is_hit in zip(text, flags, strict=True):
        if pieces and pieces[-1][1] == is_hit:
            pieces[-1] = (pieces[-1][0] + character, is_hit)
        else:
            pieces.append((character, is_hit))
    return pieces
