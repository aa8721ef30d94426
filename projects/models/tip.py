"""What somebody outside told us, what we found and what we answered.

Never public itself and never a source: what it says is published by a claim on a source of its own. What was
typed is erased in time (`tips.erasure`); subject, verdict and answer stay.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.choices import TipKind, TipVerdict
from projects.models.constraints import known_codes
from projects.models.fields import person, reference
from projects.models.project import Project
from projects.tips.rules.words import MAX_ANSWER, MAX_CONTACT, MAX_LINK, MAX_PAGE

ANSWERED = tuple(one.value for one in TipVerdict if one != TipVerdict.UNRELATED)
TYPED = ("text", "contact", "link", "page", "digest", "sender")  # what is erased
_IS_TYPED = ~Q(**dict.fromkeys(TYPED, ""))


class TipQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_at=None)

    def likely(self):
        """Open ones but for what nobody may have meant."""
        return self.open().filter(is_doubtful=False)

    def doubtful(self):
        return self.open().filter(is_doubtful=True)

    def answered(self):
        return self.filter(verdict__in=ANSWERED)

    def shown(self):
        """Whose answer everybody may read: the asker agreed, and what it is about is public."""
        about = Q(project=None) | Q(project__is_public=True)
        return self.answered().filter(about, may_be_shown=True)

    def typed(self):
        """Of which anything that was typed is left."""
        return self.filter(_IS_TYPED)


class Tip(models.Model):
    kind = models.CharField(_("what it is"), max_length=20, choices=TipKind.as_choices)
    project = reference(Project, _("project"), "tips", null=True)
    ref = models.CharField(_("claim or figure"), max_length=100, blank=True)
    page = models.CharField(_("page"), max_length=MAX_PAGE, blank=True)
    text = models.TextField(_("text"), blank=True)
    contact = models.CharField(_("contact"), max_length=MAX_CONTACT, blank=True)
    link = models.CharField(_("link"), max_length=MAX_LINK, blank=True)
    may_be_shown = models.BooleanField(_("the answer may be shown"), default=False)
    is_doubtful = models.BooleanField(_("doubtful"), default=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    sender = models.CharField(max_length=64, blank=True, editable=False)
    times = models.PositiveIntegerField(_("sent so often"), default=1)
    received_at = models.DateTimeField(_("received at"))
    due_on = models.DateField(_("to be answered by"))
    verdict = models.CharField(_("verdict"), max_length=20, blank=True, choices=TipVerdict.as_choices)
    answer = models.CharField(_("answer"), max_length=MAX_ANSWER, blank=True)
    closed_by = person(_("closed by"), "tips_closed", null=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    days = models.PositiveIntegerField(_("days until the answer"), null=True, editable=False)

    objects = TipQuerySet.as_manager()

    class Meta:
        verbose_name = _("tip")
        verbose_name_plural = _("tips")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["is_doubtful", "due_on", "id"], condition=Q(closed_at=None), name="tip_open"
            ),
            models.Index(fields=["closed_at", "id"], name="tip_closed"),
            models.Index(fields=["days"], condition=Q(verdict__in=ANSWERED), name="tip_days"),
            models.Index(fields=["sender"], condition=~Q(sender=""), name="tip_sender"),
            models.Index(fields=["received_at"], condition=_IS_TYPED, name="tip_typed"),
        ]
        constraints = [
            known_codes(_("Choose what it is from the list."), kind=TipKind),
            known_codes(_("Choose what came of it from the list."), verdict=TipVerdict, or_none=True),
            models.UniqueConstraint(
                fields=["digest"],
                condition=~Q(digest=""),
                name="tip_once",
                violation_error_message=_("We have this already, word for word."),
            ),
            models.CheckConstraint(
                name="tip_closed_whole",
                condition=Q(closed_by=None, closed_at=None, verdict="")
                | Q(closed_by__isnull=False, closed_at__isnull=False) & ~Q(verdict=""),
                violation_error_message=_("A tip is closed by somebody, with a verdict."),
            ),
            models.CheckConstraint(
                name="tip_answered_in_words",
                condition=Q(verdict__in=ANSWERED, days__isnull=False) & ~Q(answer="")
                | ~Q(verdict__in=ANSWERED) & Q(answer="", days=None),
                violation_error_message=_("Answer in a few words."),
            ),
        ]

    def __str__(self):
        return str(self.pk)
