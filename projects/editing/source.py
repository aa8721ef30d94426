"""Sources with their outline, and what was taken from them. Their files are `editing.document`."""

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.editing import ledger
from projects.editing.document import WithDocument
from projects.editing.record_admin import OwnRows, ReadOnly, RecordAdmin
from projects.editing.record_forms import SectionForm, SourceForm
from projects.editing.site import site
from projects.models import Source, SourceSection
from projects.records import documents, saving


class SectionInline(OwnRows):
    model = SourceSection
    form = SectionForm
    fields = [("position", "number", "paragraphs"), "title", "title_en", ("gap", "gap_en"), "lines"]


@admin.register(Source, site=site)
class SourceAdmin(WithDocument, RecordAdmin):
    form = SourceForm
    change_form_template = "admin/projects/source_form.html"
    save_action = staticmethod(saving.save_source)
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "title",
                    "title_en",
                    "headline",
                    "code",
                    "kind",
                    ("published", "published_basis"),
                    "is_public",
                    "may_be_quoted",
                ]
            },
        ),
        (_("Publisher"), {"fields": [("publisher", "publisher_en")]}),
        (_("Notes"), {"fields": [("note", "note_en")]}),
    ]
    inlines = [SectionInline]
    list_display = ["title", "kind", "published", "publisher", "is_public", "code"]
    list_filter = ["kind", "is_public"]
    search_fields = ["title", "title_en", "code", "publisher"]
    prepopulated_fields = {"code": ["title_en"]}

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.today = timezone.localdate()
        return form

    def get_fieldsets(self, request, obj=None):
        may = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        given = [(_("Its scan or text"), {"fields": ["file"]})] if may else []
        return [*super().get_fieldsets(request, obj), *given]

    def save_related(self, request, form, formsets, change):
        """With its file, in the same transaction."""
        super().save_related(request, form, formsets, change)
        if file := form.cleaned_data.get("file"):
            documents.keep(form.instance, file.read(), by=request.user, at=timezone.now())

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            context["taken"] = ledger.of_source(obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def view_on_site(self, obj):
        return reverse("source_page", args=[obj.code]) if obj.is_public else None


@admin.register(SourceSection, site=site)
class SectionAdmin(ReadOnly):
    """Only for finding one in a form: it is edited in the outline of its source."""

    search_fields = ["number", "title", "title_en", "source__title", "source__code"]
    list_select_related = ["source"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("source")

    def has_module_permission(self, request):
        return False
