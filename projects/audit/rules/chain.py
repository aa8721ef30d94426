"""The audit chain: each entry's hash covers its content and the hash of the entry before."""

import hashlib
import json
from collections.abc import Iterable, Mapping

BEGINNING = "0" * 64  # the hash before the first entry
COVERED = ("number", "at", "by", "action", "subject", "reach", "report", "before", "after")


def link(entry: Mapping[str, object], previous_hash: str) -> str:
    """The hash of an entry, given as plain values (`at` in ISO 8601, UTC)."""
    content = {name: entry[name] for name in COVERED} | {"previous_hash": previous_hash}
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def first_broken(entries: Iterable[Mapping[str, object]]) -> int | None:
    """The number of the first entry that does not follow from the one before; None if all do."""
    previous = BEGINNING
    for number, entry in enumerate(entries, start=1):
        is_next = entry["number"] == number and entry["previous_hash"] == previous
        previous = link(entry, previous)
        if not is_next or entry["hash"] != previous:
            return number
    return None
