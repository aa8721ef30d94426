"""What leaves the house: one letter to each person for all that is new, one signed message for each event.

First the outbox is filled, in a transaction; then each row is taken by one sender alone and sent outside of
any. At least once: who dies in between sends again later, under the same key. With what is said, and to
whom, `notices.inbox` begins.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.error import HTTPError, URLError

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from projects.audit.data_version import locked_version
from projects.choices import Channel
from projects.models import Delivery, Notice
from projects.notices import emails, messages
from projects.notices.rules import Reminder, pause_after
from tracker import robots, webhook

logger = logging.getLogger(__name__)
# What was told while no letters were sent is not sent long after.
NEWS = timedelta(days=3)
# Of one way in a row: then it is left for a later run.
FAILURES = 3


@dataclass
class SentCount:
    """How a channel went."""

    sent: int = 0
    failed: int = 0


def fill(reminders: Iterable[Reminder], *, at: datetime) -> dict[str, int]:
    """Put into the outbox what is to go by each way that is set up; how much."""
    filled = {}
    with transaction.atomic():
        locked_version()  # two who fill it at once take turns
        if settings.IS_MAILING:
            filled[Channel.EMAIL.value] = _letters(at)
        if settings.WEBHOOK_URL:
            filled[Channel.WEBHOOK.value] = _events(reminders, at)
    return filled


def send(*, at: datetime) -> dict[str, SentCount]:
    """Try what is due by each way that is set up."""
    done = {}
    if settings.IS_MAILING:
        done[Channel.EMAIL.value] = _send(Channel.EMAIL, emails.send_letter, at)
    if settings.WEBHOOK_URL:
        done[Channel.WEBHOOK.value] = _send(Channel.WEBHOOK, _post, at)
    return done


def _letters(at: datetime) -> int:
    """One to each person who has an address, for all that is unread and went by no letter yet."""
    rows = Notice.objects.unread().filter(letter=None, made_at__gte=at - NEWS, user__is_active=True)
    by_person: dict[int, list[Notice]] = defaultdict(list)
    for row in rows.exclude(user__email="").order_by("pk"):
        by_person[row.user_id].append(row)
    letters = [
        Delivery(key=f"email:{person}:{notices[0].pk}", channel=Channel.EMAIL, recipient_id=person)
        for person, notices in by_person.items()
    ]
    for letter in _written(letters, at):
        for notice in by_person[letter.recipient_id]:
            notice.letter = letter
    told = [notice for notices in by_person.values() for notice in notices]
    Notice.objects.bulk_update(told, ["letter"], batch_size=200)
    return len(letters)


def _events(reminders: Iterable[Reminder], at: datetime) -> int:
    """What is told to several units or to reviewers too is one event."""
    events: dict[str, dict] = {}
    for one in reminders:
        key = f"{one.kind}:{one.subject}"
        event = events.setdefault(key, {"id": key, "kind": one.kind.value, "projects": []})
        event["projects"] = sorted({*event["projects"], *one.projects})
        event |= {"month": one.values.get("month"), "count": len(event["projects"])}
        event |= {"on": timezone.localdate(at).isoformat()}
        if robots.is_robot(settings.WEBHOOK_URL):
            event["text"] = messages.of_group(one.kind, one.values, event["projects"], settings.PUBLIC_URL)
    told = set(Delivery.objects.filter(channel=Channel.WEBHOOK, key__in=events).values_list("key", flat=True))
    new = [
        Delivery(key=key, channel=Channel.WEBHOOK, body=body)
        for key, body in events.items()
        if key not in told
    ]
    return len(_written(new, at))


def _written(rows: list[Delivery], at: datetime) -> list[Delivery]:
    for row in rows:
        row.made_at = row.try_after = at
    return Delivery.objects.bulk_create(rows, batch_size=200)


def _send(channel: Channel, by: Callable[[Delivery, datetime], None], at: datetime) -> SentCount:
    """In the order in which they came; after several failures in a row the rest waits for the next run."""
    done, in_a_row = SentCount(), 0
    for row in Delivery.objects.due(at).filter(channel=channel).select_related("recipient"):
        if in_a_row == FAILURES:
            break
        if not _taken(row, at):
            continue
        is_sent = _tried(row, by, at)
        done.sent, done.failed = done.sent + is_sent, done.failed + (not is_sent)
        in_a_row = 0 if is_sent else in_a_row + 1
    return done


def _taken(row: Delivery, at: datetime) -> bool:
    """Whether this sender has it: of two that see it due, the one that counts the attempt first."""
    same = Delivery.objects.filter(pk=row.pk, attempts=row.attempts, sent_at=None)
    return bool(same.update(attempts=F("attempts") + 1, try_after=at + pause_after(row.attempts + 1)))


def _tried(row: Delivery, by: Callable[[Delivery, datetime], None], at: datetime) -> bool:
    try:
        by(row, at)
    except (
        OSError,
        ValueError,
    ) as failure:  # smtplib's and urllib's are OSErrors; a bad address is a ValueError
        error = reason(failure)
        logger.warning("Delivery %s was not sent: %s", row.pk, error)
        Delivery.objects.filter(pk=row.pk).update(error=error)
        return False
    Delivery.objects.filter(pk=row.pk).update(sent_at=at, error="")
    return True


def reason(failure: Exception) -> str:
    """What kind of failure, and its number: never its words, which may hold an address or a password."""
    inner = (
        failure.reason if isinstance(failure, URLError) and not isinstance(failure, HTTPError) else failure
    )
    number = next(
        (
            value
            for name in ("code", "smtp_code", "errno")
            if isinstance(value := getattr(inner, name, None), int)
        ),
        "",
    )
    return f"{type(inner).__name__} {number}".strip()


def _post(row: Delivery, at: datetime) -> None:
    way = settings.WEBHOOK_URL, settings.WEBHOOK_SECRET
    if robots.is_robot(settings.WEBHOOK_URL):
        webhook.tell_robot(*way, row.body.get("text") or row.body["id"], timestamp=int(at.timestamp()))
    else:
        webhook.post(*way, row.body, timestamp=int(at.timestamp()))
