"""Workbooks and tables of text: the cells of a file, or why it is refused.

The file is read by `imports.sheet_reader`, in a child process with limits of memory and time.
"""

import json

from projects.core.refusals import Refused
from projects.imports.rules import sheet_limits
from projects.imports.rules.cells import Sheet, sheet_of
from projects.pages import child_process

READER = "projects.imports.sheet_reader"


def read(data: bytes) -> list[Sheet]:
    """The sheets that have something in them, those that are shown first; `Refused` says what is wrong."""
    if not data:
        raise Refused("file_empty", "file")
    if len(data) > sheet_limits.MAX_FILE:
        raise Refused("sheet_file_too_large", "file", size=str(sheet_limits.MAX_FILE))
    try:
        said = json.loads(child_process.read(READER, data))
    except child_process.Overrun as error:
        raise Refused("sheet_file_unreadable", "file") from error
    if code := said.get("code"):
        raise Refused(code, "file", **said["values"])
    sheets = [one for one in map(sheet_of, said["sheets"]) if one.rows]
    if not sheets:
        raise Refused("sheet_empty", "file")
    return sorted(sheets, key=lambda one: one.is_hidden)
