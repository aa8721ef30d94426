"""Plain reports approved together: each line as it will be published first, then the button."""

import pytest

from projects.choices import ReportState, Role
from projects.models import Claim, Report
from tests.cast import department, person
from tests.paperwork import PLAIN, content, on_record, submitted
from tests.public.reading import Page, read

pytestmark = [pytest.mark.django_db, pytest.mark.every_engine]
TOGETHER = "/en/desk/review/together/"
WORKS = "一标段路基填筑完成，二标段进场。" * 10


def paper(report: Report) -> str:
    return f"{report.round.month}/{report.project.code}/{report.version}"


def looked_over(client, user, several: str = "chosen", path: str = TOGETHER, **asked) -> Page:
    client.force_login(user)
    return read(client, path, several=several, **asked)


def sent(client, user, *papers: str) -> list[str]:
    client.force_login(user)
    page = Page(client.post(TOGETHER, {"paper": papers}, follow=True))
    return [one.text for one in page.all("li") if one.is_in("ul", "messages")]


def state(report: Report) -> str:
    return Report.objects.get(pk=report.pk).state


def test_each_line_is_shown_as_it_will_be_published_and_nothing_is_public_yet(client, people, monthly_round):
    said = content(to_date=PLAIN.to_date, works=WORKS, next_steps="不公开的话")
    report = submitted(on_record(name_en="Copper works"), people, said)
    page = looked_over(client, people.reviewer, chosen=paper(report))
    assert "To be published, one report:" in page.main and WORKS in page.main, "in full"
    assert "CNY 1.0 billion" in page.main and "under construction" in page.main
    assert "不公开的话" not in page.main
    assert state(report) == ReportState.SUBMITTED
    chinese = looked_over(client, people.reviewer, path="/desk/review/together/", chosen=paper(report))
    assert "将公开 1 份：" in chinese.main


def test_the_button_publishes_these_and_no_others(client, people, monthly_round):
    first, second, third = (submitted(on_record(name_en=f"Works {one}"), people, PLAIN) for one in "abc")
    assert sent(client, people.reviewer, paper(first), paper(third)) == [
        "2 approved and public now: Works a, Works c."
    ]
    assert [state(one) for one in (first, second, third)] == ["approved", "submitted", "approved"]


def test_what_asks_for_a_look_of_its_own_is_named_and_cannot_be_sent(client, people, monthly_round):
    grown = submitted(on_record(name_en="Grown"), people)
    page = looked_over(client, people.reviewer, "plain", plain=paper(grown))
    assert "None of these can be approved together" in page.main
    assert page.link("Grown") == "/en/desk/review/2026-02/QJ-0001/"
    assert sent(client, people.reviewer, paper(grown)) == [
        "Grown: Something in it asks for a look of its own: review it alone."
    ]
    assert state(grown) == ReportState.SUBMITTED


def test_each_is_refused_by_itself_with_its_reason(client, people, monthly_round):
    good, stale = (submitted(on_record(name_en=name), people, PLAIN) for name in ("Good", "Stale"))
    old = f"2026-02/QJ-0002/{stale.version - 1}"
    assert sent(client, people.reviewer, paper(good), old, "2026-02/QJ-9999/2") == [
        "2026-02 QJ-9999: It is not in the queue any more: its unit may have taken it back.",
        "Approved and public now: Good.",
        "Stale: It was changed after this page was opened: read it again, then decide.",
    ]
    assert [state(one) for one in (good, stale)] == ["approved", "submitted"]


def test_pressed_twice_it_is_told_once_more_and_done_once(client, people, monthly_round):
    papers = [paper(submitted(on_record(), people, PLAIN)) for _ in range(3)]
    for _ in range(2):
        [told] = sent(client, people.reviewer, *papers)
        assert "3 approved" in told
    assert Claim.objects.filter(source__kind="report").count() == 2 * 3 + 3


@pytest.mark.parametrize("asked", [{}, {"chosen": "乱写\x00"}, {"several": "everything"}])
def test_nothing_chosen_shows_and_approves_nothing(client, people, monthly_round, asked):
    report = submitted(on_record(), people, PLAIN)
    page = looked_over(client, people.reviewer, **{"several": "chosen"} | asked)
    assert "None of these can be approved together" in page.main
    assert sent(client, people.reviewer) == ["Nothing was approved: choose the reports first."]
    assert state(report) == ReportState.SUBMITTED


def test_ones_own_is_not_shown(client, people, monthly_round):
    report = submitted(on_record(), people, PLAIN)
    both = person("both", Role.REVIEWER, department=department())
    assert "To be published" in looked_over(client, both, chosen=paper(report)).main
    people.reporter.groups.add(*people.reviewer.groups.all())
    assert "None of these" in looked_over(client, people.reporter, chosen=paper(report)).main


@pytest.mark.parametrize("who", ["reporter", "editor", "stranger"])
def test_for_everybody_else_it_is_not_there(client, people, monthly_round, who):
    client.force_login(getattr(people, who))
    assert client.get(TOGETHER).status_code == client.post(TOGETHER).status_code == 404
