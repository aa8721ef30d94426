"""Reads all objects of a PDF, and says in a code what it would do, hold or reach besides showing its pages.

Runs in a child process (`pages.child_process`), without Django. It believes no table of contents: an object
is whatever a viewer could take for one, in data, in packed objects and in earlier versions too. In doubt a
paper is refused: printed into a new PDF it is taken. What may not be named is `pages.rules.pdf_refusals`.
"""

import io
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    StreamObject,
    TextStringObject,
    read_object,
)

from projects.core.refusals import Refused
from projects.pages.rules import pdf_refusals

MAX_UNPACKED = 40 * 2**20  # of all packed objects together
MAX_OBJECTS = 100_000
MAX_REMARK = 200
BROKEN = (PyPdfError, ValueError, TypeError, LookupError, AttributeError, AssertionError, OSError)
BROKEN += (RecursionError, ArithmeticError)

_BLANKS = rb"(?:[\0\t\n\f\r ]|%%[^\r\n]{0,%d}[\r\n])" % MAX_REMARK
_BEGINS = re.compile(rb"(?<!end)obj|trailer")
_NUMBER = re.compile(rb"(\d{1,10})%s+\d{1,5}%s*\Z" % (_BLANKS, _BLANKS))  # before "obj"
_NEXT = re.compile(rb"[\0\t\n\f\r ]*(?=<<)")
_LONG = re.compile(rb"(?:%s)(?![^\0\t\n\f\r ()<>\[\]{}/%%])" % "|".join(sorted(pdf_refusals.LONG)).encode())
KINDS = {"text": (TextStringObject, ByteStringObject), "name": NameObject, "dictionary": DictionaryObject}


def read(data: bytes) -> str:
    """The code of the fault; empty where there is none."""
    try:
        paper = PdfObjects(data)
        paper.look()
        return paper.fault() or ""
    except Refused as refused:
        return str(refused)
    except BROKEN:
        return "paper_unreadable"


class Strict:
    """What pypdf asks of a file while it reads an object: to forgive nothing, and how long a stream is."""

    strict = True

    def __init__(self, data: bytes):
        try:
            self.reader = PdfReader(io.BytesIO(data))
        except NotImplementedError as error:
            raise Refused("paper_locked") from error  # by a cipher that nobody knows
        except BROKEN as error:
            raise Refused("paper_broken") from error

    def get_object(self, reference: IndirectObject):
        return self.reader.get_object(reference)


class PdfObjects:
    """The names that its objects say, and what they refer to."""

    def __init__(self, data: bytes):
        self.names = {name.decode() for name in _LONG.findall(data)}
        if self.names & pdf_refusals.LOCKS:
            raise Refused("paper_locked")
        self.data, self.file, self.pdf = data, io.BytesIO(data), Strict(data)
        self.is_reaching = self.is_acting = False
        self.pages, self.room = 0, MAX_UNPACKED
        self.objects: dict[int, list] = defaultdict(list)  # short ones by number, in all their versions
        self.referred: set[tuple[str, int]] = set()  # (kind that may not stand there, number)
        self.opens: set[int] = set()

    def look(self) -> None:
        for count, (number, value) in enumerate(self._all()):
            if count == MAX_OBJECTS:
                raise Refused("paper_unreadable")
            self.objects[number].append(_short(value))
            for part in _parts(value):
                self._see(part)

    def fault(self) -> str | None:
        if found := pdf_refusals.fault_of_names(self.names):
            return found
        if self.is_acting or not all(map(self._turns, self.opens)):
            return "paper_acts"
        if self.is_reaching or any(
            isinstance(one, KINDS[k]) for k, n in self.referred for one in self.objects[n]
        ):
            return "paper_reaches_out"
        return "paper_too_many_pages" if self.pages > pdf_refusals.MAX_PAGES else None

    def _turns(self, number: int) -> bool:
        return bool(self.objects[number]) and all(map(_turns_to_page, self.objects[number]))

    def _all(self) -> Iterator[tuple[int, object]]:
        for found in _BEGINS.finditer(self.data):
            begins = found.start()
            named = _NUMBER.search(self.data, max(begins - 2 * MAX_REMARK, 0), begins)
            if found[0] == b"obj" and not named:
                continue
            self.file.seek(found.end())
            self._skip()
            number = int(named[1]) if named else 0
            yield from self._read(number)
            # Whatever else stands before the end: no viewer should look at it.
            while after := _NEXT.match(self.data, self.file.tell()):
                self.file.seek(after.end())
                yield from self._read(number)

    def _skip(self) -> None:
        self.file.seek(re.compile(_BLANKS + rb"*").match(self.data, self.file.tell()).end())

    def _read(self, number: int) -> Iterator[tuple[int, object]]:
        value = read_object(self.file, self.pdf)
        at = self.file.tell()
        yield number, value
        if isinstance(value, StreamObject) and (
            value.get("/Type") == "/ObjStm" or {"/First", "/N"} <= set(value)
        ):
            yield from self._packed(value)
        self.file.seek(at)

    def _packed(self, stream: StreamObject) -> Iterator[tuple[int, object]]:
        """The objects that it holds; refused if that cannot be told."""
        first, count, how = (
            stream.raw_get(name) if name in stream else None for name in ("/First", "/N", "/Filter")
        )
        is_plain = how in ("/FlateDecode", ["/FlateDecode"]) and not {"/DecodeParms", "/DP", "/F"} & set(
            stream
        )
        if not (is_plain and type(first) is type(count) and isinstance(first, int)):
            raise Refused("paper_unreadable")
        text = self._inflated(stream._data)
        self.names |= {name.decode() for name in _LONG.findall(text)}
        places, file = [int(one) for one in text[:first].split()[: 2 * count]], io.BytesIO(text)
        for number, at in zip(places[::2], places[1::2], strict=True):
            file.seek(first + at)
            yield number, read_object(file, self.pdf)

    def _inflated(self, data: bytes) -> bytes:
        unpacker = zlib.decompressobj()
        try:
            text = unpacker.decompress(data, self.room + 1)
        except zlib.error as error:
            raise Refused("paper_broken") from error
        self.room -= len(text)
        if self.room < 0:
            raise Refused("paper_unreadable")
        if not unpacker.eof:
            raise Refused("paper_broken")
        return text

    def _see(self, part) -> None:
        """A name, or a dictionary by its own keys."""
        if isinstance(part, NameObject):
            self.names.add(str(part))
            return
        self.pages += part.raw_get("/Type") == "/Page" if "/Type" in part else 0
        for key, kind in pdf_refusals.FILES.items():
            value = part.raw_get(key) if key in part else None
            self.is_reaching |= isinstance(value, KINDS[kind])
            if isinstance(value, IndirectObject):
                self.referred.add((kind, value.idnum))
        if pdf_refusals.OPENS in part:
            value = part.raw_get(pdf_refusals.OPENS)
            if isinstance(value, IndirectObject):
                self.opens.add(value.idnum)
            else:
                self.is_acting |= not _turns_to_page(value)


def _parts(value) -> Iterator:
    """The names and dictionaries in it, however deep."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, DictionaryObject):
            yield one
            waiting += one.keys()
            waiting += dict.values(one)
        elif isinstance(one, ArrayObject):
            waiting += list.__iter__(one)
        elif isinstance(one, NameObject):
            yield one


def _turns_to_page(value) -> bool:
    """Opening a paper may turn to a page and nothing more."""
    if isinstance(value, DictionaryObject):
        flat = all(not isinstance(one, DictionaryObject) for one in dict.values(value))
        return (
            flat and {str(one) for one in _parts(value) if isinstance(one, NameObject)} <= pdf_refusals.TURNS
        )
    return isinstance(value, (ArrayObject, NullObject))


def _short(value):
    """Data of a stream are looked at once, and not kept."""
    return DictionaryObject(value) if isinstance(value, StreamObject) else value
