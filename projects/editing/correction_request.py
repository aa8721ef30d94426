"""What the address of a form asks for: something new, a correction or withdrawal of what is published, or a
change of what one entered oneself and waits."""

from django.db.models import Model
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from projects.models.assertion import Assertion


class CorrectionRequest:
    """What the address asks for, of a person by the key."""

    def __init__(self, model: type[Model], params, by: int | None):
        self.model, self.by = model, by
        self.is_change = "changes" in params
        self.is_asked = self.is_change or "withdraws" in params or "corrects" in params
        asked = params.get("changes") or params.get("withdraws") or params.get("corrects") or ""
        self.ref = asked.replace("\0", "")
        self.is_withdrawal = self.changed.is_withdrawal if self.changed else "withdraws" in params

    @cached_property
    def changed(self) -> Assertion | None:
        """What waits and is to be changed."""
        if not self.is_change or not self.ref:
            return None
        named = ("source", "section", "corrects__source", "corrects__section")
        return self.model.objects.waiting_alone().select_related(*named).filter(ref=self.ref).first()

    @cached_property
    def row(self) -> Assertion | None:
        """What is published and is to be corrected."""
        if self.is_change:
            return self.changed.corrects if self.changed else None
        if not self.ref:
            return None
        rows = self.model.objects.approved().select_related("source", "section")
        return rows.filter(ref=self.ref).first()

    @cached_property
    def correction(self) -> Assertion | None:
        return self.model.objects.approved().filter(corrects=self.row).first()

    @cached_property
    def waiting(self) -> Assertion | None:
        return self.model.objects.pending().filter(corrects=self.row).first()

    @property
    def problem(self) -> str:
        """Why it cannot be corrected; empty where it can."""
        if self.is_change:
            return self._problem_of_change
        if self.row is None:
            return _("There is no published claim “%(ref)s” to correct.") % {"ref": self.ref}
        if self.correction is not None:
            words = _("“%(ref)s” has been corrected already: correct the correction, “%(by)s”.")
            return words % {"ref": self.ref, "by": self.correction.ref}
        if self.waiting is not None:
            words = _("A correction of “%(ref)s” waits already, “%(by)s”: decide on that one first.")
            return words % {"ref": self.ref, "by": self.waiting.ref}
        return ""

    @property
    def _problem_of_change(self) -> str:
        if self.changed is None:
            return _("“%(ref)s” does not wait any more: it cannot be changed.") % {"ref": self.ref}
        if self.changed.entered_by_id != self.by:
            return _("Only who entered %(ref)s may change it.") % {"ref": self.ref}
        return ""

    @property
    def back(self) -> str:
        if target := self.changed or self.row:
            return reverse(f"admin:projects_{self.model._meta.model_name}_change", args=[target.pk])
        return reverse(f"admin:projects_{self.model._meta.model_name}_changelist")

    @property
    def title(self) -> dict:
        if self.is_change:
            return {"title": _("Change %(ref)s") % {"ref": self.ref}}
        if self.row is None:
            return {}
        words = _("Withdraw %(ref)s") if self.is_withdrawal else _("Correct %(ref)s")
        return {"title": words % {"ref": self.ref}}
