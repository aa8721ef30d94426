"""A unit's projects handed over: shown first, then done at once, with what is open on them."""

import pytest
from django.test import Client

from projects.core.refusals import Refused
from projects.models import AuditEntry, Problem, Project, Report
from projects.reports import hand_over, problems
from tests.accounts.signing_in import sign_in
from tests.cast import AT, TODAY, department, project
from tests.paperwork import content, draft_of, on_record, returned, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def giver(people):
    return department()


@pytest.fixture
def to(people):
    return people.other_reporter.department


@pytest.fixture
def office(visitor):
    sign_in(visitor, "editor")
    return visitor


def page_of(unit, prefix="") -> str:
    return f"{prefix}/admin/projects/department/{unit.pk}/hand-over/"


def of(project) -> str:
    return Project.objects.get(pk=project.pk).department.code


def test_it_is_shown_before_it_is_done(office, giver, to):
    first, second = on_record(name="一号工厂"), on_record(name="二号工厂")
    chosen = {"to": to.pk, "projects": [first.pk, second.pk]}
    assert office.get(page_of(giver)).text.count("checked") == 2
    shown = office.post(page_of(giver), chosen)
    assert "一号工厂" in shown.text and to.name in shown.text
    assert (of(first), of(second)) == ("fagai", "fagai")
    office.post(page_of(giver), chosen | {"confirmed": "yes"})
    assert (of(first), of(second)) == ("jiaotong", "jiaotong")


def test_those_left_out_stay(office, giver, to):
    goes, stays = on_record(), on_record()
    office.post(page_of(giver), {"to": to.pk, "projects": [goes.pk], "confirmed": "yes"})
    assert (of(goes), of(stays)) == ("jiaotong", "fagai")


def test_the_public_page_shows_it_at_the_next_request(office, giver, to):
    one = on_record()
    stranger = Client()
    assert giver.name in stranger.get(f"/projects/{one.slug}/").text
    office.post(page_of(giver), {"to": to.pk, "projects": [one.pk], "confirmed": "yes"})
    page = stranger.get(f"/projects/{one.slug}/").text
    assert to.name in page and giver.name not in page


def test_it_is_in_the_audit_and_in_the_history(giver, to, people):
    one = on_record()
    hand_over.hand_over(giver, to, [one], by=people.editor, at=AT)
    told = {entry.action: entry for entry in AuditEntry.objects.filter(by=people.editor)}
    assert told["department.hand_over"].subject == "fagai"
    assert told["department.hand_over"].after == {
        "to": "jiaotong",
        "projects": [one.code],
        "reports": 0,
        "problems": 0,
    }
    assert told["project.save"].before == {"department": "fagai"}
    assert told["project.save"].after == {"department": "jiaotong"}
    assert AuditEntry.objects.about(one).get().by == people.editor
    assert Project.objects.get(pk=one.pk).version == one.version + 1


def test_what_is_being_written_goes_along_and_what_was_handed_in_stays(giver, to, people):
    papers = {"draft": draft_of, "returned": returned, "submitted": submitted}
    papers = {state: make(on_record(), people) for state, make in papers.items()}
    projects = [report.project for report in papers.values()]
    hand_over.hand_over(giver, to, projects, by=people.editor, at=AT)
    units = {report.state: report.department.code for report in Report.objects.all()}
    assert units == {"draft": "jiaotong", "returned": "jiaotong", "submitted": "fagai"}
    assert AuditEntry.objects.get(action="department.hand_over").after["reports"] == 2


def test_the_receiving_unit_goes_on_with_the_draft_and_the_giving_one_does_not(giver, to, people):
    report = draft_of(on_record(), people)
    hand_over.hand_over(giver, to, [report.project], by=people.editor, at=AT)
    for user, sees in ((people.reporter, False), (people.other_reporter, True)):
        client = Client()
        client.force_login(user)
        answer = client.get(f"/desk/reports/{report.round.month}/{report.project.code}/")
        assert (answer.status_code == 200) == sees


def test_open_problems_for_which_the_unit_answered_go_along(giver, to, people):
    report = draft_of(on_record(), people, content())
    third = department("third", name="第三单位", name_en="Third unit")
    for unit in (giver, third):
        problems.raise_(report, "征地", department=unit, due_on=TODAY, by=people.reporter, at=AT)
    hand_over.hand_over(giver, to, [report.project], by=people.editor, at=AT)
    assert {one.department.code for one in Problem.objects.all()} == {"jiaotong", "third"}


def test_one_that_went_elsewhere_meanwhile_stops_it(giver, to, people):
    first, second = on_record(), on_record()
    hand_over.hand_over(giver, to, [second], by=people.editor, at=AT)
    with pytest.raises(Refused, match="changed_meanwhile"):
        hand_over.hand_over(giver, to, [first, second], by=people.editor, at=AT)
    assert of(first) == "fagai"


def test_a_unit_without_projects_and_one_that_is_not_there(office, giver, to):
    assert "没有项目" in office.get(page_of(to)).text
    assert office.get(page_of(giver).replace(str(giver.pk), "999999")).status_code == 404


@pytest.mark.parametrize(
    "typed", [{}, {"to": "x"}, {"to": "-1", "projects": ["x"]}, {"projects": ["1"]}], ids=str
)
def test_whatever_is_sent_gets_an_answer(office, giver, typed):
    one = project(department=giver)
    assert office.post(page_of(giver), typed | {"confirmed": "yes"}).status_code == 200
    assert of(one) == "fagai"


def test_only_whoever_keeps_departments_may(giver, to, people, administrator):
    one = project(department=giver)
    chosen = {"to": to.pk, "projects": [one.pk], "confirmed": "yes"}
    for user in (people.reporter, people.reviewer, people.stranger):
        client = Client()
        client.force_login(user)
        assert client.post(page_of(giver), chosen).status_code in (302, 403)
        assert of(one) == "fagai"
    client = Client()
    client.force_login(administrator)
    assert client.post(page_of(giver, "/en"), chosen).status_code == 302
    assert of(one) == "jiaotong"
