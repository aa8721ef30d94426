"""News of a day that became known only after it, read past all that happened later still.

Lines lie in the order in which they became known, and between those that are wanted lie any number of later
events. So the days on which anything became known are walked first, a step each, until enough is found: their
number is that of the calendar, not that of the record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from django.db import connection

from projects.core.clocks import Clocks
from projects.models import ProjectEvent
from projects.models.prepared import prepared
from projects.pages.keyset import Segment

LINES = f"FROM {ProjectEvent._meta.db_table} AS line WHERE line.is_news AND line.known_on"  # noqa: S608
# Each day of the way, and how many lines those before it have: of a day no more than are wanted is counted.
DAYS = f"""
WITH RECURSIVE days (known_on, before) AS (
    SELECT (SELECT line.known_on {LINES} > %(first)s AND line.known_on < %(last)s
            ORDER BY line.known_on {{way}} LIMIT 1), CAST(0 AS BIGINT)
    UNION ALL
    SELECT (SELECT line.known_on {LINES} > {{first}} AND line.known_on < {{last}}
            ORDER BY line.known_on {{way}} LIMIT 1),
        days.before + (SELECT COUNT(*) FROM (
            SELECT 1 {LINES} = days.known_on AND line.day <= %(asof)s AND line.known_until > %(known)s
            LIMIT %(most)s) AS found)
    FROM days WHERE days.known_on IS NOT NULL AND days.before < %(most)s
)
SELECT known_on, before FROM days
"""  # noqa: S608
# One bound each way is the day that was last: with another beside it the engine may begin at that one again.
BACK = DAYS.format(way="DESC", first="%(first)s", last="days.known_on")
ON = DAYS.format(way="ASC", first="days.known_on", last="%(last)s")


@dataclass(frozen=True, slots=True)
class LateNews(Segment):
    """Lines that held, by the day on which they became known; which days those are is asked here."""

    clocks: Clocks = field(kw_only=True)

    def parts(self, key: tuple | None, most: int) -> Iterator[Segment]:
        """The rest of the key's own day, then days that are shown whole, then the one that goes on."""
        if key is not None:
            yield from self.beyond(key)[:-1]
        *whole, last = self._days(key and key[0], most) or [None]
        rows = prepared(self.rows).query()
        if whole:
            yield Segment(rows.filter(known_on__in=whole), self.order)
        if last:
            yield Segment(rows.filter(known_on=last), self.order)

    def _days(self, after: date | None, most: int) -> list[date]:
        """Those that have such lines, until there are as many as are wanted."""
        is_back = self.order[0].startswith("-")
        first, last = self.clocks.asof, self.clocks.known + timedelta(days=1)
        if after is not None:
            first, last = (first, after) if is_back else (after, last)
        asked = {"first": first, "last": last, "most": most}
        asked |= {"asof": self.clocks.asof, "known": self.clocks.known}
        with connection.cursor() as cursor:
            cursor.execute(BACK if is_back else ON, asked)
            return [day for (day, n), (_, more) in pairwise(cursor.fetchall()) if more > n]
