"""The documents as they are printed: paragraphs and sentences by their place, and the numbers in them.

They are no part of the repository: they lie beside it, or where `QIJIANG_DOCUMENTS` says. Which lines make up
a paragraph is in the fixtures.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from projects.core import printed_figures, printed_text
from projects.core.numbers import narrow
from tests.documents.places import FILES

ROOT = Path(__file__).resolve().parents[2]

_SEPARATOR = re.compile(r"(?<=\d),(?=\d{3})")
_NUMBER = re.compile(r"(?<![\dA-Za-z.])\d+(?:\.\d+)?(?![\dA-Za-z])(?!\.\d)")
# Calendar dates, and the numbers in the title of a plan or a policy: no figures.
_NO_FIGURE = re.compile(
    r"《[^《》]*》|\d+世纪\d+年代|\d{4}年(?:前\d+个月|\d+月(?:\d+日)?)?|\d+[—-]\d+月份?|\d+月\d+日|\d+月(?!\d)|\d+日"
)


def folder(environment: Mapping[str, str], root: Path = ROOT) -> Path:
    """Where the documents are. Without them nothing can be compared: the tests skip, but a build fails."""
    named = environment.get("QIJIANG_DOCUMENTS", "")
    found = Path(named) if named else root.parent / "shared" / "documents"
    if not found.is_dir():
        said = f"The documents are not at {found}: set QIJIANG_DOCUMENTS to their folder."
        if named or environment.get("CI"):
            pytest.fail(said, pytrace=False)
        pytest.skip(said)
    return found


@dataclass(frozen=True)
class Paper:
    """One document: the sentences of each paragraph, by section and number from 1."""

    code: str
    lines: list[str] = field(repr=False)
    paragraphs: dict[tuple[str, int], list[str]] = field(repr=False)

    def said(self, row: dict) -> str:
        """What is printed at the place of a row: its sentence, or its paragraph."""
        sentences = self.paragraphs.get((row["section"][1], row["paragraph"]), [])
        number = row["sentence"]
        return "".join(sentences if number is None else sentences[number - 1 : number])

    @property
    def text(self) -> str:
        """All that was numbered, a paragraph a line."""
        return "\n".join("".join(sentences) for sentences in self.paragraphs.values())

    def sentences(self) -> Iterator[tuple[str, int, int, str]]:
        for (section, paragraph), sentences in self.paragraphs.items():
            for number, sentence in enumerate(sentences, start=1):
                yield section, paragraph, number, sentence


def paper(code: str, lines: list[str], outline: dict[str, str]) -> Paper:
    """From the lines of each section as its row has them."""
    paragraphs = {
        (section, number): printed_text.sentences(printed_text.paragraph(lines, group))
        for section, places in outline.items()
        for number, group in enumerate(printed_text.paragraphs_at(places), start=1)
    }
    return Paper(code, lines, paragraphs)


def path_of(where: Path, code: str) -> Path:
    (path,) = where.glob(f"{FILES[code]}*")
    return path


def read(where: Path, sections: list[dict]) -> dict[str, Paper]:
    """All five, by the code of their source."""
    found = {}
    for code in FILES:
        lines = printed_text.lines_of(path_of(where, code).read_text(encoding="utf-8"))
        outline = {row["number"]: row["lines"] for row in sections if row["source"] == [code]}
        found[code] = paper(code, lines, outline)
    return found


def plain(text: str) -> str:
    return printed_figures.plain(text).text


def figures(text: str) -> list[tuple[str, str]]:
    """The numbers in digits, each with what follows it; no dates, no parts of names such as 5G."""
    text = _NO_FIGURE.sub("/", _SEPARATOR.sub("", narrow(text)))
    return [(match[0], text[match.end() : match.end() + 12]) for match in _NUMBER.finditer(text)]


def spoken(text: str) -> set[tuple[str, str]]:
    """The numbers in digits or in words, each with the character that follows it."""
    return {(digits, counted_by(after)) for digits, after in figures(plain(text))}


def counted_by(after: str) -> str:
    """The character after a number: 五到十年 says the same as 5至10年, 百余米 the same as 100多米."""
    return after[:1].replace("到", "至").replace("多", "余")
