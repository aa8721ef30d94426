"""A place in a source as the files and footnotes write it: section, paragraph, sentence."""

from __future__ import annotations

from projects.models.assertion import Assertion


def place(row: Assertion) -> str | None:
    """`A2 ¶3 s1`: section, paragraph, sentence."""
    if row.section is None:
        return None
    parts = [row.section.number]
    parts += [f"¶{row.paragraph}"] if row.paragraph else []
    parts += [f"s{row.sentence}"] if row.sentence else []
    return " ".join(parts)
