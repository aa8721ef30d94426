"""What an account says of its second factor: since when it is there, and how many recovery codes are left."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet

from projects.models import User


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
