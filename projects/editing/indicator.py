"""Indicators: the names of figures, for statistics and for what capacities measure."""

from django.contrib import admin

from projects.choices import Topic
from projects.editing.record_admin import RecordAdmin
from projects.editing.site import site
from projects.models import Claim, Indicator
from projects.pages.versioned_form import RecordForm


@admin.register(Indicator, site=site)
class IndicatorAdmin(RecordAdmin):
    form = RecordForm
    fields = ["name", "name_en", "code", "group", "position"]
    list_display = ["name", "name_en", "group", "position", "code"]
    list_filter = ["group"]
    search_fields = ["name", "name_en", "code"]
    prepopulated_fields = {"code": ["name_en"]}

    def has_delete_permission(self, request, obj=None):
        """Capacities name theirs by its code, which the database cannot see."""
        is_used = obj is not None and Claim.objects.filter(topic=Topic.CAPACITY, measure=obj.code).exists()
        return super().has_delete_permission(request, obj) and not is_used
