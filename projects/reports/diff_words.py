"""How a report reads beside the record: fields, values before and now, checks and moves."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from projects.choices import Condition, MoveReason, PromiseState, Unit
from projects.core.fuzzy_dates import Fuzzy
from projects.core.money import Money
from projects.reports.rules.amounts import in_full, in_unit
from projects.reports.rules.report_diff import Difference, Said
from projects.words import dates, figures
from projects.words.language import either, is_english
from projects.words.stage_words import Called, milestone_word, stage_told_apart, stage_word

FIELDS = {
    "stage": _("stage"),
    "condition": _("condition"),
    "pause_reason": _("why work has stopped"),
    "pause_resumes": _("expected to go on"),
    "pause_note": _("note on the pause"),
    "this_year": _("invested in the year"),
    "to_date": _("invested to date"),
    "progress": _("physical progress"),
    "works": pgettext_lazy("of this month", "works"),
    "next_steps": _("next steps"),
}
DATES = {
    "promises": _("promised date of %(milestone)s"),
    "actuals": _("date on which %(milestone)s was reached"),
}
WORDY = frozenset({"works", "next_steps", "pause_reason", "pause_note"})
INTERNAL = frozenset({"next_steps", "pause_resumes", "pause_note"})  # these make no claim


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """One difference in words, empty where there is nothing to say.

    `is_wordy` where an official's own words stand, `is_internal` where they are never published.
    """

    field: str
    before: str
    since: str
    after: str
    change: str
    why: str
    is_wordy: bool
    is_internal: bool
    is_news: bool


def line(one: Difference, of: Called | None = None) -> DifferenceLine:
    """Of a project, stages and steps are called by its kind, as on its page."""
    before = _qualified(one.field, one.before, one.held_qualifier, of)
    after = _qualified(one.field, one.after, one.qualifier, of)
    if of and one.field == "stage" and one.is_news and before == after:
        before, after = (stage_told_apart(str(code), of) for code in (one.before, one.after))
    return DifferenceLine(
        field=_field(one, of),
        before=before,
        since=dates.words(one.since) if one.since else "",
        after=after,
        change=change(one.field, one.change) if one.is_news else "",
        why=_why(one),
        is_wordy=one.field in WORDY,
        is_internal=one.field in INTERNAL,
        is_news=one.is_news,
    )


def _qualified(field: str, value: Said | None, qualifier: str, of: Called | None) -> str:
    if field == "stage" and value:
        return stage_word(str(value), qualifier, of)
    return figures.qualified(said(field, value, of), qualifier)


def said(field: str, value: Said | None, of: Called | None = None) -> str:
    """A value of a report, in words."""
    match value:
        case None:
            return ""
        case Money():
            return figures.amount(value)
        case Decimal():
            return figures.number(value, "%")
        case Fuzzy():
            return dates.words(value)
        case PromiseState():
            return str(value.label)
    if field == "stage":
        return stage_word(value, "", of)
    return str(Condition(value).label) if field == "condition" else value


def reading(value: Said | None) -> str:
    """What was understood of a text; a sum in the units beside its own too, of which English knows none."""
    if isinstance(value, str) and not isinstance(value, PromiseState):
        return ""
    others = (Unit.WAN, Unit.YI) if isinstance(value, Money) and not is_english() else ()
    sums = [in_unit(value.yuan, unit.value) for unit in others if unit != value.unit]
    return " = ".join([said("", value), *(figures.amount(one) for one in sums)])


def change(field: str, by: int | Decimal | None) -> str:
    """By how much: +1 亿元, −5 个百分点, 推迟 3 个月."""
    if by is None:
        return ""
    if field in DATES:
        return _moved(by)
    size = abs(by)
    if field == "progress":
        words = gettext("%(points)s percentage points") % {"points": f"{size.normalize():f}"}
    else:
        words = figures.amount(in_full(size))
    return f"{'−' if by < 0 else '+'}{words}"


def _moved(days: int) -> str:
    if days == 0:
        return gettext("the last day stays")
    words = gettext("%(length)s later") if days > 0 else gettext("%(length)s earlier")
    return words % {"length": dates.days(abs(days))}


def _field(one: Difference, of: Called | None) -> str:
    if one.field not in DATES:
        return str(FIELDS[one.field])
    words = DATES[one.field] % {"milestone": milestone_word(one.milestone, of)}
    return either(f"{words}（{one.scope}）", f"{words} ({one.scope})") if one.scope else words


def _why(one: Difference) -> str:
    """The reason from the list, then the official's own words."""
    label = str(MoveReason(one.reason).label) if one.reason else ""
    return either("：", ": ").join(filter(None, (label, one.words.strip())))


# Codes of `reports.rules.checks`, as what was found; the sentence that asks for a reason is in `refusals`.
_CHECKS = {
    "beyond_total": _("More than the total investment"),
    "thrice_usual": _("More than three times a usual month"),
    "money_outstanding": _("Finished, and not everything is invested"),
    "first_figure": _("A first figure of unusual size"),
    "before_start": _("Money before works began"),
    "progress_below_one": _("Less than one per cent"),
    "unchanged_again": _("Nothing new, for several reports"),
    "progress_fell": _("Progress is lower than before"),
    "stage_fell": _("The stage is lower than before"),
    "actual_missing": _("The stage moved, on a day not given"),
}

# Actions of the audit.
_MOVES = {
    "report.enter": _("begun"),
    "report.submit": _("handed in"),
    "report.withdraw": _("taken back by its unit"),
    "report.return": _("returned"),
    "report.approve": _("approved and published"),
}


def checks(confirmed: dict[str, str]) -> list[tuple[str, str]]:
    """What was unusual, each with the reason that was given."""
    return [(str(_CHECKS.get(code, code)), reason) for code, reason in sorted(confirmed.items())]


def moved(action: str) -> str:
    return str(_MOVES[action])
