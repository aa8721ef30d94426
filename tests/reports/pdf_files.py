"""Small PDFs written by hand for tests: objects, streams, packed objects."""

import zlib

PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >>"
WORDS = b"BT /F1 12 Tf 20 100 Td (Ground was broken.) Tj ET"


def stream(head: bytes, data: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(data), data)


def flate(data: bytes, head: bytes = b"") -> bytes:
    return stream(head + b" /Filter /FlateDecode", zlib.compress(data))


def packed(objects: dict[int, bytes], head: bytes = b"/Type /ObjStm", pack=zlib.compress) -> bytes:
    """An object stream that holds them."""
    places, body = b"", b""
    for number, value in objects.items():
        places += b"%d %d " % (number, len(body))
        body += value + b" "
    told = b"%s /N %d /First %d /Filter /FlateDecode" % (head, len(objects), len(places))
    return stream(told, pack(places + body))


def pdf(catalogue: bytes = b"", *further: bytes, contents: bytes | None = None, end: bytes = b"") -> bytes:
    """One page; what is further goes into the objects from 5 on."""
    contents = flate(WORDS) if contents is None else contents
    objects = [b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue, PAGES, PAGE, contents, *further]
    text, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, value in enumerate(objects, start=1):
        places.append(len(text))
        text += b"%d 0 obj\n%s\nendobj\n" % (number, value)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    told = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s >>\n"
    return text + told % (size, table, size, end) + b"startxref\n%d\n%%%%EOF\n" % len(text)
