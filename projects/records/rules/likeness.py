"""When two names may mean the same project: a question for a person, never an answer.

Folding is `search.rules.spelling`; which projects are compared is `records.similar_names`.
"""

import hashlib
import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from projects.search.rules.spelling import fold

# Words that most names have and that tell no two projects apart.
_COMMON = re.compile("重庆市?|綦江区?|项目|工程|建设|有限公司|project|qijiang|chongqing")
_MARKS = re.compile(r"[\W_]+")
SHORTEST_PART = 4  # characters: 产业园 is part of many names
LIKE_ENOUGH = 0.8
WHOLE, HEAD, TAIL = "0", "1", "2"  # in this order they are looked at
KEPT = 5  # characters of a core at either end: most slips lie in the other half, or between


def are_alike(one: str, other: str) -> bool:
    """The same core, one within the other, or four fifths of it the same."""
    if not one.strip() or not other.strip():
        return False
    if fold(one) == fold(other):
        return True
    return cores_are_alike(core(one), core(other))


def cores_are_alike(one: str, other: str) -> bool:
    """Of names of which no more is left; neither is, of two that are empty."""
    short, long = sorted((one, other), key=len)
    if short == long:
        return bool(short)
    if len(short) >= SHORTEST_PART and short in long:
        return True
    return _ratio(short, long) >= LIKE_ENOUGH


def keys_of(names: Iterable[str]) -> set[str]:
    """What a name shares with most of those that are like it: the core, its beginning, its end.

    By keys that are equal rows are found in an index; whether names that share one are alike is asked then.
    """
    found = set()
    for name in names:
        said = core(name) or fold(name)
        if said:
            found.add(_key(WHOLE, said))
        if len(said) > KEPT:
            found |= {_key(HEAD, said[:KEPT]), _key(TAIL, said[-KEPT:])}
    return found


def _key(kind: str, text: str) -> str:
    return kind + hashlib.sha256(text.encode()).hexdigest()[:11]


def core(name: str) -> str:
    """What is left of a name without marks and the words that most names have."""
    return _MARKS.sub("", _COMMON.sub("", fold(name)))


def _ratio(short: str, long: str) -> float:
    """Of characters in the same order; 0 at once where the lengths alone rule it out."""
    if not short or 2 * len(short) / (len(short) + len(long)) < LIKE_ENOUGH:
        return 0.0
    return SequenceMatcher(None, short, long, autojunk=False).ratio()
