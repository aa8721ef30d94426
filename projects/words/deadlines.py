"""How much time is left until a day, or how long ago it was: 还剩 3 天, 2 days late."""

from projects.words import dates
from projects.words.language import either


def left(days: int) -> str:
    """Of something that is to be done by a day, that day included."""
    if days == 0:
        return either("今天截止", "due today")
    length = dates.days(abs(days))
    if days > 0:
        return either(f"还剩 {length}", f"{length} left")
    return either(f"已逾期 {length}", f"{length} late")
