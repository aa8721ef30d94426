"""What a reviewer reads of a report beside its differences: the checks waved through, its moves so far."""

from django.utils.translation import gettext_lazy as _

# Codes of `rules.doubts`, as what was found; the sentence that asks for a reason is in `refusals`.
_CHECKS = {
    "beyond_total": _("More than the total investment"),
    "thrice_usual": _("More than three times a usual month"),
    "money_outstanding": _("Finished, and not everything is invested"),
    "no_photo": _("The stage changed, and there is no photo of it"),
    "progress_fell": _("Progress is lower than before"),
    "stage_fell": _("The stage is lower than before"),
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
