"""The pages of an account: signing in and out, the password, a one-time link; the second factor has its own.

allauth does the work behind those named `account_…` and finds them by these names; the templates are ours.
What of allauth is not mounted here does not exist: sign-up, e-mail, reset by mail.
"""

from allauth.account.views import LoginView, LogoutView, PasswordChangeView, ReauthenticateView
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from projects.accounts import one_time_links, second_factor, sessions
from projects.accounts.adapters import AccountAdapter, landing, must_have_second_factor
from projects.accounts.sessions import open_sessions
from projects.accounts.sign_in_forms import NewPasswordForm
from projects.choices import Role
from projects.models.user import person_of
from projects.pages import page_frame

LOCKED = ("too_many_login_attempts", "too_many_anywhere", "rate_limited")


def way_in(view):
    """A page that is open before the second factor is there: it leads to it, or out."""
    view.is_way_in = True
    return view


def framed(request: HttpRequest, **more) -> dict:
    return page_frame.bare_frame(request) | {"door": "account"} | more


def shown(page: type[View], template: str, request: HttpRequest, **more) -> HttpResponse:
    """A page of allauth's in our clothes; 429 where it refuses because of too many tries."""
    answer = page.as_view(template_name=template, extra_context=framed(request, **more))(request)
    form = (getattr(answer, "context_data", None) or {}).get("form")
    faults = form.errors.as_data() if form and form.is_bound else {}
    if any(fault.code in LOCKED for found in faults.values() for fault in found):
        answer.status_code = 429
    return answer


@login_not_required
def account_login(request: HttpRequest) -> HttpResponse:
    return shown(LoginView, "accounts/account_login.html", request)


@login_not_required
def account_logout(request: HttpRequest) -> HttpResponse:
    return shown(LogoutView, "accounts/account_logout.html", request)


@way_in
def account_change_password(request: HttpRequest) -> HttpResponse:
    return shown(PasswordChangeView, "accounts/account_change_password.html", request)


@way_in
def account_reauthenticate(request: HttpRequest) -> HttpResponse:
    return shown(ReauthenticateView, "accounts/account_reauthenticate.html", request)


@way_in
@require_safe
def my_account(request: HttpRequest) -> HttpResponse:
    """Who one is here, and what of it one may change oneself."""
    person = person_of(request.user)
    context = framed(
        request,
        roles=[role.label for role in Role if role.value in person.roles],
        second_factor=second_factor.second_factor(request.user),
        is_required=must_have_second_factor(request.user),
        landing=landing(request.user),
        sessions=open_sessions(request.user, request.session.session_key, timezone.now()),
    )
    return render(request, "accounts/my_account.html", context)


@way_in
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """One of one's own by its name, or all but this one."""
    key, ref = request.session.session_key, request.POST.get("session", "")
    if ref == "others":
        request.session.end_others(str(request.user.pk))
        messages.success(request, _("Wherever else you were signed in, you are signed out."))
    elif sessions.end(ref, by=request.user, but=key):
        messages.success(request, _("You are signed out there."))
    else:
        messages.info(request, _("That session had ended already."))
    return redirect("my_account")


@login_not_required
@sensitive_post_parameters()
def reset_password(request: HttpRequest, whose: str, token: str) -> HttpResponse:
    user = one_time_links.owner(whose, token)
    form = NewPasswordForm(user, request.POST or None) if user else None
    if form and form.is_valid():
        user = one_time_links.use(whose, token, form.cleaned_data["new_password1"], at=timezone.now())
        if user:
            AccountAdapter().forget_failures(request, user)
            logout(request)  # whoever is signed in here may be somebody else
            messages.success(request, _("The new password is set. Sign in with it."))
            return redirect("account_login")
    context = framed(request, form=form if user else None, owner=user)
    return render(request, "accounts/reset_password.html", context, status=200 if user else 404)
