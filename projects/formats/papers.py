"""Papers: a PDF is taken as it is, or refused for what it would do, hide or hold besides its pages.

Pages are not read. The names by which the format does things are looked for wherever a viewer could find an
object, packed ones too. In doubt a paper is refused: printed into a new PDF it is taken.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from projects.rules.attached import MEGABYTE, BadFile

MOST_UNPACKED = 40 * MEGABYTE  # of all packed objects together
MOST_STREAMS = 50_000
PIECE = 2**16
TAIL = 2048  # bytes in which a file says that it ends
ZIP_TAIL = 2**16 + 22  # bytes in which a zip would have its directory

# What a PDF may not name at all; the short ones may stand by chance among packed pixels.
ACTS = {b"JavaScript", b"Launch", b"RichMedia", b"XFA", b"SubmitForm", b"ImportData", b"Rendition"}
HOLDS = {b"EmbeddedFile", b"EmbeddedFiles", b"FileAttachment", b"GoToE", b"Collection"}
LOCKS, OPENS = {b"Encrypt"}, {b"OpenAction"}
SHORT_ACTS, SHORT_HOLDS = {b"JS", b"AA"}, {b"EF"}
PACKS = {b"ObjStm", b"First", b"N", b"Filter", b"DecodeParms", b"DP", b"F"}
# All that an action which turns to a page may name.
TURNS = {b"Type", b"Action", b"S", b"GoTo", b"D", b"XYZ", b"Fit", b"FitH", b"FitV", b"FitR", b"FitB"}
MOST_OPENINGS = 50  # each later version of a file may say anew how it opens

_IN_NAME, _AFTER_NAME = rb"[^\0\t\n\f\r ()<>\[\]{}/%]", rb"(?=[\0\t\n\f\r ()<>\[\]{}/%]|\Z)"
_NAME = re.compile(rb"/(%s+)" % _IN_NAME)
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream[^\r\n]*(?:\r\n|\r|\n)")
_PACKED_PLAINLY = re.compile(rb"/Filter\s*(?:/FlateDecode|\[\s*/FlateDecode\s*\])(?=[\s/>])")
_FIRST = re.compile(rb"/First\s+(\d{1,9})(?=[\s/>])(?!\s+\d+\s+R)")
_NUMBERS = re.compile(rb"\d{1,10}")
_TO_PAGE = re.compile(rb"\s*(?:\[|null\b|<<((?:(?!<<|>>).){0,2000})>>)", re.DOTALL)
_TO_OBJECT = re.compile(rb"\s*(\d{1,10})\s+\d{1,5}\s+R\b")


@dataclass(frozen=True, slots=True)
class Stream:
    """Data of an object; `head` is what stands between the object's beginning and the data."""

    head: bytes
    start: int
    end: int


def refuse_what_acts(data: bytes) -> None:
    """`BadFile` says in a code what is wrong."""
    _refuse_shape(data)
    streams = list(_streams(data))
    packed = list(_unpacked(data, streams))
    _refuse_names(data, ACTS, HOLDS)
    for text in (*_outside(data, streams), *(text for _first, text in packed)):
        _refuse_names(text, ACTS | SHORT_ACTS, HOLDS | SHORT_HOLDS)
    _refuse_opening(data, packed)


def _refuse_names(text: bytes, acts: set[bytes], holds: set[bytes]) -> None:
    found = {name for name, _end in _named(text, frozenset(acts | holds | LOCKS))}
    if found & LOCKS:
        raise BadFile("paper_locked")
    if found & holds:
        raise BadFile("paper_holds_files")
    if found & acts:
        raise BadFile("paper_acts")


def _refuse_shape(data: bytes) -> None:
    """It ends as a PDF does, and is nothing else besides."""
    body, mark, rest = data.rpartition(b"%%EOF")
    if not mark or b"startxref" not in body[-TAIL:]:
        raise BadFile("paper_broken")
    if rest.strip(b"\0\t\n\f\r ") or b"PK\x05\x06" in data[-ZIP_TAIL:]:
        raise BadFile("paper_is_more")


def _named(text: bytes, wanted: frozenset[bytes]) -> Iterator[tuple[bytes, int]]:
    """Where one of the names stands, and its end; escapes are read: /J#61vaScript is /JavaScript."""
    for found in _finder(wanted).finditer(text):
        name = found[1] or _ESCAPE.sub(lambda one: bytes([int(one[1], 16)]), found[2])
        if name in wanted:
            yield name, found.end()


@cache
def _finder(wanted: frozenset[bytes]) -> re.Pattern:
    """The names as they are, or whatever has an escape and is no longer than one with each letter escaped."""
    longest = 3 * max(map(len, wanted))
    escaped = rb"(?=%s{0,%d}#)%s{1,%d}" % (_IN_NAME, longest, _IN_NAME, longest)
    return re.compile(rb"/(?:(%s)|(%s))%s" % (b"|".join(sorted(wanted)), escaped, _AFTER_NAME))


# Streams: what lies in them, and what lies outside


def _streams(data: bytes) -> Iterator[Stream]:
    """From wherever the word stands: what a viewer takes for one is among them."""
    before = end = 0
    for number, found in enumerate(_STREAM.finditer(data)):
        if number == MOST_STREAMS:
            raise BadFile("paper_unreadable")
        begins = max(data.rfind(b"obj", before, found.start()), before)
        if end < found.end():
            end = data.find(b"endstream", found.end())
            end = len(data) if end < 0 else end
        yield Stream(data[begins : found.start()], found.end(), end)
        before = found.end()


def _outside(data: bytes, streams: list[Stream]) -> Iterator[bytes]:
    """All but the data of streams; of data in which an object may hide, what follows its first sign."""
    reached = 0
    for stream in streams:
        if stream.start < reached:
            continue
        yield data[reached : stream.start]
        if (hidden := data.find(b"obj", stream.start, stream.end)) >= 0:
            yield data[hidden : stream.end]
        reached = stream.end
    yield data[reached:]


def _unpacked(data: bytes, streams: list[Stream]) -> Iterator[tuple[int, bytes]]:
    """What object streams hold, with where the first object begins; refused if that cannot be told."""
    room = MOST_UNPACKED
    for stream in streams:
        names = [name for name, _end in _named(stream.head, frozenset(PACKS))]
        if b"ObjStm" not in names and not {b"First", b"N"} <= set(names):
            continue
        first = _FIRST.search(stream.head)
        is_plain = names.count(b"Filter") == 1 and not {b"DecodeParms", b"DP", b"F"} & set(names)
        if not (is_plain and first and _PACKED_PLAINLY.search(stream.head)):
            raise BadFile("paper_unreadable")
        text = _inflated(data, stream.start, room)
        room -= len(text)
        yield int(first[1]), text


def _inflated(data: bytes, start: int, room: int) -> bytes:
    """Piece by piece: what is packed may unfold into gigabytes."""
    unpacker, found, size = zlib.decompressobj(), [], 0
    while not unpacker.eof:
        piece = unpacker.unconsumed_tail or data[start : start + PIECE]
        start += 0 if unpacker.unconsumed_tail else PIECE
        if not piece:
            raise BadFile("paper_broken")
        try:
            found.append(unpacker.decompress(piece, PIECE))
        except zlib.error as error:
            raise BadFile("paper_broken") from error
        size += len(found[-1])
        if size > room:
            raise BadFile("paper_unreadable")
    return b"".join(found)


# What happens when it is opened


def _refuse_opening(data: bytes, packed: list[tuple[int, bytes]]) -> None:
    """Opening a paper may turn to a page and nothing more."""
    elsewhere = set()
    for text in (data, *(text for _first, text in packed)):
        for number, (_name, end) in enumerate(_named(text, frozenset(OPENS))):
            if refers := _TO_OBJECT.match(text, end):
                elsewhere.add(int(refers[1]))
            elif not _turns_to_page(text, end):
                raise BadFile("paper_acts")
            if max(number, len(elsewhere)) > MOST_OPENINGS:
                raise BadFile("paper_unreadable")
    for number in elsewhere:
        found = [_turns_to_page(text, at) for text, at in _objects(number, data, packed)]
        if not found or not all(found):
            raise BadFile("paper_acts")


def _turns_to_page(text: bytes, at: int) -> bool:
    found = _TO_PAGE.match(text, at)
    return bool(found) and set(_NAME.findall(found[1] or b"")) <= TURNS


def _objects(number: int, data: bytes, packed: list[tuple[int, bytes]]) -> Iterator[tuple[bytes, int]]:
    """Where each object of that number begins: a later version of a file may replace an earlier one."""
    for found in re.finditer(rb"(?<!\d)0*%d\s+\d+\s+obj" % number, data):
        yield data, found.end()
    for first, text in packed:
        numbers = [int(one) for one in _NUMBERS.findall(text[:first])]
        for one, at in zip(numbers[::2], numbers[1::2], strict=False):
            if one == number:
                yield text, first + at
