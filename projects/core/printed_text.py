"""A document's text as it is printed: which lines make a paragraph, and where a sentence ends.

The places of paragraphs are written as numbers of lines, without a text: `11; 13,15; 17,19,21`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

Paragraphs = list[list[int]]  # for each paragraph its lines, counted from 1

# A sentence ends after its stop and the closing marks that follow it, and nowhere else.
_SENTENCE = re.compile(r".*?(?:[。！？!?]+[”’」』)）》]*|$)", re.DOTALL)
_CONTROL = re.compile("[\0-\x08\x0e-\x1f\x7f]")  # a text has none but its breaks
_BREAK = re.compile(r"\r\n|\r|\n")
_LINE = re.compile(r"\s*[1-9][0-9]{0,5}\s*")


class BadLines(ValueError):
    """Not the numbers of lines, or not in their order."""


class NotText(ValueError):
    """Bytes that are no text."""


def text_of(data: bytes) -> str:
    """UTF-8, or as Chinese files were written before it."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    raise NotText


def lines_of(text: str) -> list[str]:
    return _BREAK.split(text)


def paragraphs_at(places: str) -> Paragraphs:
    """`11; 13,15` as [[11], [13, 15]]; nothing for an empty text."""
    if not places.strip():
        return []
    groups = [re.split("[,，]", group) for group in re.split("[;；]", places)]
    if not all(_LINE.fullmatch(line) for group in groups for line in group):
        raise BadLines(places)
    found = [[int(line) for line in group] for group in groups]
    if any(group != sorted(set(group)) for group in found):
        raise BadLines(places)
    return found


def places_of(paragraphs: Paragraphs) -> str:
    return "; ".join(",".join(map(str, group)) for group in paragraphs)


def lines_twice(outline: Sequence[str]) -> list[int]:
    """The lines that stand in more than one paragraph of a document; one place text a section."""
    every = sorted(line for places in outline for group in paragraphs_at(places) for line in group)
    return sorted({one for one, following in zip(every, every[1:], strict=False) if one == following})


def paragraph(lines: Sequence[str], group: Sequence[int]) -> str:
    """Its lines, one after the other as if no column had ended; empty where one is beyond the text."""
    return "".join(lines[line - 1].strip() for line in group) if max(group) <= len(lines) else ""


def sentences(text: str) -> list[str]:
    return [part for found in _SENTENCE.findall(text) if (part := found.strip())]


def proposed(lines: Sequence[str], paragraphs: Sequence[int]) -> list[str]:
    """One line a paragraph, from the first line that is not blank: for each section its places."""
    printed = [number for number, line in enumerate(lines, start=1) if line.strip()]
    starts = [sum(paragraphs[:at]) for at in range(len(paragraphs))]
    return [
        places_of([[line] for line in printed[start : start + count]])
        for start, count in zip(starts, paragraphs, strict=True)
    ]
