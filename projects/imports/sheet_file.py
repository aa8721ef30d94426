"""Workbooks and tables of text: the cells of a file, or why it is refused; cells written into a workbook.

Files are read by `imports.sheet_reader` and written into by `imports.sheet_writer`, each in a child process
with limits of memory and time.
"""

import base64
import json
from collections.abc import Mapping
from typing import Any

from projects.core.refusals import Refused
from projects.imports.rules import sheet_limits
from projects.imports.rules.cells import Sheet, sheet_of
from projects.pages import child_process

ZIP = b"PK\x03\x04"  # with which a workbook begins
READER, WRITER = "projects.imports.sheet_reader", "projects.imports.sheet_writer"


def read(data: bytes) -> list[Sheet]:
    """The sheets that have something in them, those that are shown first; `Refused` says what is wrong."""
    if not data:
        raise Refused("file_empty", "file")
    if len(data) > sheet_limits.MAX_FILE:
        raise Refused("sheet_file_too_large", "file", size=str(sheet_limits.MAX_FILE))
    sheets = [one for one in map(sheet_of, _said(READER, data)["sheets"]) if one.rows]
    if not sheets:
        raise Refused("sheet_empty", "file")
    return sorted(sheets, key=lambda one: one.is_hidden)


def written(data: bytes, told: Mapping[str, Any]) -> bytes:
    """The workbook with what is told in one of its sheets (`imports.sheet_writer`)."""
    line = json.dumps(told, ensure_ascii=False).encode()
    return base64.b64decode(_said(WRITER, line + b"\n" + data)["file"])


def _said(program: str, data: bytes) -> dict:
    try:
        said = json.loads(child_process.read(program, data))
    except child_process.Overrun as error:
        raise Refused("sheet_file_unreadable", "file") from error
    if code := said.get("code"):
        raise Refused(code, "file", **said["values"])
    return said
