"""Text that a spreadsheet would read as a formula: kept as text by an apostrophe, which comes off again."""

# A cell that begins so, after blanks, would be read as a formula; the full-width forms too.
MARKS = "=+-@＝＋－＠"
APOSTROPHE = "'"


def kept_as_text(text: str) -> str:
    """So is a formula that has an apostrophe already: whoever takes one off has the text as it was."""
    return f"{APOSTROPHE}{text}" if _starts_formula(text.lstrip(APOSTROPHE)) else text


def as_it_was(text: str) -> str:
    """What was kept as text; an apostrophe of its own stays."""
    return text[1:] if text.startswith(APOSTROPHE) and kept_as_text(text[1:]) == text else text


def _starts_formula(text: str) -> bool:
    first = text.lstrip()[:1]
    return bool(first) and (first in MARKS or text[0] in "\t\r")
