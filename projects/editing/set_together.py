"""Setting one fact of the projects chosen in the list: first shown, what was and what will be, then done.

The write is `records.saving_together`; of a unit it is `reports.hand_over`, as what is open goes along.
"""

from collections.abc import Iterable

from django import forms
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from projects.choices import Funding, Kind
from projects.core.numbers import whole
from projects.models import Department, Place, Project
from projects.pages.versioned_form import shown
from projects.records import saving_together
from projects.records.saving_together import MAX_TOGETHER, Fact, Fate, SetTogether
from projects.reports import hand_over
from projects.words.language import in_language

RECORDS = {"department": Department, "place": Place}
CODES = {"kind": Kind, "funding": Funding}
MAX_NAMED = 20  # in a message


class SetForm(ActionForm):
    action = forms.ChoiceField(label=gettext_lazy("Set for those chosen:"))


class WhyForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Why is it set?"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField", "autofocus": True}),
        error_messages={"required": gettext_lazy("Say why: it stands in the record of changes.")},
    )


class SettingTogether:
    """For the admin of projects."""

    action_form = SetForm

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.set_together_view))
        return [path("together/", view, name="projects_project_set_together"), *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> dict:
        """One for each value of each fact."""
        return {code: (_asked, code, words) for _label, group in self.facts(request) for code, words in group}

    def get_action_choices(self, request: HttpRequest, default_choices=None) -> list:
        return [("", "---------"), *self.facts(request)]

    def facts(self, request: HttpRequest) -> list[tuple[str, list[tuple[str, str]]]]:
        """What may be set, by the columns; read once a request."""
        if not self.has_change_permission(request):
            return []
        if not hasattr(request, "facts"):
            request.facts = [(_label(column), list(_values(column))) for column in saving_together.COLUMNS]
        return request.facts

    def asked_view(self, request: HttpRequest, chosen: QuerySet, code: str) -> HttpResponse | None:
        """What would change of those that are chosen, as they stand now."""
        projects = list(saving_together.read(chosen.values("pk"))[: MAX_TOGETHER + 1])
        if len(projects) > MAX_TOGETHER:
            words = _("At most %(most)s projects are set together: choose fewer.") % {"most": MAX_TOGETHER}
            self.message_user(request, words, "ERROR")
            return None
        seen = {one.pk: one.version for one in projects}
        return self._page(request, projects, seen, code, WhyForm())

    def set_together_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        code, form = request.POST.get("set", ""), WhyForm(request.POST)
        fact, seen = fact_of(code), _versions(request.POST.getlist("row"))
        if fact is None or not seen or len(seen) > MAX_TOGETHER:
            self.message_user(request, _("Nothing is chosen that could be set."), "ERROR")
        elif not form.is_valid():
            return self._page(request, list(saving_together.read(seen)), seen, code, form)
        else:
            self._set(request, fact, seen, form.cleaned_data["why"])
        query = request.META.get("QUERY_STRING", "")
        address = reverse("admin:projects_project_changelist")
        return HttpResponseRedirect(f"{address}?{query}" if query else address)

    def _set(self, request: HttpRequest, fact: Fact, seen: dict[int, int], why: str) -> None:
        told = {"by": request.user, "at": timezone.now(), "why": why}
        if fact.column == "department":
            done = hand_over.give(seen, fact.value, **told)
        else:
            done = saving_together.set_fact(fact, seen, **told)
        for words, level in outcome(fact, done):
            self.message_user(request, words, level)

    def _page(
        self, request: HttpRequest, projects: list[Project], seen: dict[int, int], code: str, form: WhyForm
    ) -> HttpResponse:
        fact = fact_of(code)
        rows = [(one, fact.fate_of(one, seen[one.pk]), seen[one.pk]) for one in projects]
        context = self.admin_site.each_context(request) | {
            "title": _("Set together: %(fact)s") % {"fact": _label(fact.column)},
            "opts": self.opts,
            "code": code,
            "form": form,
            "new": _words(fact),
            "rows": [(one, shown(one, fact.column), fate, version) for one, fate, version in rows],
            "count": sum(fate == Fate.CHANGES for _one, fate, _version in rows),
            "query": request.META.get("QUERY_STRING", ""),
            "publishes": fact.column == "is_public",
        }
        return TemplateResponse(request, "admin/projects/set_together.html", context)


def _asked(admin: SettingTogether, request: HttpRequest, chosen: QuerySet) -> HttpResponse | None:
    return admin.asked_view(request, chosen, request.POST.get("action", ""))


def fact_of(code: str) -> Fact | None:
    """`department:3`, `kind:digital`; None for what cannot be set."""
    column, _colon, value = code.partition(":")
    if column in RECORDS and whole(value) is not None:
        record = RECORDS[column].objects.filter(pk=whole(value)).first()
        return Fact(column, record) if record else None
    if column in CODES and value in CODES[column].values:
        return Fact(column, value)
    return Fact(column, value=True) if code == "is_public:yes" else None


def outcome(fact: Fact, done: SetTogether) -> list[tuple[str, str]]:
    """What is said of it, with the level of each message: what was left is named."""
    words = ngettext(
        "%(count)s project is set to “%(value)s”.",
        "%(count)s projects are set to “%(value)s”.",
        len(done.changed),
    )
    told = [(words % {"count": len(done.changed), "value": _words(fact)}, "SUCCESS")]
    left = {
        Fate.MOVED: _("Changed by somebody after you opened the page, and left as they are: %(names)s."),
        Fate.STANDS: _("Set so already: %(names)s."),
        Fate.WITH_FILE: _("Shown with the file that made them, once it is approved: %(names)s."),
        Fate.HIDDEN: _("Hidden with a reason, and shown again at the desk, each for itself: %(names)s."),
    }
    levels = {Fate.MOVED: "WARNING", Fate.STANDS: "INFO", Fate.WITH_FILE: "WARNING", Fate.HIDDEN: "WARNING"}
    return told + [
        (words % {"names": _names(done.rows[fate])}, levels[fate])
        for fate, words in left.items()
        if done.rows[fate]
    ]


def _names(projects: list[Project]) -> str:
    names = [f"{one.code} {in_language(one)}" for one in projects[:MAX_NAMED]]
    return "; ".join([*names, "…"] if len(projects) > MAX_NAMED else names)


def _label(column: str) -> str:
    return str(Project._meta.get_field(column).verbose_name)


def _values(column: str) -> Iterable[tuple[str, str]]:
    if column in RECORDS:
        return [(f"{column}:{one.pk}", in_language(one)) for one in RECORDS[column].objects.all()]
    if column in CODES:
        return [(f"{column}:{code}", str(words)) for code, words in CODES[column].choices]
    return [("is_public:yes", _("show to everybody"))]


def _words(fact: Fact) -> str:
    if fact.column in RECORDS:
        return in_language(fact.value)
    return str(CODES[fact.column](fact.value).label) if fact.column in CODES else _("yes")


def _versions(rows: list[str]) -> dict[int, int]:
    """`12:3` is version 3 of the project with the key 12; what is no such pair is nothing."""
    pairs = [(whole(key), whole(version)) for key, _colon, version in (row.partition(":") for row in rows)]
    return {key: version for key, version in pairs if key is not None and version is not None}
