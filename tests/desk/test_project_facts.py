"""One form for a project: facts from one document, all faults at once, a second person for the whole."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.choices import BatchState, Topic
from projects.models import Batch, Claim, Current, Project, Source
from tests.cast import alias, department, place, project, section, source
from tests.desk.filled import again, faults_at, field, opened, sent, summary, texts
from tests.desk.importing import act
from tests.public.reading import Page, read

pytestmark = pytest.mark.django_db

NEW = "/en/desk/projects/new/"
WHOLE = {
    "name": "古剑山索道",
    "name_en": "Gujianshan cableway",
    "kind": "tourism",
    "place": "park",
    "department": "fagai",
    "stage": "building",
    "total_investment": "3.5",
    "total_investment_unit": "yi",
    "annual_plan": "8,000",
    "plan_year": "2026",
    "date_started": "2025年3月",
    "date_completed": "2026年三季度",
    "works": "新建索道",
    "owner": "旅投公司、文旅集团",
    "builder": "某建筑公司",
    "source": "notice",
    "section": "2",
    "paragraph": "3",
    "sentence": "1",
}


@pytest.fixture
def notice(db) -> Source:
    department(), place()
    found = source("notice", kind="notice", title="关于建设的通知", published="2026-01-20")
    section(found, "2")
    return found


def facts_of(code: str) -> str:
    return f"/en/desk/projects/{code}/facts/"


def entered(client, people, address: str = NEW, **typed: str) -> Page:
    return sent(client, opened(client, people.editor, address), address, do="", **typed)


def batch_of(name: str) -> Batch:
    return Batch.objects.get(file_name=name)


def test_a_project_is_entered_at_once_and_public_by_a_second_person(client, people, notice):
    page = entered(client, people, **WHOLE)
    batch, made = batch_of("古剑山索道"), Project.objects.get()
    assert "it waits for a second person" in page.main and "project form" in page.main
    assert (batch.state, made.is_public, batch.claims.pending().count()) == (BatchState.SENT, False, 6)
    assert client.get(f"/projects/{made.slug}/").status_code == 404
    client.force_login(people.second_editor)
    assert "古剑山索道" in read(client, "/desk/imports/").main
    assert act(client, batch, "approve").status_code == 302
    held = Current.objects.get(project=made)
    assert (held.stage, held.total_investment, held.department.code) == ("building", 35 * 10**7, "fagai")
    assert made.parties.count() == 3
    said = {(one.topic, one.measure, one.period): one for one in Claim.objects.all()}
    assert said[Topic.ANNUAL_PLAN, "", "2026"].value().yuan == 8 * 10**7
    assert said[Topic.ACTUAL, "started", ""].value().text == "2025-03"
    assert said[Topic.PROMISED, "completed", ""].value().text == "2026-35"
    assert {(one.source, one.section.number, one.paragraph, one.sentence) for one in said.values()} == {
        (notice, "2", 3, 1)
    }
    assert client.get(f"/projects/{made.slug}/").status_code == 200


def test_all_that_is_wrong_is_said_at_once_and_nothing_typed_is_lost(client, people, notice):
    wrong = {"kind": "", "total_investment": "很多", "date_completed": "明天", "paragraph": "9", "name": " "}
    page = entered(client, people, **WHOLE | wrong)
    assert not Batch.objects.exists()
    assert {at for at, _ in summary(page)} == {
        *("id_name", "id_kind", "id_total_investment", "id_date_completed", "id_section")
    }
    assert "sum of money" in faults_at(page, "total_investment")
    held = texts(page)
    assert {name: held[name] for name in WHOLE if name != "name"} == {
        name: text for name, text in (WHOLE | wrong).items() if name != "name"
    }


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ({"source": "nowhere"}, "id_source"),
        ({"source": ""}, "id_source"),
        ({"as_of": "某天"}, "id_as_of"),
        ({"section": "二"}, "id_section"),
        ({"date_started": "2026年"}, "id_date_started"),
        ({"owner": "某" * 200}, "id_owner"),
        ({"name": "某" * 101}, "id_name"),
        ({"works": "某" * 501}, "id_works"),
    ],
)
def test_each_fault_stands_at_its_box(client, people, notice, typed, at):
    page = entered(client, people, **WHOLE | typed)
    assert [one for one, _ in summary(page)] == [at] and not Batch.objects.exists()


def test_a_name_like_another_s_is_asked_about_once(client, people, notice):
    alias(project("綦江古剑山索道工程"), "古剑山索道项目")
    page = entered(client, people, **WHOLE)
    assert [at for at, _ in summary(page)] == ["id_name"]
    assert f"{facts_of('QJ-0001')}" in [one.href for one in page.links] and not Batch.objects.exists()
    page = sent(client, page, NEW, do="", is_another="on", total_investment="?")
    assert [at for at, _ in summary(page)] == ["id_total_investment"], "the answer is remembered"
    sent(client, page, NEW, do="", total_investment="3")
    assert batch_of("古剑山索道").state == BatchState.SENT


def test_another_answer_is_for_that_name_alone(client, people, notice):
    project("古剑山索道"), project("永新梨园")
    page = entered(client, people, **WHOLE | {"name": "古剑山索道二号"})
    page = sent(client, page, NEW, do="", is_another="on", name="永新梨园游客")
    assert [at for at, _ in summary(page)] == ["id_name"]


def test_the_very_name_is_taken_and_so_is_it_while_it_waits(client, people, notice):
    entered(client, people, **WHOLE)
    page = entered(client, people, **WHOLE)
    assert "waits for a second person" in faults_at(page, "name")
    project("石壕索道")
    page = entered(client, people, **WHOLE | {"name": "石壕索道"})
    assert "Another project is called" in faults_at(page, "name") and Batch.objects.count() == 1


def test_what_was_refused_is_entered_again_under_the_same_number(client, people, notice):
    entered(client, people, **WHOLE)
    client.force_login(people.second_editor)
    act(client, batch_of("古剑山索道"), "refuse", why="总投资不对")
    entered(client, people, **WHOLE | {"total_investment": "4"})
    batch = Batch.objects.waiting().get()
    client.force_login(people.second_editor)
    act(client, batch, "approve")
    assert Current.objects.get(project=Project.objects.get()).total_investment == 4 * 10**8


def test_of_a_project_on_record_only_what_is_new_is_sent(client, people, notice, known):
    page = opened(client, people.editor, facts_of(known.code))
    assert texts(page)["name"] == "藻渡水库" and "CNY 4.0 billion" in faults_at(page, "total_investment")
    typed = {"source": "notice", "place": "park", "total_investment": "50", "total_investment_unit": "yi"}
    sent(client, page, facts_of(known.code), do="", **typed)
    batch = batch_of("藻渡水库")
    known.refresh_from_db()
    assert known.place is None and batch.claims.count() == 1
    client.force_login(people.second_editor)
    act(client, batch, "approve")
    known.refresh_from_db()
    assert known.place.code == "park" and Current.objects.get(project=known).total_investment == 50 * 10**8


def test_what_moved_meanwhile_is_told_with_both_values(client, people, notice, known):
    page = opened(client, people.editor, facts_of(known.code))
    known.name, known.version = "藻渡大型水库", known.version + 1
    known.save()
    page = sent(client, page, facts_of(known.code), do="", source="notice", total_investment="50亿元")
    assert "藻渡大型水库" in faults_at(page, "name") and texts(page)["name"] == "藻渡水库"
    assert not Batch.objects.exists()


def test_nothing_new_is_said(client, people, notice, known):
    page = opened(client, people.editor, facts_of(known.code))
    page = sent(client, page, facts_of(known.code), do="", source="notice")
    assert "Nothing of it is new" in page.main


def test_it_is_for_editors(client, people, known):
    for who in (people.reporter, people.reviewer, people.stranger):
        client.force_login(who)
        assert client.get(NEW).status_code == client.get(facts_of(known.code)).status_code == 404
    client.force_login(people.editor)
    assert client.get(facts_of("QJ-9999")).status_code == 404
    assert NEW in [one.href for one in read(client, "/en/desk/").links]


def test_it_takes_as_many_statements_however_much_is_on_record(client, people, notice, known):
    def count(address: str) -> int:
        client.force_login(people.editor)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    addresses = (NEW, facts_of(known.code))
    before = [count(address) for address in addresses]
    for number in range(5):
        place(f"town-{number}", name=f"某镇{number}")
        source(f"paper-{number}")
        project()
    assert [count(address) for address in addresses] == before


def test_a_text_sent_with_a_dead_session_comes_back(client, people, notice):
    page = opened(client, people.editor, NEW)
    client.logout()
    client.post(NEW, texts(page) | WHOLE)
    page = again_signed_in(client, people)
    assert {name: texts(page)[name] for name in WHOLE} == WHOLE


def again_signed_in(client, people) -> Page:
    client.force_login(people.editor)
    return again(client, NEW)


def test_the_boxes_say_by_which_they_are_described(client, people, notice):
    page = entered(client, people, **WHOLE | {"name": ""})
    assert field(page, "name").given["aria-invalid"] == "true"
