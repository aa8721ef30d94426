"""A place in a source as the files write it; in words it is `words.source_places`."""

from __future__ import annotations

from projects.claims.quotes import Placed


def place_of(row: Placed) -> str:
    """`A2 ¶3 s1`: section, paragraph, sentence; empty where none is named."""
    return short_place(row.section.number, row.paragraph, row.sentence) if row.section else ""


def short_place(section: str, paragraph: int | None, sentence: int | None) -> str:
    return section + (f" ¶{paragraph}" if paragraph else "") + (f" s{sentence}" if sentence else "")
