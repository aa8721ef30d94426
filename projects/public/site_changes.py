"""What changed in the site and in how it reads what was said: dated, the newest first, for residents."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from projects.pages import page_frame


@dataclass(frozen=True, slots=True)
class SiteChange:
    """A day from which something is read otherwise, why, and what."""

    on: date
    title: Promise
    why: Promise
    points: tuple[Promise, ...]


CHANGES = (
    SiteChange(
        date(2026, 11, 28),
        _("Verdicts and stages are read differently from this day"),
        _(
            "Some verdicts said more than anybody can know: a promise of ten years was doubtful in its first,"
            " and a mere reading of ours could make one late. Some words did not fit what they were said of."
        ),
        (
            _(
                "A promise is “not due yet” until the last day of its span is over, even “within 5 to 10"
                " years”. Until now it was “hard to judge” from the first day of the span on."
            ),
            _(
                "“Late” takes a date, a postponement, or a source that says outright, after the last day,"
                " that it has not come to that. What we only infer makes nothing late any more."
            ),
            _(
                "Where a source shows only after the last day that it is done, the verdict is “hard to"
                " judge”: on which day it was done is not known. Until now some of these were late."
            ),
            _(
                "“To be decided” is told apart from silence and from a new date. Once the day first promised"
                " is over it counts as late."
            ),
            _(
                "“Largely completed” is not completed: it keeps no promise and ends none. Until now it was"
                " shown as completed."
            ),
            _(
                "Beside a stage stand two dates: since when it holds, and when it was last said. How old a"
                " stage is goes by the second alone."
            ),
            _(
                "Where a later source puts a project at a lower stage than an earlier one, the stage stays"
                " and the page shows both. “Later” is said only where it is known which of the two is later."
            ),
            _(
                "Words follow what is meant: a factory produces, a road is open to traffic, a hospital is in"
                " use, a title is applied for and granted. Until now everything was “completed”."
            ),
        ),
    ),
)


@page_frame.public_page()
def site_changes(request: HttpRequest) -> HttpResponse:
    context = page_frame.frame(request, page_frame.clocks_of(request), "about") | {"changes": CHANGES}
    return render(request, "public/site_changes.html", context)
