"""Several of one's own reports at once: drafts handed in, what was handed in taken back, each by itself."""

import pytest

from projects.models import Report
from tests.paperwork import MONTH, content, draft_of, on_record, submitted
from tests.public.reading import Page, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monthly_round")]
ADDRESS = "/en/desk/together/"


def paper(report: Report) -> str:
    return f"{MONTH}/{report.project.code}/{report.version}"


def sent(client, user, do: str, *reports: Report) -> Page:
    client.force_login(user)
    return Page(client.post(ADDRESS, {"do": do, "chosen": [paper(one) for one in reports]}, follow=True))


def states() -> list[str]:
    return list(Report.objects.order_by("pk").values_list("state", flat=True))


def test_drafts_are_handed_in_together_and_a_faulty_one_keeps_none_back(client, people):
    good, faulty, other = (draft_of(on_record(), people, said) for said in (None, content(stage=""), None))
    page = sent(client, people.reporter, "submit", good, faulty, other)
    assert states() == ["submitted", "draft", "submitted"]
    assert "2 handed in: " in page.main and "Say at which stage the project stands." in page.main


def test_a_batch_is_taken_back_together(client, people):
    reports = [submitted(on_record(), people) for _ in range(2)]
    assert "2 taken back" in sent(client, people.reporter, "withdraw", *reports).main
    assert states() == ["draft", "draft"]


def test_what_was_changed_meanwhile_is_told_and_left(client, people):
    report = draft_of(on_record(), people)
    seen = paper(report)
    Report.objects.update(version=9)
    client.force_login(people.reporter)
    page = Page(client.post(ADDRESS, {"do": "submit", "chosen": [seen]}, follow=True))
    assert states() == ["draft"] and "changed after this page was opened" in page.main


@pytest.mark.parametrize("chosen", [[], ["x"], ["2026-02/QJ-0001/1"]])
def test_nobody_moves_what_is_anothers(client, people, chosen):
    draft_of(on_record(), people)
    client.force_login(people.other_reporter)
    assert client.post(ADDRESS, {"do": "submit", "chosen": chosen}).status_code == 302
    assert states() == ["draft"]


def test_the_desk_and_the_preview_offer_it(client, people):
    report = draft_of(on_record(), people)
    client.force_login(people.reporter)
    for address in ("/en/desk/", f"/en/desk/reports/{MONTH}/QJ-0001/preview/"):
        page = read(client, address)
        assert page.one("form", action=ADDRESS)
        assert page.all("input", name="chosen", value=paper(report))
