"""Claims: entered, corrected and withdrawn by new claims; read, never edited."""

from django.contrib import admin
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from projects.choices import Topic, ValueKind
from projects.editing.assertion_admin import AssertionAdmin, StateFilter
from projects.editing.claim_forms import ClaimForm, CorrectionForm, WithdrawalForm
from projects.editing.decide_together import DecidingTogether
from projects.editing.lookups import searched
from projects.editing.site import site
from projects.models import Claim, Indicator
from projects.search.results import every
from projects.words.language import either
from projects.words.series import heading


@admin.register(Claim, site=site)
class ClaimAdmin(DecidingTogether, AssertionAdmin):
    entry_form, correction_form, withdrawal_form = ClaimForm, CorrectionForm, WithdrawalForm
    series_fields = ["project", "topic", "milestone", "indicator", "scope", "period", "method"]
    value_fields = ["code", "value", "unit", "qualifier", "printed_as"]
    read_fields = [
        *("of_project", "about", "said", "true_on", "known", "source", "where", "basis", "note", "state"),
        *("corrects", "origin", "entered", "entered_at", "approved", "approved_at"),
        *("refused", "refused_at", "refused_why"),
    ]
    autocomplete_fields = ["project", "source", "section"]
    list_display = ["ref", "of_project", "about", "said", "true_on", "known", "state", "source"]
    list_select_related = ["project", "source"]
    list_filter = [StateFilter, "topic", "basis", "origin", "source__kind"]
    search_fields = ["ref"]  # asked of the index, below
    search_help_text = _("References, and projects by their names, parties, places and codes.")

    def get_queryset(self, request):
        """With the name of what a capacity measures."""
        name = either("name", "name_en")
        named = Indicator.objects.filter(code=OuterRef("measure")).values(name)[:1]
        return super().get_queryset(request).annotate(measure_name=Subquery(named))

    def get_search_results(self, request, queryset, search_term):
        """By its reference, else those of the projects that the public search finds."""
        question = searched(search_term).strip()
        if not question:
            return queryset, False
        return queryset.filter(Q(ref__iexact=question) | Q(project__in=every(question))), False

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
        return heading(claim.series(), name)
