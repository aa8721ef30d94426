"""A place in a source as the files and footnotes write it: section, paragraph, sentence."""

from __future__ import annotations

from projects.models.assertion import Assertion


def place_of(row: Assertion) -> str:
    """`A2 ¶3 s1`: section, paragraph, sentence; empty where none is named."""
    if row.section is None:
        return ""
    parts = [row.section.number]
    parts += [f"¶{row.paragraph}"] if row.paragraph else []
    parts += [f"s{row.sentence}"] if row.sentence else []
    return " ".join(parts)
