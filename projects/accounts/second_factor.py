"""The second factor: a code from an app at each signing in, and recovery codes for a lost phone.

allauth finds the pages by their names (`mfa_…`); who must have a second factor is `accounts.adapters`.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from importlib import import_module
from types import ModuleType

from allauth.account.decorators import reauthentication_required
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import (
    DownloadRecoveryCodesView,
    GenerateRecoveryCodesView,
    ViewRecoveryCodesView,
)
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator

from projects.accounts import fresh_code, users
from projects.accounts.adapters import landing, must_have_second_factor
from projects.accounts.sign_in import shown, way_in
from projects.models import User


def asking_pages() -> ModuleType:
    """allauth's pages that ask for a code: with them come its security keys and 10 MB, so on first use."""
    return import_module("allauth.mfa.base.views")


@method_decorator(reauthentication_required(app="allauth.mfa"), name="dispatch")
class Activation(ActivateTOTPView):
    """On the first phone, or on another: then by a code, and the old phone and its recovery codes are out."""

    def dispatch(self, request, *args, **kwargs):
        if not fresh_code.is_fresh(request):
            return fresh_code.asked(request)
        # allauth's own leads whoever has one to the page that switches it off.
        return super(ActivateTOTPView, self).dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        user, at = self.request.user, timezone.now()
        with transaction.atomic():
            users.take_second_factor(user, by=user, at=at)
            answer = super().form_valid(form)
            users.note_second_factor(user, True, by=user, at=at)
            # Whoever else came in with the password alone has met no second factor.
            self.request.session.end_others(str(user.pk))
        return answer

    def get_success_url(self):
        return reverse("mfa_view_recovery_codes")


class Deactivation(DeactivateTOTPView):
    success_url = reverse_lazy("my_account")

    def form_valid(self, form):
        with transaction.atomic():
            answer = super().form_valid(form)
            users.note_second_factor(self.request.user, False, by=self.request.user, at=timezone.now())
        return answer


@login_not_required
def mfa_authenticate(request: HttpRequest) -> HttpResponse:
    return shown(asking_pages().AuthenticateView, "accounts/mfa_authenticate.html", request)


@way_in
def mfa_reauthenticate(request: HttpRequest) -> HttpResponse:
    """Where only a code will do (`accounts.fresh_code`) no password is offered in its place."""
    template = "accounts/mfa_reauthenticate.html"
    is_only_way = request.GET.get("only") == "code"
    return shown(asking_pages().ReauthenticateView, template, request, is_only_way=is_only_way)


@way_in
def mfa_activate_totp(request: HttpRequest) -> HttpResponse:
    more = {
        "is_required": must_have_second_factor(request.user),
        "is_on": second_factor(request.user) is not None,
    }
    return shown(Activation, "accounts/mfa_activate_totp.html", request, **more)


@way_in
def mfa_deactivate_totp(request: HttpRequest) -> HttpResponse:
    return shown(Deactivation, "accounts/mfa_deactivate_totp.html", request)


def told_if_unreadable(view):
    """Where the key of this server is not at hand there is nothing to show, and a sentence says so."""

    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except ValidationError as unreadable:
            messages.error(request, unreadable.message)
            return redirect("my_account")

    return answered


@way_in
@told_if_unreadable
def mfa_view_recovery_codes(request: HttpRequest) -> HttpResponse:
    template = "accounts/mfa_view_recovery_codes.html"
    return shown(ViewRecoveryCodesView, template, request, landing=landing(request.user))


@way_in
@told_if_unreadable
def mfa_generate_recovery_codes(request: HttpRequest) -> HttpResponse:
    return shown(GenerateRecoveryCodesView, "accounts/mfa_generate_recovery_codes.html", request)


@way_in
@told_if_unreadable
def mfa_download_recovery_codes(request: HttpRequest) -> HttpResponse:
    return shown(DownloadRecoveryCodesView, "accounts/mfa_download_recovery_codes.txt", request)


@dataclass(frozen=True, slots=True)
class SecondFactor:
    since: datetime
    last_used_at: datetime | None
    codes_left: int


def second_factor(user: User) -> SecondFactor | None:
    """None where it is off."""
    found = {one.type: one for one in Authenticator.objects.filter(user=user)}
    phone, codes = found.get(Authenticator.Type.TOTP), found.get(Authenticator.Type.RECOVERY_CODES)
    if phone is None:
        return None
    # Counted, not read: where the key is not at hand, the page still answers.
    left = app_settings.RECOVERY_CODE_COUNT - codes.data["used_mask"].bit_count() if codes else 0
    return SecondFactor(phone.created_at, phone.last_used_at, left)


def with_second_factor(users: QuerySet[User]) -> QuerySet[User]:
    """Each with `has_second_factor`."""
    phones = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    return users.annotate(has_second_factor=Exists(phones))
