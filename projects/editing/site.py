"""Our admin site: who may enter, the grouped index, what waits for a second person, the other language."""

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse, translate_url
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from projects.editing import ledger
from projects.models import SourceSection
from projects.words.language import either

MOST_WAITING = 10  # shown on the index; the list has them all

GROUPS = (
    ("records", _("Records"), ("Project", "Organisation", "Place", "Department")),
    ("evidence", _("Evidence"), ("Source", "Claim", "Statistic", "Indicator")),
    ("people", _("People"), ("User", "Group")),
    ("changes", _("Record of changes"), ("AuditEntry",)),
)


class AutocompleteView(AutocompleteJsonView):
    """A section is named with its document: each of them begins with a section 1."""

    def get_queryset(self):
        """Ordered by key where nothing else orders the rows: pages of an unordered list would overlap."""
        found = super().get_queryset()
        return found if found.ordered else found.order_by("pk")

    def serialize_result(self, obj, to_field_name):
        result = super().serialize_result(obj, to_field_name)
        if isinstance(obj, SourceSection):
            result["text"] = f"{obj.source} › {obj}"
        return result


class RecordSite(admin.AdminSite):
    site_title = site_header = _("Qijiang projects: records")
    index_title = _("Records and evidence")

    def has_permission(self, request: HttpRequest) -> bool:
        """Whoever has a role with any right here; a reporter has none."""
        return request.user.is_active and request.user.has_module_perms("projects")

    @method_decorator([never_cache, login_not_required])
    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """There is one way in, with its lock-out and its second factor: the page of accounts."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"), reverse("account_login"))

    def logout(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        if request.method == "POST":
            logout(request)
        return redirect("account_login")

    def password_change(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return redirect("account_change_password")

    password_change_done = password_change

    def each_context(self, request: HttpRequest) -> dict:
        other = either("en", "zh-hans")
        address = translate_url(request.get_full_path(), other) if request.method == "GET" else ""
        return super().each_context(request) | {
            "site_url": reverse("home"),
            "other_language": address,
            "other_language_code": other,
        }

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict]:
        """By what the rows are, in the order in which editors need them."""
        apps = self._build_app_dict(request).values()
        by_name = {model["object_name"]: model for app in apps for model in app["models"]}
        groups = [
            {"app_label": code, "name": name, "models": [by_name[one] for one in names if one in by_name]}
            for code, name, names in GROUPS
        ]
        return [group for group in groups if group["models"]]

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        waiting = ledger.waiting(MOST_WAITING) if request.user.has_perm("projects.view_claim") else []
        return super().index(request, {"waiting": waiting} | (extra_context or {}))

    def app_index(self, request: HttpRequest, app_label: str, extra_context=None) -> HttpResponse:
        """The groups are no applications: there is one index."""
        return HttpResponseRedirect(reverse("admin:index"))

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return AutocompleteView.as_view(admin_site=self)(request)


site = RecordSite()
