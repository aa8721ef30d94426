"""A square picture of a few words, as a PNG: what somebody sees who is sent the address of a page.

What the words are is the page's. Pillow is loaded on first use.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cache

SIDE, MARGIN = 600, 48
PAPER, INK, MUTED, RULE = "#fbfaf7", "#16242b", "#56656d", "#0b5d63"
# The tone and the shape of each stage, as the pages show them in the light.
STAGES = {
    "planned": ("#6d7b82", "dashed"),
    "signed": ("#4f767b", "ring"),
    "preparing": ("#2f7379", "dot"),
    "building": ("#a8690a", "triangle"),
    "completed": ("#20696e", "square"),
    "operating": ("#0b5d63", "disc"),
}
MAX_LINES, SIZES = 4, (76, 60, 48)  # of the name: the largest size at which it has room
# Files with Chinese type, as Linux, macOS and Windows call them; the face in each.
FONTS = {
    "NotoSansCJK-Regular.ttc": 2,
    "SourceHanSansSC-Regular.otf": 0,
    "wqy-microhei.ttc": 0,
    "wqy-zenhei.ttc": 0,
    "DroidSansFallbackFull.ttf": 0,
    "PingFang.ttc": 0,
    "Hiragino Sans GB.ttc": 0,
    "msyh.ttc": 0,
    "simhei.ttf": 0,
}
PIECES = re.compile(r"[!-~]+ ?|.")  # what stays together: a word, a character


@dataclass(frozen=True, slots=True)
class Preview:
    site: str
    name: str
    stage: str = ""
    stage_word: str = ""
    news: str = ""


@cache
def chinese_font() -> tuple[str, int] | None:
    """The first of these that the system has, wherever it keeps its fonts."""
    from PIL import ImageFont  # noqa: PLC0415 (heavy: on first use)

    for name, face in FONTS.items():
        try:
            return ImageFont.truetype(name, 12, index=face).path, face
        except OSError:
            continue
    return None


def _font(size: int):
    """One of its own for each picture: threads must not share it. Without a Chinese one Pillow's own."""
    from PIL import ImageFont  # noqa: PLC0415 (heavy: on first use)

    if found := chinese_font():
        return ImageFont.truetype(found[0], size, index=found[1])
    return ImageFont.load_default(size)


def drawn(preview: Preview) -> bytes:
    """Whatever the words are, of one size and at most a few colours."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 (heavy: on first use)

    picture = Image.new("RGB", (SIDE, SIDE), PAPER)
    pen = ImageDraw.Draw(picture)
    pen.text((MARGIN, MARGIN), preview.site, font=_font(28), fill=MUTED)
    pen.rectangle((MARGIN, 104, SIDE - MARGIN, 107), fill=RULE)
    font, lines = fitting(preview.name)
    pen.multiline_text((MARGIN, 130), "\n".join(lines), font=font, fill=INK, spacing=12)
    if preview.stage:
        _draw_stage(pen, preview)
    pen.text((MARGIN, 520), preview.news, font=_font(32), fill=MUTED)
    content = io.BytesIO()
    picture.quantize(16).save(content, "PNG", optimize=True)
    return content.getvalue()


def fitting(name: str) -> tuple:
    """The name in the largest type that has room for it; cut where none has."""
    for size in SIZES:
        font = _font(size)
        lines = _lines(name, font)
        if len(lines) * size * 1.35 <= 280:
            return font, lines
    return font, [*lines[: MAX_LINES - 1], lines[MAX_LINES - 1][:-2] + "…"]


def _lines(text: str, font) -> list[str]:
    lines, room = [""], SIDE - 2 * MARGIN
    for piece in PIECES.findall(text):
        for part in [piece] if font.getlength(piece.rstrip()) <= room else piece:
            if font.getlength(lines[-1] + part.rstrip()) > room:
                lines.append("")
            lines[-1] += part
    return lines


def _draw_stage(pen, preview: Preview) -> None:
    tone, shape = STAGES[preview.stage]
    left, top, size = MARGIN, 440, 40
    box = (left, top, left + size, top + size)
    inner = (left + 12, top + 12, left + size - 12, top + size - 12)
    if shape == "triangle":
        pen.polygon([(left + size / 2, top), (left + size, top + size), (left, top + size)], fill=tone)
    elif shape == "square":
        pen.rectangle(box, outline=tone, width=5)
        pen.rectangle(inner, fill=tone)
    elif shape == "dashed":
        for angle in range(0, 360, 45):
            pen.arc(box, angle, angle + 24, fill=tone, width=5)
    else:
        pen.ellipse(box, outline=tone, width=5)
    if shape in ("dot", "disc"):
        pen.ellipse(inner if shape == "dot" else (left + 8, top + 8, left + 32, top + 32), fill=tone)
    pen.text((left + size + 20, top + size / 2), preview.stage_word, font=_font(44), fill=tone, anchor="lm")
