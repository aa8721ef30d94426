"""Approving, refusing and discarding what waits: a page for the reason, two addresses that take only POST."""

from collections.abc import Callable, Iterable

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from projects.claims import approval
from projects.core.refusals import Refused
from projects.models import User
from projects.models.assertion import Assertion
from projects.models.user import person_of
from projects.words.refusals import sentence


class RefusalForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Why is it refused?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        error_messages={
            "required": gettext_lazy(
                "Say why, for who entered it: for example, “the table on page 2 says 50”."
            )
        },
    )


def decidable(person: User, rows: Iterable[Assertion]) -> set[int]:
    """Which of these wait and may be decided by this person."""
    decider, alone_may = person_of(person), settings.ALONE_MAY_APPROVE
    waiting = (row for row in rows if not (row.approved_at or row.refused_at or approval.is_of_batch(row)))
    return {row.pk for row in waiting if decider.may_decide(row.entered_by_id, alone_may)}


class Deciding:
    """For the admin of claims and that of statistics."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        views = {
            "approve": require_POST(self.approve_view),
            "refuse": require_http_methods(["GET", "HEAD", "POST"])(self.refuse_view),
            "discard": require_POST(self.discard_view),
        }
        ours = [
            path(f"<int:pk>/{verb}/", self.admin_site.admin_view(view), name=f"{name}_{verb}")
            for verb, view in views.items()
        ]
        return [*ours, *super().get_urls()]

    def approve_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = self._reachable(request, pk)
        return self._decide(request, row, approval.approve, _("%(ref)s is approved and public now."))

    def refuse_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = self._reachable(request, pk)
        form = RefusalForm(request.POST or None)
        if form.is_valid():
            why = form.cleaned_data["why"]
            done = _("%(ref)s is refused. It stays on record with your reason, and is never public.")
            return self._decide(request, row, approval.refuse, done, why=why)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Refuse %(ref)s") % {"ref": row.ref},
            "opts": self.opts,
            "original": row,
            "entry": self.entry_of(row),
            "form": form,
            "may_decide": row.pk in decidable(request.user, [row]),
        }
        return TemplateResponse(request, "admin/projects/refuse.html", context)

    def discard_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = self._reachable(request, pk)
        back = self.page_after(row)
        return self._decide(request, row, approval.discard, _("%(ref)s is taken back."), back=back)

    def _reachable(self, request: HttpRequest, pk: int) -> Assertion:
        row = self.get_queryset(request).filter(pk=pk).first()
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        if row is None:
            raise Http404
        return row

    def _decide(
        self, request: HttpRequest, row: Assertion, act: Callable, done: str, *, back: str = "", **why
    ) -> HttpResponse:
        """Do it, or say in words why not."""
        words, level = [done % {"ref": row.ref}], messages.SUCCESS
        try:
            act(row, by=request.user, at=timezone.now(), **why)
        except PermissionDenied:
            words, level = [self._not_you(request.user, row, act)], messages.ERROR
        except Refused as refused:
            was_faster = refused.code == "decided_already"
            level = messages.WARNING if was_faster else messages.ERROR
            words = [sentence(fault) for fault in refused.faults]
        for one in words:
            self.message_user(request, one, level)
        return HttpResponseRedirect(back or self.page_after(row))

    def _not_you(self, person: User, row: Assertion, act: Callable) -> str:
        if act is approval.discard:
            return _("Only who entered %(ref)s may take it back.") % {"ref": row.ref}
        if person.pk == row.entered_by_id:
            return _("You entered %(ref)s yourself: a second person decides.") % {"ref": row.ref}
        return _("Reviewers and data editors decide on %(ref)s.") % {"ref": row.ref}

    def page_after(self, row: Assertion) -> str:
        """Where one goes on."""
        return reverse(f"admin:projects_{self.opts.model_name}_changelist")
