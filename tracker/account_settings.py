"""The settings of accounts: who may enter, for how long, how often one may guess. Part of `tracker.settings`.

allauth does the signing in; what it asks of us (words, landing page, addresses) is
`projects.accounts.adapters`.
"""

AUTH_USER_MODEL = "projects.User"
# Alone: a second backend would hash a wrong password twice, and the time would tell the known names.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# Names of addresses, so that each language has its own.
LOGIN_URL = LOGOUT_REDIRECT_URL = "account_login"

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_validation = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_validation}.UserAttributeSimilarityValidator"},
    {"NAME": "projects.accounts.sign_in_forms.MinimumLength", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_validation}.CommonPasswordValidator"},
    {"NAME": f"{_validation}.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 24 * 3600  # of a one-time link

# Sessions: `tracker.sessions` holds both limits.
SESSION_ENGINE = "tracker.sessions"
SESSION_MODEL = "projects.SignedInSession"
SESSION_COOKIE_AGE = 30 * 60  # without a request
SESSION_LONGEST = 12 * 3600  # with however many
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
DEVICE_COOKIE_NAME = "device"  # `tracker.devices`

# Shared by all workers; only what limits guessing lies there. Large, because a full one forgets: guessing at
# many names must not free the one that is locked.
CACHES = {
    "default": {
        "BACKEND": "tracker.wrong_tries.WrongTries",
        "LOCATION": "limits",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

ACCOUNT_ADAPTER = "projects.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "projects.accounts.sign_in_forms.LoginForm",
    "change_password": "projects.accounts.sign_in_forms.ChangePasswordForm",
    "reauthenticate": "projects.accounts.sign_in_forms.ReauthenticateForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    # `key` is the account at one address, or on a device that knows it: nobody locks an official out from
    # elsewhere. The address as a whole may be an office with many people behind it.
    "login_failed": "100/15m/ip,5/15m/key",
    # The account over all addresses; devices that know it go on.
    "login_failed_anywhere": "20/h/key",
    "login": "60/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}

MFA_ADAPTER = "projects.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "projects.accounts.sign_in_forms.AuthenticateForm",
    "reauthenticate": "projects.accounts.sign_in_forms.ReauthenticateByCodeForm",
    "activate_totp": "projects.accounts.sign_in_forms.ActivateForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are never verified here
MFA_TOTP_ISSUER = "綦江项目进度"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
# Where somebody who is signed in must go before anything else; "" where nowhere.
ASKED_FIRST = "projects.accounts.adapters.asked_first"
