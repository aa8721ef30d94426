"""The monthly reports on a project's page: dated photos, figures with footnotes, what is not said."""

import re

import pytest

from projects.choices import Topic
from projects.claims import approval
from projects.core.money import Money
from projects.models import Attachment, Claim
from projects.reports import moves, problems, rounds
from tests import cast
from tests.attaching import with_paper, with_photo
from tests.cast import AT, TODAY
from tests.paperwork import approved, content, draft_of, month_round, on_record
from tests.public.reading import Page, read, zh

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(people):
    """With two photos (one that the camera dated), a paper and an open problem."""
    report = draft_of(on_record(), people, content(works="基坑完成", progress=40))
    with_photo(report, people.reporter)
    with_photo(report, people.reporter, caption="")
    with_paper(report, people.reporter)
    home = people.reporter.department
    problems.raise_(report, "征地未完", department=home, due_on=TODAY, by=people.reporter, at=AT)
    handed = moves.submit(report, expected=report.version, by=people.reporter, at=AT)
    return moves.approve(handed, expected=handed.version, by=people.reviewer, at=AT)


def page_of(client, report, door: str = "/en", **query) -> Page:
    return read(client, f"{door}/projects/{report.project.slug}/", **query)


def test_what_a_report_said(client, published):
    said = page_of(client, published).section("Monthly reports")
    assert "1 problem is open" in said and "征地未完" not in said
    assert "Report for February 2026 Development and Reform Commission · as of 28 February 2026" in said
    assert "published on 2 March 2026" in said and "基坑完成" in said
    assert "Invested to date CNY 1.1 billion Physical progress 40%" in said


def test_its_photos_are_a_dated_strip(client, published):
    page = page_of(client, published)
    first, second = Attachment.objects.filter(kind="photo")
    shown = page.all("img")
    assert [one.given["src"] for one in shown] == [
        f"/en/attachments/{first.small}",
        f"/en/attachments/{second.small}",
    ]
    assert [one.given["alt"] for one in shown] == ["Photo: 基坑开挖", "Photo of 2 March 2026"]
    assert [(one.given["width"], one.given["height"]) for one in shown] == [("640", "480")] * 2
    for row, image in ((first, shown[0]), (second, shown[1])):
        assert client.get(image.given["src"]).status_code == 200
        assert f'href="/en/attachments/{row.name}"' in page.html
    assert [one.given["datetime"] for one in page.all("time")].count("2026-03-02") >= 2


def test_its_papers_are_files_to_download(client, published):
    paper = Attachment.objects.get(kind="paper")
    page = page_of(client, published)
    assert f'href="/en/attachments/{paper.name}"' in page.html and "PDF, " in page.section("Monthly reports")


def test_words_of_officials_are_marked_as_chinese(client, published):
    marked = {one.text for one in page_of(client, published).all(lang="zh-Hans")}
    assert {"基坑完成", "基坑开挖", "施工许可"} <= marked


def test_in_chinese(client, published):
    said = page_of(client, published, door="").section(zh("Monthly reports"))
    for words in ("2026年2月月报", "发展改革委", "2026年3月2日公布", "11 亿元", "基坑开挖", "1 个问题待解决"):
        assert words in said


def test_every_amount_has_its_footnote_and_a_correction_shows(client, published, people):
    wrong = Claim.objects.get(source=published.source, topic=Topic.INVESTED_TO_DATE)
    draft = cast.draft(
        published.project,
        Topic.INVESTED_TO_DATE,
        Money(105 * 10**7, "yi", 1),
        corrects=wrong,
        note="误报",
        source=wrong.source,
        as_of=wrong.as_of,
        method=wrong.method,
    )
    entered = approval.enter(draft, by=people.editor, at=AT)
    correction = approval.approve(entered, by=people.second_editor, at=AT)
    page = page_of(client, published)
    html = page.html[page.html.index('id="reports"') :]
    figure = re.search(r"CNY 1\.1 billion(.*?)</dd>", html, re.DOTALL)[1]
    assert figure.startswith('<a class="fn"') and f'href="#{correction.ref}"' in figure
    assert correction.ref in page.ids


def test_its_date_leads_to_the_source_with_every_claim(client, published):
    page = page_of(client, published)
    leads_to = page.link("published on 2 March 2026")
    assert leads_to == f"/en/sources/{published.source.code}/"
    assert client.get(leads_to).status_code == 200


def test_looking_back_it_is_not_there_yet(client, published):
    assert "Monthly reports" not in page_of(client, published, known="2026-03-01").main
    assert "Monthly reports" in page_of(client, published, known="2026-03-02").main


def test_a_month_without_a_report_is_told_without_a_reason(client, people):
    of = on_record()
    rounds.close_round(month_round(), by=people.reviewer, at=AT)
    draft_of(of, people, content(works="内部"))
    said = read(client, f"/en/projects/{of.slug}/").section("Monthly reports")
    assert said.endswith("February 2026 · not reported this month") and "no problem is open" in said
    assert "内部" not in said


def test_a_project_of_which_nothing_is_reported_has_no_such_section(client, people):
    of = on_record()
    month_round()
    assert "Monthly reports" not in read(client, f"/en/projects/{of.slug}/").main


def test_older_ones_are_folded_away(client, people):
    of = on_record()
    months = ["2025-09", "2025-10", "2025-11", "2025-12", "2026-01"]
    for month in months:
        approved(of, people, monthly_round=month_round(month))
    page = read(client, f"/en/projects/{of.slug}/")
    assert page.all("details", "earlier") and "2 earlier months" in page.section("Monthly reports")
    titles = [one.text for one in page.all("h3") if one.text.startswith("Report for")]
    assert titles == [
        f"Report for {name}"
        for name in ("January 2026", "December 2025", "November 2025", "October 2025", "September 2025")
    ]


def test_no_more_statements_with_reports_than_without(
    client, people, published, django_assert_max_num_queries
):
    read(client, "/data/")
    with django_assert_max_num_queries(6):
        page = page_of(client, published)
    assert len(page.all("img")) == 2
