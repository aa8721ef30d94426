"""A published figure found wrong by its own unit: asked for, decided by a second person, answered."""

import pytest

from projects.claims import approval
from projects.core.money import Money
from projects.core.refusals import Refused
from projects.models import Claim, Report
from projects.reports import corrections
from tests.cast import AT
from tests.desk.filled import opened
from tests.desk.filled import sent as sent_report
from tests.paperwork import approved, month_round, on_record
from tests.public.reading import Page

pytestmark = pytest.mark.django_db
ADDRESS = "/en/desk/reports/2026-02/QJ-0001/correct/"
MINE = "/en/desk/reports/"
REASON = "核对票据后更正"


@pytest.fixture
def report(people, monthly_round) -> Report:
    """Eleven was published, nine and a half is right."""
    return approved(on_record(name_en="Works"), people)


@pytest.fixture
def page(client, people, report) -> Page:
    return opened(client, people.reporter, ADDRESS)


def asked(client, **typed: str) -> Page:
    sent = {"to_date": "9.5", "to_date_unit": "yi", "reason": REASON} | typed
    return Page(client.post(ADDRESS, sent, follow=True))


def ways_out(page: Page) -> list[str]:
    return [one.given["href"] for one in page.all("a") if one.given.get("href", "").endswith("/correct/")]


def waiting() -> Claim:
    return Claim.objects.pending().get()


def test_the_published_figure_stands_beside_its_box(page):
    assert "CNY 1.1 billion" in page.main
    (box,) = [one for one in page.elements if one.given.get("name") == "to_date"]
    assert box.given["value"] == "11"


def test_what_is_asked_for_is_a_pending_claim_from_the_same_report(client, people, report, page):
    shown = asked(client)
    claim = waiting()
    assert (claim.corrects.source, claim.source, claim.entered_by) == (
        report.source,
        report.source,
        people.reporter,
    )
    assert (claim.value(), claim.note) == (Money(950_000_000, "yi", 1), REASON)
    assert "asked for on" in shown.main and REASON in shown.main


def test_it_is_known_on_its_approval_and_its_author_is_told(client, people, page):
    asked(client)
    row = approval.approve(waiting(), by=people.reviewer, at=AT)
    assert row.known_on.isoformat() == "2026-03-02"
    assert (
        "corrected on 2 March 2026 to CNY 950 million by reporter"
        in opened(client, people.reporter, MINE).main
    )
    assert "approved on 2 March 2026" in opened(client, people.reporter, "/en/desk/").main


def test_a_refusal_is_told_with_its_reason_and_it_can_be_asked_for_again(client, people, page):
    asked(client)
    approval.refuse(waiting(), by=people.editor, at=AT, why="缺少票据")
    assert "缺少票据" in opened(client, people.reporter, MINE).main
    assert "缺少票据" in opened(client, people.reporter, "/en/desk/").main
    asked(client)
    assert waiting().value() == Money(950_000_000, "yi", 1)


def test_two_who_ask_ask_once(client, people, report, page):
    asked(client)
    (one,) = corrections.figures_of([report])[report.pk]
    with pytest.raises(Refused) as refused:
        corrections.ask(report, {one.holds.ref: Money(1, "yi", 0)}, reason=REASON, by=people.reporter, at=AT)
    assert refused.value.code == "correction_waits"
    assert Claim.objects.pending().count() == 1


def test_what_was_corrected_meanwhile_is_read_again_first(people, report):
    with pytest.raises(Refused) as refused:
        corrections.ask(report, {"gone-1": Money(1, "yi", 0)}, reason=REASON, by=people.reporter, at=AT)
    assert refused.value.code == "changed_meanwhile"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"reason": ""}, "Say why"),
        ({"to_date": "11"}, "No figure differs"),
        ({"to_date": ""}, "Write the right figure here"),
        ({"to_date": "many"}, "many"),
        ({"to_date": "约10"}, "exact figure"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(client, page, typed, words):
    shown = asked(client, **typed)
    assert words in shown.main and Claim.objects.pending().count() == 0
    (box,) = [one for one in shown.elements if one.given.get("name") == "to_date"]
    assert box.given.get("value", "") == typed.get("to_date", "9.5")


def test_another_unit_and_an_unpublished_report_have_no_such_page(client, people, report):
    client.force_login(people.other_reporter)
    assert client.get(ADDRESS).status_code == client.post(ADDRESS, {}).status_code == 404
    with pytest.raises(Refused):
        corrections.ask(report, {}, reason=REASON, by=people.other_reporter, at=AT)


def test_the_dead_end_of_a_falling_figure_leads_there(client, people, monthly_round):
    approved(on_record(), people, monthly_round=month_round("2026-01"))
    form = sent_report(client, opened(client, people.reporter), do="submit", to_date="9")
    typed = {"do": "all", "QJ-0001-version": "1", "QJ-0001-to_date": "9", "QJ-0001-to_date_unit": "yi"}
    table = Page(client.post("/en/desk/table/2026-02/", typed))
    links = [*ways_out(form), *ways_out(table)]
    assert links == [ADDRESS.replace("2026-02", "2026-01")] * 2
    assert client.get(links[0]).status_code == 200


def test_what_a_document_says_is_for_the_data_editors(client, people, monthly_round):
    on_record()
    form = sent_report(client, opened(client, people.reporter), do="submit", to_date="9")
    assert "taken from a document" in form.main
    assert not ways_out(form)
