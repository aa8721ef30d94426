"""The fixture files as plain rows, with what a row leaves out filled in as empty."""

import json
from collections.abc import Iterable
from pathlib import Path

PLACE = {"source": None, "section": None, "paragraph": None, "sentence": None}
ASSERTION = PLACE | {
    "ref": "",
    "topic": "",
    "measure": "",
    "scope": "",
    "period": "",
    "method": "",
    "members": [],
    "value_code": "",
    "value_yuan": None,
    "value_number": None,
    "value_date": "",
    "value_text": "",
    "unit": "",
    "decimals": 0,
    "qualifier": "",
    "printed_as": "",
    "as_of": "",
    "known_on": "",
    "basis": "",
    "note": "",
    "is_target": False,
}
NAMED = {"code": "", "name": "", "name_en": ""}
EMPTY = {
    "departments": NAMED,
    "sources": {"code": "", "title": "", "title_en": "", "headline": "", "published": "", "note": ""},
    "sections": {
        "source": [""],
        "number": "",
        "title": "",
        "title_en": "",
        "paragraphs": 0,
        "lines": "",
        "gap": "",
    },
    "places": NAMED,
    "organisations": NAMED | {"aliases": []},
    "indicators": NAMED,
    "projects": NAMED
    | {"summary": "", "summary_en": "", "kind": "", "record_type": "", "sector": "", "funding": ""}
    | {"place": None, "own_place": None},
    "aliases": PLACE | {"project": None, "name": "", "note": ""},
    "parties": PLACE | {"project": None, "organisation": None, "role": ""},
    "place_sources": PLACE | {"project": None, "place": None, "note": ""},
    "neighbours": PLACE | {"project": None, "neighbour": None, "note": ""},
    "claims": ASSERTION | {"project": None},
    "statistics": ASSERTION | {"subject": None},
}


def read(folder: Path, files: Iterable[str]) -> dict[str, list[dict]]:
    """The fields of each row, by file."""
    return {name: [EMPTY.get(name, {}) | fields for fields in _rows(folder, name)] for name in files}


def _rows(folder: Path, name: str) -> list[dict]:
    return [row["fields"] for row in json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))]
