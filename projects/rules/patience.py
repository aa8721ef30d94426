"""How often what could not be delivered is tried again, and after how long."""

from datetime import timedelta

MOST_TRIES = 6
# Under a day, so that a command that runs once a day tries at each run.
LONGEST = timedelta(hours=20)
# What waited longer, because its way was not set up any more, is no news.
STALE = timedelta(days=14)


def pause_after(tries: int) -> timedelta:
    """Ten minutes after the first, then four times as long each time."""
    return min(timedelta(minutes=10) * 4 ** (tries - 1), LONGEST)
