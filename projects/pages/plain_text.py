"""Text for files that refuse control characters: XML and iCalendar."""

import re

_BREAK = re.compile("[\n\r\t]")
_REFUSED = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """Without control characters; a break or a tab becomes a blank."""
    return _REFUSED.sub("", _BREAK.sub(" ", text))
