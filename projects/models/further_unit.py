"""A further unit for which somebody reports from a day to a day: leave, transfer, two units at once.

For which units somebody acts on a day is `core.roles.Person.units`; rows are set with the
account (`accounts.users`).
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from projects.core.roles import UnitTerm
from projects.models.department import Department
from projects.models.fields import person, reference


class FurtherUnit(models.Model):
    user = person(_("user"), "further_units")
    department = reference(Department, _("unit"), "stand_ins")
    first_on = models.DateField(_("from"))
    last_on = models.DateField(
        _("to"), null=True, blank=True, help_text=_("Its last day; empty until it is taken back.")
    )
    reason = models.CharField(
        _("why"), max_length=200, help_text=_("Never public: leave, transfer, two units at once.")
    )
    set_by = person(_("set by"), "further_units_set", null=True, editable=False)

    class Meta:
        verbose_name = _("further unit")
        verbose_name_plural = _("further units")
        ordering = ["first_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="furtherunit_days_in_order",
                condition=Q(last_on=None) | Q(last_on__gte=F("first_on")),
                violation_error_message=_("The last day lies before the first: give a later one."),
            ),
            models.UniqueConstraint(
                name="furtherunit_once",
                fields=["user", "department", "first_on"],
                violation_error_message=_("This unit is given from that day already: change that row."),
            ),
        ]

    def __str__(self):
        return f"{self.department} {self.first_on} … {self.last_on or ''}".strip()

    def term(self) -> UnitTerm:
        """As the rules see it."""
        return UnitTerm(self.department_id, self.first_on, self.last_on)
