"""Whether the server's clock can be right: it stands neither before what was written last, nor long after it.

A wrong one would put wrong dates on record for good. Who looks at it and says that it is right is the command
`confirm_clock`; the two clocks of a page are `core.clocks`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from projects.core.refusals import Fault, Refused

MAX_BEHIND = timedelta(minutes=5)  # two hosts on one database need not agree to the second


class WrongClock(Refused):
    """Nothing is written under a time that cannot be right.

    A type of its own: commands stop at it, and the frame knows it by `trouble`.
    """

    trouble = "clock"


def fault_of(now: datetime, newest: datetime | None, *, quiet: timedelta) -> Fault | None:
    """`newest` is the newest entry of the audit, `quiet` the longest time in which nobody writes."""
    if newest is None or newest - MAX_BEHIND <= now <= newest + quiet:
        return None
    values = {"now": now.isoformat(), "newest": newest.isoformat()}
    return Fault("clock_behind", "", values) if now < newest else Fault("clock_ahead", "", values)
