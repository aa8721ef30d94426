"""Notes beside cells of a workbook, and the words that may be chosen in them."""

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

MAX_NOTE = 250  # characters that Excel shows beside a cell
# What XML may not hold, and what would be read as standing for it.
FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class CellNote:
    """What Excel and WPS say beside a cell once it is chosen, and what may stand there."""

    cells: str  # "C7" or "C2:C500"
    text: str
    choices: str = ""  # cells of a sheet that list them


def written(notes: tuple[CellNote, ...]) -> str:
    return (
        f'<dataValidations count="{len(notes)}">{"".join(map(_note, notes))}</dataValidations>'
        if notes
        else ""
    )


def _note(note: CellNote) -> str:
    said = quoteattr(FORBIDDEN.sub(" ", note.text[:MAX_NOTE]))
    shown = f'allowBlank="1" showInputMessage="1" prompt={said} sqref="{note.cells}"'
    if not note.choices:
        return f"<dataValidation {shown}/>"
    return f'<dataValidation type="list" errorStyle="warning" showErrorMessage="1" {shown}>' + (
        f"<formula1>{escape(note.choices)}</formula1></dataValidation>"
    )
