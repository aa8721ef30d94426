"""Projects: identity with aliases and parties, and below it every claim as a history."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Subquery
from django.http import HttpRequest, JsonResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from projects.choices import Role, Stage
from projects.core.numbers import whole
from projects.editing import ledger
from projects.editing.decisions import decidable
from projects.editing.lookups import searched
from projects.editing.project_filters import AgeFilter, DoubtFilter, StageFilter, UnitFilter, WaitsFilter
from projects.editing.record_admin import OwnRows, RecordAdmin
from projects.editing.record_forms import (
    AliasForm,
    NeighbourForm,
    NeighbourRows,
    PartyForm,
    PlaceSourceForm,
    ProjectForm,
)
from projects.editing.set_together import SettingTogether
from projects.editing.site import site
from projects.models import Alias, Claim, Neighbour, PlaceSource, Project, ProjectParty
from projects.models.user import person_of
from projects.records import saving
from projects.records.completeness import with_completeness
from projects.records.similar_names import similar
from projects.search.results import every
from projects.words import dates

WHERE = ("source", "section", "paragraph", "sentence", "known_on")


class AliasInline(OwnRows):
    model = Alias
    form = AliasForm
    fields = [("name", "kind"), "note", WHERE]
    autocomplete_fields = ["source", "section"]


class PartyInline(OwnRows):
    model = ProjectParty
    form = PartyForm
    fields = [("organisation", "role"), WHERE]
    autocomplete_fields = ["organisation", "source", "section"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("organisation")


class PlaceSourceInline(OwnRows):
    model = PlaceSource
    form = PlaceSourceForm
    fields = ["place", "note", WHERE]
    autocomplete_fields = ["place", "source", "section"]


class NeighbourInline(OwnRows):
    model = Neighbour
    form = NeighbourForm
    formset = NeighbourRows
    fk_name = "project"
    fields = [("neighbour", "nearness"), "note", WHERE]
    autocomplete_fields = ["neighbour", "source", "section"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("project", "neighbour")


@admin.register(Project, site=site)
class ProjectAdmin(SettingTogether, RecordAdmin):
    form = ProjectForm
    change_form_template = "admin/projects/project_form.html"
    save_action = staticmethod(saving.save_project)
    inlines = [AliasInline, PartyInline, PlaceSourceInline, NeighbourInline]
    list_display = [
        *("code", "name", "department", "place", "kind", "stage", "age", "waiting", "complete", "is_public")
    ]
    list_display_links = ["code", "name"]
    list_filter = [
        *(WaitsFilter, DoubtFilter, UnitFilter, StageFilter, AgeFilter),
        *("kind", "record_type", "is_public", ("place", admin.RelatedOnlyFieldListFilter)),
    ]
    list_select_related = ["department", "place", "current"]
    search_fields = ["name"]  # asked of the index, below
    search_help_text = _("Names, other names, parties, places and codes.")
    autocomplete_fields = ["place", "own_place", "department", "parent"]
    readonly_fields = ["code"]

    def get_fieldsets(self, request, obj=None):
        confirm = ["is_distinct"] if self._may_save(request, obj) else []
        return [
            (
                None,
                {"fields": [*(["code"] if obj else []), "name", "name_en", *confirm, "slug", "is_public"]},
            ),
            (
                _("What it is"),
                {"fields": ["kind", "sector", "record_type", "funding", "summary", "summary_en"]},
            ),
            (
                _("Where it belongs"),
                {"fields": ["place", "own_place", "department", "parent", "national_code", "cadence"]},
            ),
        ]

    def _may_save(self, request, obj) -> bool:
        return self.has_change_permission(request, obj) if obj else self.has_add_permission(request)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.find_similar = staticmethod(similar)
        if "name" in form.base_fields:
            form.base_fields["name"].widget.attrs |= {
                "data-similar": reverse("admin:projects_project_similar"),
                "data-similar-words": _("Names like this are on record:"),
                "data-besides": obj.pk if obj else "",
            }
        return form

    def get_queryset(self, request):
        """With how many claims wait, counted for the rows that are shown."""
        pending = Claim.objects.pending().filter(project=OuterRef("pk")).order_by().values("project")
        count = Subquery(pending.annotate(n=Count("pk")).values("n"))
        return with_completeness(super().get_queryset(request)).annotate(waiting=count)

    def get_search_results(self, request, queryset, search_term):
        """As the public search."""
        question = searched(search_term).strip()
        return queryset.filter(pk__in=every(question)) if question else queryset, False

    def get_urls(self):
        view = self.admin_site.admin_view(require_safe(self.similar_view))
        return [path("similar/", view, name="projects_project_similar"), *super().get_urls()]

    def similar_view(self, request: HttpRequest) -> JsonResponse:
        """Projects with a name like the one being typed."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        besides, name = request.GET.get("besides", ""), request.GET.get("name", "")[:200]
        found = similar(name.replace("\0", " "), besides=whole(besides))
        rows = [
            {
                "code": one.code,
                "name": one.name,
                "by": one.by,
                "url": reverse("admin:projects_project_change", args=[one.pk]),
            }
            for one in found[:10]
        ]
        return JsonResponse({"similar": rows})

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["may_enter_facts"] = person_of(request.user).has(Role.EDITOR)
        if obj is not None:
            read = ledger.of_project(obj, after=whole(request.GET.get("after", "")))
            rows = [entry.row for chapter in read.chapters for entry in chapter.entries]
            context |= {"ledger": read, "decidable": decidable(request.user, rows)}
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def view_on_site(self, obj):
        return reverse("project_page", args=[obj.slug]) if obj.is_public else None

    @admin.display(description=_("stage today"), ordering="current__stage_order")
    def stage(self, project):
        stage = project.current.stage if hasattr(project, "current") else ""
        return Stage(stage).label if stage else _("none")

    @admin.display(description=_("last said"), ordering="current__stage_said_on")
    def age(self, project):
        """How long ago the stage was said last."""
        said_on = project.current.stage_said_on if hasattr(project, "current") else None
        return dates.age(said_on, timezone.localdate()) if said_on else ""

    @admin.display(description=_("complete"), ordering="completeness")
    def complete(self, project):
        return f"{project.completeness} %"

    @admin.display(description=_("waiting"), ordering="waiting")
    def waiting(self, project):
        return project.waiting or ""
