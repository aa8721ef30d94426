"""What the rules decided, in one sentence each: conflicts, verdicts, stages, conditions.

The words for the codes themselves are in `choices`; how it is decided is in `rules`.
"""

from django.utils.translation import gettext_lazy as _

from projects.choices import Condition, Stage, Verdict
from projects.core import precedence, stages

_REASONS = {
    precedence.LATER: _("The one we use speaks of a later day."),
    precedence.ENDS_LATER: _(
        "Which of the two is later is not known, since their times overlap: we use the one that ends later."
    ),
    precedence.FIRM: _("The other is only expected."),
    precedence.STATED: _("The one we use is said outright in its source; the other is inferred."),
    precedence.RANK: _("The one we use comes from a source of higher authority."),
    precedence.NARROWER: _("The one we use gives the more exact date."),
    precedence.KNOWN_LATER: _("The one we use was published later."),
    precedence.EARLIER_PLACE: _("Nothing tells the two apart: we use what its source says first."),
    precedence.ENTERED_FIRST: _("Nothing tells the two apart: we use the one that was entered first."),
    stages.FURTHER: _("Where the order is unclear, the more advanced stage is used."),
    stages.LOWER_LATER: _("What was said later is lower; that alone does not lower the stage."),
}

_VERDICTS = {
    Verdict.KEPT: _("It came by the last day first promised; early counts too."),
    Verdict.PARTLY: _("The whole was promised; by the last day first promised only a part had come."),
    Verdict.LATE: _(
        "It came after the last day first promised, or what was said since shows that it is missed."
    ),
    Verdict.PERHAPS: _("The dates are not exact enough to say: it may be in time, it may be late."),
    Verdict.OPEN: _("The time first promised is not over yet."),
    Verdict.NO_WORD: _(
        "The day first promised is past and no source says what came of it."
        " No report does not mean late: it counts neither as kept nor as late."
    ),
}

_STAGES = {
    Stage.PLANNED: _("Named in a plan or a speech; nothing signed yet."),
    Stage.SIGNED: _("An investment agreement is signed. The sum agreed is not the total investment."),
    Stage.PREPARING: _(
        "Approval, land, environment, design or tender under way; also what has settled here where nothing"
        " says that construction started."
    ),
    Stage.BUILDING: _(
        "Permanent works have begun and are not finished. Levelling and temporary works do not count."
    ),
    Stage.COMPLETED: _("All works of the design are finished."),
    Stage.OPERATING: _("The whole is handed over and in production or use; a part alone does not count."),
}

_CONDITIONS = {
    Condition.ACTIVE: _("Nothing says that work has stopped or was put off."),
    Condition.PAUSED: _("Work has stopped after it had begun."),
    Condition.DEFERRED: _("It was decided to build later."),
    Condition.CANCELLED: _("It has ended for good; the stage it had reached stays on record."),
}


def reason(code: str) -> str:
    """Why, of two statements that differ, we use the one we use."""
    return str(_REASONS[code])


def verdict_note(verdict: Verdict | str) -> str:
    return str(_VERDICTS[verdict])


def stage_meaning(stage: Stage | str) -> str:
    return str(_STAGES[stage])


def condition_meaning(condition: Condition | str) -> str:
    return str(_CONDITIONS[condition])
