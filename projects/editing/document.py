"""The document of a source: its file is kept, and which lines of a text make the paragraphs is asked for."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.claims import quotes
from projects.core import printed_text
from projects.core.refusals import Refused
from projects.models import Source, SourceSection
from projects.models.validators import check_line_count, check_lines
from projects.records import documents, saving
from projects.records.saving import Attached
from projects.reports.rules.attachments import refuse_unreceived
from projects.words.refusals import in_words, sentence


class DocumentForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "Text, PDF or a picture. Only a text can be quoted; it takes the old one's place."
        ),
    )


def field_of(section: SourceSection) -> str:
    return f"section-{section.pk}"


class LinesForm(forms.Form):
    """A field a section; where nothing is known yet, one line a paragraph is proposed."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, source: Source, *args, **kwargs):
        super().__init__(*args, initial={"seen": source.version}, **kwargs)
        self.printed, self.sections = quotes.lines_of(source), list(source.sections.order_by("position"))
        proposed = printed_text.proposed(self.printed, [one.paragraphs for one in self.sections])
        is_known = any(one.lines for one in self.sections)
        for section, lines in zip(self.sections, proposed, strict=True):
            self.fields[field_of(section)] = forms.CharField(
                label=f"{section} ({section.paragraphs})",
                initial=section.lines if is_known else lines,
                required=False,
                max_length=2000,
                validators=[check_lines],
                widget=forms.TextInput(attrs={"class": "vTextField"}),
            )

    def clean(self):
        cleaned = super().clean()
        for section in self.sections:
            if field_of(section) in cleaned:
                self._check(field_of(section), cleaned[field_of(section)], section.paragraphs)
        good = [cleaned[name] for name in map(field_of, self.sections) if name in cleaned]
        if twice := printed_text.lines_twice(good):
            self.add_error(None, _("Line %(line)s stands in two paragraphs.") % {"line": twice[0]})
        return cleaned

    def _check(self, name: str, places: str, paragraphs: int) -> None:
        try:
            check_line_count(places, paragraphs)
        except forms.ValidationError as bad:
            self.add_error(name, bad.error_dict["lines"])
            return
        beyond = [
            line for group in printed_text.paragraphs_at(places) for line in group if line > len(self.printed)
        ]
        if beyond:
            self.add_error(name, _("The text has no line %(line)s.") % {"line": beyond[0]})

    def changed_sections(self) -> list[SourceSection]:
        said = [(one, self.cleaned_data[field_of(one)]) for one in self.sections]
        changed = [(one, lines) for one, lines in said if one.lines != lines]
        for section, lines in changed:
            section.lines = lines
        return [section for section, _lines in changed]


class WithDocument:
    """Of the admin of sources."""

    def get_urls(self):
        views = {"document": self.document_view, "lines": self.lines_view}
        own = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"projects_source_{name}")
            for name, view in views.items()
        ]
        return [*own, *super().get_urls()]

    def document_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        source = self._reached(request, pk)
        form = DocumentForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid() and self._kept(request, source, form):
            return redirect(f"admin:projects_source_{'lines' if source.is_text else 'document'}", pk)
        return self._page(request, source, _("Document of %(source)s"), {"form": form})

    def _kept(self, request: HttpRequest, source: Source, form: DocumentForm) -> bool:
        file = form.cleaned_data["file"]
        try:
            refuse_unreceived(file)
            kept = documents.keep(source, file.read(), by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error("file", sentence(refused.faults[0]))
            return False
        source.file_kind = kept.file_kind
        self.message_user(request, _("The file is kept. SHA-256: %(digest)s") % {"digest": kept.sha256})
        return True

    def lines_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        source = self._reached(request, pk)
        if not source.is_text:
            return redirect("admin:projects_source_document", pk)
        form = LinesForm(source, request.POST or None)
        if request.method == "POST" and form.is_valid() and self._saved(request, source, form):
            return redirect("admin:projects_source_change", pk)
        return self._page(request, source, _("Lines of %(source)s"), {"form": form, "lines": form.printed})

    def _saved(self, request: HttpRequest, source: Source, form: LinesForm) -> bool:
        source.version = form.cleaned_data["seen"]
        try:
            attached = Attached(form.changed_sections())
            saving.save_source(source, by=request.user, at=timezone.now(), attached=attached)
        except Refused as refused:
            self.message_user(request, in_words(refused), "ERROR")
            return False
        return True

    def _reached(self, request: HttpRequest, pk: int) -> Source:
        source = get_object_or_404(Source, pk=pk)
        if not self.has_change_permission(request, source):
            raise PermissionDenied
        return source

    def _page(self, request: HttpRequest, source: Source, title: str, more: dict) -> HttpResponse:
        own = {"title": title % {"source": source}, "opts": self.opts, "original": source}
        context = self.admin_site.each_context(request) | own | more
        return TemplateResponse(request, "admin/projects/source_document.html", context)
