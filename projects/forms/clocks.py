"""The two clocks of an address (`?asof=` and `?known=`), read and kept within what there is."""

from collections.abc import Callable, Mapping
from datetime import date

from projects.core import clocks
from projects.core.clocks import Clocks, Reach


def read(params: Mapping[str, str], today: date, reach: Callable[[date], Reach]) -> Clocks:
    """Today without parameters; only then is it not asked how far back the records reach."""
    asof, known = params.get("asof", "").strip(), params.get("known", "").strip()
    if not asof and not known:
        return Clocks(today, today, today)
    return clocks.read(asof, known, today, reach(today))
