"""Deciding on several claims chosen in the list: all shown once more with what holds now, then done."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from projects.claims import approval_together
from projects.claims.approval_together import MAX_TOGETHER, DecidedTogether
from projects.claims.held_values import held_values
from projects.editing import ledger
from projects.editing.decisions import RefusalForm, decidable
from projects.models import Claim
from projects.models.user import person_of
from projects.words.refusals import sentence

DECIDE = "decide"
NEEDED = ("project", "source", "section", "corrects", "entered_by")


class DecidingTogether:
    """For the admin of claims: offered where the list shows what waits."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.decide_together_view))
        return [path("together/", view, name="projects_claim_decide_together"), *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> dict:
        waits = request.GET.get("state") == ledger.PENDING
        if not waits or not person_of(request.user).may_decide(None, alone_may=False):
            return {}
        return {DECIDE: (_asked, DECIDE, gettext_lazy("decide on those chosen …"))}

    def get_action_choices(self, request: HttpRequest, default_choices=None) -> list[tuple[str, str]]:
        """The one that there is is chosen already."""
        return super().get_action_choices(request, default_choices=[])

    def asked_view(self, request: HttpRequest, chosen: QuerySet) -> HttpResponse | None:
        refs = list(chosen.pending().values_list("ref", flat=True)[: MAX_TOGETHER + 1])
        if len(refs) > MAX_TOGETHER:
            words = _("At most %(most)s claims are decided on together: choose fewer.")
            self.message_user(request, words % {"most": MAX_TOGETHER}, "ERROR")
            return None
        return self._page(request, refs, RefusalForm())

    def decide_together_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        refs = [ref for ref in request.POST.getlist("ref") if "\0" not in ref]
        is_refusal, form = "refuse" in request.POST, RefusalForm(request.POST)
        if not refs or len(refs) > MAX_TOGETHER:
            self.message_user(request, _("Nothing is chosen that could be decided on."), "ERROR")
        elif is_refusal and not form.is_valid():
            return self._page(request, refs, form)
        else:
            self._done(request, refs, form.cleaned_data["why"] if is_refusal else None)
        address = reverse("admin:projects_claim_changelist")
        return HttpResponseRedirect(f"{address}?state={ledger.PENDING}")

    def _done(self, request: HttpRequest, refs: list[str], why: str | None) -> None:
        told = {"by": request.user, "at": timezone.now()}
        if why is None:
            decided = approval_together.approve(refs, **told)
            words = ngettext(
                "%(count)s claim is approved and public now.",
                "%(count)s claims are approved and public now.",
                len(decided.done),
            )
        else:
            decided = approval_together.refuse(refs, why=why, **told)
            words = ngettext(
                "%(count)s claim is refused.", "%(count)s claims are refused.", len(decided.done)
            )
        self.message_user(request, words % {"count": len(decided.done)}, "SUCCESS")
        for one in _left(decided):
            self.message_user(request, one, "WARNING")

    def _page(self, request: HttpRequest, refs: list[str], form: RefusalForm) -> HttpResponse:
        """What somebody decided on meanwhile, and one's own, is not offered."""
        rows = self.get_queryset(request).filter(ref__in=refs).select_related(*NEEDED)
        rows = list(rows.order_by("entered_at", "ref"))
        may = decidable(request.user, rows)
        offered = [row for row in rows if row.pk in may]
        held = held_values(offered, timezone.localdate())
        context = self.admin_site.each_context(request) | {
            "title": _("Decide together"),
            "opts": self.opts,
            "form": form,
            "rows": [(row, self.about(row), held.get(row.pk)) for row in offered],
            "own": [row for row in rows if row.pk not in may],
        }
        return TemplateResponse(request, "admin/projects/decide_together.html", context)


def _asked(admin: DecidingTogether, request: HttpRequest, chosen: QuerySet[Claim]) -> HttpResponse | None:
    return admin.asked_view(request, chosen)


def _left(decided: DecidedTogether) -> list[str]:
    """Each by its reference, with the reason."""
    return [
        sentence(fault) if "ref" in fault.values else f"{ref}: {sentence(fault)}"
        for ref, faults in decided.left.items()
        for fault in faults
    ]
