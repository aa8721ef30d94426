"""How the stages and steps of a record are called: a factory produces, a road is open to traffic.

The words for a code of which no record is known are in `choices`; how far a record is, in `core.stages`.
"""

from typing import Protocol

from django.utils.translation import gettext_lazy as _

from projects.choices import Kind, Milestone, Qualifier, RecordType, Stage


class Called(Protocol):
    """A record, as far as its words depend on it."""

    kind: str
    record_type: str


_IN_USE = _("in use")
_OPERATING = {
    Kind.INDUSTRIAL: _("in production"),
    Kind.ENERGY: _("in production"),
    Kind.TRANSPORT: _("open to traffic"),
}
_START_OF_USE = _("start of use")
_START = {
    Kind.INDUSTRIAL: _("start of production"),
    Kind.ENERGY: _("start of production"),
    Kind.TRANSPORT: _("opening to traffic"),
}
_NEARLY_COMPLETED = _("nearly completed")
_BUILT = _("built")
_APPLIED_FOR, _GRANTED, _GRANT = _("applied for"), _("granted"), _("grant of the title")
_FINISHED = (Stage.COMPLETED, Stage.OPERATING)


def stage_word(stage: str, qualifier: str = "", record: Called | None = None) -> str:
    """A title is applied for until it is granted; what is nearly completed says so."""
    code = Stage(stage)
    if record is not None and record.record_type == RecordType.BID:
        return str(_GRANTED if code in _FINISHED and not qualifier else _APPLIED_FOR)
    if qualifier == Qualifier.NEARLY:
        return str(_NEARLY_COMPLETED)
    if record is None or code not in _FINISHED:
        return str(code.label)
    if record.record_type == RecordType.PARK:
        return str(_BUILT)
    return str(_OPERATING.get(Kind(record.kind), _IN_USE) if code == Stage.OPERATING else code.label)


def milestone_word(milestone: str, record: Called | None = None) -> str:
    code = Milestone(milestone)
    if record is None or code.stage not in _FINISHED or code == Milestone.FULL_CAPACITY:
        return str(code.label)
    if record.record_type == RecordType.BID:
        return str(_GRANT)
    if code == Milestone.OPERATING:
        return str(_START.get(Kind(record.kind), _START_OF_USE))
    return str(code.label)
