"""Claims: entered, corrected and withdrawn by new claims; read, never edited."""

from django.contrib import admin
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from projects.choices import Topic, ValueKind
from projects.editing.assertion_admin import AssertionAdmin, StateFilter
from projects.editing.claim_forms import ClaimForm, CorrectionForm, WithdrawalForm
from projects.editing.site import site
from projects.models import Claim, Indicator
from projects.words.language import either
from projects.words.series import heading


@admin.register(Claim, site=site)
class ClaimAdmin(AssertionAdmin):
    entry_form, correction_form, withdrawal_form = ClaimForm, CorrectionForm, WithdrawalForm
    series_fields = ["project", "topic", "milestone", "indicator", "scope", "period", "method"]
    value_fields = ["code", "value", "unit", "qualifier", "printed_as"]
    read_fields = [
        *("of_project", "about", "said", "true_on", "known", "source", "where", "basis", "note", "state"),
        *("corrects", "origin", "entered_by", "entered_at", "approved_by", "approved_at"),
        *("refused_by", "refused_at", "refused_why"),
    ]
    autocomplete_fields = ["project", "source", "section"]
    list_display = ["ref", "of_project", "about", "said", "true_on", "known", "state", "source"]
    list_select_related = ["project", "source"]
    list_filter = [StateFilter, "topic", "basis", "origin", "source__kind"]
    search_fields = [
        "ref",
        "project__search_text__text",
        "source__code",
        "source__title",
        "note",
        "value_text",
    ]
    search_help_text = _("References, projects, sources, notes.")

    def get_queryset(self, request):
        """With the name of what a capacity measures."""
        name = either("name", "name_en")
        named = Indicator.objects.filter(code=OuterRef("measure")).values(name)[:1]
        return super().get_queryset(request).annotate(measure_name=Subquery(named))

    def value_fields_of(self, corrected):
        """A code is chosen; a number has a unit apart; some values have a qualifier."""
        if corrected.topic in (Topic.STAGE, Topic.PROMISED):
            return ["code" if corrected.topic == Topic.STAGE else "value", "qualifier"]
        match Topic(corrected.topic).takes:
            case ValueKind.CODE:
                return ["code"]
            case ValueKind.NUMBER:
                return ["value", "unit", "qualifier", "printed_as"]
            case ValueKind.MONEY:
                return ["value", "qualifier", "printed_as"]
        return ["value"]

    def repeated(self, obj):
        return {"project": obj.project_id} | ({"section": obj.section_id} if obj.section_id else {})

    def page_after(self, row):
        return reverse("admin:projects_project_change", args=[row.project_id]) + "#claims"

    @admin.display(description=_("project"), ordering="project")
    def of_project(self, claim):
        address = reverse("admin:projects_project_change", args=[claim.project_id])
        return format_html('<a href="{}#claims">{}</a>', address, claim.project)

    @admin.display(description=_("About"), ordering="topic")
    def about(self, claim):
        name = claim.measure_name if claim.topic == Topic.CAPACITY else ""
        return heading(claim.series(), name or claim.measure)
