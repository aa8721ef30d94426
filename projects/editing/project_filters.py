"""Filters of the list of projects in the admin, beside the project's own columns: by the rows of today."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.choices import Age, Stage
from projects.claims import stage_ages
from projects.core.numbers import whole
from projects.models import Claim, Current, Department
from projects.records.doubts import doubtful
from projects.records.rules.doubts import RecordDoubt
from projects.words.language import in_language
from projects.words.record_gaps import DOUBTS

NONE, EXPECTED = "empty", "none"


class WaitsFilter(admin.SimpleListFilter):
    title = _("claims that wait")
    parameter_name = "waits"

    def lookups(self, request, model_admin):
        return [("yes", _("some wait for a second person"))]

    def queryset(self, request, queryset):
        waiting = Claim.objects.pending().order_by().values("project")
        return queryset.filter(pk__in=waiting) if self.value() == "yes" else queryset


class UnitFilter(admin.SimpleListFilter):
    title = _("responsible unit")
    parameter_name = "unit"

    def lookups(self, request, model_admin):
        units = [(str(one.pk), in_language(one)) for one in Department.objects.all()]
        return [(EXPECTED, _("to be reported on, without a unit")), (NONE, _("without a unit")), *units]

    def queryset(self, request, queryset):
        match self.value():
            case "none":
                unnamed = Current.objects.expected().filter(department=None)
                return queryset.filter(pk__in=unnamed.values("project"))
            case "empty":
                return queryset.filter(department=None)
            case str(unit) if whole(unit) is not None:
                return queryset.filter(department=whole(unit))
        return queryset


class StageFilter(admin.SimpleListFilter):
    title = _("stage today")
    parameter_name = "stage"

    def lookups(self, request, model_admin):
        return [*Stage.choices, (NONE, _("none"))]

    def queryset(self, request, queryset):
        if self.value() == NONE:
            return queryset.exclude(pk__in=Current.objects.exclude(stage="").values("project"))
        return queryset.filter(current__stage=self.value()) if self.value() in Stage.values else queryset


class AgeFilter(admin.SimpleListFilter):
    title = _("stage last said")
    parameter_name = "age"

    def lookups(self, request, model_admin):
        return Age.choices

    def queryset(self, request, queryset):
        if self.value() not in Age.values:
            return queryset
        rows = stage_ages.of_ages(Current.objects.all(), timezone.localdate(), [self.value()])
        return queryset.filter(pk__in=rows.values("project"))


class DoubtFilter(admin.SimpleListFilter):
    title = _("to be looked at")
    parameter_name = "doubt"

    def lookups(self, request, model_admin):
        return [(doubt.value, words) for doubt, words in DOUBTS.items()]

    def queryset(self, request, queryset):
        return (
            queryset.filter(pk__in=doubtful(self.value())) if self.value() in list(RecordDoubt) else queryset
        )
