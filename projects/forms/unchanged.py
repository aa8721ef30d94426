"""Which projects somebody says that nothing changed on: one of them, those chosen, or all that were shown."""

import re
from collections.abc import Mapping

from django.http import QueryDict

ONE, CHOSEN, SHOWN = "one", "chosen", "shown"
MOST = 500  # of one month; nobody is shown more
_CODE = re.compile(r"QJ-[0-9]{4}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")


def month(sent: Mapping) -> str:
    """The month of the round; empty where none was sent."""
    text = sent.get("month", "")
    return text if _MONTH.fullmatch(text) else ""


def codes(sent: QueryDict) -> list[str]:
    """By the button that was pressed; each once, as it was shown."""
    if ONE in sent:
        names = sent.getlist(ONE)
    else:
        names = sent.getlist(SHOWN if sent.get("which") == SHOWN else CHOSEN)
    return [code for code in dict.fromkeys(names) if _CODE.fullmatch(code)][:MOST]
