"""How names and questions are folded so that they meet: one form for writing and for looking up."""

import unicodedata
from collections.abc import Iterable


def fold(text: str) -> str:
    """Full-width forms, capitals and blanks make no difference."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def terms(question: str) -> list[str]:
    """The words of a question, each to be found."""
    return [folded for word in unicodedata.normalize("NFKC", question).split() if (folded := fold(word))]


def search_text(names: Iterable[str]) -> str:
    """All that a record is found by, one folded name a line, so that no term spans two names."""
    return "\n".join(dict.fromkeys(folded for name in names if (folded := fold(name))))
