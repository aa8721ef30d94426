"""Hiding a project takes a reason and a second person; each wish is decided once."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import override_settings

from projects.audit.data_version import current_version
from projects.choices import HidingState
from projects.claims import projection
from projects.core.refusals import Refused
from projects.models import AuditEntry, Current, HidingRequest, Notice, Project
from projects.notices import inbox
from projects.records import hiding, saving, saving_together
from projects.records.saving_together import Fact, Fate
from projects.reports.reminders import outlook
from projects.reports.rules.reminders import due
from tests.cast import AT, project, published
from tests.notices.test_decisions import TOMORROW

pytestmark = pytest.mark.django_db
WHY = "与另一条重复"


@pytest.fixture
def factory(people) -> Project:
    of = project()
    published(of)
    projection.rebuild(of)
    return of


@pytest.fixture
def wish(factory, people) -> HidingRequest:
    return hiding.ask(factory, reason=WHY, by=people.editor, at=AT)


def test_asking_changes_nothing_but_that_it_waits(factory, wish):
    factory.refresh_from_db()
    assert factory.is_public and Current.objects.exists() and current_version() == 0
    assert [(one.action, one.after) for one in AuditEntry.objects.all()] == [
        ("project.ask_hiding", {"reason": WHY})
    ]


def test_a_second_person_hides_it_and_an_editor_shows_it_again(factory, wish, people):
    hiding.approve(wish, by=people.reviewer, at=AT)
    factory.refresh_from_db()
    assert (factory.is_public, factory.version, current_version()) == (False, 2, 1)
    assert not Current.objects.exists()
    shown = hiding.show(wish, why="不是重复", by=people.second_editor, at=AT)
    factory.refresh_from_db()
    assert (factory.is_public, factory.version, current_version()) == (True, 3, 2)
    assert Current.objects.exists()
    assert (shown.state, shown.shown_by, shown.shown_why) == ("shown", people.second_editor, "不是重复")
    actions = list(AuditEntry.objects.order_by("number").values_list("action", flat=True))
    assert actions == ["project.ask_hiding", "project.hide", "project.show"]
    again = hiding.ask(factory, reason=WHY, by=people.editor, at=AT)
    assert again.state == HidingState.WAITING, "and it may be asked for again"


def alone_by_saving(of: Project, people) -> None:
    of.is_public = False
    saving.save_project(of, by=people.editor, at=AT)


def alone_by_deciding(of: Project, people) -> None:
    hiding.approve(hiding.ask(of, reason=WHY, by=people.editor, at=AT), by=people.editor, at=AT)


ALONE = (alone_by_saving, alone_by_deciding)


@pytest.mark.promise(
    "Nobody hides a public project alone", control="test_control_without_the_guards_one_person_hides_it"
)
def test_nobody_hides_alone(factory, people, figure):
    for act in ALONE:
        with pytest.raises((Refused, PermissionDenied)):
            act(Project.objects.get(), people)
    assert Project.objects.get().is_public
    figure(f"{len(ALONE)} ways past the second person, none taken")


@pytest.mark.parametrize("act", ALONE)
def test_control_without_the_guards_one_person_hides_it(factory, people, monkeypatch, act):
    monkeypatch.setattr(saving, "_refuse_way_round", lambda of: None)
    monkeypatch.setattr(hiding, "may_decide", lambda wish, by: True)
    act(Project.objects.get(), people)
    assert not Project.objects.get().is_public


def test_an_office_of_one_may_where_it_is_switched_off(factory, wish, people):
    with override_settings(ALONE_MAY_APPROVE=True):
        hiding.approve(wish, by=people.editor, at=AT)
    assert not Project.objects.get().is_public


def test_refused_it_stays_public_and_its_author_is_told(factory, wish, people):
    row = hiding.refuse(wish, why="不重复", by=people.reviewer, at=AT)
    assert (row.state, row.decided_by, row.refused_why) == ("refused", people.reviewer, "不重复")
    assert Project.objects.get().is_public and current_version() == 0
    inbox.tell(due(outlook(TOMORROW), TOMORROW), at=AT)
    assert list(Notice.objects.values_list("kind", "user__username")) == [("entries_decided", "editor")]


def test_who_asked_takes_it_back_and_nobody_else(factory, wish, people):
    with pytest.raises(PermissionDenied):
        hiding.take_back(wish, by=people.second_editor, at=AT)
    hiding.take_back(wish, by=people.editor, at=AT)
    assert HidingRequest.objects.get().state == HidingState.TAKEN_BACK


@pytest.mark.parametrize("first", ["approve", "refuse", "take_back"])
def test_it_is_decided_once(factory, wish, people, first):
    """The second of two holds the row as it was before."""
    acts = {
        "approve": lambda: hiding.approve(wish, by=people.reviewer, at=AT),
        "refuse": lambda: hiding.refuse(wish, why="否", by=people.second_editor, at=AT),
        "take_back": lambda: hiding.take_back(wish, by=people.editor, at=AT),
    }
    acts[first]()
    for later in acts.values():
        with pytest.raises(Refused, match="decided_already"):
            later()


@pytest.mark.parametrize(
    ("words", "code"), [("", "text_missing"), (" \n", "text_missing"), ("长" * 301, "reason_long")]
)
def test_a_reason_is_needed_and_bounded(factory, wish, people, words, code):
    hiding.approve(wish, by=people.reviewer, at=AT)
    other = project()
    for act in (
        lambda: hiding.ask(other, reason=words, by=people.editor, at=AT),
        lambda: hiding.show(wish, why=words, by=people.editor, at=AT),
        lambda: hiding.refuse(
            hiding.ask(project(), reason=WHY, by=people.editor, at=AT), why=words, by=people.reviewer, at=AT
        ),
    ):
        with pytest.raises(Refused, match=code):
            act()


def test_it_is_asked_for_once_and_of_what_is_public(factory, wish, people):
    with pytest.raises(Refused, match="hiding_is_open"):
        hiding.ask(factory, reason=WHY, by=people.second_editor, at=AT)
    hiding.approve(wish, by=people.reviewer, at=AT)
    with pytest.raises(Refused, match="hiding_is_open"):
        hiding.ask(factory, reason=WHY, by=people.second_editor, at=AT)
    with pytest.raises(Refused, match="hiding_of_private"):
        hiding.ask(project(is_public=False), reason=WHY, by=people.editor, at=AT)


def test_one_that_became_private_meanwhile_is_not_hidden(factory, wish, people):
    Project._base_manager.update(is_public=False)
    with pytest.raises(Refused, match="hiding_of_private"):
        hiding.approve(wish, by=people.reviewer, at=AT)
    assert HidingRequest.objects.get().state == HidingState.WAITING


@pytest.mark.parametrize("who", ["reporter", "reviewer", "stranger"])
def test_only_editors_ask_and_show(factory, wish, people, who):
    hiding.approve(wish, by=people.reviewer, at=AT)
    with pytest.raises(Refused, match="not_yours"):
        hiding.ask(project(), reason=WHY, by=getattr(people, who), at=AT)
    with pytest.raises(Refused, match="not_yours"):
        hiding.show(wish, why=WHY, by=getattr(people, who), at=AT)


@pytest.mark.parametrize("who", ["reporter", "stranger"])
def test_only_editors_and_reviewers_decide(factory, wish, people, who):
    with pytest.raises(PermissionDenied):
        hiding.approve(wish, by=getattr(people, who), at=AT)


def test_what_two_people_hid_is_not_shown_with_others_nor_by_saving(factory, wish, people):
    hiding.approve(wish, by=people.reviewer, at=AT)
    of = Project.objects.get()
    told = {"by": people.editor, "at": AT}
    done = saving_together.set_fact(Fact("is_public", value=True), {of.pk: of.version}, why=WHY, **told)
    assert done.rows[Fate.HIDDEN] == [of] and not done.changed
    of.is_public = True
    with pytest.raises(Refused, match="hiding_has_its_page"):
        saving.save_project(of, **told)
    assert not Project.objects.get().is_public
