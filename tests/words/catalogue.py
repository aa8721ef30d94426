"""Reading what the tree says and what the catalogue holds, in plain Python: gettext is not everywhere.

A message is known by its key: the msgid, or (context, msgid). Python is read by `ast`, templates by patterns.
"""

import ast
import re
from dataclasses import dataclass, field

from tests.words.codes import called

# Where in each call the context, the msgid and the plural stand.
_PLACES = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
_PLACES |= {f"{name}_lazy": places for name, places in _PLACES.items()}
_PLACES |= {"_": _PLACES["gettext"], "gettext_noop": _PLACES["gettext"]}

_STRING = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_TRANSLATE = re.compile(rf"{{%\s*trans(?:late)?\s+{_STRING}(?:[^%]*?\bcontext\s+{_STRING})?[^%]*%}}")
_WITHIN = re.compile(rf"(?<!\w)_\({_STRING}\)")
_BLOCK = re.compile(r"{%\s*blocktrans(?:late)?\b(.*?)%}(.*?){%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
_PLURAL = re.compile(r"{%\s*plural\s*%}")
_CONTEXT = re.compile(rf"\bcontext\s+{_STRING}")
_COMMENT = re.compile(r"{#.*?#}|{%\s*comment\b.*?%}.*?{%\s*endcomment\s*%}", re.DOTALL)

Key = str | tuple[str, str]


@dataclass
class Entry:
    """A message of a .po file; `plural` is its English plural, where it has one."""

    key: Key
    plural: str = ""
    forms: list[str] = field(default_factory=list)
    is_fuzzy: bool = False


def in_python(source: str) -> set[Key]:
    """The messages of a module; one that is not a plain string is refused, as gettext would not see it."""
    return {
        _key_of(node, *_PLACES[name])
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and (name := called(node)) in _PLACES
    }


def _key_of(call: ast.Call, context: int | None, msgid: int, plural: int | None) -> Key:
    texts = [call.args[place] for place in (context, msgid) if place is not None]
    if not all(isinstance(text, ast.Constant) and isinstance(text.value, str) for text in texts):
        raise ValueError(f"line {call.lineno}: a message must be a plain string: {ast.unparse(call)}")
    *before, text = (text.value for text in texts)
    return (*before, text) if before else text


def in_template(source: str) -> set[Key]:
    source = _COMMENT.sub("", source)
    found: set[Key] = set()
    for text, context in _TRANSLATE.findall(source):
        found.add(_keyed(_unquoted(text).replace("%", "%%"), context))
    # Django looks a variable's _("…") up as it stands.
    found |= {_unquoted(text) for text in _WITHIN.findall(source)}
    for options, body in _BLOCK.findall(source):
        context = _CONTEXT.search(options)
        singular = _PLURAL.split(body)[0]
        found.add(_keyed(_as_message(singular, "trimmed" in options.split()), context[1] if context else ""))
    return found


def _keyed(text: str, context: str) -> Key:
    return (_unquoted(context), text) if context else text


def _unquoted(literal: str) -> str:
    return literal[1:-1].replace(f"\\{literal[0]}", literal[0])


def _as_message(body: str, is_trimmed: bool) -> str:
    """The body of a block as gettext sees it: `{{ name }}` as `%(name)s`."""
    if is_trimmed:
        body = " ".join(line.strip() for line in body.strip().splitlines() if line.strip())
    return re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", body.replace("%", "%%"))


def read_po(text: str) -> dict[Key, Entry]:
    """Every message but the header; those marked as obsolete are not there."""
    entries = (_entry(block) for block in re.split(r"\n\s*\n", text) if re.search(r"^msgid ", block, re.M))
    return {entry.key: entry for entry in entries if entry.key}


def _entry(block: str) -> Entry:
    fields: dict[str, str] = {}
    name = ""
    for line in block.splitlines():
        if match := re.fullmatch(r'(msg\w+(?:\[\d\])?)\s+(".*")', line):
            name, literal = match.groups()
            fields[name] = ast.literal_eval(literal)
        elif line.startswith('"'):
            fields[name] += ast.literal_eval(line)
    msgid, context = fields["msgid"], fields.get("msgctxt")
    return Entry(
        key=(context, msgid) if context else msgid,
        plural=fields.get("msgid_plural", ""),
        forms=[text for name, text in fields.items() if name.startswith("msgstr")],
        is_fuzzy=bool(re.search(r"^#,.*\bfuzzy\b", block, re.M)),
    )
