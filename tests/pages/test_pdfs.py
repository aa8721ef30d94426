"""A PDF is taken for its pages alone: what acts, holds files, is locked or cannot be checked is refused."""

import random
import resource
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.core.refusals import Refused
from projects.pages import child_process, pdf_reader, pdfs
from projects.pages.rules import pdf_refusals
from projects.pages.rules.pdf_refusals import MAX_PAGES
from projects.reports.rules.attachments import MEGABYTE
from tests.reports.pdf_files import WORDS, flate, packed, pdf, stream

SCRIPT = b"<< /S /JavaScript /JS (app.alert(1)) >>"


def why(data: bytes) -> str | None:
    """The code of the refusal; None where it is taken. In this process: one of its own takes time."""
    try:
        pdfs.refuse_shape(data)
    except Refused as refused:
        return refused.faults[0].code
    return pdf_reader.read(data) or None


def whole(data: bytes) -> str | None:
    """As a view does it, in a child process."""
    try:
        pdfs.refuse_what_acts(data)
    except Refused as refused:
        return refused.faults[0].code
    return None


# What is taken


@pytest.mark.parametrize(
    "data",
    [
        pdf(),
        pdf(b"/OpenAction [3 0 R /FitH null]"),
        pdf(b"/OpenAction << /S /GoTo /D [3 0 R /Fit] >>"),
        pdf(b"/OpenAction 5 0 R", b"<< /Type /Action /S /GoTo /D [3 0 R /XYZ 0 0 0] >>"),
        pdf(b"/OpenAction 5 0 R", b"[3 0 R /Fit]"),
        pdf(b"/OpenAction 9 0 R", packed({8: b"<< /A 1 >>", 9: b"<< /S /GoTo /D [3 0 R /Fit] >>"})),
        pdf(b"", b"<< /Type /Annot /Subtype /Link /A << /S /URI /URI (https://example.org) >> >>"),
        pdf(b"", packed({9: b"<< /Type /Font /BaseFont /AAAAAA+Song >>"})),
        pdf(b"/AcroForm << /SigFlags 3 /Fields [5 0 R] >>", b"<< /FT /Sig /V << /Type /Sig >> >>"),
        pdf() + b"\r\n\0\0",
        pdf(contents=stream(b"/Subtype /Image /Filter /DCTDecode", b"\xff\xd8 /JS /AA /EF \xff\xd9")),
        pdf() + b"5 0 obj\n<< /Author (office) >>\nendobj\nxref\nstartxref\n9\n%%EOF\n",
    ],
    ids=[
        "plain",
        "opens at a page",
        "turns to a page",
        "turns to a page, elsewhere",
        "page, elsewhere",
        "turns to a page, packed",
        "a link",
        "packed objects",
        "a signature",
        "blanks at the end",
        "short names by chance in pixels",
        "a later version",
    ],
)
def test_a_paper_is_taken(data):
    assert why(data) is None


# What acts, holds files, is locked

ACTIONS = [
    b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>",
    b"/OpenAction << /S /URI /URI (https://example.org) >>",
    b"/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next << /S /URI /URI (x) >> >>",
    b"/OpenAction << /S /Named /N /Print >>",
    b"/OpenAction 77 0 R",
    b"/OpenAction % a remark\n << /S /URI >>",
    b"/AA << /WC 5 0 R >>",
    b"/Names << /JavaScript 5 0 R >>",
    b"/AcroForm << /XFA [(template) 5 0 R] >>",
    b"/A << /S /Launch /F (cmd.exe) >>",
    b"/A << /S /SubmitForm /F (https://example.org) >>",
    b"/A << /S /ImportData /F (x.fdf) >>",
    b"/A << /S /Rendition /JS (x) >>",
    b"/Annots [<< /Subtype /RichMedia >>]",
    b"/X << /JS 5 0 R >>",
    b"/X << /#4a#61vaScript 5 0 R >>",
    b"/X << /#4A#53 5 0 R >>",
    b"/X << /A#41 5 0 R >>",
    b"/Open#41ction << /S /URI >>",
]


@pytest.mark.parametrize("said", ACTIONS, ids=lambda said: said.decode())
def test_what_acts_is_refused(said):
    assert why(pdf(said)) == "paper_acts"


@pytest.mark.parametrize("said", ACTIONS, ids=lambda said: said.decode())
def test_packed_too(said):
    assert why(pdf(b"", packed({8: b"<< /A 1 >>", 9: b"<< %s >>" % said}))) == "paper_acts"


@pytest.mark.parametrize(
    "said",
    [
        b"/Names << /EmbeddedFiles 5 0 R >>",
        b"/X << /Type /EmbeddedFile >>",
        b"/X << /Type /Filespec /EF << /F 5 0 R >> >>",
        b"/X << /E#46 << /F 5 0 R >> >>",
        b"/Annots [<< /Subtype /FileAttachment >>]",
        b"/Collection << >>",
        b"/A << /S /GoToE >>",
    ],
    ids=lambda said: said.decode(),
)
def test_what_holds_files_is_refused_packed_too(said):
    assert why(pdf(said)) == "paper_holds_files"
    assert why(pdf(b"", packed({9: b"<< %s >>" % said}))) == "paper_holds_files"


REACHES = [
    b"/A << /S /GoToR /F (other.pdf) /D [0 /Fit] >>",
    b"/A << /S /GoTo#52 /D [0 /Fit] >>",
    b"/X << /Type /Filespec /F (\\\\\\\\host\\\\share) >>",
    b"/X << /Type /Filespec /UF <FEFF0061> >>",
    b"/X << /FS /URL /F 77 0 R >>",
    b"/X << /FS /URL >>",
    b"/X << /F 5 0 R >>",
    b"/Ref << /F 77 0 R /Page 0 >>",
    b"/Ref 6 0 R",
    b"/A << /S /Thread /F (other.pdf) >>",
    b"/A [[<< /S /Movie /F (film.avi) >>]]",
]
REFERRED = (b"(other.pdf)", b"<< /Page 0 >>")


@pytest.mark.promise(
    "A PDF that reaches out for other files or addresses by itself is refused",
    control="test_control_names_alone_would_let_them_in",
)
@pytest.mark.parametrize("said", REACHES, ids=lambda said: said.decode())
def test_what_reaches_out_is_refused_packed_too(said, figure):
    assert why(pdf(said, *REFERRED)) == "paper_reaches_out"
    assert why(pdf(b"", *REFERRED, packed({8: b"<< /A 1 >>", 9: b"<< %s >>" % said}))) == "paper_reaches_out"
    figure(f"{len(REACHES)} ways, packed and plain")


def test_control_names_alone_would_let_them_in(monkeypatch):
    monkeypatch.setattr(pdf_refusals, "FILES", {})
    let_in = [said for said in REACHES if why(pdf(said, *REFERRED)) is None]
    assert len(let_in) == len(REACHES) - 2


def test_a_stream_whose_data_lie_elsewhere_is_refused():
    assert why(pdf(contents=stream(b"/F (elsewhere)", b""))) == "paper_reaches_out"
    assert (
        why(pdf(contents=stream(b"/F << /FS /URL /F (https://example.org) >>", b""))) == "paper_reaches_out"
    )


@pytest.mark.parametrize(
    "said",
    [
        b"/Annots [<< /Subtype /Link /F 4 /Border [0 0 0] >>]",
        b"/Resources << /Font << /F 5 0 R /FS 5 0 R /UF 5 0 R /Ref 7 0 R >> >>",
        b"/Ref [5 0 R 6 0 R]",
        b"/A << /S /URI /URI (https://example.org) >>",
    ],
    ids=["flags of an annotation", "names of fonts", "references of a structure", "a link"],
)
def test_what_only_looks_like_it_is_taken(said):
    assert why(pdf(said, b"<< /Type /Font >>", b"<< >>", b"7")) is None


@pytest.mark.promise(
    "A PDF that acts, holds files, is locked or cannot be checked is refused, read in a process of its own",
    control="test_control_a_plain_paper_is_taken",
)
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (pdf(b"/X << /JS 5 0 R >>"), "paper_acts"),
        (pdf(b"", packed({9: b"<< /AA 5 0 R >>"})), "paper_acts"),
        (pdf(b"/OpenAction << /S /Named /N /Print >>"), "paper_acts"),
        (pdf(b"/A << /S /Launch /F (cmd.exe) >>"), "paper_acts"),
        (pdf(b"/X << /EF << /F 5 0 R >> >>"), "paper_holds_files"),
        (pdf(b"/A << /S /GoToR /F (x) >>"), "paper_reaches_out"),
        (pdf(end=b"/Encrypt 5 0 R"), "paper_locked"),
        (pdf(b"", b"<< 1 2 >>"), "paper_unreadable"),
        (pdf()[:-20], "paper_broken"),
        (pdf() + b"x", "paper_is_more"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_in_a_process_of_its_own(data, code, figure):
    assert whole(data) == code
    figure(f"{len(ACTIONS) + len(REACHES)} ways to act or reach out, plain and packed")


def test_control_a_plain_paper_is_taken():
    assert whole(pdf()) is None
    assert whole(pdf(b"/OpenAction [3 0 R /Fit]", packed({9: b"<< /A 1 >>"}))) is None


def test_what_is_locked_is_refused():
    assert why(pdf(end=b"/Encrypt 5 0 R")) == "paper_locked"
    assert why(pdf(end=b"/#45ncrypt << /Filter /Standard >>")) == "paper_locked"


# Where it may hide


@pytest.mark.parametrize(
    "data",
    [
        pdf(b"", b"% " + SCRIPT),
        pdf(b"", b"(" + SCRIPT + b")"),
        pdf() + b"5 0 obj\n" + SCRIPT + b"\nendobj\nxref\nstartxref\n9\n%%EOF\n",
        pdf(contents=stream(b"", WORDS + SCRIPT)),
        pdf(contents=stream(b"", WORDS + b"\n9 0 obj << /JS 5 0 R >> endobj")),
        pdf(contents=stream(b"", WORDS + b"\n9%\n0%\nobj << /AA 5 0 R >> endobj")),
        pdf(contents=stream(b"", b"9 0 obj\n" + packed({9: SCRIPT}))),
        pdf(b"", b"(stream\n) " + packed({9: SCRIPT})),
        pdf(b"", packed({9: SCRIPT}, b"/Type /#4fbjStm")),
        pdf(b"", packed({9: SCRIPT}, b"/Type 5 0 R")),
        pdf(b"", packed({9: SCRIPT}).replace(b"/FlateDecode", b"[ /FlateDecode ]")),
        pdf(b"", packed({9: SCRIPT}).replace(b"stream\n", b"stream \r\n", 1)),
    ],
    ids=[
        "a remark",
        "a string",
        "a later version",
        "data",
        "an object in data",
        "an object in data, with remarks",
        "packed objects in data",
        "a string that says stream",
        "a name with an escape",
        "a type elsewhere",
        "a list of one filter",
        "another line's end",
    ],
)
def test_wherever_a_viewer_could_find_it_it_is_found(data):
    assert why(data) == "paper_acts"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"/FlateDecode", b"/LZWDecode"),
        (b"/FlateDecode", b"/Fl"),
        (b"/FlateDecode", b"[/ASCIIHexDecode /FlateDecode]"),
        (b"/FlateDecode", b"7 0 R"),
        (b"/FlateDecode", b"/FlateDecode /Filter /ASCIIHexDecode"),
        (b"/FlateDecode", b"/FlateDecode /DecodeParms << /Predictor 12 >>"),
        (b"/FlateDecode", b"/FlateDecode /F (elsewhere)"),
        (b"/Filter /FlateDecode", b""),
        (b"/First 4", b"/First 7 0 R"),
    ],
)
def test_packed_objects_that_cannot_be_checked_are_refused(before, after):
    whole = packed({9: b"<< /A 1 >>"})
    assert before in whole and why(pdf(b"", whole)) is None
    assert why(pdf(b"", whole.replace(before, after))) == "paper_unreadable"


@pytest.mark.parametrize("pack", [lambda text: text, lambda text: zlib.compress(text)[:-6], lambda text: b""])
def test_packed_objects_that_cannot_be_unpacked_are_refused(pack):
    assert why(pdf(b"", packed({9: b"<< /A 1 >>"}, pack=pack))) == "paper_broken"


# What is no paper, or more than one


@pytest.mark.parametrize("data", [b"%PDF-1.7", pdf()[:-20], pdf()[: len(pdf()) // 2]])
def test_one_that_is_cut_off_is_refused(data):
    assert why(data) == "paper_broken"


@pytest.mark.parametrize("more", [b"<html><script>alert(1)</script>", b"PK\3\4", b"x"])
def test_what_hangs_on_the_end_is_refused(more):
    assert why(pdf() + more) == "paper_is_more"


def test_what_is_a_zip_too_is_refused():
    """Its directory is looked for from the end, and a comment may follow it: here the rest of the PDF."""
    assert why(pdf(contents=stream(b"", b"PK\3\4 ... PK\5\6" + b"\0" * 18))) == "paper_is_more"


# With a limit


def test_packed_objects_that_unfold_into_gigabytes_are_refused_at_once():
    bomb = zlib.compress(b" " * (pdf_reader.MAX_UNPACKED + 1))
    assert len(bomb) < MEGABYTE
    assert why(pdf(b"", packed({9: b""}, pack=lambda _text: bomb))) == "paper_unreadable"


def test_so_are_many_that_do_so_together():
    some = zlib.compress(b" " * (pdf_reader.MAX_UNPACKED // 4))
    each = packed({9: b""}, pack=lambda _text: some)
    assert why(pdf(b"", *[each] * 3)) is None
    assert why(pdf(b"", *[each] * 5)) == "paper_unreadable"


FULL = 20 * MEGABYTE
EVIL = {
    "pixels": lambda: random.Random(1).randbytes(FULL),
    "streams without end": lambda: b"stream\n" * 49_000,
    "streams and more": lambda: b"stream\n" * 49_000 + b"x" * FULL,
    "too many streams": lambda: b"stream\n" * (FULL // 7),
    "names": lambda: b"/JA" * (FULL // 3),
    "escapes": lambda: b"/" + b"#41" * (FULL // 3),
    "objects": lambda: b"1 0 obj" * (FULL // 7),
    "opening": lambda: b"/OpenAction[" * (FULL // 12),
    "blanks": lambda: b"/OpenAction" + b" " * FULL,
    "digits": lambda: b"1" * FULL,
}


@pytest.mark.parametrize("data", EVIL.values(), ids=EVIL)
def test_twenty_megabytes_of_anything_take_seconds_at_most(data):
    paper = pdf(contents=stream(b"", data()))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    whole(paper)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime - before.ru_utime < child_process.MAX_CPU + 1


def test_a_key_that_stands_twice_is_refused():
    """Of two values one viewer takes the first, another the last."""
    assert why(pdf(b"/OpenAction [3 0 R /Fit] /OpenAction << /S /URI >>")) == "paper_unreadable"
    assert why(pdf(b"", b"<< /A 1 /A << /JS (x) >> >>")) == "paper_unreadable"
    assert why(pdf(b"", packed({9: b"<< /A 1 /A << /JS (x) >> >>"}))) == "paper_unreadable"


@pytest.mark.parametrize("broken", [b"<< 1 2 >>", b"<< /A >> >>", b"[1 2", b"(words", b"<< /A #"])
def test_an_object_that_cannot_be_read_is_refused(broken):
    assert why(pdf(b"", broken)) in ("paper_unreadable", "paper_broken")


def test_so_is_one_whose_data_have_no_end():
    assert why(pdf(b"", packed({9: SCRIPT}).replace(b"endstream", b""))) == "paper_unreadable"


def test_more_objects_than_a_paper_has_are_refused(monkeypatch):
    monkeypatch.setattr(pdf_reader, "MAX_OBJECTS", 20)
    assert why(pdf(b"", *[b"<< >>"] * 10)) is None
    assert why(pdf(b"", *[b"<< >>"] * 20)) == "paper_unreadable"


def test_more_pages_than_a_paper_has_are_refused():
    page = b"<< /Type /Page /Parent 2 0 R >>"
    assert why(pdf(b"", *[page] * (MAX_PAGES - 1))) is None
    assert why(pdf(b"", *[page] * MAX_PAGES)) == "paper_too_many_pages"


@pytest.mark.parametrize("seed", range(5))
def test_pixels_and_fonts_are_not_taken_for_names(seed):
    """Large papers are mostly packed data, in which the short names stand by chance."""
    data = random.Random(seed).randbytes(4 * MEGABYTE).replace(b"obj", b"xxx")
    assert why(pdf(contents=stream(b"/Filter /DCTDecode", data + b" /JS /AA /EF "))) is None


WHOLE = pdf(b"/OpenAction [3 0 R /Fit]", packed({8: b"<< /A 1 >>", 9: b"<< /B 2 >>"}), flate(WORDS))


@given(st.lists(st.tuples(st.integers(0, len(WHOLE)), st.binary(max_size=8)), min_size=1, max_size=8))
def test_whatever_is_damaged_it_is_taken_or_refused(changes):
    data = bytearray(WHOLE)
    for at, other in changes:
        data[at : at + len(other)] = other
    why(bytes(data))


@given(st.binary(max_size=400))
def test_so_is_anything_at_all(data):
    why(data)
