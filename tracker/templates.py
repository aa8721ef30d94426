"""Templates that are laid out for people and read without gaps: a line's end and the indentation after it go.

Between inline elements every line's end would be a blank that Chinese readers see. So templates (`.html` in
the folders of the settings) are joined when they are compiled; a blank that is wanted at a line's end is
written `&#32;`. Between two attributes of a tag a line's end becomes a blank, within their quotes nothing.

What keeps its lines: `pre`, `textarea`, `script` and `style`; `{% blocktranslate %}` (with `trimmed` Django
joins it itself, and its message is the one in the catalogue), `{% verbatim %}` and `{% comment %}`.
"""

import re

from django.template import Origin
from django.template.loaders import filesystem

_DJANGO = r"{%.*?%}|{{.*?}}|{#.*?#}"
_KEPT = re.compile(
    r"(?P<block>{%\s*(?P<name>blocktrans(?:late)?|verbatim|comment)\b.*?%}.*?{%\s*end(?P=name)\b.*?%})"
    r"|(?P<element><(?P<tag>pre|textarea|script|style)\b.*?</(?P=tag)\s*>)"
    rf"|(?P<django>{_DJANGO})",
    re.DOTALL | re.IGNORECASE,
)
_LINE_END = re.compile(r"[ \t]*\r?\n[ \t\r\n]*")
_BEGINS = re.compile(r"<[A-Za-z/]")


class Loader(filesystem.Loader):
    """Django's loader of files, for templates of several lines an element."""

    def get_contents(self, origin: Origin) -> str:
        text = super().get_contents(origin)
        return joined(text) if origin.name.endswith(".html") else text


def joined(source: str) -> str:
    """A template without line ends, but for what keeps its lines."""
    pieces, at, markup = [], 0, _Markup()
    for kept in _KEPT.finditer(source):
        pieces += [markup.joined(source[at : kept.start()]), kept[0]]
        at = kept.end()
    return "".join([*pieces, markup.joined(source[at:])])


class _Markup:
    """Follows whether the text between Django's tags is within a tag of HTML, and within quotes there."""

    def __init__(self) -> None:
        self.is_inside, self.quote = False, ""

    def joined(self, text: str) -> str:
        pieces, at = [], 0
        for line_end in _LINE_END.finditer(text):
            self._follow(text[at : line_end.start()])
            pieces += [text[at : line_end.start()], " " if self.is_inside and not self.quote else ""]
            at = line_end.end()
        self._follow(text[at:])
        return "".join([*pieces, text[at:]])

    def _follow(self, text: str) -> None:
        for at, character in enumerate(text):
            if not self.is_inside:
                self.is_inside = bool(_BEGINS.match(text, at))
            elif self.quote:
                self.quote = "" if character == self.quote else self.quote
            elif character in "\"'":
                self.quote = character
            elif character == ">":
                self.is_inside = False
