"""What an entry of the audit keeps of many rows that were approved together: short, and any change is told.

One digest covers all of them and vouches; a few characters of each say which one changed. The names of the
fields stand beside them, so that a later release that tells more of a row still reckons the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

SHORT = 8  # characters of each

Told = Mapping[str, Mapping[str, object]]  # rows by their references, as plain values


def kept(told: Told) -> dict[str, object]:
    fields = sorted({name for row in told.values() for name in row})
    each = [_digest(ref, told[ref], fields) for ref in sorted(told)]
    short = "".join(one[:SHORT] for one in each)
    return {"count": len(each), "fields": fields, "digest": _whole(each), "each": short}


def covers(kept: Mapping[str, Any], told: Told) -> bool:
    """Whether these are the very rows, as they were."""
    each = [_digest(ref, told[ref], kept["fields"]) for ref in sorted(told)]
    return _whole(each) == str(kept["digest"])


def has(kept: Mapping[str, Any], ref: str, row: Mapping[str, object]) -> bool:
    """Whether a row is one of them, as it was; a hint that `covers` has to bear out."""
    short = _digest(ref, row, kept["fields"])[:SHORT]
    each = kept["each"]
    return any(each[at : at + SHORT] == short for at in range(0, len(each), SHORT))


def _digest(ref: str, row: Mapping[str, object], fields: list[str]) -> str:
    content = [ref, {name: row.get(name) for name in fields}]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _whole(each: list[str]) -> str:
    return hashlib.sha256("".join(each).encode()).hexdigest()
