"""Papers: a PDF is taken as it is, or refused for what it would do, hold or reach besides its pages.

Its shape is looked at here; its objects are read by `pages.pdf_reader`, in a child process.
"""

from projects.core.refusals import Refused
from projects.pages import child_process
from projects.pages.rules import pdf_refusals

READER = "projects.pages.pdf_reader"
TAIL = 2048  # bytes in which a file says that it ends
ZIP_TAIL = 2**16 + 22  # bytes in which a zip would have its directory


def refuse_what_acts(data: bytes) -> None:
    """`Refused` says in a code what is wrong."""
    refuse_shape(data)
    try:
        code = child_process.read(READER, data)
    except child_process.Overrun as error:
        raise Refused("paper_unreadable", "files") from error
    if code:
        raise Refused(
            code, **({"number": str(pdf_refusals.MAX_PAGES)} if code == "paper_too_many_pages" else {})
        )


def refuse_shape(data: bytes) -> None:
    """It ends as a PDF does, and is nothing else besides."""
    body, mark, rest = data.rpartition(b"%%EOF")
    if not mark or b"startxref" not in body[-TAIL:]:
        raise Refused("paper_broken", "files")
    if rest.strip(b"\0\t\n\f\r ") or b"PK\x05\x06" in data[-ZIP_TAIL:]:
        raise Refused("paper_is_more", "files")
