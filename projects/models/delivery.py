"""The outbox: what is to leave the house, by mail to one person or by the webhook, and how often it was
tried.

At least once: whoever dies between sending and noting it sends again, under the same key. How it is sent
is `notices.outbox`.
"""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.choices import Channel
from projects.models.fields import person
from projects.notices.rules import MOST_TRIES, STALE


class DeliveryQuerySet(models.QuerySet):
    def due(self, at: datetime):
        """Neither sent nor given up, and not to be left alone for now; nothing for who may not come in."""
        waiting = self.filter(sent_at=None, attempts__lt=MOST_TRIES, try_after__lte=at)
        return waiting.filter(made_at__gte=at - STALE).exclude(recipient__is_active=False).order_by("pk")


class Delivery(models.Model):
    key = models.CharField(max_length=250, unique=True)
    channel = models.CharField(max_length=10, choices=Channel.as_choices)
    recipient = person(
        None, "letters", null=True, help_text="Of a letter; its text is made from its notices."
    )
    body = models.JSONField(default=dict, help_text="What the webhook is told.")
    made_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    try_after = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=120, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="delivery_channel_has_recipient",
                condition=Q(channel=Channel.EMAIL, recipient__isnull=False)
                | Q(channel=Channel.WEBHOOK, recipient=None),
                violation_error_message="A delivery goes by mail to somebody or to the webhook.",
            ),
            models.CheckConstraint(
                name="delivery_tried_before_sent",
                condition=Q(sent_at=None) | Q(attempts__gt=0),
                violation_error_message="A delivery was tried before it was sent.",
            ),
        ]

    def __str__(self):
        return self.key
