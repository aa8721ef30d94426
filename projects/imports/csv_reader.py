"""Tables of text: which encoding and which separator they use is found by itself.

Read in the child process, without Django.
"""

import csv
import io
import re

from projects.core import formulas
from projects.core.refusals import Refused
from projects.imports.rules import cells, sheet_limits

SEPARATORS = ",\t;"
LOOKED_AT = 50  # lines
NUL = b"\0"
_BINARY = re.compile("[\0-\x08\x0e-\x1f]")
_KEPT_AS_TEXT = re.compile(r'="(.*)"')  # how some programs keep the zeros at the beginning of a number
_CHINESE = re.compile("[\u4e00-\u9fff]")


def sheet(data: bytes) -> dict:
    """Its cells, all of them text."""
    text = decoded(data)
    if _BINARY.search(text):
        raise Refused("sheet_file_unknown")
    if text.lstrip().startswith("<"):
        raise Refused("sheet_file_old")  # a web page under the name of a workbook
    rows, left = [], sheet_limits.MAX_CELLS
    csv.field_size_limit(sheet_limits.MAX_CHARACTERS)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator(text)), 1):
            found = [[at, cells.TEXT, plain(one)] for at, one in enumerate(row, 1) if one.strip()]
            for at, *_ in found:
                left = sheet_limits.room_for(number, at, left)
            if found:
                rows.append([number, found])
    except csv.Error as error:
        raise Refused("sheet_file_broken") from error
    return {"name": "", "rows": rows, "merged": [], "is_hidden": False}


def decoded(data: bytes) -> str:
    """UTF-8 with or without its mark, what Excel calls Unicode text, or GB18030; never a mixture."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(data, "utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if any(map(_is_chinese_utf8, data.splitlines())):
            raise Refused("sheet_text_mixed") from None
    return _strictly(data, "gb18030")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Refused("sheet_file_unknown" if NUL in data else "sheet_text_mixed") from None


def _is_chinese_utf8(line: bytes) -> bool:
    """Whether a line beyond doubt is UTF-8, though the file is not: GB18030 hardly ever looks so."""
    try:
        return bool(_CHINESE.search(line.decode()))
    except UnicodeDecodeError:
        return False


def separator(text: str) -> str:
    """The one that parts the first lines into the most columns, line after line."""
    lines = [line for line in text.splitlines()[:LOOKED_AT] if line.strip()]

    def columns(mark: str) -> int:
        counts = sorted(line.count(mark) for line in lines)
        return counts[len(counts) // 2] if counts else 0

    return max(SEPARATORS, key=columns)


def plain(text: str) -> str:
    """As it was typed: without what keeps programs from reading it as a formula."""
    if found := _KEPT_AS_TEXT.fullmatch(text.strip()):
        return found[1]
    return formulas.as_it_was(text)
