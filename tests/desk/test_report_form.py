"""The report form, without scripts: a draft kept, what is wrong told beside its field, handed in."""

import io
import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from PIL import Image

from projects.accounts import users
from projects.choices import MoveReason, Stage, Topic
from projects.claims import projection
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.core.refusals import Refused
from projects.core.statements import Number
from projects.models import Project, Report
from projects.reports import attachments, drafts, moves, problems, rounds
from projects.reports.rules import soft_checks
from projects.reports.rules.attachments import Allowance
from projects.reports.rules.checks import faults_of_report
from projects.reports.rules.content import with_both_amounts
from projects.words.refusals import sentence
from tests.cast import AT, TODAY, department, indicator, project, published, source
from tests.desk.filled import ADDRESS, again, faults_at, field, opened, sent, summary, texts
from tests.paperwork import approved, content, draft_of, month_round, moved, on_record, returned, submitted
from tests.public.reading import Page, zh
from tests.words.codes import raised_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def factory(monthly_round) -> Project:
    return on_record(name_en="Copper works")


@pytest.fixture
def page(client, people, factory) -> Page:
    """The form of a report that nobody has begun."""
    return opened(client, people.reporter)


def kept() -> Report:
    return Report.objects.get()


def promised(project: Project, until: str, measure: str = "completed") -> None:
    published(project, Topic.PROMISED, fuzzy_dates.parse(until), measure=measure)
    projection.rebuild(project)


# What stands there


def test_it_opens_with_stage_and_condition_as_on_record_and_the_amount_beside(page):
    held = texts(page)
    assert (held["stage"], held["condition"], held["to_date_unit"]) == ("building", "active", "yi")
    assert held["to_date"] == held["works"] == ""
    assert "On record CNY 1.0 billion as of 17 October 2024" in faults_at(page, "to_date")
    assert "Not begun yet" in page.main


def test_the_first_button_saves_so_that_enter_hands_nothing_in(page):
    buttons = [one for one in page.all("button") if one.is_in("form") and one.given.get("name") == "do"]
    assert buttons[0].given["value"] == "save"
    assert [one.given["value"] for one in buttons].count("submit") == 1


def test_every_input_has_a_label(page):
    labelled = {one.given.get("for") for one in page.all("label")}
    inputs = [one for one in page.elements if one.tag in ("input", "select", "textarea")]
    shown = [one for one in inputs if one.given.get("type") != "hidden"]
    assert len(shown) > 15
    bare = [
        one.given for one in shown if one.given.get("id") not in labelled and "aria-label" not in one.given
    ]
    assert bare == []


def test_in_chinese_every_word_is_chinese(client, people, factory):
    page = opened(client, people.reporter, ADDRESS.removeprefix("/en"))
    assert zh("Hand in") in page.main and zh("Where it stands") in page.main
    assert page.one("html").given["lang"] == "zh-Hans"
    assert "截至2024年10月17日" in faults_at(page, "to_date")


def test_what_is_built_stands_above_and_is_not_asked(client, people, factory):
    factory.summary = "新建铜材生产线"
    factory.save()
    indicator("copper", name="年产铜材", name_en="Copper a year")
    published(factory, Topic.CAPACITY, Number(Decimal(12), "万吨"), measure="copper", scope="一期")
    page = opened(client, people.reporter, ADDRESS.removeprefix("/en"))
    said = page.one("p", id="scope").text
    assert said.startswith("建设规模及内容：新建铜材生产线 · 年产铜材 一期 12")
    assert {"capacity", "summary"}.isdisjoint(texts(page))


# A draft


def test_an_incomplete_draft_is_kept_and_says_when_and_by_whom(client, page):
    after = sent(client, page, stage="", works="墙体完成一半")
    report = kept()
    assert (report.state, report.stage, report.works, report.version) == ("draft", "", "墙体完成一半", 1)
    assert "The draft is saved." in after.main
    assert "last saved 2026-03-02 09:00 by reporter" in after.main
    assert texts(after)["works"] == "墙体完成一半"


def test_all_that_can_be_typed_is_kept_and_comes_back(client, page):
    typed = {
        "stage": "building",
        "condition": "paused",
        "to_date": "11.50",
        "progress": "37.5%",
        "works": "一期\n二期",
        "next_steps": "安装",
        "pause_reason": "资金",
        "pause_resumes": "2026-09",
        "pause_note": "仍在筹措",
        "date__completed": "2027-06",
        "reason__completed": "funding",
    }
    after = sent(client, page, **typed)
    said = kept().content()
    assert said.to_date == Money(11_50 * 10**6, "yi", 2) and str(said.progress) == "37.5"
    assert (said.pause.reason, said.pause.resumes.text) == ("资金", "2026-09")
    assert [(one.milestone, one.date.text, one.reason) for one in said.promises] == [
        ("completed", "2027-06", "funding")
    ]
    held = texts(after)
    back = {name: held[name.replace("__", "-")] for name in typed}
    assert back == typed | {"progress": "37.5"}
    again_said = sent(client, after) and kept().content()
    assert again_said == said and kept().version == 2


def test_a_sum_may_name_its_unit_itself(client, page):
    after = sent(client, page, to_date="110000万元", to_date_unit="yi")
    assert kept().amount("to_date") == Money(11 * 10**8, "wan", 0)
    assert (texts(after)["to_date"], texts(after)["to_date_unit"]) == ("110000", "wan")


def test_one_amount_computes_the_other_and_says_so(client, people, monthly_round):
    on_record(said_in=source("december", published="2025-12-31"))
    page = opened(client, people.reporter)
    after = sent(client, page, to_date="11.5")
    assert "computed from the other amount: CNY 150 million" in after.main
    assert kept().amount("this_year") is None, "stored only once it is handed in"


def test_the_difference_is_shown_after_saving(client, page):
    after = sent(client, page, to_date="11")
    assert "+CNY 100 million" in after.main


def test_a_date_reads_in_chinese_and_stays_what_it_was(client, people, factory):
    promised(factory, "2024-10-17/2026-12-31")
    chinese = ADDRESS.removeprefix("/en")
    page = opened(client, people.reporter, chinese)
    assert "2026年底前" in faults_at(page, "date-completed")
    after = sent(client, page, chinese, date__completed="2027年底", reason__completed="funding")
    before = kept().content().promises
    assert before[0].date.latest.isoformat() == "2027-12-31"
    assert texts(after)["date-completed"] == "2027年底前"
    sent(client, after, chinese)
    assert kept().content().promises == before


# What cannot be read


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("to_date", "很多", "cannot be read as a sum of money"),
        ("to_date", "约12", "Give the exact figure here"),
        ("this_year", "-3", "is below zero"),
        ("progress", "四成", "is not a number"),
        ("progress", "120", "Progress is at most 100%."),
        ("progress", "33.333", "at most two decimals"),
        ("pause_resumes", "等通知", "cannot be read as a date"),
        ("date-completed", "2027年前", "can be read in two ways"),
        ("works", "字" * 501, "at most 500 characters"),
    ],
)
def test_what_cannot_be_read_comes_back_as_typed_and_the_rest_is_saved(client, page, name, text, words):
    after = sent(client, page, **{name: text, "next_steps": "安装设备"})
    assert texts(after)[name] == text
    assert words in faults_at(after, name)
    assert field(after, name).given["aria-invalid"] == "true"
    [(element, sentence)] = summary(after)
    assert element == field(after, name).given["id"] and words in sentence
    assert kept().next_steps == "安装设备"
    assert "The draft is saved, but for 1 thing" in after.main
    assert not after.all("input", name="version", value="0"), "the next save is over what was kept"


UNREADABLE = {
    "to_date": "很多",
    "progress": "33.333",
    "pause_resumes": "等通知",
    "date-completed": "2027年前",
    "works": "字" * 700,
}


def test_a_draft_keeps_what_cannot_be_read_as_it_was_typed(client, page):
    sent(client, page, **{name.replace("-", "__"): text for name, text in UNREADABLE.items()})
    assert kept().unread == UNREADABLE
    later = again(client)
    assert {name: texts(later)[name] for name in UNREADABLE} == UNREADABLE
    assert "at most 500 characters" in faults_at(later, "works")
    # What is mended is said, the rest stays.
    mended = sent(client, later, to_date="12", works="主厂房封顶")
    assert kept().unread.keys() == UNREADABLE.keys() - {"to_date", "works"}
    assert kept().works == texts(mended)["works"] == "主厂房封顶"
    sent(client, mended, **{name.replace("-", "__"): "" for name in UNREADABLE})
    assert kept().unread == {}


def test_half_a_problem_stays_in_the_draft_until_it_is_whole(client, page):
    sent(client, page, problem_text="用地未批")
    later = again(client)
    assert texts(later)["problem_text"] == "用地未批" and not kept().problems.exists()
    sent(client, later, problem_unit="fagai", problem_due="2026-06")
    assert kept().unread == {} and kept().problems.get().text == "用地未批"


def test_a_draft_with_something_unread_is_not_handed_in_from_elsewhere(client, people, page):
    sent(client, page, works="字" * 501)
    with pytest.raises(Refused) as refused:
        moves.submit(kept(), expected=kept().version, by=people.reporter, at=AT)
    assert ("left_unread", "works") in [(one.code, one.on) for one in refused.value.faults]


def test_what_is_far_too_long_is_left_to_the_browser(client, page):
    after = sent(client, page, works="字" * 60_000)
    assert len(texts(after)["works"]) == 60_000 and kept().unread == {}


def test_what_was_kept_stays_where_the_new_text_cannot_be_read(client, page):
    page = sent(client, page, to_date="11", date__completed="2027-06")
    after = sent(client, page, to_date="11.x", date__completed="???")
    assert kept().amount("to_date").yuan == 11 * 10**8
    assert [one.date.text for one in kept().content().promises] == ["2027-06"]
    assert (texts(after)["to_date"], texts(after)["date-completed"]) == ("11.x", "???")


def test_nothing_is_handed_in_while_something_cannot_be_read(client, page):
    after = sent(client, page, do="submit", to_date="很多")
    assert kept().state == "draft" and "很多" in texts(after)["to_date"]


def test_a_reason_without_its_date_is_asked_about(client, page):
    after = sent(client, page, reason__completed="funding")
    assert "Give the new date" in faults_at(after, "date-completed")
    assert texts(after)["reason-completed"] == "funding"


# Handing in: the checks

HARD = {
    "stage_missing": ("stage", {"stage": ""}),
    "condition_missing": ("condition", {"condition": ""}),
    "figure_fell": ("to_date", {"to_date": "9"}),
    "figure_above_later": ("to_date", {"to_date": "39"}),
    "year_beyond_all": ("this_year", {"this_year": "13", "to_date": "12"}),
    "amounts_disagree": ("to_date", {"this_year": "1", "to_date": "15"}),
    "promise_past": ("date-completed", {"date-completed": "2026-01", "reason-completed": "land"}),
    "reason_missing": ("reason-completed", {"date-completed": "2027-06"}),
    "words_missing": ("words-completed", {"date-completed": "2027-06", "reason-completed": "other"}),
    "dates_out_of_order": ("date-operating", {"date-operating": "2026-08"}),
    "pause_reason_missing": ("pause_reason", {"condition": "paused"}),
    "resumption_missing": ("pause_resumes", {"condition": "paused"}),
    "resumption_past": ("pause_resumes", {"condition": "paused", "pause_resumes": "2026-01"}),
    "pause_note_due": ("pause_note", {"condition": "paused"}),
}
SOFT = {
    "beyond_total": ("to_date", {"to_date": "41"}),
    "thrice_usual": ("to_date", {"to_date": "39"}),
    "money_outstanding": ("to_date", {"stage": "completed", "to_date": "12", "stage_on": "本月内"}),
    "before_start": ("to_date", {"stage": "preparing", "to_date": "12.5"}),
    "progress_below_one": ("progress", {"progress": "0.35"}),
    "progress_fell": ("progress", {"progress": "5"}),
    "stage_fell": ("stage", {"stage": "preparing"}),
    "actual_missing": ("stage", {"stage": "completed", "to_date": "40", "confirm-thrice_usual": "决算"}),
}


@pytest.fixture
def well_known(monthly_round) -> Project:
    """With figures on record for each check: a usual month of 1 亿, 11 亿 when the year began."""
    of = on_record(said_in=source("old", published="2025-11-30"))
    newer = source("newer", published="2026-01-31")
    published(of, Topic.INVESTED_TO_DATE, yi(12), source=newer)
    published(of, Topic.INVESTED_IN_PERIOD, yi(1), period="2026", source=newer)
    published(of, Topic.PROGRESS, Number(Decimal(30), "%"), source=newer)
    promised(of, "2026-12")
    return of


def yi(amount: int) -> Money:
    return Money(amount * 10**8, "yi", 0)


def refused(client, people, changes: dict) -> Page:
    page = opened(client, people.reporter)
    return sent(client, page, do="submit", **changes)


def test_the_table_has_every_check_there_is():
    of_reports = {code for code in raised_with("Fault") if code in set(HARD) | set(SOFT)}
    assert of_reports == set(HARD) | set(SOFT)
    assert set(SOFT) | {"first_figure", "unchanged_again"} == set(soft_checks.FIELDS)


def test_a_first_figure_in_another_unit_is_asked_about(client, people, monthly_round):
    """5,600 亿 for a road that is being prepared: the slip that was published in one click."""
    of = project(department=people.reporter.department)
    published(of, Topic.STAGE, "preparing")
    projection.rebuild(of)
    after = refused(client, people, {"to_date": "5600", "to_date_unit": "yi"})
    assert kept().state == "draft"
    assert "The first figure on record would be CNY 560.0 billion. Is the unit right?" in after.main


def test_each_sum_opens_in_its_own_unit(client, people, well_known):
    newest = source("newest", published="2026-02-20")
    this_year = Money(12_000 * 10**4, "wan", 0)
    published(well_known, Topic.INVESTED_IN_PERIOD, this_year, period="2026", source=newest)
    page = opened(client, people.reporter)
    assert (texts(page)["this_year_unit"], texts(page)["to_date_unit"]) == ("wan", "yi")


@pytest.mark.parametrize("code", HARD)
def test_each_hard_check_stands_at_its_field_and_in_the_summary(client, people, well_known, code):
    name, changes = HARD[code]
    if code == "figure_above_later":
        later = source("later", published="2026-03-01")
        published(well_known, Topic.INVESTED_TO_DATE, yi(38), source=later)
    after = refused(client, people, changes)
    report = kept()
    assert report.state == "draft" and report.version == 1, "kept as it was typed"
    words = sentence_of(code, report)
    assert words in faults_at(after, name)
    assert field(after, name).given["aria-invalid"] == "true"
    assert words in [said for element, said in summary(after) if element == field(after, name).given["id"]]
    assert "Not handed in yet" in after.main and after.one("div", "faults").given["role"] == "alert"


def test_what_cannot_be_read_and_what_is_unreasonable_is_told_at_once(client, people, well_known):
    """And first that it was not handed in."""
    typed = {"stage": "building", "to_date": "41", "progress": "many", "works": "字" * 501}
    after = refused(client, people, typed)
    elements = {element for element, _ in summary(after)}
    assert {"id_progress", "id_works", "id_confirm-beyond_total"} <= elements
    assert "Not handed in yet" in after.one("div", "faults").text.split(":")[0]
    assert texts(after)["works"] == "字" * 501 and kept().state == "draft"


def test_control_a_draft_that_is_only_saved_is_not_checked(client, people, well_known):
    after = sent(client, opened(client, people.reporter), do="save", to_date="41", progress="many")
    assert [element for element, _ in summary(after)] == ["id_progress"]
    assert "The draft is saved, but for 1 thing" in after.main


def sentence_of(code: str, report: Report) -> str:
    """As the rules and the wording have it."""
    given = drafts.situation_of(report, AT, AT)
    said = with_both_amounts(report.content(), given.held, given.asof)
    with override("en"):
        return next(sentence(one) for one in faults_of_report(said, given) if one.code == code)


@pytest.mark.parametrize("code", SOFT)
def test_each_soft_check_asks_for_a_reason_right_there_and_keeps_it(client, people, well_known, code):
    name, changes = SOFT[code]
    after = refused(client, people, changes)
    words = sentence_of(code, kept())
    assert words in faults_at(after, f"confirm-{code}")
    asked = field(after, f"confirm-{code}")
    assert any(element == asked.given["id"] and words in said for element, said in summary(after))
    assert field(after, name).within is not None
    reasons = {f"confirm-{one}": f"原因{one}" for one in SOFT if f"confirm-{one}" in texts(after)}
    done = sent(client, after, do="submit", **reasons)
    assert kept().state == "submitted", summary(done)
    assert kept().confirmed[code] == f"原因{code}"


def test_all_checks_are_shown_together_and_lead_to_their_fields(client, people, well_known):
    after = refused(client, people, {"stage": "", "to_date": "41", "condition": "paused", "progress": "5"})
    elements = [element for element, _ in summary(after)]
    assert elements == [
        "id_stage",
        "id_pause_reason",
        "id_pause_resumes",
        "id_pause_note",
        "id_confirm-beyond_total",
        "id_confirm-thrice_usual",
        "id_confirm-progress_fell",
    ]
    assert set(elements) <= after.ids
    assert "Not handed in yet: 7 things to put right or to explain" in after.main
    (pause,) = [one for one in after.all("details") if "data-pause" in one.given]
    assert "open" in pause.given


def test_a_reason_is_kept_in_the_draft_and_stays_in_sight(client, people, well_known):
    after = refused(client, people, {"to_date": "41"})
    saved = sent(client, after, **{"confirm-beyond_total": "追加投资"})
    assert kept().confirmed == {"beyond_total": "追加投资"}
    assert texts(saved)["confirm-beyond_total"] == "追加投资"
    assert "More than the total investment" in faults_at(saved, "confirm-beyond_total")


def test_a_good_report_is_handed_in_and_leads_back_to_the_desk(client, page):
    after = sent(client, page, do="submit", to_date="11")
    assert kept().state == "submitted" and not kept().is_late
    assert "Handed in: Copper works." in after.main
    reading = again(client)
    assert not [one for one in reading.all("form") if "data-report" in one.given]
    assert "It lies with the reviewers" in reading.main


def test_handed_in_twice_by_an_impatient_thumb_is_handed_in_once(client, page):
    sent(client, page, do="submit", to_date="11")
    after = sent(client, page, do="submit", to_date="11")
    assert after.status == 200 and "Handed in: Copper works." in after.main
    assert kept().version == 2


def test_saved_twice_by_an_impatient_thumb_is_no_conflict(client, page):
    sent(client, page, works="封顶", problem_text="用地", problem_unit="fagai", problem_due="2026-04")
    after = sent(client, page, works="封顶", problem_text="用地", problem_unit="fagai", problem_due="2026-04")
    assert after.status == 200 and kept().version == 1
    assert kept().problems.count() == 1


# The buttons


def test_nothing_changed_fills_in_what_is_on_record(client, page):
    after = sent(client, page, do="unchanged")
    held = texts(after)
    assert (held["stage"], held["to_date"], held["to_date_unit"]) == ("building", "10", "yi")
    assert kept().is_unchanged and "Nothing changed." in after.main
    sent(client, after, do="submit")
    assert kept().state == "submitted" and kept().is_unchanged


def test_whoever_then_changes_something_no_longer_says_that_nothing_changed(client, page):
    after = sent(client, page, do="unchanged")
    sent(client, after, to_date="11")
    assert not kept().is_unchanged and kept().amount("to_date").yuan == 11 * 10**8


def test_nothing_changed_keeps_the_words_that_were_typed(client, page):
    sent(client, page, do="unchanged", works="墙体完成一半")
    assert kept().works == "墙体完成一半" and not kept().is_unchanged


@pytest.fixture
def month_before(people, factory) -> Report:
    before = month_round("2026-01")
    said = content(works="一月完成基础", next_steps="二月封顶")
    return approved(factory, people, said, before)


def test_last_months_words_are_copied_and_marked(client, people, month_before):
    page = opened(client, people.reporter)
    assert page.all("button", value="copy")[0].text == "Copy the words of January 2026"
    after = sent(client, page, do="copy")
    report = Report.objects.get(round__month="2026-02")
    assert (report.works, report.next_steps) == ("一月完成基础", "二月封顶")
    assert after.main.count("Copied from the report for January 2026") == 2
    later = sent(client, after, works="二月封顶完成")
    assert later.main.count("Copied from the report for January 2026") == 1


def test_copying_goes_over_nothing_that_was_typed(client, people, month_before):
    after = sent(client, opened(client, people.reporter), do="copy", works="二月主体封顶")
    assert texts(after)["works"] == "二月主体封顶" and texts(after)["next_steps"] == "二月封顶"


def test_without_a_published_report_there_is_nothing_to_copy(page):
    assert page.all("button", value="copy") == []


def test_preview_saves_first(client, page):
    after = sent(client, page, do="preview", works="封顶", follow=False)
    assert after.response.url == f"{ADDRESS}preview/"
    assert kept().works == "封顶"


# Problems and files


def test_a_problem_is_raised_and_taken_back(client, people, page):
    after = sent(
        client, page, works="封顶", problem_text="用地未批", problem_unit="jiaotong", problem_due="2026-04-30"
    )
    row = kept().problems.get()
    assert (row.text, row.department.code, row.due_on.isoformat()) == ("用地未批", "jiaotong", "2026-04-30")
    assert texts(after)["problem_text"] == "" and "to be solved by 30 April 2026" in after.main
    data = texts(after) | {"take_back": str(row.pk), "works": "封顶了"}
    done = Page(client.post(ADDRESS, data, follow=True))
    assert not kept().problems.exists() and kept().works == "封顶了"
    assert "用地未批" not in done.main


@pytest.mark.parametrize(
    ("given", "name", "words"),
    [
        ({"problem_text": "用地"}, "problem_unit", "Choose the unit"),
        ({"problem_text": "用地", "problem_unit": "fagai"}, "problem_due", "Give the day"),
        ({"problem_unit": "fagai", "problem_due": "2026-04"}, "problem_text", "Say in a few words"),
        (
            {"problem_text": "用地", "problem_unit": "fagai", "problem_due": "2026-02-01"},
            "problem_due",
            "is past",
        ),
        (
            {"problem_text": "用地", "problem_unit": "fagai", "problem_due": "早日"},
            "problem_due",
            "cannot be read",
        ),
    ],
)
def test_a_problem_half_said_comes_back_and_the_rest_is_saved(client, page, given, name, words):
    after = sent(client, page, do="submit", to_date="11", works="封顶", **given)
    assert words in faults_at(after, name)
    assert {field: texts(after)[field] for field in given} == given
    assert kept().works == "封顶" and kept().state == "draft" and not kept().problems.exists()


def test_the_problem_of_another_report_is_not_taken_back(client, people, monthly_round, page):
    other = draft_of(on_record(), people)
    row = problems.raise_(other, "用地", department=department(), due_on=TODAY, by=people.reporter, at=AT)
    client.post(ADDRESS, texts(page) | {"take_back": str(row.pk)})
    assert other.problems.count() == 1


def photo(colour: str = "red") -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, "JPEG")
    return SimpleUploadedFile(f"{colour}.jpg", file.getvalue(), "image/jpeg")


def test_photos_are_attached_and_removed_without_losing_what_was_typed(client, page):
    after = sent(client, page, works="封顶", files=[photo("red"), photo("blue")])
    assert "2 files were attached." in after.main
    name = kept().attachments.first().name
    done = Page(client.post(ADDRESS, texts(after) | {"remove": name, "works": "封顶了"}, follow=True))
    assert kept().attachments.count() == 1 and kept().works == "封顶了"
    assert name not in done.html


def test_more_photos_than_a_form_may_hold_lose_nothing_that_was_typed(client, page, monkeypatch):
    """The first is attached, the second is told at the field, the rest is saved."""
    few = Allowance(until=float("inf"), pixels=2000)
    monkeypatch.setattr(attachments, "allowance", lambda: few)
    after = sent(client, page, works="封顶", files=[photo("red"), photo("blue")])
    assert "blue.jpg: Too much at once" in faults_at(after, "files")
    assert kept().attachments.count() == 1 and kept().works == "封顶" and texts(after)["works"] == "封顶"


def test_what_photos_show_is_kept_with_them(client, page):
    after = sent(client, page, caption="隧道出口", files=[photo("red")])
    assert kept().attachments.get().caption == "隧道出口"
    assert "隧道出口" in after.main and texts(after)["caption"] == "", "said of these, not of the next ones"
    bad = SimpleUploadedFile("plan.docx", b"PK\x03\x04 nothing")
    after = sent(client, after, caption="挡墙", files=[bad])
    assert texts(after)["caption"] == "挡墙", "a refused file leaves what was said of it"


def test_each_photo_has_words_and_a_place_of_its_own(client, page):
    after = sent(client, page, caption="工地", files=[photo("red"), photo("blue")])
    first, second = (one.name for one in kept().attachments.all())
    changed = {f"caption-{first}": "东侧", f"caption-{second}": "隧道出口", f"order-{first}": "2"}
    after = sent(client, after, **changed | {f"order-{second}": "1"})
    assert [(one.name, one.caption) for one in kept().attachments.all()] == [
        (second, "隧道出口"),
        (first, "东侧"),
    ]
    assert after.main.index("隧道出口") < after.main.index("东侧")
    sent(client, after, works="封顶", files=[photo("green")])
    assert [one.caption for one in kept().attachments.all()] == ["隧道出口", "东侧", ""], "and stay so"


def test_a_refused_file_is_told_at_the_field_and_everything_else_stays(client, page):
    bad = SimpleUploadedFile("plan.docx", b"PK\x03\x04 nothing")
    after = sent(client, page, do="submit", to_date="11", works="封顶", files=[bad, photo()])
    assert "plan.docx: Only photos" in faults_at(after, "files")
    assert ("id_files", summary(after)[0][1]) == summary(after)[0]
    assert kept().attachments.count() == 1 and kept().works == "封顶" and kept().state == "draft"
    assert texts(after)["works"] == "封顶"


def test_a_photo_answers_the_check_that_asks_for_one(client, people, well_known):
    page = opened(client, people.reporter)
    after = sent(client, page, do="submit", stage="completed", stage_on="本月内", files=[photo()])
    assert kept().state == "submitted", summary(after)


def test_what_is_on_record_overwrites_what_was_typed_only_once_that_was_asked(client, page):
    """The slip: a click on "nothing changed" wiped the figures just typed."""
    after = sent(client, page, do="unchanged", to_date="11.5", to_date_unit="yi", progress="40")
    assert kept().amount("to_date").yuan == 11_50 * 10**6 and kept().progress == 40
    assert "which overwrote nothing" in after.main
    after = sent(client, after, do="overwrite")
    assert kept().amount("to_date").yuan == 10**9 and kept().progress is None and kept().is_unchanged


# When a milestone was reached


def reached() -> list[tuple[str, str]]:
    return [(one.milestone, one.date.text) for one in kept().content().actuals]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2026-02-03", "2026-02-03"),
        ("2026年1月", "2026-01"),
        ("本月内", "2026-02"),
        ("今年内", "2026-01-01/2026-02-28"),
    ],
)
def test_the_day_is_given_where_the_stage_moves(client, people, page, typed, read):
    after = sent(client, page, stage="completed", stage_on=typed)
    assert reached() == [("completed", read)]
    assert texts(after)["stage_on"] and texts(sent(client, after))["stage_on"] == texts(after)["stage_on"]
    assert reached() == [("completed", read)]


def test_a_promised_row_takes_the_day_on_which_it_was_reached(client, people, factory):
    promised(factory, "2026-01", "structure")
    page = opened(client, people.reporter)
    after = sent(client, page, **{"actual-structure": "2026-02-10"})
    assert reached() == [("structure", "2026-02-10")]
    assert texts(after)["actual-structure"] == "2026-02-10"


@pytest.mark.parametrize(
    ("typed", "at", "words"),
    [
        ({"stage_on": "2026-05", "stage": "completed"}, "stage_on", "the day of this report"),
        ({"stage_on": "不清楚", "stage": "completed"}, "stage_on", "cannot be read"),
        ({"actual-completed": "2026-02"}, "actual-completed", "choose the stage that it has now"),
        (
            {
                "stage": "completed",
                "stage_on": "2026-02",
                "date-completed": "2026-09",
                "reason-completed": "funding",
            },
            "actual-completed",
            "has two dates",
        ),
    ],
)
def test_what_is_wrong_with_a_day_stands_beside_it(client, people, factory, typed, at, words):
    promised(factory, "2026-06")
    after = sent(client, opened(client, people.reporter), do="submit", **typed)
    assert kept().state == "draft" and words in faults_at(after, at)


# Two at once


def colleague(people):
    """Another reporter of the same unit."""
    people.other_reporter.department = people.reporter.department
    people.other_reporter.save()
    return people.other_reporter


def test_the_second_to_save_gets_both_versions_and_loses_nothing(client, people, page):
    mine = sent(client, page, works="初稿")
    opened(client, colleague(people))
    sent(client, again(client), works="同事的字", to_date="11")
    client.force_login(people.reporter)
    after = sent(client, mine, works="我的字", next_steps="安装")
    assert after.status == 409
    assert kept().works == "同事的字", "the first save stands"
    assert "other_reporter saved this report at 09:00, while you were typing" in after.main
    assert after.rows("versions") == [
        ["invested to date", "CNY 1.1 billion", "not said"],
        ["works", "同事的字", "我的字"],
        ["next steps", "not said", "安装"],
    ]
    assert texts(after)["works"] == "我的字" and texts(after)["next_steps"] == "安装"
    sent(client, after)
    assert (kept().works, kept().next_steps, kept().version) == ("我的字", "安装", 3)


def test_eight_open_it_and_all_save_one_save_a_version_and_no_text_is_lost(client, people, page):
    """At the same moment, in processes of their own: `tests.reports.test_moves_together`."""
    names = [f"第{number}人的字" for number in range(8)]
    forms = dict.fromkeys(names, page)
    for version in range(1, 9):
        (first, form), *others = forms.items()
        assert sent(client, form, works=first).status == 200
        assert (kept().works, kept().version) == (first, version)
        forms = {}
        for words, old in others:
            forms[words] = after = sent(client, old, works=words)
            assert after.status == 409 and texts(after)["works"] == words
            assert after.rows("versions") == [["works", first, words]]


def test_two_who_begin_at_once(client, people, page):
    other = opened(client, colleague(people))
    sent(client, other, works="先到")
    client.force_login(people.reporter)
    after = sent(client, page, works="后到", to_date="很多")
    assert after.status == 409 and texts(after)["works"] == "后到" and texts(after)["to_date"] == "很多"
    assert kept().works == "先到"


def test_what_was_typed_while_a_colleague_handed_it_in_comes_back_after_a_withdrawal(client, people, page):
    mine = sent(client, page, works="初稿", to_date="11")
    moved(moves.submit, by=colleague(people))
    after = sent(client, mine, works="补充了一段")
    assert after.status == 409 and "补充了一段" in after.main
    assert "The report is “submitted” by now" in after.main
    assert kept().works == "初稿"
    client.post(f"{ADDRESS}withdraw/")
    back = again(client)
    assert texts(back)["works"] == "补充了一段"
    assert texts(again(client))["works"] == "初稿", "given back once"


def test_what_could_not_be_read_is_not_taken_for_a_button_pressed_twice(client, people, page):
    sent(client, page, do="submit", works="甲", to_date="11")
    after = sent(client, page, do="submit", works="甲", to_date="11", progress="130")
    assert after.status == 409 and "This is not saved" in after.main
    assert after.rows("versions") == [["physical progress", "not said", "130"]]
    assert kept().state == "submitted" and kept().progress is None
    client.post(f"{ADDRESS}withdraw/")
    assert texts(again(client))["progress"] == "130", "comes back once it can be written again"


UNREAD = {
    "to_date": ("很多", "invested to date"),
    "pause_resumes": ("等通知", "expected to go on"),
    "works": ("字" * 501, "works"),
    "stage_on": ("那天", "if it moves, on which day?"),
    "date-completed": ("2027年前", "promised date of completion"),
    "actual-completed": ("那天", "date on which completion was reached"),
    "confirm-beyond_total": ("因" * 301, "More than the total investment"),
    "problem_due": ("早日", "to be solved by"),
}


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("name", UNREAD)
def test_whatever_could_not_be_read_stands_beside_what_a_colleague_handed_in(
    client, people, factory, name, language
):
    text, label = UNREAD[name]
    address = language + ADDRESS.removeprefix("/en")
    page = opened(client, people.reporter, address)
    sent(client, page, address, do="submit", works="甲", to_date="11")
    typed = {"works": "甲", "to_date": "11", "confirm__beyond_total": ""} | {name.replace("-", "__"): text}
    after = sent(client, page, address, do="submit", **typed)
    assert after.status == 409
    [said] = [row[0] for row in after.rows("versions") if row[2] == text]
    assert said == label if language else not re.search("[A-Za-z]", said)


def test_why_a_date_moves_stands_beside_it_where_the_date_could_not_be_read(client, people, page):
    sent(client, page, do="submit", to_date="11")
    moved_to = {"date__completed": "???", "reason__completed": "funding", "words__completed": "款项未到"}
    after = sent(client, page, do="submit", to_date="11", **moved_to)
    assert [row[1:] for row in after.rows("versions")] == [
        ["not said", "???"],
        ["not said", str(MoveReason("funding").label)],
        ["not said", "款项未到"],
    ]


def test_what_could_be_read_and_what_could_not_stand_in_one_table(client, people, page):
    sent(client, page, do="submit", works="甲", to_date="11")
    after = sent(client, page, do="submit", works="乙", to_date="11", progress="130")
    assert after.rows("versions") == [["works", "甲", "乙"], ["physical progress", "not said", "130"]]


def test_a_problem_that_is_not_in_what_was_handed_in_is_shown(client, people, page):
    said = {"problem_text": "用地未批", "problem_unit": "fagai", "problem_due": "2026-04"}
    sent(client, page, do="submit", to_date="11")
    after = sent(client, page, do="submit", to_date="11", **said)
    assert after.status == 409
    assert ["what stands in the way", "not said", "用地未批"] in after.rows("versions")


def test_control_one_that_was_handed_in_with_it_was_pressed_twice(client, people, page):
    said = {"problem_text": "用地未批", "problem_unit": "fagai", "problem_due": "2026-04"}
    sent(client, page, do="submit", to_date="11", **said)
    after = sent(client, page, do="submit", to_date="11", **said)
    assert after.status == 200 and "Handed in: Copper works." in after.main


def test_a_draft_of_a_colleague_does_not_swallow_what_could_not_be_read(client, people, page):
    other = opened(client, colleague(people))
    sent(client, other, works="甲")
    client.force_login(people.reporter)
    after = sent(client, page, works="甲", progress="130")
    assert after.status == 409 and "This is not saved yet" in after.main
    assert after.rows("versions") == [["physical progress", "not said", "130"]]
    assert texts(after)["progress"] == "130" and kept().unread == {}
    sent(client, after)
    assert kept().unread == {"progress": "130"}


def test_nor_is_what_a_colleagues_draft_holds_unread_overwritten_unseen(client, people, page):
    other = opened(client, colleague(people))
    sent(client, other, works="甲", progress="130")
    client.force_login(people.reporter)
    blank = sent(client, page, works="甲")
    assert blank.status == 409
    assert blank.rows("versions") == [["physical progress", "130", "not said"]]
    after = sent(client, page, works="甲", progress="40")
    assert after.rows("versions") == [["physical progress", "130", "40%"]]
    assert kept().unread == {"progress": "130"}


def test_control_a_draft_with_the_same_text_unread_was_pressed_twice(client, page):
    sent(client, page, works="甲", progress="130", problem_text="用地")
    after = sent(client, page, works="甲", progress="130", problem_text="用地")
    assert after.status == 200 and kept().version == 1
    assert kept().unread["progress"] == "130" and not after.all("table", "versions")


# What it says at the top


def test_a_returned_report_shows_the_note_and_can_be_handed_in_again(client, people, factory):
    returned(factory, people, note="请写明标段")
    page = opened(client, people.reporter)
    assert "Returned on 2026-03-02 09:00 by reviewer: 请写明标段" in page.main
    sent(client, page, do="submit", works="三标段封顶")
    assert kept().state == "submitted"


def test_a_published_report_is_read_only_and_leads_to_the_public_page(client, people, factory):
    approved(factory, people)
    page = opened(client, people.reporter)
    assert "and public." in page.main and "/en/projects/project-1/" in [link.href for link in page.links]
    assert not page.all("textarea")
    after = Page(client.post(ADDRESS, {"version": "2", "works": "改", "do": "save"}))
    assert after.status == 409 and Report.objects.get().works == ""


def test_after_its_last_day_and_after_closing_it_is_marked_as_late(client, people, factory, monthly_round):
    rounds.close_round(monthly_round, by=None, at=AT)
    page = opened(client, people.reporter)
    assert "This round is closed." in page.main
    sent(client, page, do="submit", to_date="11")
    assert kept().is_late


def test_a_round_that_opens_later_says_when(client, people, factory):
    month_round("2026-03")
    address = ADDRESS.replace("2026-02", "2026-03")
    page = opened(client, people.reporter, address)
    assert "The round opens on 25 March 2026" in page.main and not page.all("textarea")
    after = Page(client.post(address, {"do": "save", "works": "早了"}))
    assert after.status == 200 and not Report.objects.exists()


def test_a_project_that_no_round_asks_for_says_so(client, people, monthly_round):
    on_record(Stage.OPERATING.value)
    page = opened(client, people.reporter)
    assert "This round asks for no report on this project" in page.main
    sent(client, page, works="维护")
    assert kept().works == "维护"


# Who reaches it


@pytest.mark.parametrize("address", [ADDRESS.replace("0001", "0009"), ADDRESS.replace("2026-02", "2026-07")])
def test_an_unknown_code_or_month_is_not_there(client, people, factory, address):
    client.force_login(people.reporter)
    assert client.get(address).status_code == 404


def test_a_project_that_is_not_public_is_not_there(client, people, monthly_round):
    on_record(is_public=False)
    client.force_login(people.reporter)
    assert client.get(ADDRESS).status_code == 404


@pytest.mark.parametrize("who", ["other_reporter", "editor", "stranger", "reviewer"])
def test_a_draft_is_nobody_elses(client, people, factory, who):
    draft_of(factory, people)
    client.force_login(getattr(people, who))
    assert client.get(ADDRESS).status_code == 404
    assert client.post(ADDRESS, {"do": "save", "version": "1", "works": "x"}).status_code == 404
    assert kept().works == ""


@pytest.mark.parametrize("who", ["other_reporter", "stranger"])
def test_nor_is_one_that_was_handed_in(client, people, factory, who):
    submitted(factory, people)
    client.force_login(getattr(people, who))
    assert client.get(ADDRESS).status_code == 404


def test_a_reviewer_reads_what_was_handed_in_and_is_led_to_the_review(client, people, factory):
    submitted(factory, people)
    page = opened(client, people.reviewer)
    assert not page.all("textarea") and page.all("button", value="submit") == []
    assert "/en/desk/review/2026-02/QJ-0001/" in [link.href for link in page.links]
    assert client.post(ADDRESS, {"do": "save", "version": "2"}).status_code == 404


def test_an_editor_reads_what_was_handed_in_and_changes_nothing(client, people, factory):
    submitted(factory, people)
    page = opened(client, people.editor)
    assert not page.all("textarea") and "/desk/review/" not in " ".join(link.href for link in page.links)
    assert client.post(ADDRESS, {"do": "save", "version": "2"}).status_code == 404


def test_a_deactivated_account_is_out(client, people, page):
    people.reporter.is_active = False
    users.save_user(people.reporter, by=people.editor, at=AT)
    assert client.post(ADDRESS, texts(page)).status_code == 302
    assert not Report.objects.exists()


# How much it asks


def test_it_takes_a_fixed_number_of_statements(client, people, factory):
    draft_of(factory, people)
    client.force_login(people.reporter)

    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(ADDRESS).status_code == 200
        return len(seen)

    statements()  # the first of a session asks more
    before = statements()
    report = kept()
    for number in range(4):
        problems.raise_(
            report,
            f"问题{number}",
            department=department(f"d{number}", name=f"单位{number}"),
            due_on=TODAY,
            by=people.reporter,
            at=AT,
        )
        published(
            factory,
            Topic.PROMISED,
            fuzzy_dates.parse(f"203{number}"),
            measure="completed",
            scope=f"{number}期",
        )
    assert statements() == before <= 17
