"""An imported file, second step: which column is which, of which day it is, and which document says it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.choices import Role
from projects.core import fuzzy_dates
from projects.core.numbers import whole
from projects.desk import imports
from projects.desk.frame import desk_page, frame
from projects.desk.outcomes import REFUSALS, onward, why
from projects.imports import batches, draft_sheet, reading
from projects.imports.cell_faults import head_of
from projects.imports.draft_sheet import DraftSheet
from projects.imports.rules import mapping
from projects.imports.rules.headings import SURE
from projects.imports.rules.mapping import MappedColumn
from projects.models import Source
from projects.models.batch import MAX_SENDER
from projects.pages.form_fields import DateTextField, Words
from projects.words.column import ColumnType
from projects.words.columns import COLUMNS
from projects.words.headings import PROJECTS
from tracker.methods import BOTH

MAX_SOURCES = 100  # that are offered while one types
UNITS = {
    "yuan": gettext_lazy("yuan"),
    "wan": gettext_lazy("ten thousand yuan"),
    "yi": gettext_lazy("hundred million yuan"),
}


class SheetForm(forms.Form):
    """What holds for the whole sheet."""

    as_of = DateTextField(label=gettext_lazy("As of"))
    source = Words(required=False, label=gettext_lazy("Document that says it"), max_length=100)
    sender = Words(required=False, label=gettext_lazy("Who sends it"), max_length=MAX_SENDER)
    unit = forms.ChoiceField(
        choices=[("", gettext_lazy("as each cell says")), *UNITS.items()],
        required=False,
        label=gettext_lazy("Unit of the sums whose heading names none"),
    )

    leave_hidden = forms.BooleanField(
        required=False, label=gettext_lazy("Leave out the rows that are hidden in the file")
    )

    def __init__(self, *args, of: DraftSheet, **kwargs):
        super().__init__(*args, **kwargs)
        if not _asks_unit(of):
            del self.fields["unit"]
        if not of.hidden_rows:
            del self.fields["leave_hidden"]
        self.fields["as_of"].said_on = timezone.localdate()

    def clean_source(self) -> Source | None:
        code = self.cleaned_data["source"]
        found = Source.objects.filter(code=code).first() if code else None
        if code and found is None:
            raise ValidationError(
                _("No document has this short name: leave it empty, or choose one of the list.")
            )
        return found


@dataclass(frozen=True)
class ColumnLine:
    """A column of the sheet; `saved` where somebody else chose otherwise meanwhile."""

    of: MappedColumn
    place: str  # its letters, or where the label of a form stands
    firsts: list[str]
    code: str
    saved: str | None = None
    is_hidden: bool = False

    @property
    def is_unsure(self) -> bool:
        return self.of.certainty != SURE

    @property
    def unit(self) -> str:
        return UNITS.get(self.of.unit, "") if _is_of_sums(self.code) else ""


@desk_page(Role.EDITOR, methods=BOTH)
def import_columns(request: HttpRequest, number: int) -> HttpResponse:
    batch = imports.draft(request, number)
    sheet, typed, faults = DraftSheet(batch), {}, []
    form = SheetForm(request.POST or None, initial=_said(sheet), of=sheet)
    if request.method == "POST":
        typed = typed_codes(request.POST, sheet.mapping)
        if form.is_valid() and not (faults := _save(request, sheet, form, typed)):
            return onward(request, "import_faults", str(number))
        sheet = DraftSheet(imports.draft(request, number))
    context = frame(request, "imports") | {
        "batch": sheet.batch,
        "form": form,
        "lines": [_line(one, sheet, typed) for one in sheet.mapping],
        "columns": [(code, capfirst(head_of(code))) for code in PROJECTS],
        "rows": len(sheet.layout.body),
        "left_out": len(sheet.layout.left_out),
        "as_of_notes": sheet.as_of_notes,
        "hidden": [str(row) for row in sorted(sheet.hidden_rows)],
        "faults": faults,
        "changed": _changed(sheet),
        "totals": reading.total_differences(sheet.sheet, sheet.layout, sheet.mapping),
        "saved": _said(sheet) if faults else {},
        "sources": Source.objects.order_by("-pk")[:MAX_SOURCES],
    }
    return render(request, "desk/import_columns.html", context)


def _said(sheet: DraftSheet) -> dict[str, str]:
    batch = sheet.batch
    source = batch.source.code if batch.source else ""
    return {"as_of": batch.as_of, "source": source, "sender": batch.sender, "unit": sheet.unit} | {
        "leave_hidden": sheet.hidden_rows <= set(batch.skipped)
    }


def _asks_unit(sheet: DraftSheet) -> bool:
    """Whether a heading of sums names none."""
    pairs = zip(sheet.mapping, sheet.proposed, strict=True)
    return any(_is_of_sums(one.code) and not own.unit for one, own in pairs)


def _is_of_sums(code: str) -> bool:
    column = COLUMNS.get(code)
    return code == mapping.VALUE or column is not None and column.type == ColumnType.YUAN


def typed_codes(sent: QueryDict, columns: Iterable[MappedColumn]) -> dict[int, str]:
    """What was chosen for each column of a sheet: a code of the catalogue, or nothing."""
    told = {one.column: sent.get(f"column-{one.column}") for one in columns}
    return {column: code for column, code in told.items() if code == "" or code in PROJECTS}


def _line(one: MappedColumn, sheet: DraftSheet, typed: dict[int, str]) -> ColumnLine:
    code = typed.get(one.column, one.code)
    saved, is_hidden = one.code if code != one.code else None, one.column in sheet.kept.hidden_columns
    label = sheet.kept.stood.get((sheet.layout.heading[-1], one.column))
    return ColumnLine(one, label or one.letters, sheet.firsts(one.column), code, saved, is_hidden)


def _changed(sheet: DraftSheet) -> str:
    refused = draft_sheet.has_changed(sheet.batch)
    return why(refused) if refused else ""


def _out_of_place(codes: list[str], names: str) -> str:
    if mapping.is_of_statements(codes):
        return _("In a sheet with one statement a row these columns are not read: %(names)s.") % {
            "names": names
        }
    return _("Beside %(names)s both the figure or date and its value are needed.") % {"names": names}


def _save(request: HttpRequest, sheet: DraftSheet, form: SheetForm, typed: dict[int, str]) -> list[str]:
    columns = mapping.chosen(sheet.mapping, typed)
    codes = [one.code for one in columns if one.code]
    if twice := mapping.said_twice(columns, fuzzy_dates.parse(form.cleaned_data["as_of"])):
        return [_("Two columns stand for the same: %(names)s.") % {"names": "、".join(map(head_of, twice))}]
    if not mapping.NAMING & set(codes) and not mapping.is_of_organisations(codes):
        return [
            _("No column says which project or organisation a row is about: choose the one with its name.")
        ]
    if stray := mapping.out_of_place(codes):
        return [_out_of_place(codes, "、".join(map(head_of, stray)))]
    changes = dict(form.cleaned_data)
    columns = mapping.counted_in(columns, sheet.proposed, changes.pop("unit", ""))
    changes["mapping"] = mapping.as_plain(columns)
    if sheet.hidden_rows:
        left = sheet.hidden_rows if changes.pop("leave_hidden") else set()
        changes["skipped"] = sorted(set(sheet.batch.skipped) - sheet.hidden_rows | left)
    try:
        expected = whole(request.POST.get("version", "")) or 0
        batches.save(sheet.batch, expected=expected, by=request.user, at=timezone.now(), **changes)
    except REFUSALS as refused:
        return [why(refused)]
    return []
