"""What the database demands of a monthly report: its state and its people agree, its figures are whole."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from projects.choices import Condition, ReportState, Stage, Unit
from projects.models.constraints import known_codes, none_or_both_bounds


def _amount(name: str) -> Q:
    """A sum of yuan with its unit, or neither."""
    none = Q(**{f"{name}_yuan": None, f"{name}_unit": ""})
    some = {f"{name}_yuan__isnull": False, f"{name}_yuan__gte": 0, f"{name}_unit__in": Unit.values}
    return none | Q(**some)


def _is(state: ReportState) -> Q:
    return Q(state=state)


_SUBMITTED = Q(submitted_by__isnull=False, submitted_at__isnull=False)
_RETURNED = Q(returned_by__isnull=False, returned_at__isnull=False) & ~Q(return_note="")
_APPROVED = Q(approved_by__isnull=False, approved_at__isnull=False, source__isnull=False)
_NOT_APPROVED = Q(approved_by=None, approved_at=None, source=None)
_BY_ANOTHER = (
    ~Q(approved_by=F("submitted_by")) & ~Q(approved_by=F("entered_by")) & ~Q(approved_by=F("saved_by"))
)

CONSTRAINTS = [
    models.UniqueConstraint(
        name="report_project_once_a_round",
        fields=["round", "project"],
        violation_error_message=_("A report has been begun already: open it and submit it."),
    ),
    known_codes(_("Choose one of the states."), state=ReportState),
    known_codes(_("Choose one of the stages or conditions."), or_none=True, stage=Stage, condition=Condition),
    models.CheckConstraint(
        name="report_amount_has_unit",
        condition=_amount("this_year") & _amount("to_date"),
        violation_error_message=_("Give the amount, 0 or more, with its unit."),
    ),
    models.CheckConstraint(
        name="report_progress_percentage",
        condition=Q(progress=None) | Q(progress__gte=0, progress__lte=100),
        violation_error_message=_("Progress lies between 0 and 100%%."),
    ),
    models.CheckConstraint(
        name="report_pause_resumes_bounds",
        condition=none_or_both_bounds("pause_resumes"),
        violation_error_message=_("The date cannot be read."),
    ),
    models.CheckConstraint(
        name="report_submitted_by_set",
        condition=_is(ReportState.DRAFT) & Q(submitted_by=None, submitted_at=None)
        | ~_is(ReportState.DRAFT) & _SUBMITTED,
        violation_error_message=_("A report that is no draft was submitted by somebody."),
    ),
    models.CheckConstraint(
        name="report_return_note_set",
        condition=~_is(ReportState.RETURNED) | _RETURNED,
        violation_error_message=_("Say in a note what is to be changed."),
    ),
    models.CheckConstraint(
        name="report_approved_by_set",
        condition=_is(ReportState.APPROVED) & _APPROVED | ~_is(ReportState.APPROVED) & _NOT_APPROVED,
        violation_error_message=_("An approved report has its reviewer and its source, and no other has."),
    ),
    models.CheckConstraint(
        name="report_approved_by_another",
        condition=Q(approved_by=None) | _BY_ANOTHER,
        violation_error_message=_("Nobody reviews a report of his or her own: a second reviewer does."),
    ),
]
