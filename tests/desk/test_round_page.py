"""A round by unit and state: who has not reported, reminders to copy, and its closing by a reviewer."""

from datetime import timedelta

import pytest
import time_machine

from projects.choices import Role
from projects.models import AuditEntry, Department, Project, Round
from projects.models.user import person_of
from projects.reports import rounds
from projects.reports.round_overview import grid, total
from tests.cast import AT, department, person
from tests.paperwork import approved, draft_of, on_record, returned, submitted
from tests.public.reading import Page, read, zh

pytestmark = pytest.mark.django_db
ROUND, ENGLISH = "/desk/rounds/2026-02/", "/en/desk/rounds/2026-02/"
HEAD = ["Expected", "No report begun", "Draft", "Returned", "Waiting for review", "Approved"]
HEAD += ["Handed in", "Handed in late", "Completeness"]


def seen_by(client, user, path: str = ENGLISH, **query) -> Page:
    client.force_login(user)
    return read(client, path, **query)


def close(client, user, **data) -> Page:
    client.force_login(user)
    return Page(client.post(ENGLISH, data))


def reminders(page: Page) -> dict[str, str]:
    """The texts to copy, by what they are called."""
    return {one.given["aria-label"]: "".join(one.words) for one in page.all("textarea")}


@pytest.fixture
def filled(people, monthly_round):
    """Two units in all states, and a project that no unit leads."""
    on_record(name="静默厂", name_en="Silent works"), on_record(department=None, name="无主厂")
    draft_of(on_record(name="草稿厂"), people), returned(on_record(name="退回厂"), people)
    submitted(on_record(), people), approved(on_record(), people)
    on_record(department=people.other_reporter.department, name="公路")
    return monthly_round


def test_every_unit_by_state_no_unit_last_and_totals_that_add_up(client, people, filled):
    page = seen_by(client, people.reviewer)
    assert [one.text for one in page.all("th") if one.is_in("thead")][1:] == HEAD
    assert page.rows("units") == [
        ["Development and Reform Commission", "5", "1", "1", "1", "1", "1", "2", "0", "40.0%"],
        ["Transport Bureau", "1", "1", "0", "0", "0", "0", "0", "0", "0.0%"],
        ["No unit named", "1", "1", "0", "0", "0", "0", "0", "0", "0.0%"],
    ]
    foot = [one.text for one in page.elements if one.tag in ("td", "th") and one.is_in("tfoot")]
    assert foot == ["Total", "7", "3", "1", "1", "1", "1", "2", "0", "28.6%"]
    for column in range(1, 9):
        assert int(foot[column]) == sum(int(row[column]) for row in page.rows("units"))
    assert "2 of the 7 reports expected for February 2026 have been handed in (28.6%)" in page.main


def test_who_may_name_a_unit_is_led_to_the_projects_without_one(client, people, filled):
    people.reviewer.groups.add(people.editor.groups.get())
    page = seen_by(client, people.reviewer)
    assert page.link("Name the unit that leads them").endswith("/admin/projects/project/?unit=none")


def test_in_chinese_every_word_of_it(client, people, filled):
    page = seen_by(client, people.reviewer, ROUND)
    assert page.rows("units")[-1][0] == zh("No unit named")
    said = "2026年2月项目进度月报应报7个，已报2个（其中迟报0个），未报5个；填报率（已报÷应报）：28.6%。"
    assert f"截至2026年3月2日，{said}" in page.main and zh("open for reports") in page.main


def test_who_has_not_reported_stands_under_its_unit_and_leads_to_the_public_page(client, people, filled):
    page = seen_by(client, people.reviewer)
    home = page.one("section", "owing", id=f"unit-{people.reporter.department.pk}").text
    assert "Silent works QJ-0001" in home
    assert "QJ-0003 · draft" in home and "QJ-0004 · returned" in home and "QJ-0005" not in home
    assert page.link("Silent works") == "/en/projects/project-1/"
    nobody = page.one("section", "owing", id="unit-none").text
    assert "QJ-0002" in nobody and "a data editor names the unit" in nobody
    assert page.link("No unit named") == "#unit-none"


def test_a_reporter_sees_the_own_unit_and_is_led_to_the_form(client, people, filled):
    page = seen_by(client, people.reporter)
    assert [row[0] for row in page.rows("units")] == ["Development and Reform Commission"]
    assert page.link("Silent works") == "/en/desk/reports/2026-02/QJ-0001/"
    assert "2 of the 5 reports" in page.main
    for hidden in ("公路", "QJ-0007", "Transport Bureau", "无主厂", "Total", "Close the round", "DOCX"):
        assert hidden not in page.main
    assert not page.all("textarea") and not page.all("script", src="/static/copy.js")


def test_before_it_begins_no_form_is_offered(client, people):
    rounds.open_round("2026-03", by=None, at=AT)
    on_record(name_en="Silent works")
    page = seen_by(client, people.reporter, "/en/desk/rounds/2026-03/")
    assert page.link("Silent works") == "/en/projects/project-1/" and "not begun" in page.main


def test_who_reports_and_reviews_is_led_to_the_form_of_the_own_unit_alone(client, people, filled):
    both = person("both", Role.REPORTER, department=people.reporter.department)
    both.groups.add(people.reviewer.groups.get())
    page = seen_by(client, both)
    assert page.link("Silent works").startswith("/en/desk/reports/")
    assert len(page.rows("units")) == 3 and page.all("a", href="/en/projects/project-7/")


def test_an_editor_reads_all_of_it_and_sends_nothing(client, people, filled):
    page = seen_by(client, people.editor)
    assert len(page.rows("units")) == 3 and "Total" in page.main and page.link("XLSX")
    assert not page.all("textarea") and "Close the round" not in page.main


@pytest.mark.parametrize("who", ["stranger"])
def test_to_others_it_is_not_there(client, people, monthly_round, who):
    assert seen_by(client, getattr(people, who)).status == 404


@pytest.mark.parametrize("month", ["2026-04", "2026", "nonsense", "2026-02%00", "2026-33", "９９"])
def test_a_month_without_a_round_is_not_there(client, people, monthly_round, month):
    assert seen_by(client, people.reviewer, f"/desk/rounds/{month}/").status == 404


def test_a_unit_without_expected_projects_is_told_so(client, people, monthly_round):
    page = seen_by(client, people.reporter)
    assert "No report is expected here" in page.main and not page.rows("units")


def test_a_reminder_for_each_unit_names_month_day_numbers_and_projects(client, people, filled):
    texts = reminders(seen_by(client, people.reviewer, ROUND))
    home = texts["催报文字：发展改革委"].split("\n")
    assert home == [
        "关于报送2026年2月项目进度月报的提醒",
        "",
        "发展改革委：",
        "",
        "2026年2月项目进度月报的截止日期为2026年3月5日。截至2026年3月2日，你单位应报项目5个，已报2个，"
        "尚有3个未报。请于截止日期前完成下列项目的填报：",
        "",
        "1. 静默厂（QJ-0001）",
        "2. 草稿厂（QJ-0003，草稿，尚未提交）",
        "3. 退回厂（QJ-0004，已退回，待修改后重新提交）",
        "",
        "填报地址：http://testserver/desk/",
        "如项目无变化，可一键申报“无变化”。",
        "也可以下载填报簿（表格）填写：http://testserver/desk/book/2026-02/",
    ]
    assert set(texts) == {"催报文字：发展改革委", "催报文字：交通局", "催报文字：各单位"}


def test_whom_to_call_stands_beside_the_reminder_for_reviewers_alone(client, people, filled):
    Department.objects.filter(code="fagai").update(contact="zz某人 000zz")
    assert "联系人：zz某人 000zz" in seen_by(client, people.reviewer, ROUND).main
    for who in (people.reporter, people.editor):
        assert "zz某人" not in seen_by(client, who, ROUND).html


def test_one_reminder_to_all_lists_the_units_and_leaves_out_what_nobody_leads(client, people, filled):
    text = reminders(seen_by(client, people.reviewer, ROUND))["催报文字：各单位"]
    assert "各有关单位：" in text and "应报项目6个，已报2个，尚有4个未报" in text
    assert "一、发展改革委（3个）\n1. 静默厂（QJ-0001）" in text and "二、交通局（1个）\n1. 公路" in text
    assert "无主厂" not in text
    assert seen_by(client, people.reviewer).one("p", id="nobodys").text == (
        "Its numbers leave out one project that has no unit."
        " Nobody is asked for these: a data editor names the unit that leads them."
    )
    english = reminders(seen_by(client, people.reviewer))
    assert (
        "1. Development and Reform Commission (3)\n1. Silent works (QJ-0001)"
        in english["Reminder: all units"]
    )
    assert "http://testserver/en/desk/" in english["Reminder: all units"]


def test_after_the_last_day_it_asks_without_delay(client, people, filled):
    with time_machine.travel(AT + timedelta(days=7)):
        page = seen_by(client, people.reviewer, ROUND)
    assert "已逾期 4 天" in page.main
    text = reminders(page)["催报文字：交通局"]
    assert "已于2026年3月5日截止。截至2026年3月9日" in text and "按迟报登记" in text
    assert "请于截止日期前" not in text


def test_a_reminder_is_text_whatever_a_project_is_called(client, people, monthly_round):
    on_record(name="</textarea><script>x</script>")
    page = seen_by(client, people.reviewer, ROUND)
    assert "1. </textarea><script>x</script>（QJ-0001）" in reminders(page)["催报文字：各单位"]
    assert not [one for one in page.all("script") if "src" not in one.given]


def test_no_person_is_named_in_it(client, people, filled):
    page = seen_by(client, people.reviewer)
    assert "reporter" not in page.main and "reviewer" not in page.main


def test_closing_shows_what_is_missing_and_asks_to_be_sure(client, people, filled):
    section = seen_by(client, people.reviewer).section("Close the round")
    assert "3 not begun, 1 in draft, 1 returned" in section and "1 wait for review" in section
    page = close(client, people.reviewer)
    assert page.status == 200 and "tick the box" in page.one("p", "fault").text
    assert page.one("input", type="checkbox").given["aria-invalid"] == "true"
    assert not Round.objects.get().is_closed


def test_a_month_is_closed_with_what_is_on_the_screen(client, people, filled):
    answer = close(client, people.reviewer, sure="on")
    assert answer.response.headers["Location"] == ENGLISH + "#top"
    closed = Round.objects.get()
    assert closed.is_closed and closed.closed_by == people.reviewer
    assert AuditEntry.objects.first().action == "round.close"
    page = read(client, ENGLISH)
    assert "The round for February 2026 is closed" in page.one("ul", "messages").text
    assert "The round was closed on 2 March 2026" in page.main and "ended" in page.main
    assert not page.all("form", action=ENGLISH + "#close")


def test_nothing_needs_to_be_sure_where_nothing_is_outstanding(client, people, monthly_round):
    approved(on_record(), people)
    page = seen_by(client, people.reviewer)
    assert "All is done" in page.main and not page.all("input", type="checkbox") and not reminders(page)
    close(client, people.reviewer)
    assert Round.objects.get().is_closed


def test_what_comes_after_closing_is_told_beside_the_numbers_of_that_day(client, people, filled):
    close(client, people.reviewer, sure="on")
    silent = Project.objects.get(code="QJ-0001")
    submitted(silent, people, monthly_round=Round.objects.get())
    page = seen_by(client, people.reviewer)
    assert page.rows("units")[0][1:] == ["5", "1", "1", "1", "1", "1", "2", "0", "40.0%"]
    assert "Since then one more was handed in." in page.main


def test_a_round_in_which_nothing_is_published_is_called_off(client, people, monthly_round):
    silent = on_record(name_en="Silent works")
    draft = draft_of(on_record(), people)
    assert "Call the round off" in seen_by(client, people.reviewer).main
    close(client, people.reviewer, do="call_off")
    page = read(client, ENGLISH)
    assert "is called off" in page.one("ul", "messages").text and "called off" in page.main
    assert not page.all("form", action=ENGLISH + "#close")
    client.force_login(people.reporter)
    assert "Reports due" not in read(client, "/en/desk/").main
    assert "Missing" not in read(client, f"/en/projects/{silent.slug}/").main
    assert client.get(f"/en/desk/reports/2026-02/{draft.project.code}/").status_code == 200
    assert rounds.open_round("2026-02", by=people.reviewer, at=AT).reports.get() == draft


def test_once_something_is_published_it_is_not_called_off(client, people, filled):
    assert "Call the round off" not in seen_by(client, people.reviewer).main
    close(client, people.reviewer, do="call_off")
    assert "can be closed, and not called off" in read(client, ENGLISH).one("ul", "messages").text
    assert not Round.objects.get().is_called_off


def test_where_too_much_is_outstanding_one_unit_is_shown_at_a_time(client, people, filled, monkeypatch):
    monkeypatch.setattr("projects.desk.round_summary.MAX_LISTED", 2)
    page = seen_by(client, people.reviewer)
    assert "choose a unit in the table" in page.main and "Silent works" not in page.main
    assert len(page.rows("units")) == 3 and not reminders(page)
    chosen = read(client, ENGLISH, unit="jiaotong")
    assert "QJ-0007" in chosen.one("section", "owing").text and list(reminders(chosen)) == [
        "Reminder: Transport Bureau"
    ]
    cut = read(client, ENGLISH, unit="fagai")
    assert "The first 2 of it are shown." in cut.main and not reminders(cut)
    assert "choose a unit" in read(client, ENGLISH, unit="zzz").main


def test_closed_twice_it_says_that_it_is_closed(client, people, filled):
    for _ in range(2):
        close(client, people.reviewer, sure="on")
    assert "The round is closed already." in read(client, ENGLISH).one("ul", "messages").text
    assert AuditEntry.objects.filter(action="round.close").count() == 1


@pytest.mark.parametrize("who", ["reporter", "editor"])
def test_nobody_else_closes_it(client, people, filled, who):
    assert close(client, getattr(people, who), sure="on").status == 404
    assert not Round.objects.get().is_closed


def test_the_files_are_linked_in_the_language_of_the_page(client, people, filled):
    page = seen_by(client, people.reviewer)
    assert (page.link("DOCX"), page.link("XLSX")) == (
        "/en/desk/rounds/2026-02.docx",
        "/en/desk/rounds/2026-02.xlsx",
    )


@pytest.mark.parametrize("count", [1, 6])
def test_it_takes_as_many_statements_for_many_rows(
    client, people, monthly_round, count, django_assert_num_queries
):
    for number in range(count):
        on_record(department=department(f"unit{number:02}", name=f"单位{number}"))
        submitted(on_record(), people)
    seen_by(client, people.reviewer)
    with django_assert_num_queries(12):
        page = read(client, ENGLISH)
    assert len(page.rows("units")) == count + 1
    lines = grid(monthly_round, person_of(people.reviewer))
    assert total(lines).expected == 2 * count and len(page.all("textarea")) == count + 1
