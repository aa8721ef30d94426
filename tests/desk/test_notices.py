"""What one was told: the newest first, unread ones named, each with a way to where to act; one's own only."""

import re
from datetime import timedelta

import pytest
from django.utils.html import strip_tags

from projects.choices import NoticeKind, Role, Topic
from projects.claims import projection
from projects.core import fuzzy_dates
from projects.models import Notice
from projects.notices import inbox
from projects.notices.rules import Reminder
from tests.cast import AT, published
from tests.paperwork import month_round, on_record, returned

pytestmark = pytest.mark.django_db
PAGE = "/desk/notices/"
STATEMENTS = 10


def tell(people, count=1, at=AT, kind=NoticeKind.ROUND_OPENED, code="QJ-0001", **fields) -> None:
    unit = people.reporter.department_id
    values = {"month": "2026-02", "closes_on": "2026-03-05"}
    rows = [Reminder(kind, f"{at}/{one}", Role.REPORTER, unit, (code,), values) for one in range(count)]
    inbox.tell(rows, at=at)


@pytest.fixture
def read(client, people):
    """A page as a person reads it: its HTML with blanks in one."""

    def read(who="reporter", address=PAGE) -> str:
        client.force_login(getattr(people, who))
        return " ".join(client.get(address).content.decode().split())

    return read


def words(page: str) -> str:
    return " ".join(strip_tags(page).split())


@pytest.mark.parametrize("who", ["reporter", "other_reporter", "reviewer", "editor", "stranger"])
def test_whoever_was_told_nothing_reads_that(read, who):
    assert "暂无通知" in words(read(who)) and "全部标为已读" not in read(who)


def test_what_one_was_told_in_both_languages_with_the_names_of_projects(people, read):
    on_record(name="示范工厂", name_en="Model factory")
    tell(people)
    page = words(read())
    assert "2026年2月月报开始填报，待报项目 1 个" in page
    assert "请于2026年3月5日（含当日）前报送：示范工厂。" in page
    assert "未读 1 条" in page and "2026年3月2日 09:00" in page
    page = words(read(address=f"/en{PAGE}"))
    assert "Monthly reports for February 2026 are open; projects to be reported: 1" in page
    assert "Report by the end of 5 March 2026: Model factory." in page


@pytest.mark.parametrize("who", ["other_reporter", "reviewer", "editor", "stranger"])
def test_nobody_reads_what_another_was_told(people, read, who):
    on_record(name="zzmarkerzz")
    tell(people)
    assert "zzmarkerzz" not in read(who) and "zzmarkerzz" in read()


@pytest.mark.parametrize("change", ["unit", "role"])
def test_who_left_the_unit_or_lost_the_role_reads_it_no_more(people, read, change):
    returned(on_record(name="zzmarkerzz"), people, note="zznotezz")
    assert "zznotezz" in read()
    if change == "unit":
        people.reporter.department = people.other_reporter.department
        people.reporter.save()
    else:
        people.reporter.groups.clear()
    assert not {"zzmarkerzz", "zznotezz"} & set(re.findall(r"zz\w+zz", read())) and "暂无通知" in read()


def test_the_newest_come_first(people, read):
    tell(people, at=AT - timedelta(days=1), kind=NoticeKind.ROUND_OPENED)
    tell(people, kind=NoticeKind.ROUND_CLOSING)
    page = words(read())
    assert page.index("将于2026年3月5日截止") < page.index("开始填报")


@pytest.mark.parametrize(
    ("kind", "role", "values", "href"),
    [
        ("round_opened", "Reporter", {"month": "2026-02", "closes_on": "2026-03-05"}, "/desk/"),
        ("round_closed", "Reviewer", {"month": "2026-02"}, "/desk/rounds/2026-02/"),
        ("no_unit", "Reviewer", {"month": "2026-02"}, "/desk/rounds/2026-02/"),
        ("no_unit", "Editor", {"month": "2026-02"}, "/admin/projects/project/?unit=none"),
        ("report_returned", "Reporter", {"month": "2026-02", "note": "x"}, "/desk/reports/2026-02/QJ-0001/"),
        ("reports_waiting", "Reviewer", {"since": "2026-02-25"}, "/desk/review/"),
        ("pause_renewal", "Reporter", {}, "/desk/"),
        ("promise_near", "Reporter", {"milestone": "completed", "scope": "", "date": "2026-06"}, "/desk/"),
        ("promise_passed", "Reporter", {"milestone": "started", "scope": "一期", "date": "2026"}, "/desk/"),
        ("reports_approved", "Reporter", {"month": "2026-02", "since": "2026-03-01"}, "/desk/reports/"),
        ("entries_decided", "Reporter", {"since": "2026-03-01"}, "/desk/"),
        ("problem_assigned", "Reporter", {"problem": "7", "due_on": "2026-03-05"}, "/desk/problems/7/"),
        ("problem_due", "Reviewer", {"problem": "7", "due_on": "2026-03-05"}, "/desk/problems/7/"),
        ("problem_overdue", "Reviewer", {"problem": "7", "due_on": "2026-03-05"}, "/desk/problems/7/"),
        ("tips_overdue", "Reviewer", {"tips": "3", "due_on": "2026-03-05"}, "/desk/tips/"),
        ("file_approved", "Reviewer", {"batch": "7", "file": "二月.xlsx"}, "/desk/imports/7/"),
        ("file_refused", "Reviewer", {"batch": "7", "file": "二月.xlsx"}, "/desk/imports/7/"),
        ("file_withdrawn", "Reviewer", {"batch": "7", "file": "二月.xlsx"}, "/desk/imports/7/"),
        ("round_closing", "Reporter", {"month": "2026-02", "closes_on": "2026-03-05"}, "/desk/"),
    ],
)
def test_each_kind_reads_in_both_languages_and_leads_to_where_to_act(people, read, kind, role, values, href):
    on_record(name="示范工厂")
    who = role.lower()
    unit = people.reporter.department if role == "Reporter" else None
    Notice.objects.create(
        key="k", user=getattr(people, who), kind=kind, role=role, department=unit, made_at=AT,
        projects=["QJ-0001"], values={"closes_on": "2026-03-05"} | values,
    )  # fmt: skip
    for prefix in ("", "/en"):
        page = read(who, prefix + PAGE)
        assert f'<h2><a href="{prefix}{href}">' in page
        told = words(page[page.index("<h2>") : page.index("</ul>", page.index("<h2>"))])
        assert "%(" not in told and len(told) > 20


@pytest.mark.parametrize(("scope", "anchor"), [("", "id_actual_completed"), ("一期", "dates")])
def test_a_promise_leads_to_the_field_for_its_day_while_a_round_is_open(people, client, read, scope, anchor):
    """The address alone is followed, too: the field is on that page."""
    month_round()
    of = on_record()
    published(of, Topic.PROMISED, fuzzy_dates.parse("2026-06"), measure="completed", scope=scope)
    projection.rebuild(of)
    values = {"milestone": "completed", "scope": scope, "date": "2026-06"}
    unit = people.reporter.department_id
    inbox.tell([Reminder(NoticeKind.PROMISE_NEAR, "x", Role.REPORTER, unit, ("QJ-0001",), values)], at=AT)
    page, form = read(), "/desk/reports/2026-02/QJ-0001/"
    assert f'<h2><a href="{form}#{anchor}">' in page
    assert f'id="{anchor}"' in client.get(form).content.decode()


def test_every_kind_has_its_words():
    """The control of the table above: no kind was forgotten in it."""
    table = test_each_kind_reads_in_both_languages_and_leads_to_where_to_act.pytestmark[0].args[1]
    assert {row[0] for row in table} == set(NoticeKind.values)


class TestMarkingRead:
    def test_one(self, people, client, read):
        tell(people, 2)
        page = read()
        number = re.search(r'name="notice" value="(\d+)"', page)[1]
        answer = client.post(PAGE, {"notice": number})
        assert (answer.status_code, answer["Location"]) == (302, PAGE)
        page = words(read())
        assert "未读 1 条" in page and page.count("标为已读") >= 1
        assert Notice.objects.get(pk=number).read_at >= AT

    def test_all(self, people, client, read):
        tell(people, 3)
        read()
        client.post(PAGE, {"notice": "all"})
        page = words(read())
        assert "已全部阅读" in page and "标为已读" not in page

    def test_that_of_another_stays_unread(self, people, client, read):
        tell(people)
        read("other_reporter")
        for number in (Notice.objects.get().pk, "all"):
            assert client.post(PAGE, {"notice": number}).status_code == 302
        assert Notice.objects.unread().count() == 1

    @pytest.mark.parametrize("said", ["", "x", "-1", "9" * 18, "9" * 40, "１", "1e3", "0"])
    def test_what_is_no_notice_changes_nothing(self, people, client, read, said):
        tell(people)
        read()
        assert client.post(PAGE, {"notice": said}).status_code == 302
        assert Notice.objects.unread().count() == 1

    def test_reading_the_page_alone_marks_nothing(self, people, read):
        tell(people)
        read(), read()
        assert Notice.objects.unread().count() == 1


def test_fifty_a_page(people, read):
    tell(people, 51)
    first, second = read(), read(address=f"{PAGE}?page=2")
    assert (first.count("<h2>"), second.count("<h2>")) == (50, 1)
    assert 'href="/desk/notices/?page=2"' in first and '<span aria-current="page">2</span>' in second


@pytest.mark.parametrize("page", ["0", "99", "x", "-1", "9" * 40])
def test_any_page_asked_for_is_answered(people, read, page):
    tell(people, 51)
    assert "<h2>" in read(address=f"{PAGE}?page={page}")


def test_the_number_of_statements_is_fixed(people, client, django_assert_num_queries):
    on_record()
    client.force_login(people.reporter)
    for count in (1, 40):
        tell(people, count, at=AT + timedelta(minutes=count))
        with django_assert_num_queries(STATEMENTS):
            client.get(PAGE)


def test_what_was_typed_is_shown_as_text(people, read):
    returned(on_record(name="<b>工厂</b>"), people, note="<script>alert(1)</script>")
    for address in (PAGE, f"/en{PAGE}"):
        page = read(address=address)
        assert "<script>alert" not in page and "&lt;script&gt;" in page and "<b>工厂" not in page
