"""Helping somebody back in: a one-time link for a forgotten password, a lost second factor taken away.

Both are in the audit. Who may is who may change accounts: administrators, after a code
(`editing.confirmation`).
"""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from projects.accounts import one_time_links, second_factor, users
from projects.core.refusals import Refused
from projects.editing.confirmation import confirmed
from projects.models import User
from projects.pages import page_frame
from projects.words.refusals import in_words

ASKED = ["GET", "HEAD", "POST"]


class Helping:
    """For the admin of accounts."""

    def get_urls(self):
        views = {"link": self.link_view, "second_factor": self.second_factor_view}
        ours = [
            path(
                f"<int:pk>/{verb.replace('_', '-')}/",
                self.admin_site.admin_view(require_http_methods(ASKED)(view)),
                name=f"projects_user_{verb}",
            )
            for verb, view in views.items()
        ]
        return [*ours, *super().get_urls()]

    @confirmed
    def link_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The link stands in the answer to the form and nowhere else: asking again makes another."""
        user, link = self._helped(request, pk), ""
        if request.method == "POST":
            try:
                parts = one_time_links.make(user, by=request.user, at=timezone.now())
            except Refused as refused:
                self.message_user(request, in_words(refused), "ERROR")
                return redirect("admin:projects_user_change", pk)
            link = page_frame.root(request) + reverse("reset_password", args=parts)
        title = _("One-time link for %(name)s") % {"name": user}
        return self._page(request, user, "one_time_link", title, link=link)

    @confirmed
    def second_factor_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = self._helped(request, pk)
        if request.method == "POST":
            if users.take_second_factor(user, by=request.user, at=timezone.now()):
                words = _("The second factor of %(name)s is taken away. Have a new one set up soon.")
                self.message_user(request, words % {"name": user})
            return redirect("admin:projects_user_change", pk)
        title = _("Take away the second factor of %(name)s") % {"name": user}
        return self._page(
            request, user, "take_second_factor", title, second_factor=second_factor.second_factor(user)
        )

    def _helped(self, request: HttpRequest, pk: int) -> User:
        user = get_object_or_404(User, pk=pk)
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        return user

    def _page(self, request: HttpRequest, user: User, template: str, title: str, **more) -> HttpResponse:
        own = {"title": title, "opts": self.opts, "original": user}
        context = self.admin_site.each_context(request) | own | more
        return TemplateResponse(request, f"admin/projects/{template}.html", context)
