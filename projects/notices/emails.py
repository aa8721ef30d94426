"""Letters: what somebody was told, in Chinese, as one plain mail with the address where to act."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext, override

from projects.models import Delivery, Project
from projects.models.user import person_of
from projects.notices import messages


def send_letter(row: Delivery, at: datetime) -> None:
    """Raises where it cannot be sent. What no longer concerns the recipient is left out; it may be all."""
    with override("zh-hans"):
        notices = list(row.notices.reachable_by(person_of(row.recipient)).order_by("pk"))
        names = _names({code for one in notices for code in one.projects})
        said = [
            messages.message(one.kind, one.values, [names.get(code, code) for code in one.projects])
            for one in notices
        ]
        if said and row.recipient.email:
            _mail(row, said).send()


def _mail(row: Delivery, said: list[messages.Message]) -> EmailMessage:
    site = gettext("Qijiang Project Progress")
    address = f"{settings.PUBLIC_URL}{reverse('notices')}" if settings.PUBLIC_URL else ""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return EmailMessage(
        messages.letter_subject(site, len(said)),
        messages.letter(said, address),
        to=[row.recipient.email],
        # The same at each attempt, so that a second copy can be told from a second letter.
        headers={"Message-ID": f"<notices-{row.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )


def _names(codes: set[str]) -> dict[str, str]:
    return dict(Project.objects.filter(code__in=codes).values_list("code", "name"))
