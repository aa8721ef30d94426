"""Departments (责任单位)."""

from django.contrib import admin

from projects.admin.records import RecordAdmin
from projects.admin.site import site
from projects.forms.edits import RecordForm
from projects.models import Department


@admin.register(Department, site=site)
class DepartmentAdmin(RecordAdmin):
    form = RecordForm
    fields = ["name", "name_en", "code"]
    list_display = ["name", "name_en", "code"]
    search_fields = ["name", "name_en", "code"]
    prepopulated_fields = {"code": ["name_en"]}
