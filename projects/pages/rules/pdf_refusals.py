"""What a PDF may not name, by what it would do besides showing its pages. Codes and plain values, no imports.

Looking into a file is `pages.pdf_reader`, which runs in a child process and loads this module alone.
"""

MAX_PAGES = 1000
# What acts by itself or on a click, holds files, is locked.
ACTS = frozenset(
    [
        "/JavaScript",
        "/JS",
        "/AA",
        "/Launch",
        "/RichMedia",
        "/XFA",
        "/SubmitForm",
        "/ImportData",
        "/Rendition",
    ],
)
HOLDS = frozenset(["/EmbeddedFile", "/EmbeddedFiles", "/EF", "/FileAttachment", "/GoToE", "/Collection"])
LOCKS, REACHES = frozenset(["/Encrypt"]), frozenset(["/GoToR"])
# Where a file elsewhere is named: a key, and what it stands before.
FILES = {"/F": "text", "/UF": "text", "/FS": "name", "/Ref": "dictionary"}
OPENS = "/OpenAction"
# All that an action which turns to a page may name.
TURNS = frozenset(
    ["/Type", "/Action", "/S", "/GoTo", "/D", "/XYZ", "/Fit", "/FitH", "/FitV", "/FitR", "/FitB"]
)
# Of the names, those so long that none stands by chance among packed pixels.
LONG = frozenset(name for name in ACTS | HOLDS | LOCKS | REACHES if len(name) > 5)


# What is refused by which names, the worst first.
REFUSED = {
    "paper_locked": LOCKS,
    "paper_holds_files": HOLDS,
    "paper_acts": ACTS,
    "paper_reaches_out": REACHES,
}


def fault_of_names(names: frozenset[str] | set[str]) -> str | None:
    """The code of what is worst among them."""
    return next((code for code, wanted in REFUSED.items() if names & wanted), None)
