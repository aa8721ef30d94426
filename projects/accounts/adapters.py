"""What allauth asks of us: words, the landing page, who is locked out, who must have a second factor.

Its pages are `accounts.sign_in` and `accounts.second_factor`. Who came in, who was refused and who is locked
out stands in the log, never a password; a name that no account has may be one, typed into the wrong field.
"""

import logging
import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from projects.accounts import users
from projects.accounts.messages import ERRORS, MESSAGES
from projects.accounts.rules import browsers, networks
from projects.core import roles
from projects.models import User
from projects.models.user import person_of
from projects.pages import qr_code
from tracker import devices, secret
from tracker.sessions import DEVICE

log = logging.getLogger(__name__)
ANYWHERE = "login_failed_anywhere"  # of the limits in `tracker.account_settings`


def landing(user: User) -> str:
    """Where the work of this person lies."""
    person = person_of(user)
    begins_in_admin = roles.begins_in_admin(person.roles, person.is_superuser)
    return reverse("admin:index" if begins_in_admin else "my_desk")


def must_have_second_factor(user: User) -> bool:
    if not settings.SECOND_FACTOR_REQUIRED:
        return False
    person = person_of(user)
    return roles.needs_second_factor(person.roles, person.is_superuser)


def asked_first(request: HttpRequest) -> str:
    """Where this person must go before anything else: to a password of one's own, to the second factor."""
    if request.user.must_change_password:
        return reverse("account_change_password")
    if not must_have_second_factor(request.user):
        return ""
    has_one = SecondFactorAdapter().is_mfa_enabled(request.user, [Authenticator.Type.TOTP])
    return "" if has_one else reverse("mfa_activate_totp")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | ERRORS

    def is_open_for_signup(self, request):
        return False

    def is_ajax(self, request):
        """Pages answer with pages, whatever the header says."""
        return False

    def get_login_redirect_url(self, request):
        return landing(request.user)

    def get_password_change_redirect_url(self, request):
        return reverse("my_account")

    def add_message(self, request, level, message_template=None, *args, message=None, **kwargs):
        if words := message or MESSAGES.get(message_template):
            messages.add_message(request, level, str(words))

    # Signing in

    def get_client_ip(self, request):
        return networks.plain(super().get_client_ip(request))

    def _get_login_attempts_cache_key(self, request, **credentials):
        """The account in one network, or on a device that knows it: nobody locks it from elsewhere."""
        name = _name(credentials)
        place = devices.device_of(request, name) or networks.network(self.get_client_ip(request))
        return f"{name} {place}"

    def pre_authenticate(self, request, **credentials):
        try:
            super().pre_authenticate(request, **credentials)
            self._refuse_strange_device(request, _name(credentials))
        except ValidationError:
            log.warning("Locked out: %s", self._who(request, credentials))
            raise

    def _refuse_strange_device(self, request, name: str) -> None:
        """Where an account is guessed at from many addresses; one that nobody has is counted alike."""
        is_strange = not devices.device_of(request, name)
        if is_strange and not ratelimit.consume(request, action=ANYWHERE, key=name, dry_run=True):
            raise self.validation_error("too_many_anywhere")

    def authenticate(self, request, **credentials):
        """A deactivated account gets the words of a wrong password."""
        user = super().authenticate(request, **credentials)
        if user and not user.is_active:
            self.authentication_failed(request, **credentials)
            return None
        return user

    def authentication_failed(self, request, **credentials):
        name = _name(credentials)
        if not devices.device_of(request, name):
            ratelimit.consume(request, action=ANYWHERE, key=name)
        log.warning("Refused: %s", self._who(request, credentials))

    def login(self, request, user):
        super().login(request, user)
        request.session[DEVICE] = browsers.browser_and_system(request.headers.get("user-agent", ""))
        log.info("Signed in: %s from %s", user.get_username(), self.get_client_ip(request))

    def post_login(self, request, user, **kwargs):
        answer = super().post_login(request, user, **kwargs)
        devices.remember(request, answer, user.get_username())
        return answer

    def forget_failures(self, request: HttpRequest, user: User) -> None:
        """Whoever just set a new password may use it."""
        name = user.get_username()
        key = self._get_login_attempts_cache_key(request, username=name)
        ratelimit.clear(request, action="login_failed", key=key)
        ratelimit.clear(request, action=ANYWHERE, key=name.lower())

    def _who(self, request: HttpRequest, credentials: dict) -> str:
        """Asked in every case: the time must not tell whether there is such an account."""
        name = credentials.get("username", "")
        is_known = User.objects.filter(username__iexact=name).exists()
        return f"{name if is_known else 'an unknown name'} from {self.get_client_ip(request)}"

    # Once inside

    def is_reauthentication_required(self, *, app, **kwargs):
        """A password or code of the last minutes counts, that of signing in too."""
        records = get_authentication_records(self.request, self.request.user)
        is_recent = records and time.time() - records[-1]["at"] < REAUTHENTICATION_TIMEOUT
        return not is_recent and super().is_reauthentication_required(app=app, **kwargs)

    def set_password(self, user, password):
        users.set_password(user, password, by=user, at=timezone.now())


def _name(credentials: dict) -> str:
    return credentials.get("username", "").lower()


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | ERRORS

    def encrypt(self, text):
        return secret.lock(text)

    def decrypt(self, encrypted_text):
        """A key that is not at hand is refused in words: an empty secret would open to whoever knows that."""
        try:
            return secret.unlock(encrypted_text)
        except secret.Unreadable as unreadable:
            log.exception("A second factor was locked with a key that is not at hand")
            raise self.validation_error("unreadable") from unreadable

    def get_totp_label(self, user):
        return user.get_username()

    def can_delete_authenticator(self, authenticator):
        return not must_have_second_factor(authenticator.user)

    def build_totp_svg(self, url):
        return qr_code.svg(url)
