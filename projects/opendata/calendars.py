"""Calendars of milestones: of one project all its dates, of all projects those still to come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.audit import data_version
from projects.choices import Kind
from projects.core.clocks import Clocks
from projects.core.codes import own_number
from projects.core.promises import Dated, Facts
from projects.models import Claim, Project, ProjectMilestone
from projects.models.standing import facts_from_text
from projects.pages import calendar_file, page_frame
from projects.pages.calendar_file import Event
from projects.records import list_question, one_project, some_projects
from projects.records.filters import FILTERS
from projects.records.footnotes import words_of
from projects.records.old_addresses import moved
from projects.records.promise_list import IDENTITY
from projects.records.some_projects import SomeProjects, Way
from projects.words import dates, project_sentences
from projects.words.language import in_language

MAX_DATES = 500  # of a calendar: the soonest
COLUMNS = ("project__code", *IDENTITY)


@dataclass(frozen=True, slots=True)
class DatedMilestone:
    """A milestone with the date that counts: the fact where there is one, else the promise that holds."""

    code: str
    slug: str
    name: str
    name_en: str
    kind: str
    record_type: str
    told: Facts
    said: Dated
    claim: Claim

    @property
    def is_fact(self) -> bool:
        return self.told.actual is not None


def to_come(projects: SomeProjects, clocks: Clocks) -> list[DatedMilestone]:
    """The soonest first, and at most `MAX_DATES`."""
    return _with_claims(projects.then(_soonest, clocks, MAX_DATES).fetch())


def _soonest(rows: QuerySet, clocks: Clocks, most: int, way: Way, **pending: str) -> QuerySet:
    found = some_projects.dates_of(rows, clocks, way, to_come_on__gte=clocks.asof, **pending)
    keys = found.order_by("to_come_on", "id").values("pk")[:most]
    return _told(ProjectMilestone.objects.filter(pk__in=keys))


def all_dates(project: Project, clocks: Clocks) -> list[DatedMilestone]:
    """What has come, too; the latest, and at most `MAX_DATES`."""
    coming = ProjectMilestone.objects.to_come(clocks)
    facts = ProjectMilestone.objects.held(clocks).filter(actual_latest__isnull=False)
    return _with_claims(_told((coming | facts).filter(project=project)))[-MAX_DATES:]


def _told(rows: QuerySet[ProjectMilestone]) -> QuerySet:
    return rows.values_list(*COLUMNS, Cast("told", TextField()))


def _with_claims(rows: Iterable[tuple]) -> list[DatedMilestone]:
    """In the order in which they end, with the claims that say so, in one read."""
    read = [(one[:-1], facts_from_text(one[-1])) for one in rows]
    found = sorted(((identity, told, told.actual or told.to_come) for identity, told in read), key=_by_date)
    refs = {said.ref for *_, said in found}
    claims = Claim.objects.filter(ref__in=refs).select_related("source", "section")
    by_ref = {claim.ref: claim for claim in claims}
    return [DatedMilestone(*identity, told, said, by_ref[said.ref]) for identity, told, said in found]


def _by_date(found: tuple) -> tuple:
    (code, *_), told, said = found
    return said.value.latest, own_number(code), told.milestone, told.scope


@page_frame.public_page(*FILTERS)
def calendar(request: HttpRequest) -> HttpResponse:
    clocks = page_frame.clocks_of(request)
    projects = some_projects.found_by(list_question.meant(request)[0], clocks)
    found = to_come(projects, clocks)
    return _calendar(request, clocks, "calendar.ics", _("Qijiang Project Progress"), found)


@page_frame.public_page()
def project_ics(request: HttpRequest, slug: str) -> HttpResponse:
    project = one_project.find(slug)
    if project is None:
        return moved(request, slug, "project_ics")
    clocks = page_frame.clocks_of(request)
    found = all_dates(project, clocks)
    return _calendar(request, clocks, f"{project.code}.ics", in_language(project, "name"), found)


def _calendar(
    request: HttpRequest, clocks: Clocks, file: str, name: str, found: list[DatedMilestone]
) -> HttpResponse:
    """Stamped with the moment of the data, so that the same data give the same file."""
    made_at = data_version.number_and_moment()[1] or timezone.now()
    root, carried = page_frame.root(request), page_frame.carried(request, clocks)
    events = [_event(one, root, carried) for one in found]
    answer = HttpResponse(
        calendar_file.calendar(name, events, made_at), content_type=calendar_file.CONTENT_TYPE
    )
    answer["Content-Disposition"] = f'inline; filename="{file}"'
    return answer


def _event(one: DatedMilestone, root: str, carried: dict) -> Event:
    told, said = one.told, one.said
    path, mark = reverse("project_page", args=[one.slug]), "" if said.is_stated else _(" (inferred)")
    return Event(
        uid=calendar_file.uid(one.code, told.milestone, told.scope),
        first=said.value.earliest,
        last=said.value.latest,
        is_fact=one.is_fact,
        summary=f"{in_language(one, 'name')} · {_words(one)}{mark}",
        description=" — ".join(filter(None, (words_of(one.claim), _first_promise(one)))),
        category=str(Kind(one.kind).label),
        url=root + page_frame.link(path, carried, said.ref),
    )


def _words(one: DatedMilestone) -> str:
    told, said = one.told, one.said
    if one.is_fact:
        return project_sentences.of_actual(told.milestone, told.scope, said.value, said.ref, one).text
    return project_sentences.of_promise(told, None, one).text


def _first_promise(one: DatedMilestone) -> str:
    """The date that was first promised, in words; empty where the date that counts is the same."""
    first = one.told.first
    if first is None or first.value.text == one.said.value.text:
        return ""
    return f"{_('First promised')}: {dates.words(first.value)}"
