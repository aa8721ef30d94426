"""What the database demands of a monthly report: its state and its people agree, its figures are whole."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from projects.choices import Condition, ReportState, Stage, Unit


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
        name="a project is reported once a round",
        fields=["round", "project"],
        violation_error_message=_("A report has been begun already: open it and submit it."),
    ),
    models.CheckConstraint(
        name="a report is in a known state",
        condition=Q(state__in=ReportState.values),
        violation_error_message=_("Choose one of the states."),
    ),
    models.CheckConstraint(
        name="a report names a known stage and condition or none",
        condition=Q(stage__in=["", *Stage.values], condition__in=["", *Condition.values]),
        violation_error_message=_("Choose one of the stages or conditions."),
    ),
    models.CheckConstraint(
        name="an amount of a report has its unit",
        condition=_amount("this_year") & _amount("to_date"),
        violation_error_message=_("Give the amount, 0 or more, with its unit."),
    ),
    models.CheckConstraint(
        name="the progress of a report is a percentage",
        condition=Q(progress=None) | Q(progress__gte=0, progress__lte=100),
        violation_error_message=_("Progress lies between 0 and 100%%."),
    ),
    models.CheckConstraint(
        name="the resumption in a report has both bounds",
        condition=Q(pause_resumes="", pause_resumes_earliest=None, pause_resumes_latest=None)
        | ~Q(pause_resumes="")
        & Q(pause_resumes_earliest__isnull=False, pause_resumes_latest__isnull=False)
        & Q(pause_resumes_earliest__lte=F("pause_resumes_latest")),
        violation_error_message=_("The date cannot be read."),
    ),
    models.CheckConstraint(
        name="a report beyond its draft was submitted by somebody",
        condition=_is(ReportState.DRAFT) & Q(submitted_by=None, submitted_at=None)
        | ~_is(ReportState.DRAFT) & _SUBMITTED,
        violation_error_message=_("A report that is no draft was submitted by somebody."),
    ),
    models.CheckConstraint(
        name="a returned report says what is to be changed",
        condition=~_is(ReportState.RETURNED) | _RETURNED,
        violation_error_message=_("Say in a note what is to be changed."),
    ),
    models.CheckConstraint(
        name="an approved report has its reviewer and its source",
        condition=_is(ReportState.APPROVED) & _APPROVED | ~_is(ReportState.APPROVED) & _NOT_APPROVED,
        violation_error_message=_("An approved report has its reviewer and its source, and no other has."),
    ),
    models.CheckConstraint(
        name="nobody approves his or her own report",
        condition=Q(approved_by=None) | _BY_ANOTHER,
        violation_error_message=_("Nobody reviews a report of his or her own: a second reviewer does."),
    ),
]
