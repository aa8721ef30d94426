"""Places: parks, towns, areas; a point only with its source."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from projects.editing.record_admin import RecordAdmin
from projects.editing.record_forms import PlaceForm
from projects.editing.site import site
from projects.models import Place
from projects.records import saving


@admin.register(Place, site=site)
class PlaceAdmin(RecordAdmin):
    form = PlaceForm
    save_action = staticmethod(saving.save_place)
    fieldsets = [
        (None, {"fields": ["name", "name_en", "code", "kind", "parent"]}),
        (
            _("Point"),
            {
                "fields": [("latitude", "longitude"), "point_source"],
                "description": _("WGS-84, only as a source gives it; never guessed."),
            },
        ),
    ]
    list_display = ["name", "name_en", "kind", "parent", "code"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["name", "name_en", "code"]
    autocomplete_fields = ["parent", "point_source"]
    prepopulated_fields = {"code": ["name_en"]}
