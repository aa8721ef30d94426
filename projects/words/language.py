"""Which of the two languages is active, for the tables that hold both.

Sentences are translated by the catalogue (gettext) and do not need this.
"""

from django.utils.translation import get_language


def is_english() -> bool:
    """Where translation is switched off, gettext gives the English msgids: so do we."""
    return (get_language() or "en").startswith("en")


def in_language(row: object, attribute: str = "name") -> str:
    """A row's words in the page's language; the Chinese ones where there are no English."""
    english = getattr(row, f"{attribute}_en", "") if is_english() else ""
    return english or getattr(row, attribute, "")


def either(chinese: str, english: str) -> str:
    return english if is_english() else chinese
