"""Reading the fixture files as plain rows."""

import json
from pathlib import Path


# What a row of an assertion leaves out is empty.
DEFAULTS = {
    "measure": "",
    "scope": "",
    "period": "",
    "value_code": "",
    "value_yuan": None,
    "value_number": None,
    "value_date": "",
    "value_text": "",
    "unit": "",
    "note": "",
    "paragraph": None,
}


def read(folder: Path, files: tuple[str, ...]) -> dict[str, list[dict]]:
    """The fields of each row, by file."""
    return {name: [_fields(name, row) for row in _rows(folder, name)] for name in files}


def _rows(folder: Path, name: str) -> list[dict]:
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def _fields(name: str, row: dict) -> dict:
    defaults = DEFAULTS if name in ("claims", "statistics") else {}
    return defaults | row["fields"]
