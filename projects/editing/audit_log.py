"""The record of changes, read only, with the newest hash: whoever keeps it can tell a cut tail.

An entry is shown to who reaches its subject (`AuditEntry.objects.reachable_by`); to others it is not there.
"""

import json
from datetime import timedelta

from django.contrib import admin
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from projects.audit.midnight import end_of, midnight
from projects.core import fuzzy_dates
from projects.core.months import is_month
from projects.editing.record_admin import ReadOnly
from projects.editing.site import site
from projects.models import AuditEntry
from projects.models.user import person_of
from projects.words.audit_actions import action_word

MAX_COUNTED = 1_001  # of a list that grows for ever; what is older is found by its month
MAX_MONTHS = 240


class CountedSoFar(Paginator):
    """Counts no further than anybody turns pages."""

    @cached_property
    def count(self):
        return self.object_list.order_by()[:MAX_COUNTED].count()


class MonthFilter(admin.SimpleListFilter):
    """From the month of the first entry to that of the newest, by the day in Shanghai."""

    title = _("month")
    parameter_name = "month"

    def lookups(self, request, model_admin):
        first, newest = AuditEntry.objects.last(), AuditEntry.objects.first()
        if first is None:
            return []
        oldest, day = (timezone.localdate(one.at).replace(day=1) for one in (first, newest))
        months = []
        while day >= oldest and len(months) < MAX_MONTHS:
            months.append(f"{day:%Y-%m}")
            day = (day - timedelta(days=1)).replace(day=1)
        return [(month, month) for month in months]

    def queryset(self, request, queryset):
        if not is_month(self.value() or ""):
            return queryset
        month = fuzzy_dates.parse(self.value())
        return queryset.filter(at__gte=midnight(month.earliest), at__lt=end_of(month.latest))


@admin.register(AuditEntry, site=site)
class AuditAdmin(ReadOnly):
    change_list_template = "admin/projects/audit_list.html"
    fields = ["place", "at", "by", "what", "code", "subject", "was", "became", "previous_hash", "hash"]
    list_display = ["place", "at", "by", "what", "subject"]
    list_select_related = ["by"]
    search_fields = ["subject", "action", "by__username"]
    list_filter = [MonthFilter]
    paginator = CountedSoFar
    actions = None
    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request):
        return super().get_queryset(request).reachable_by(person_of(request.user))

    def get_object(self, request, object_id, from_field=None):
        """The entry with its action in words, which titles show too; it is never saved from here."""
        if entry := super().get_object(request, object_id, from_field):
            entry.code, entry.action = entry.action, action_word(entry.action)
        return entry

    def changelist_view(self, request, extra_context=None):
        newest = AuditEntry.objects.first()
        return super().changelist_view(request, {"newest": newest} | (extra_context or {}))

    @admin.display(description=_("No."), ordering="number")
    def place(self, entry):
        return entry.number

    @admin.display(description=_("action"), ordering="action")
    def what(self, entry):
        return action_word(entry.action)

    @admin.display(description=_("code"))
    def code(self, entry):
        return entry.code

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
