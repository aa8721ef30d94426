"""Organisations: enterprises, investors, institutions."""

from django.contrib import admin

from projects.editing.record_admin import RecordAdmin
from projects.editing.record_forms import OrganisationForm
from projects.editing.site import site
from projects.models import Organisation
from projects.records import saving


@admin.register(Organisation, site=site)
class OrganisationAdmin(RecordAdmin):
    form = OrganisationForm
    save_action = staticmethod(saving.save_organisation)
    fields = ["name", "name_en", "code", "aliases", "credit_code"]
    list_display = ["name", "name_en", "credit_code", "code"]
    search_fields = ["name", "name_en", "code", "credit_code", "aliases"]
    prepopulated_fields = {"code": ["name_en"]}
