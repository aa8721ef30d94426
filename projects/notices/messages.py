"""What a notice says: a heading and a sentence, on the desk and in letters, in the reader's language.

Made from its kind, its values and the names of its projects; the note of a returned report stays on the desk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from projects.choices import NoticeKind
from projects.core import fuzzy_dates
from projects.words import dates, project_sentences
from projects.words.language import either

MOST_NAMES = 5


@dataclass(frozen=True, slots=True)
class Message:
    heading: str
    text: str


_HEADINGS = {
    NoticeKind.ROUND_OPENED: _("Monthly reports for %(month)s are open; projects to be reported: %(count)s"),
    NoticeKind.ROUND_CLOSING: _(
        "Monthly reports for %(month)s close on %(closes_on)s; projects still missing: %(count)s"
    ),
    NoticeKind.ROUND_CLOSED: _("Monthly reports for %(month)s are closed; projects missing: %(count)s"),
    NoticeKind.NO_UNIT: _("Projects without a unit in the round of %(month)s: %(count)s"),
    NoticeKind.REPORT_RETURNED: _("The report for %(month)s was returned: %(projects)s"),
    NoticeKind.REPORTS_WAITING: _("Handed in on %(since)s and not yet reviewed; reports: %(count)s"),
    NoticeKind.PAUSE_RENEWAL: _("A pause is to be explained anew: %(projects)s"),
    NoticeKind.PROMISE_NEAR: _("A promised date is near: %(projects)s, %(milestone)s %(date)s"),
    NoticeKind.PROMISE_PASSED: _(
        "A promised date has passed without word: %(projects)s, %(milestone)s %(date)s"
    ),
    NoticeKind.PROBLEM_ASSIGNED: _("Your unit is to solve a problem by %(due_on)s: %(projects)s"),
    NoticeKind.PROBLEM_DUE: _("A problem is to be solved by %(due_on)s: %(projects)s"),
    NoticeKind.REPORTS_APPROVED: _("Approved on %(since)s and published; reports for %(month)s: %(count)s"),
    NoticeKind.ENTRIES_DECIDED: _("What you entered was decided on: %(since)s"),
    NoticeKind.FILE_APPROVED: _("Your file was approved: %(file)s"),
    NoticeKind.FILE_REFUSED: _("Your file was refused: %(file)s"),
    NoticeKind.FILE_WITHDRAWN: _("A file of yours was withdrawn: %(file)s"),
    NoticeKind.TIPS_OVERDUE: _("Messages from outside are past their day; still open: %(tips)s"),
    NoticeKind.PROBLEM_OVERDUE: _("A problem was to be solved by %(due_on)s and is still open: %(projects)s"),
}

_TEXTS = {
    NoticeKind.ROUND_OPENED: _("Report by the end of %(closes_on)s: %(projects)s."),
    NoticeKind.ROUND_CLOSING: _("Not handed in yet: %(projects)s."),
    NoticeKind.ROUND_CLOSED: _(
        "Not handed in: %(projects)s. A report is still taken, and is marked as late."
    ),
    NoticeKind.NO_UNIT: _("Nobody is asked to report on them until a unit is named: %(projects)s."),
    NoticeKind.REPORT_RETURNED: _("Change what the note asks for, and hand it in again."),
    NoticeKind.REPORTS_WAITING: _("They wait for a reviewer: %(projects)s."),
    NoticeKind.PAUSE_RENEWAL: _("A pause is explained once a quarter: say in the report how it stands."),
    NoticeKind.PROMISE_NEAR: _(
        "Report it once it is reached. If it cannot be kept, give a new date and the reason."
    ),
    NoticeKind.PROMISE_PASSED: _("Report when it was reached, or give a new date and the reason."),
    NoticeKind.PROBLEM_ASSIGNED: _("See what stands in the way, and reply."),
    NoticeKind.PROBLEM_DUE: _("Reply how it stands; whoever raised it, or a reviewer, closes it."),
    NoticeKind.REPORTS_APPROVED: _("They are public now: %(projects)s."),
    NoticeKind.ENTRIES_DECIDED: _("Your desk says what was approved or refused, and why: %(projects)s."),
    NoticeKind.FILE_APPROVED: _("What it says is on record and public."),
    NoticeKind.FILE_REFUSED: _("Nothing of it is public. The reason stands on the desk."),
    NoticeKind.FILE_WITHDRAWN: _("What it said is on record no longer. The reason stands on the desk."),
    NoticeKind.TIPS_OVERDUE: _(
        "The first was to be answered by %(due_on)s: answer in a few words, and close it."
    ),
    NoticeKind.PROBLEM_OVERDUE: _("Reply how it stands; whoever raised it, or a reviewer, closes it."),
}


def message(kind: str, values: dict[str, str], names: Sequence[str]) -> Message:
    if kind == NoticeKind.ROUND_CLOSED and not names:
        return Message(gettext("Monthly reports for %(month)s are closed") % _shown(values, names), _all_in())
    shown = _shown(values, names)
    return Message(_HEADINGS[NoticeKind(kind)] % shown, _TEXTS[NoticeKind(kind)] % shown)


def letter_subject(site: str, count: int) -> str:
    return gettext("%(site)s: new notices: %(count)s") % {"site": site, "count": count}


def letter(messages: Sequence[Message], address: str) -> str:
    """Plain text; `address` is where the notices stand."""
    said = [f"{number}. {one.heading}\n   {one.text}" for number, one in enumerate(messages, 1)]
    where = gettext("To act, sign in: %(address)s") % {"address": address} if address else ""
    ending = gettext("This letter is sent by a program; nobody reads answers to it.")
    return "\n\n".join(filter(None, [*said, where, ending])) + "\n"


def of_group(kind: str, values: dict[str, str], codes: Sequence[str], address: str) -> str:
    """For a chat in which many read: projects by their codes, and neither people nor words of reports."""
    with override("zh-hans"):
        said = message(kind, values, codes)
    where = f"{address}/desk/" if address else ""
    return "\n".join(filter(None, [said.heading, said.text, where]))


def _all_in() -> str:
    return gettext("Every report that was expected has been handed in.")


def listed(names: Sequence[str]) -> str:
    """The first few names; how many more there are."""
    shown = either("、", ", ").join(names[:MOST_NAMES])
    if len(names) <= MOST_NAMES:
        return shown
    return gettext("%(names)s and %(count)s more") % {"names": shown, "count": len(names) - MOST_NAMES}


def _shown(values: dict[str, str], names: Sequence[str]) -> dict[str, str]:
    """The values as people write them."""
    shown = {"projects": listed(names), "count": str(len(names))}
    for name, value in values.items():
        match name:
            case "file" | "tips":
                shown[name] = value
            case "month":
                shown[name] = dates.month(fuzzy_dates.parse(value).earliest)
            case "closes_on" | "since" | "due_on":
                shown[name] = dates.day(date.fromisoformat(value))
            case "date":
                shown[name] = dates.words(fuzzy_dates.parse(value))
            case "milestone":
                shown[name] = project_sentences.in_scope(value, values.get("scope", ""))
    return shown
