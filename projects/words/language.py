"""Which of the two languages is active, for the tables that hold both.

Sentences are translated by the catalogue (gettext) and do not need this.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec

from django.utils.translation import get_language, trans_real

P = ParamSpec("P")
MAX_WORDED = 4096  # of each kind: a record says the same few dates and figures over and over


def language() -> str | None:
    """The language that is active in this thread.

    Read where Django keeps it: a page asks some 400 times, and `get_language` takes three calls each time.
    """
    active = getattr(trans_real._active, "value", None)
    return get_language() if active is None else active.to_language()


def is_english() -> bool:
    """Where translation is switched off, gettext gives the English msgids: so do we."""
    return (language() or "en").startswith("en")


def in_language(row: object, attribute: str = "name") -> str:
    """A row's words in the page's language; the Chinese ones where there are no English."""
    english = getattr(row, f"{attribute}_en", "") if is_english() else ""
    return english or getattr(row, attribute, "")


def either(chinese: str, english: str) -> str:
    return english if is_english() else chinese


def once_a_language(word: Callable[P, str]) -> Callable[P, str]:
    """Words that follow from plain values alone are put together once in each language."""

    @lru_cache(MAX_WORDED)
    def worded(_language: str | None, *args: P.args, **kwargs: P.kwargs) -> str:
        return word(*args, **kwargs)

    @wraps(word)
    def remembered(*args: P.args, **kwargs: P.kwargs) -> str:
        return worded(language(), *args, **kwargs)

    return remembered
