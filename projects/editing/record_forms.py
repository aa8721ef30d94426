"""The forms of records of identity: one record edited by two people, and each record's own checks.

Saving is `records.saving`. Which projects have a name like this one, whoever uses the form says.
"""

from collections.abc import Callable
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from projects.editing.source_place import PlacedForm
from projects.models import (
    Alias,
    HidingRequest,
    Neighbour,
    OldSlug,
    Organisation,
    Place,
    PlaceSource,
    Project,
    ProjectParty,
    Source,
    SourceSection,
)
from projects.pages.form_fields import DateTextField, LinesField, refusing
from projects.pages.versioned_form import RecordForm
from projects.records import documents
from projects.records.rules.summaries import figure_in
from projects.reports.rules.attachments import refuse_unreceived
from projects.search.rules.spelling import fold

WHERE = ["source", "section", "paragraph", "sentence", "known_on"]


class ProjectForm(RecordForm):
    """A name like another project's is asked about once, and kept if it is said to be another project."""

    slug = forms.SlugField(
        label=_("Address"),
        max_length=80,
        required=False,
        help_text=_("Left empty, it is made from the English name. The old address leads on for ever."),
    )
    is_distinct = forms.BooleanField(
        label=_("This is another project than those listed here"), required=False, widget=forms.HiddenInput
    )

    find_similar: Callable[..., list]

    class Meta:
        model = Project
        exclude = ["code"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "is_public" in self.fields and self.instance.pk and self._is_hidden_elsewhere():
            self.fields["is_public"].disabled = True
            self.fields["is_public"].help_text = format_html(
                '<a href="{}">{}</a>',
                reverse("project_hiding", args=[self.instance.code]),
                _("Hiding, and showing again, has a page of its own: it takes a reason and a second person."),
            )

    def _is_hidden_elsewhere(self) -> bool:
        hidden = HidingRequest.objects.in_force().filter(project=self.instance)
        return self.instance.is_public or hidden.exists()

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"] or self.instance.slug
        if OldSlug.objects.filter(slug=slug).exclude(project=self.instance.pk).exists():
            raise ValidationError(_("Another project once had this address, and it leads there for ever."))
        return slug

    def clean_summary(self) -> str:
        return _without_figures(self.cleaned_data["summary"])

    def clean_summary_en(self) -> str:
        return _without_figures(self.cleaned_data["summary_en"])

    def clean(self):
        cleaned = super().clean()
        names = [
            cleaned[name] for name in ("name", "name_en") if name in self.changed_data and cleaned.get(name)
        ]
        found = self.find_similar(*names, besides=self.instance.pk) if names else []
        if found:
            self.fields["is_distinct"].widget = forms.CheckboxInput()
            if not cleaned.get("is_distinct"):
                self.add_error("is_distinct", _similar_words(found))
        return cleaned


class AliasForm(PlacedForm):
    class Meta:
        model = Alias
        fields = ["name", "kind", "note", *WHERE]

    def clean_name(self) -> str:
        """An import could not tell the two apart."""
        name = self.cleaned_data["name"]
        others = Project.objects.exclude(pk=self.instance.project_id)
        named = next((one for one in others.only("code", "name") if fold(one.name) == fold(name)), None)
        if named:
            raise ValidationError(_("This is the name of %(project)s.") % {"project": named})
        return name


class PartyForm(PlacedForm):
    class Meta:
        model = ProjectParty
        fields = ["organisation", "role", *WHERE]


class PlaceSourceForm(PlacedForm):
    class Meta:
        model = PlaceSource
        fields = ["place", "note", *WHERE]


class NeighbourForm(PlacedForm):
    class Meta:
        model = Neighbour
        fields = ["neighbour", "nearness", "note", *WHERE]

    def _post_clean(self):
        """Django leaves the record that is edited out of the constraints, and here they are about it."""
        super()._post_clean()
        if self.instance.project_id and not self.errors:
            try:
                self.instance.validate_constraints()
            except ValidationError as refused:
                self.add_error("neighbour", refused.messages)


class NeighbourRows(forms.BaseInlineFormSet):
    def clean(self):
        """Nor does it compare the rows that are sent together."""
        super().clean()
        kept = [one for one in self.forms if not self._should_delete_form(one)]
        named = [one.cleaned_data["neighbour"] for one in kept if one.cleaned_data.get("neighbour")]
        if len(set(named)) < len(named):
            raise ValidationError(_("The same neighbour stands in two rows."))


class OrganisationForm(RecordForm):
    aliases = LinesField(label=_("Other names"), required=False, help_text=_("One a line."))

    class Meta:
        model = Organisation
        fields = ["name", "name_en", "code", "aliases", "credit_code"]


class PlaceForm(RecordForm):
    class Meta:
        model = Place
        fields = ["name", "name_en", "code", "kind", "parent", "latitude", "longitude", "point_source"]


class SourceForm(RecordForm):
    published = DateTextField(
        label=_("Published"),
        max_length=40,
        help_text=_("As far as it is known: 2024-10-17, 2024年10月, 2024-09/2024-12."),
    )

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("Its scan or its text: text, PDF or a picture. It takes the old one's place."),
    )

    today: date  # whoever uses the form says

    class Meta:
        model = Source
        exclude = []

    def clean_file(self):
        """Refused before anything is saved."""
        if file := self.cleaned_data["file"]:
            with refusing():
                refuse_unreceived(file)
                documents.kind_of(file.read())
                file.seek(0)
        return file

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "published" in self.fields:
            self.fields["published"].said_on = self.today


class SectionForm(forms.ModelForm):
    class Meta:
        model = SourceSection
        fields = ["position", "number", "paragraphs", "lines", "title", "title_en", "gap", "gap_en"]

    def clean_paragraphs(self) -> int:
        """Not fewer than claims already count."""
        count = self.cleaned_data["paragraphs"]
        used = [
            row.paragraph
            for name in ("claims", "statistics")
            if self.instance.pk
            for row in getattr(self.instance, name).exclude(paragraph=None).order_by("-paragraph")[:1]
        ]
        if used and count < max(used):
            raise ValidationError(_("A claim stands in paragraph %(number)s.") % {"number": max(used)})
        return count


def _without_figures(text: str) -> str:
    if found := figure_in(text):
        words = _(
            "“%(text)s” is a figure or a date: add it as a claim with its source, and leave it out here."
        )
        raise ValidationError(words, code="figure", params={"text": found})
    return text


def _similar_words(found: list) -> str:
    links = format_html_join("; ", '<a href="{}">{} {}</a>{}', map(_link_parts, found))
    words = gettext("Names like this are on record. Open them, then confirm here:")
    return format_html("{} {}", words, links)


def _link_parts(one) -> tuple:
    """Address, code and name; the other name by which it is alike."""
    address = reverse("admin:projects_project_change", args=[one.pk])
    return address, one.code, one.name, f" ({one.by})" if one.by != one.name else ""
