"""What all records of identity share: saved by an action with one audit entry, never in bulk.

Django's own log is not written: the audit chain is the one record of changes.
"""

from collections.abc import Callable

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from projects.editing import audit_changes
from projects.editing.lookups import DeclaredLookups
from projects.models import AuditEntry
from projects.models.user import person_of
from projects.pages import lost_forms
from projects.records import saving
from projects.records.saving import Attached

MAX_ENTRIES = 200  # of one row, the newest first


class ByKey(Paginator):
    """Its rows are read by their keys: all of them would be sorted with whatever is shown of a few.

    Where nothing is asked for, they are counted without the tables that only columns are read from.
    """

    @cached_property
    def count(self) -> int:
        rows = self.object_list
        return rows.count() if rows.query.where else rows.model.objects.count()

    def page(self, number: int) -> Page:
        keys = super().page(number).object_list.values_list("pk", flat=True)
        return self._get_page(self.object_list.filter(pk__in=list(keys)), number, self)


class Unlogged(DeclaredLookups):
    """Whatever an action did is in the audit already. Another record is never changed from within a form."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = field.widget.can_delete_related = False
        return field

    def log_addition(self, request, obj, message):
        return None

    def log_change(self, request, obj, message):
        return None

    def log_deletions(self, request, queryset):
        return None


class ReadOnly(Unlogged, admin.ModelAdmin):
    """Rows that are read here and written elsewhere."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class OwnRows(Unlogged, admin.StackedInline):
    """Rows of a record's own, folded until they are wanted."""

    extra = 0
    classes = ["collapse"]


class Audited(Unlogged):
    """The history of a row is its audit entries."""

    object_history_template = "admin/projects/changes.html"

    def history_view(self, request: HttpRequest, object_id: str, extra_context=None) -> HttpResponse:
        obj = self.get_object(request, object_id)
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, obj):
            return HttpResponse(status=403)
        rows = AuditEntry.objects.about(obj).reachable_by(person_of(request.user))
        entries = list(rows.select_related("by")[:MAX_ENTRIES])
        context = {
            **self.admin_site.each_context(request),
            "title": _("Changes: %(record)s") % {"record": obj},
            "object": obj,
            "opts": self.opts,
            "entries": entries,
            "names": audit_changes.names_in(entries, self.opts),
        }
        return TemplateResponse(request, self.object_history_template, context)


class LostTyping:
    """What was sent with a dead session stands in the form again; rows within it are typed anew."""

    def render_change_form(self, request: HttpRequest, context: dict, *args, **kwargs):
        lost, form = lost_forms.given_back(request), context["adminform"].form
        if lost:
            form.initial |= {name: text for name, text in lost.fields.items() if name in form.fields}
        context |= {"token": lost_forms.token(request), "lost": lost}
        return super().render_change_form(request, context, *args, **kwargs)


class RecordAdmin(Audited, LostTyping, admin.ModelAdmin):
    """A code, once given, stays: claims, fixtures and exports name it."""

    change_form_template = "admin/projects/record_form.html"
    save_action: Callable = staticmethod(saving.save_plain)
    actions = None
    list_per_page = 50
    paginator = ByKey
    show_full_result_count = False

    def get_readonly_fields(self, request, obj=None):
        fixed = ["code"] if obj is not None else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def get_prepopulated_fields(self, request, obj=None):
        """The code is made from the English name while a new record is typed."""
        return {} if obj is not None else super().get_prepopulated_fields(request, obj)

    def save_model(self, request, obj, form, change):
        """With its own rows, in `save_related`."""

    def save_related(self, request, form, formsets, change):
        saved, gone = [], []
        for formset in formsets:
            saved += formset.save(commit=False)
            gone += formset.deleted_objects
        self.save_action(form.instance, by=request.user, at=timezone.now(), attached=Attached(saved, gone))

    def delete_model(self, request, obj):
        saving.remove(obj, by=request.user, at=timezone.now())
