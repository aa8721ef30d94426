"""Which projects somebody says that nothing changed on: one of them, those chosen, or all that were shown."""

from collections.abc import Mapping

from django.http import QueryDict

from projects.core.codes import is_own_code
from projects.core.months import is_month

ONE, CHOSEN, SHOWN = "one", "chosen", "shown"
MOST = 500  # of one month; nobody is shown more


def month(sent: Mapping) -> str:
    """The month of the round; empty where none was sent."""
    text = sent.get("month", "")
    return text if is_month(text) else ""


def codes(sent: QueryDict) -> list[str]:
    """By the button that was pressed; each once, as it was shown."""
    if ONE in sent:
        names = sent.getlist(ONE)
    else:
        names = sent.getlist(SHOWN if sent.get("which") == SHOWN else CHOSEN)
    return [code for code in dict.fromkeys(names) if is_own_code(code)][:MOST]
