"""The desk: what waits for whoever signs in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from projects.choices import Role
from projects.desk import notices, waiting, watch
from projects.desk.frame import READING, desk_page, frame


@desk_page(methods=READING)
def my_desk(request: HttpRequest) -> HttpResponse:
    today, person = timezone.localdate(), request.person
    context = frame(request, "desk") | {
        "today": today,
        "desk": waiting.desk_of(person, today) if person.has(Role.REPORTER) else None,
        "watch": watch.of_reviewer(person, today),
        "awaiting": watch.awaiting_editor(person),
        "next_opening": waiting.next_opening(today),
        "unread": notices.unread(person),
    }
    return render(request, "desk/my_desk.html", context)
