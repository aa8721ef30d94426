"""A tip that comes in: taken once, kept apart where it is doubtful, refused where too many come.

Whoever sends it stays unknown: of the address a keyed hash is kept for a day, to count by. Nothing of it is
written into the log or the record of changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from projects.choices import TipKind
from projects.core.refusals import Refused
from projects.models import Tip
from projects.tips.rules import words, working_days
from projects.tips.subjects import TipSubject

MAX_A_DAY = 10  # from one address
MAX_A_DAY_IN_ALL = 2000
SENDER_KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TipMessage:
    """As it was typed."""

    kind: TipKind
    text: str
    contact: str = ""
    link: str = ""
    may_be_shown: bool = False
    is_doubtful: bool = False


def receive(message: TipMessage, about: TipSubject, network: str, *, at: datetime) -> Tip:
    """The tip; the one that is there already where the same was sent before."""
    today = timezone.localdate(at)
    sender, digest = _sender(network, today), _digest(message, about)
    with transaction.atomic():
        forget_senders(at=at)
        if Tip.objects.filter(digest=digest).update(times=F("times") + 1):
            return Tip.objects.get(digest=digest)
        _refuse_too_many(sender, at)
        told = {
            "kind": message.kind,
            "project": about.project,
            "ref": about.ref,
            "page": about.page,
            "text": message.text,
            "contact": message.contact,
            "link": message.link,
            "may_be_shown": message.may_be_shown,
            "is_doubtful": message.is_doubtful,
            "sender": sender,
            "received_at": at,
            "due_on": working_days.due(today).on,
        }
        return Tip.objects.get_or_create(digest=digest, defaults=told)[0]


def forget_senders(*, at: datetime) -> int:
    """Nobody's address is known for longer than a day, not even by its hash."""
    return Tip.objects.exclude(sender="").filter(received_at__lt=at - SENDER_KEPT_FOR).update(sender="")


def _refuse_too_many(sender: str, at: datetime) -> None:
    if Tip.objects.filter(sender=sender).count() >= MAX_A_DAY:
        raise Refused("tip_too_many", most=str(MAX_A_DAY))
    if Tip.objects.typed().filter(received_at__gt=at - SENDER_KEPT_FOR).count() >= MAX_A_DAY_IN_ALL:
        raise Refused("tips_too_many")


def _sender(network: str, today: date) -> str:
    """Of one day: what is known of it tells nothing of the next."""
    return _keyed("sender", today.isoformat(), network)


def _digest(message: TipMessage, about: TipSubject) -> str:
    project = about.project.code if about.project else ""
    shown = str(message.may_be_shown)
    typed = (message.text, message.contact, message.link)
    return _keyed(
        "digest", message.kind, shown, project, about.ref, about.page, *map(words.as_compared, typed)
    )


def _keyed(use: str, *parts: str) -> str:
    return salted_hmac(f"projects.tips.{use}", "\0".join(parts), algorithm="sha256").hexdigest()
