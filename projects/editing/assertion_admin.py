"""What the admin of claims and that of statistics share: they are entered and read, never edited or deleted.

A correction and a withdrawal are entered on the same page, told by `?corrects=` or `?withdraws=` and a
reference. Deciding on what waits is `editing.decisions`.
"""

from django.contrib import admin, messages
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.claims import approval, checks
from projects.core.refusals import Refused
from projects.editing import ledger
from projects.editing.correction_request import CorrectionRequest
from projects.editing.decisions import Deciding, decidable
from projects.editing.lookups import RowSelect
from projects.editing.record_admin import Audited, LostTyping
from projects.models import Statistic, User
from projects.models.assertion import Assertion
from projects.pages import value_tags
from projects.words import dates
from projects.words.refusals import in_words

STATES = {
    ledger.PENDING: gettext_lazy("waits for a second person"),
    ledger.PUBLISHED: gettext_lazy("approved"),
    ledger.CORRECTED: gettext_lazy("corrected"),
    ledger.WITHDRAWN: gettext_lazy("withdrawn"),
    ledger.REFUSED: gettext_lazy("refused"),
}


class StateFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [(code, words) for code, words in STATES.items() if code != ledger.WITHDRAWN]

    def queryset(self, request, queryset):
        match self.value():
            case ledger.PENDING:
                return queryset.pending()
            case ledger.REFUSED:
                return queryset.filter(refused_at__isnull=False)
            case ledger.PUBLISHED | ledger.CORRECTED as state:
                return queryset.approved().filter(is_corrected=state == ledger.CORRECTED)
        return queryset


class AssertionAdmin(Deciding, Audited, LostTyping, admin.ModelAdmin):
    change_form_template = "admin/projects/assertion_form.html"
    entry_form: type[ModelForm]
    correction_form: type[ModelForm]
    withdrawal_form: type[ModelForm]
    read_fields: list
    series_fields: list
    value_fields: list
    autocomplete_fields = ["source", "section"]
    list_select_related = ["source", "section"]
    ordering = ["-entered_at", "-ref"]
    actions = None
    list_per_page = 50
    show_full_result_count = False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).with_correction()

    # Entering

    def add_view(self, request, form_url="", extra_context=None):
        draft = self._draft(request)
        if draft.is_asked and draft.problem:
            self.message_user(request, draft.problem, messages.ERROR)
            return HttpResponseRedirect(draft.back)
        try:
            return self._add_view(request, form_url, draft, extra_context or {})
        except Refused as refused:  # decided on while it was sent
            self.message_user(request, in_words(refused), messages.ERROR)
            return HttpResponseRedirect(draft.back)

    def _add_view(self, request, form_url, draft: CorrectionRequest, extra_context: dict):
        context = {
            "show_save_and_continue": False,
            "show_save_and_add_another": not draft.is_asked,
            "corrected": ledger.entry(draft.row) if draft.row else None,
            "is_withdrawal": draft.is_withdrawal,
        }
        return super().add_view(request, form_url, context | draft.title | extra_context)

    def _draft(self, request: HttpRequest) -> CorrectionRequest:
        return CorrectionRequest(self.model, request.GET, request.user.pk)

    def get_fieldsets(self, request, obj=None):
        if obj is not None:
            return [(None, {"fields": self.read_fields})]
        asked = self._draft(request)
        place = ["source", "section", ("paragraph", "sentence")]
        value = self.value_fields_of(asked.row) if asked.row else self.value_fields
        value = [] if asked.is_withdrawal else value
        said = ["note"] if asked.is_withdrawal else ["as_of", "basis", "note"]
        said += [] if asked.row else ["is_both"]
        series = [] if asked.row else self.series_fields
        return [
            *([(_("What it is about"), {"fields": series})] if series else []),
            *([(_("What is said"), {"fields": value})] if value else []),
            (_("Where it is said"), {"fields": place}),
            (_("How it is said"), {"fields": said}),
        ]

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None:
            kwargs["form"] = self._form(request)
        form = super().get_form(request, obj, change, **kwargs)
        if "indicator" in form.base_fields:
            field = form.base_fields["indicator"]
            field.widget = RowSelect(Statistic._meta.get_field("subject"), self.admin_site)
            field.widget.choices = field.choices
        return form

    def _form(self, request: HttpRequest) -> type[ModelForm]:
        """The form for what is asked, told what this door knows: the moment and the tables."""
        asked, at = self._draft(request), timezone.now()
        form = self.withdrawal_form if asked.is_withdrawal else self.correction_form
        hooks = {
            "other_value": staticmethod(approval.other_value),
            "known_on_of": staticmethod(lambda draft: approval.known_on_of(draft, at)),
            "faults_of": staticmethod(lambda draft: checks.faults(draft, at) + checks.out_of_order(draft)),
        }
        if asked.row:
            hooks["make_draft"] = staticmethod(lambda: approval.correction_of(asked.row))
        if asked.changed:
            hooks["changed"] = asked.changed
        return type(form.__name__, (form if asked.row else self.entry_form,), hooks)

    def save_model(self, request, obj, form, change):
        if changed := self._draft(request).changed:
            approval.change(changed, obj, by=request.user, at=timezone.now())
        else:
            approval.enter(obj, by=request.user, at=timezone.now())

    def response_add(self, request, obj, post_url_continue=None):
        words = _("%(ref)s is entered and waits for a second person. Understood: %(said)s, as of %(day)s.")
        understood = {"ref": obj.ref, "said": self.said(obj), "day": self.true_on(obj)}
        self.message_user(request, words % understood, messages.SUCCESS)
        if "_addanother" in request.POST and not obj.corrects_id:
            again = urlencode({"source": obj.source_id} | self.repeated(obj))
            return HttpResponseRedirect(f"{reverse(f'admin:projects_{self.opts.model_name}_add')}?{again}")
        return HttpResponseRedirect(self.page_after(obj))

    def value_fields_of(self, corrected: Assertion) -> list:
        """Those that a correction may need."""
        return self.value_fields

    def repeated(self, obj: Assertion) -> dict:
        """What the next one is likely to share with this one, besides the source."""
        return {}

    # Reading

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            entry = self.entry_of(obj)
            context |= {
                "entry": entry,
                "title": str(obj),
                "subtitle": None,
                "may_decide": obj.pk in decidable(request.user, [obj]),
                "may_correct": entry.state == ledger.PUBLISHED and self.has_add_permission(request),
            }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def entry_of(self, row: Assertion) -> ledger.LedgerEntry:
        return ledger.entry(row)

    @admin.display(description=gettext_lazy("Value"))
    def said(self, row):
        words = value_tags.value(row.value(), row.qualifier, getattr(row, "topic", ""))
        return words or _("withdrawn: no value")

    @admin.display(description=gettext_lazy("as of"), ordering="as_of_latest")
    def true_on(self, row):
        return value_tags.fuzzy(row.as_of)

    @admin.display(description=gettext_lazy("known on"), ordering="known_on")
    def known(self, row):
        return dates.day(row.known_on)

    @admin.display(description=gettext_lazy("state"))
    def state(self, row):
        return STATES[ledger.state_of(row, row.is_corrected)]

    @admin.display(description=gettext_lazy("place in the source"))
    def where(self, row):
        return value_tags.place_of(row) or _("not given")

    @admin.display(description=gettext_lazy("entered by"))
    def entered(self, row):
        return self._who(row.entered_by)

    @admin.display(description=gettext_lazy("approved by"))
    def approved(self, row):
        return self._who(row.approved_by)

    @admin.display(description=gettext_lazy("refused by"))
    def refused(self, row):
        return self._who(row.refused_by)

    def _who(self, person: User | None) -> User | str:
        """A name, for the page of an account is for administrators alone; Django writes nobody as None."""
        return person or self.get_empty_value_display()
