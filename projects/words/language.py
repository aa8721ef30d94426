"""Which of the two languages is active, for the tables that hold both.

Sentences are translated by the catalogue (gettext) and do not need this.
"""

from django.utils.translation import get_language


def is_english() -> bool:
    """Where translation is switched off, gettext gives the English msgids: so do we."""
    return (get_language() or "en").startswith("en")


def either(chinese: str, english: str) -> str:
    return english if is_english() else chinese
