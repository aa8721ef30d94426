"""Calendars of milestones: of one project with what has come, of all projects what is to come."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from projects.choices import Kind
from projects.claims import standings
from projects.core.clocks import Clocks
from projects.pages import calendar_file, page_frame
from projects.pages.calendar_file import Event
from projects.pages.value_tags import in_language
from projects.queries import due
from projects.queries.due import Due
from projects.queries.exports import generated
from projects.records import list_question, project_record
from projects.records.footnotes import words_of
from projects.records.project_record import moved
from projects.words import dates, project_sentences


@page_frame.public_page(*list_question.FILTERS)
def calendar(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    found = due.to_come(list_question.rows(request, clocks), clocks)
    return _calendar(request, clocks, "calendar.ics", _("Qijiang Project Progress"), found)


@page_frame.public_page()
def project_ics(request: HttpRequest, slug: str) -> HttpResponse:
    project = project_record.find(slug)
    if project is None:
        return moved(request, slug, "project_ics")
    clocks = page_frame.clocks_of(request)
    found = due.all_dates(standings.on(clocks).filter(project=project), clocks)
    return _calendar(request, clocks, f"{project.code}.ics", in_language(project, "name"), found)


def _calendar(request: HttpRequest, clocks: Clocks, file: str, name: str, found: list[Due]) -> HttpResponse:
    """Stamped with the moment of the data, so that the same data give the same file."""
    moment = generated()
    made_at = datetime.fromisoformat(moment) if moment else timezone.now()
    root, carried = page_frame.root(request), page_frame.carried(request, clocks)
    events = [_event(one, root, carried) for one in found]
    answer = HttpResponse(
        calendar_file.calendar(name, events, made_at), content_type=calendar_file.CONTENT_TYPE
    )
    answer["Content-Disposition"] = f'inline; filename="{file}"'
    return answer


def _event(one: Due, root: str, carried: dict) -> Event:
    told, said = one.told, one.said
    path = reverse("project_page", args=[one.slug])
    return Event(
        uid=calendar_file.uid(one.code, told.milestone, told.scope),
        first=said.value.earliest,
        last=said.value.latest,
        is_fact=one.is_fact,
        summary=f"{in_language(one, 'name')} · {_words(one)}",
        description=" — ".join(filter(None, (words_of(one.claim), _first_promise(one)))),
        category=str(Kind(one.kind).label),
        url=f"{root}{path}{'?' + urlencode(carried) if carried else ''}#{said.ref}",
    )


def _words(one: Due) -> str:
    told, said = one.told, one.said
    if one.is_fact:
        return project_sentences.of_actual(told.milestone, told.scope, said.value, said.ref).text
    return project_sentences.of_promise(told.milestone, told.scope, said.value, None, said.ref).text


def _first_promise(one: Due) -> str:
    """Where the date is another now."""
    first = one.told.first
    if first is None or first.value.text == one.said.value.text:
        return ""
    return f"{_('First promised')}: {dates.words(first.value)}"
