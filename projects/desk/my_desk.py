"""The desk: what waits for whoever signs in."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from projects.choices import Role
from projects.desk import (
    entry_results,
    hiding,
    imports,
    notices,
    records_to_mend,
    reporter_desk,
    reviewer_desk,
)
from projects.desk.frame import desk_page, frame
from tracker.methods import READING


@desk_page(methods=READING)
def my_desk(request: HttpRequest) -> HttpResponse:
    today, person = timezone.localdate(), request.person
    reports = person.has(Role.REPORTER)
    context = frame(request, "desk") | {
        "today": today,
        "desk": reporter_desk.desk_of(person, today) if reports else None,
        "reports_for": len(person.units),
        "further_units": reporter_desk.further_units(request.user, today) if reports else (),
        "watch": reviewer_desk.of_reviewer(person, today),
        "tips": reviewer_desk.tips(person, today),
        "undecided": reviewer_desk.undecided(person),
        "may_enter": person.has(Role.EDITOR),
        "hidings": hiding.waiting_for(person),
        "files": imports.waiting_for(person),
        "unnamed": reviewer_desk.unnamed(person),
        "to_mend": records_to_mend.of(person),
        "results": entry_results.of(person, timezone.now()),
        "next_opening": partial(reporter_desk.next_opening, today),  # asked where nothing waits
        "unread": notices.unread(person),
    }
    return render(request, "desk/my_desk.html", context)
