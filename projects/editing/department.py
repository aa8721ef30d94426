"""Departments (责任单位), and handing the projects of one over to another."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from projects.core.refusals import Refused
from projects.editing.record_admin import RecordAdmin
from projects.editing.site import site
from projects.models import Department, Project
from projects.pages.form_fields import RowsField
from projects.pages.versioned_form import RecordForm
from projects.reports import hand_over
from projects.words.refusals import in_words


class HandOverForm(forms.Form):
    to = forms.ModelChoiceField(Department.objects.none(), label=gettext_lazy("Receiving unit"))
    projects = RowsField(
        Project.objects.none(), label=gettext_lazy("Projects"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, giver: Department, *args, **kwargs):
        own = giver.projects.all()
        super().__init__(*args, initial={"projects": own}, **kwargs)
        self.fields["to"].queryset = Department.objects.exclude(pk=giver.pk)
        self.fields["projects"].queryset = own


@admin.register(Department, site=site)
class DepartmentAdmin(RecordAdmin):
    form = RecordForm
    change_form_template = "admin/projects/department_form.html"
    fields = ["name", "name_en", "code", "contact"]
    list_display = ["name", "name_en", "code"]
    search_fields = ["name", "name_en", "code"]
    prepopulated_fields = {"code": ["name_en"]}

    def get_urls(self):
        view = self.admin_site.admin_view(self.hand_over_view)
        return [path("<int:pk>/hand-over/", view, name="projects_department_hand_over"), *super().get_urls()]

    def hand_over_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Chosen first, then shown once more with what goes along, then done."""
        giver = get_object_or_404(Department, pk=pk)
        if not self.has_change_permission(request, giver):
            raise PermissionDenied
        form = HandOverForm(giver, request.POST or None)
        is_chosen = form.is_valid()
        if is_chosen and "confirmed" in request.POST and (answer := self._hand_over(request, giver, form)):
            return answer
        context = self.admin_site.each_context(request) | {
            "title": _("Hand over the projects of %(unit)s") % {"unit": giver},
            "opts": self.opts,
            "original": giver,
            "form": form,
            "chosen": self._chosen(giver, form) if is_chosen else None,
        }
        return TemplateResponse(request, "admin/projects/hand_over.html", context)

    def _chosen(self, giver: Department, form: HandOverForm) -> dict:
        projects = form.cleaned_data["projects"]
        reports, problems = hand_over.goes_along(giver, projects)
        counts = {"reports": reports.count(), "problems": problems.count()}
        return {"to": form.cleaned_data["to"], "projects": projects} | counts

    def _hand_over(self, request: HttpRequest, giver: Department, form: HandOverForm) -> HttpResponse | None:
        to = form.cleaned_data["to"]
        try:
            done = hand_over.hand_over(
                giver, to, form.cleaned_data["projects"], by=request.user, at=timezone.now()
            )
        except Refused as refused:
            self.message_user(request, in_words(refused), "ERROR")
            return None
        words = ngettext(
            "%(count)s project now belongs to %(unit)s.",
            "%(count)s projects now belong to %(unit)s.",
            len(done),
        )
        self.message_user(request, words % {"count": len(done), "unit": to})
        return redirect("admin:projects_department_change", to.pk)
