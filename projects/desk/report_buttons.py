"""What the buttons of the report form put into its fields, and what a posted form asks for."""

from collections.abc import Mapping
from dataclasses import replace

from projects.choices import Condition
from projects.core.numbers import whole
from projects.desk.report_fields import AMOUNTS, ReportForm, texts
from projects.models import Report
from projects.reports.report_sheet import ReportSheet
from projects.reports.rules.content import Content, Pause, unchanged

BUTTONS = ("save", "preview", "submit", "copy", "unchanged", "overwrite")
AS_HELD = ("unchanged", "overwrite")
COPIED = ("works", "next_steps")


def asked(data: Mapping[str, str]) -> str:
    """Which button was pressed; whatever else came in saves."""
    if "take_back" in data or "remove" in data:
        return "save"
    return data["do"] if data.get("do") in BUTTONS else "save"


def version(data: Mapping[str, str]) -> int:
    """Over which version it was typed; nonsense is over none that there is."""
    number = whole(data.get("version", ""))
    return -1 if number is None else number


def filled(posted: Mapping[str, str], sheet: ReportSheet, last: Report | None) -> dict[str, str]:
    """The texts as posted, with what the button adds: over what was typed only once that was asked."""
    data = dict(posted.items())
    if asked(data) == "copy" and last:
        data |= {name: getattr(last, name) for name in COPIED if not data.get(name, "").strip()}
    if asked(data) in AS_HELD and not asks_first(data, sheet):
        data |= _as_held(sheet)
        if sheet.held.condition == Condition.PAUSED and last:
            before = texts(last.content(), sheet.held)
            names = ("pause_reason", "pause_resumes")
            data |= {name: before[name] for name in names if not data.get(name, "").strip()}
    return data


def content_of(form: ReportForm, data: Mapping[str, str], sheet: ReportSheet) -> Content:
    """What could be read; "nothing changed" as long as it says just that."""
    content = form.content()
    said_so = asked(data) in AS_HELD or (sheet.report is not None and sheet.report.is_unchanged)
    return replace(content, is_unchanged=said_so and _says_nothing_new(content, sheet))


def asks_first(data: Mapping[str, str], sheet: ReportSheet) -> bool:
    """Whether figures or a stage were typed that what is on record would replace."""
    if asked(data) != "unchanged":
        return False
    held = _as_held(sheet)
    given = [name for name in AMOUNTS if data.get(name, "").strip()]
    names = ("stage", "condition", "progress", *given, *(f"{name}_unit" for name in given))
    typed = {name: data.get(name, "").strip() for name in names}
    return any(text and text != held[name] for name, text in typed.items())


def _as_held(sheet: ReportSheet) -> dict[str, str]:
    told = texts(unchanged(sheet.held, sheet.day), sheet.held)
    names = ("stage", "condition", *AMOUNTS, *(f"{name}_unit" for name in AMOUNTS))
    return {name: told[name] for name in names} | {"progress": ""}


def _says_nothing_new(content: Content, sheet: ReportSheet) -> bool:
    """A pause is explained anew without anything having changed."""
    bare = replace(content, pause=Pause(), confirmed={}, is_unchanged=True)
    return bare == unchanged(sheet.held, sheet.day)
