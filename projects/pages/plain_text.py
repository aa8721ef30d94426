"""Text for files that refuse control characters: XML and iCalendar."""

import unicodedata


def plain(text: str) -> str:
    """Without control characters; a break or a tab becomes a blank."""
    return "".join(" " if one in "\n\r\t" else one for one in text if one in "\n\r\t" or _is_text(one))


def _is_text(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cs") and character not in "\ufffe\uffff"
