"""The boxes of a project's usual facts: texts as typed, handed to the reader of imported rows as they stand.

It asks for a name, a document and a day; all else that can be wrong is `imports.typed_facts`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.choices import Kind, SourceKind, Stage
from projects.desk.report_fields import UNITS, choice, figure
from projects.imports.typed_facts import COLUMNS, IDENTITY, SUMS, TypedFacts
from projects.models import Department, Place, Project, Source
from projects.pages.form_fields import DateTextField, Words
from projects.words.language import in_language

DOCUMENTS = [one.value for one in SourceKind if one.is_document]
YEARS_BACK, YEARS_ON = 15, 5  # of a plan
MAX_PARTIES = 1000  # characters of the names in one role
UNIT = "_unit"  # behind the name of a sum


def _text(most: int = 100, **attrs: str) -> Words:
    return Words(required=False, max_length=most, widget=forms.TextInput(attrs))


class FactsForm(forms.Form):
    """Of a project, or of a new one. `typed()` is what stands in its boxes."""

    name = Words(
        max_length=100,
        widget=forms.TextInput({"lang": "zh-Hans"}),
        error_messages={"required": gettext_lazy("Give the name of the project.")},
    )
    name_en = _text(200, lang="en")
    kind = choice(Kind)
    place = forms.ChoiceField(required=False)
    department = forms.ChoiceField(required=False)
    stage = choice(Stage)
    total_investment = figure(60)
    total_investment_unit = forms.ChoiceField(choices=UNITS, required=False)
    annual_plan = figure(60)
    annual_plan_unit = forms.ChoiceField(choices=UNITS, required=False)
    plan_year = forms.ChoiceField(required=False)
    date_started = _text()
    date_completed = _text()
    works = Words(required=False, max_length=500)
    owner = _text(MAX_PARTIES, lang="zh-Hans")
    investor = _text(MAX_PARTIES, lang="zh-Hans")
    builder = _text(MAX_PARTIES, lang="zh-Hans")
    operator = _text(MAX_PARTIES, lang="zh-Hans")
    agency = _text(MAX_PARTIES, lang="zh-Hans")
    source = Words(
        max_length=100,
        widget=forms.TextInput({"list": "sources"}),
        error_messages={"required": gettext_lazy("Choose the document that says all of this.")},
    )
    section = _text(inputmode="numeric")
    paragraph = _text(inputmode="numeric")
    sentence = _text(inputmode="numeric")
    as_of = DateTextField(required=False)
    is_another = forms.BooleanField(required=False)

    def __init__(self, project: Project | None, today: date, data: Mapping[str, str] | None = None):
        self.project, self.today = project, today
        super().__init__(
            data, initial={"plan_year": str(today.year)} | (identity(project) if project else {})
        )
        self.fields["as_of"].said_on = today
        for name, table in {"place": Place, "department": Department}.items():
            rows = table.objects.order_by("code")
            self.fields[name].choices = [("", "—"), *((one.code, in_language(one)) for one in rows)]
        years = range(today.year + YEARS_ON, today.year - YEARS_BACK, -1)
        self.fields["plan_year"].choices = [(str(year), str(year)) for year in years]

    def clean_source(self) -> Source:
        found = Source.objects.filter(code=self.cleaned_data["source"], kind__in=DOCUMENTS).first()
        if found is None:
            raise ValidationError(_("No document has this short name: choose one of the list."))
        return found

    def typed(self) -> TypedFacts:
        """What was typed, as `imports` reads it; true on the day of the document where no other is given."""
        told = self.cleaned_data
        texts = {name: told.get(name, "") for name in COLUMNS if name in self.fields}
        if self.project:
            texts |= {"code": self.project.code, "version": self.data.get("version", "")}
        source = told.get("source")
        return TypedFacts(
            texts=texts,
            units={name: told.get(name + UNIT, "") for name in SUMS},
            year=told.get("plan_year") or str(self.today.year),
            as_of=told.get("as_of") or (source.published if source else self.today.isoformat()),
            source=source,
            is_another=told.get("is_another", False) and self.data.get("another_than") == texts["name"],
        )


def identity(project: Project) -> dict[str, str]:
    """What stands in the boxes of a project from the first: its identity publishes no figure."""
    held = {name: getattr(project, name) for name in IDENTITY}
    return {
        name: one.code if isinstance(one, (Place, Department)) else one or "" for name, one in held.items()
    }
