"""What nobody should send: the forms of a page as a browser has them, and values to put into their fields."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from projects.public.tell import TRAP

VALUES = {
    "empty": "",
    "blank": " \t ",
    "zero": "0",
    "minus": "-1",
    "a huge number": "9" * 40,
    "2**63": str(2**63),
    "-2**63-1": str(-(2**63) - 1),
    "5,000 digits": "9" * 5_000,
    "not a number": "NaN",
    "infinite": "Infinity",
    "1e400": "1e400",
    "words": "zzz",
    "NUL": "a\0b",
    "a surrogate": "\ud800",
    "100,000 characters": "长" * 100_000,
    "full-width digits": "１２３",
    "another 2": "²",
    "no such day": "9999-99-99",
    "year nought": "0000-01-01",
    "year 10000": "10000-01-01",
    "the last day": "9999-12-31",
    "the first day": "0001-01-01",
    "formula": "=1+1",
    "markup": "<script>alert(1)</script>",
    "template": "{{ 7|add:7 }}%(x)s%",
    "brackets": "[1, {",
    "twice": ["1", "zzz"],
    "missing": None,
}
TYPED = "甲乙"  # put into texts, to see whether it is still there
KEPT_TYPES = ("text", "textarea", "search", "email", "number", "date")


@dataclass
class Form:
    action: str = ""
    method: str = "get"
    values: dict[str, list[str]] = field(default_factory=dict)  # as the page opens
    texts: dict[str, str] = field(default_factory=dict)  # those people type in, with what is in them
    hidden: set[str] = field(default_factory=set)  # the program's own
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        return [name for name in self.values if name != "csrfmiddlewaretoken"]

    def __iter__(self):
        return iter(self.names)


class Forms(HTMLParser):
    """Every form of a page; a field elsewhere may name its form."""

    def __init__(self, html: str):
        super().__init__()
        self.found: list[Form] = []
        self.by_id: dict[str, Form] = {}
        self.form = self.area = self.select = None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.form = self.by_id.setdefault(given.get("id") or str(len(self.found)), Form())
            self.form.action, self.form.method = given.get("action") or "", given.get("method", "get").lower()
            self.found.append(self.form)
        form = self.by_id.setdefault(given["form"], Form()) if given.get("form") else self.form
        if form is None or (not given.get("name") and tag != "option"):
            return
        name = given.get("name")
        if tag == "input":
            self._input(form, name, given)
        elif tag == "button":
            form.buttons.append((name, given.get("value", "")))
        elif tag == "select":
            self.select = (form, name)
            form.values.setdefault(name, [])
        elif tag == "option" and self.select and "selected" in given:
            self.select[0].values[self.select[1]].append(given.get("value", ""))
        elif tag == "textarea":
            self.area = (form, name)
            form.values[name], form.texts[name] = [""], ""

    def _input(self, form: Form, name: str, given: dict) -> None:
        kind, value = given.get("type", "text"), given.get("value", "")
        if kind in ("submit", "button", "image"):
            form.buttons.append((name, value))
        elif kind in ("checkbox", "radio"):
            form.values.setdefault(name, [])
            if "checked" in given:
                form.values[name].append(given.get("value", "on"))
        elif kind != "file":
            form.values.setdefault(name, []).append(value)
            if kind in KEPT_TYPES:
                form.texts[name] = value
            elif kind == "hidden":
                form.hidden.add(name)

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None

    def handle_data(self, data):
        if self.area:
            form, name = self.area
            form.texts[name] += data.removeprefix("\n") if not form.texts[name] else data
            form.values[name] = [form.texts[name]]


def forms(html: str) -> list[Form]:
    """Those that are sent."""
    found = [form for form in Forms(html).found if form.method == "post"]
    for form in found:
        _add_rows(form)
    return found


def _add_rows(form: Form) -> None:
    """One row more of each of its own rows, as its button adds it."""
    for counter in [name for name in form.values if name.endswith("-TOTAL_FORMS")]:
        rows, count = counter.removesuffix("TOTAL_FORMS"), form.values[counter][0]
        form.values[counter] = [str(int(count) + 1)] if count.isdecimal() else [count]
        for fields in (form.values, form.texts):
            for name in [name for name in fields if name.startswith(f"{rows}__prefix__-")]:
                fields[name.replace("__prefix__", count)] = fields.pop(name)


def lost(sent: dict, form: Form, html: str, besides: str) -> list[str]:
    """The texts that were sent and are not in the form that is shown again, if it is shown again.

    With a field of the program's own replaced it may be another form; one button fills in what is on record;
    a row of the month's table that was handed in is a form no more, and what was said of a file goes with it.
    """
    if besides in form.hidden or sent.get("do") == ["unchanged"]:
        return []
    likely = (one for one in Forms(html).found if one.method == "post" and _is_same(one, form))
    again = next(likely, None)
    if again is None:
        return []
    typed = {name: sent[name] for name in form.texts if name not in (besides, TRAP) and name in sent}
    removed = tuple(f"-{file}" for file in sent.get("remove", ()))
    return [
        name
        for name, text in typed.items()
        if _plain(again.texts.get(name, "")) != _plain(text)
        and not name.endswith(removed)
        and not _is_handed_in(name, again)
    ]


def _is_handed_in(name: str, again: Form) -> bool:
    row = re.match(r"QJ-\d+-", name)
    return row is not None and not any(other.startswith(row[0]) for other in again.values)


def _is_same(one: Form, other: Form) -> bool:
    return len(one.values.keys() & other.values.keys()) * 2 > len(other.values)


def _plain(text) -> str:
    return (text if isinstance(text, str) else text[-1] if text else "").replace("\r\n", "\n").strip()
