"""What the words of a sheet are looked up in: names of projects, units and places, words of codes.

Plain tables, filled once for a sheet by `imports.reading`. A name is found exactly as it is spelt, or not at
all; those that are alike are offered.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from projects.core.numbers import narrow
from projects.core.refusals import Refused
from projects.records.rules import likeness
from projects.search.rules.spelling import fold

MAX_NEAR = 3
MAX_LOOKED_AT = 1_500  # entries of the table of pieces
MAX_COMPARED = 40  # names that share most pieces with one
LIKE_ENOUGH = 0.5
UNKNOWN = {  # by columns, the codes of refusals
    "": "unknown_word",
    "department": "unknown_department",
    "place": "unknown_place",
}
NEW = "new"  # an editor's choice beside the near names: none of them

_MARKS = re.compile(r"[\W_]+")
_DISTRICT = re.compile("^(?:重庆市?)?(?:綦江区?|区)(?=.{2})")


def folded(text: str) -> str:
    """A word without blanks, marks and capitals."""
    return _MARKS.sub("", fold(text))


def without_district(text: str) -> str:
    """区发展改革委 as 发展改革委."""
    return _DISTRICT.sub("", folded(text))


@dataclass(frozen=True, slots=True)
class WordTable:
    """Words that stand for codes; `fault` is the code of the refusal of an unknown one."""

    codes: Mapping[str, str]  # by folded words
    fault: str
    is_of_district: bool = False

    @classmethod
    def of(
        cls, words: Iterable[tuple[str, str]], fault: str = UNKNOWN[""], *, is_of_district: bool = False
    ) -> WordTable:
        """From words with their codes; the first counts."""
        plain = without_district if is_of_district else folded
        codes: dict[str, str] = {}
        for word, code in words:
            codes.setdefault(plain(word), code)
        codes.pop("", None)
        return cls(codes, fault, is_of_district)

    def code(self, text: str) -> str:
        found = self.codes.get(self.plain(text))
        if found is None:
            raise Refused(self.fault, text=text)
        return found

    def near(self, text: str) -> tuple[str, ...]:
        """The likeliest first."""
        typed, weighed = self.plain(text), dict[str, float]()
        for word, code in self.codes.items():
            is_part = len(word) > 1 and bool(typed) and (word in typed or typed in word)
            alike = SequenceMatcher(None, typed, word, autojunk=False).ratio() + is_part
            if alike >= LIKE_ENOUGH:
                weighed[code] = max(alike, weighed.get(code, 0))
        return tuple(sorted(weighed, key=lambda code: -weighed[code])[:MAX_NEAR])

    def plain(self, text: str) -> str:
        return without_district(text) if self.is_of_district else folded(text)


@dataclass(slots=True)
class ProjectTable:
    """Every project by number, address, name and alias."""

    codes: dict[str, int] = field(default_factory=dict)  # with the versions
    slugs: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)  # folded
    cores: list[tuple[str, str]] = field(default_factory=list)  # of names, with their projects
    pieces: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, code: str, slug: str, version: int, names: Iterable[str]) -> None:
        self.codes[code] = version
        self.slugs[slug] = code
        for name in filter(None, names):
            self.names.setdefault(fold(name), code)
            for piece in _pieces(core := likeness.core(name)):
                self.pieces[piece].append(len(self.cores))
            self.cores.append((core, code))

    def numbered(self, text: str) -> str | None:
        """By its number, in small letters and full width, too."""
        code = narrow(text).upper()
        return code if code in self.codes else None

    def named(self, text: str) -> str | None:
        return self.names.get(fold(text))

    def near(self, text: str) -> tuple[str, ...]:
        """Those with a name like it, as far as a person must judge."""
        core = likeness.core(text)
        shared = Counter(at for rows in self._rarest(core) for at in rows)
        found: dict[str, None] = {}
        for at, _ in shared.most_common(MAX_COMPARED):
            name, code = self.cores[at]
            if likeness.cores_are_alike(name, core):
                found[code] = None
        return tuple(found)[:MAX_NEAR]

    def _rarest(self, core: str) -> Iterator[list[int]]:
        """The names that have a piece of it, by pieces; those that half of all names have tell nothing."""
        room = MAX_LOOKED_AT
        for rows in sorted((self.pieces.get(piece, []) for piece in _pieces(core)), key=len):
            yield rows
            room -= len(rows)
            if room < 0:
                return


def _pieces(core: str) -> set[str]:
    return {core[at : at + 2] for at in range(max(len(core) - 1, 1))} - {""}
