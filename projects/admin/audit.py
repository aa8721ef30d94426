"""The record of changes, read only, with the newest hash: whoever keeps it can tell a cut tail."""

import json

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from projects.admin.records import Unlogged
from projects.admin.site import site
from projects.models import AuditEntry


@admin.register(AuditEntry, site=site)
class AuditAdmin(Unlogged, admin.ModelAdmin):
    change_list_template = "admin/projects/audit_list.html"
    fields = ["place", "at", "by", "action", "subject", "was", "became", "previous_hash", "hash"]
    list_display = ["place", "at", "by", "action", "subject"]
    list_select_related = ["by"]
    search_fields = ["subject", "action", "by__username"]
    date_hierarchy = "at"
    actions = None
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        newest = AuditEntry.objects.first()
        return super().changelist_view(request, {"newest": newest} | (extra_context or {}))

    @admin.display(description=_("No."), ordering="number")
    def place(self, entry):
        return entry.number

    @admin.display(description=_("before"))
    def was(self, entry):
        return _as_text(entry.before)

    @admin.display(description=_("after"))
    def became(self, entry):
        return _as_text(entry.after)


def _as_text(values: object) -> str:
    if values is None:
        return _("nothing")
    return format_html("<pre>{}</pre>", json.dumps(values, ensure_ascii=False, indent=2))
