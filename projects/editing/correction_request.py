"""What the address of a form asks for: something new, or a correction or withdrawal of what is published."""

from django.db.models import Model
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from projects.models.assertion import Assertion


class CorrectionRequest:
    """What the address asks for: something new, or a correction or withdrawal of a published row."""

    def __init__(self, model: type[Model], params):
        self.model = model
        self.is_withdrawal = "withdraws" in params
        self.ref = (params.get("withdraws") or params.get("corrects") or "").replace("\0", "")
        self.is_asked = self.is_withdrawal or "corrects" in params

    @cached_property
    def row(self) -> Assertion | None:
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
    def back(self) -> str:
        if self.row is None:
            return reverse(f"admin:projects_{self.model._meta.model_name}_changelist")
        return reverse(f"admin:projects_{self.model._meta.model_name}_change", args=[self.row.pk])

    @property
    def title(self) -> dict:
        if self.row is None:
            return {}
        words = _("Withdraw %(ref)s") if self.is_withdrawal else _("Correct %(ref)s")
        return {"title": words % {"ref": self.ref}}
