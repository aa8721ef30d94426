"""Statistics: figures about the district, entered and corrected like claims."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from projects.editing.assertion_admin import AssertionAdmin, StateFilter
from projects.editing.site import site
from projects.editing.statistic_forms import StatisticCorrectionForm, StatisticForm, StatisticWithdrawalForm
from projects.models import Statistic
from projects.words import dates
from projects.words.language import in_language


@admin.register(Statistic, site=site)
class StatisticAdmin(AssertionAdmin):
    entry_form, correction_form = StatisticForm, StatisticCorrectionForm
    withdrawal_form = StatisticWithdrawalForm
    series_fields = ["subject", "period", "method", "is_target"]
    value_fields = ["kind", "value", "unit", "qualifier", "printed_as", "members"]
    read_fields = [
        *(
            "name",
            "period_words",
            "is_target",
            "method",
            "said",
            "members",
            "true_on",
            "known",
            "source",
            "where",
            "basis",
            "note",
        ),
        *("state", "corrects", "origin", "entered", "entered_at", "approved", "approved_at"),
        *("refused", "refused_at", "refused_why"),
    ]
    autocomplete_fields = ["subject", "source", "section"]
    list_display = ["ref", "name", "period_words", "is_target", "said", "true_on", "known", "state", "source"]
    list_select_related = ["subject", "source"]
    list_filter = [StateFilter, "subject__group", "is_target", "basis", "source__kind"]
    search_fields = ["ref", "subject__name", "subject__name_en", "subject__code", "source__code", "note"]

    @admin.display(description=_("subject"), ordering="subject__code")
    def name(self, statistic):
        return in_language(statistic.subject)

    @admin.display(description=_("period"), ordering="period")
    def period_words(self, statistic):
        return dates.period(statistic.period) if statistic.period else self.get_empty_value_display()
