"""Claims in the admin: entered with words for every fault, decided by a second person, never edited."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from projects.choices import Basis, SourceKind, Topic
from projects.claims import approval, projection
from projects.core.fuzzy_dates import parse
from projects.core.money import Money
from projects.core.statements import Number
from projects.models import AuditEntry, Claim, Standing
from tests.cast import AT, draft, indicator, pending, project, published, section, source
from tests.editing.admin_pages import address, errors, form_on, lines_on, messages

pytestmark = pytest.mark.django_db

FIVE = Number(Decimal("5"), "吨")
FORTY = Money(40 * 10**8, "yi", 0)
EARLY = "2024-10-17"  # the source's date


@pytest.fixture
def typed():
    """A claim's form as the simplest claim fills it."""
    return {
        "project": project().pk,
        "topic": "stage",
        "code": "building",
        "source": source().pk,
        "basis": "stated",
    }


def enter(client, typed, english=True, **more):
    return client.post(address("claim", "add", english=english), typed | more)


# Entering


def test_a_claim_is_entered_and_waits(as_editor, people, typed):
    response = enter(as_editor, typed, english=False)
    claim = Claim.objects.get()
    assert response.url == address("project", "change", claim.project_id) + "#claims"
    assert (claim.entered_by, claim.approved_at, claim.origin) == (people.editor, None, "editor")
    assert (claim.as_of, claim.known_on) == (EARLY, date(2024, 10, 17)), "those of the source"
    assert AuditEntry.objects.get().action == "claim.enter"
    assert (
        claim.ref in messages(response)[0] and "系统读作：在建，截至2024年10月17日" in messages(response)[0]
    )
    assert not Standing.objects.exists()


@pytest.mark.parametrize(
    ("fields", "stored"),
    [
        ({"topic": "condition", "code": "paused"}, {"value_code": "paused"}),
        (
            {"topic": "total_investment", "value": "40亿元"},
            {"value_yuan": 40 * 10**8, "unit": "yi", "decimals": 0, "qualifier": ""},
        ),
        (
            {"topic": "total_investment", "value": "约1.50亿"},
            {"value_yuan": 15 * 10**7, "unit": "yi", "decimals": 2, "qualifier": "about"},
        ),
        (
            {
                "topic": "total_investment",
                "value": "300",
                "unit": "万元",
                "qualifier": "over",
                "printed_as": "三百余万",
            },
            {"value_yuan": 3 * 10**6, "unit": "wan", "qualifier": "over", "printed_as": "三百余万"},
        ),
        ({"topic": "total_investment", "value": "CNY 4 billion"}, {"value_yuan": 40 * 10**8}),
        ({"topic": "capacity", "value": "1,200", "unit": "万吨"}, {"value_number": 1200, "unit": "万吨"}),
        (
            {"topic": "capacity", "value": "1.80 亿立方米"},
            {"value_number": Decimal("1.8"), "unit": "亿立方米", "decimals": 2},
        ),
        ({"topic": "progress", "value": "35%"}, {"value_number": 35, "unit": "%"}),
        (
            {"topic": "promised", "milestone": "completed", "value": "2025年底"},
            {"value_date": "2024-10-17/2025-12-31", "measure": "completed"},
        ),
        ({"topic": "promised", "milestone": "completed", "value": "明年6月"}, {"value_date": "2025-06"}),
        (
            {"topic": "actual", "milestone": "started", "value": "2024年6月"},
            {"value_date": "2024-06", "as_of": "2024-06"},
        ),
        (
            {"topic": "actual", "milestone": "started", "value": "今年"},
            {"value_date": "2024-01-01/2024-10-17", "as_of": "2024-01-01/2024-10-17"},
        ),
        (
            {"topic": "promised", "milestone": "completed", "value": "待定"},
            {"value_code": "tbd", "value_date": ""},
        ),
        (
            {"topic": "promised", "milestone": "completed", "value": "2025", "qualifier": "expected"},
            {"value_date": "2025", "qualifier": "expected"},
        ),
        (
            {
                "topic": "stage",
                "code": "completed",
                "qualifier": "nearly",
                "basis": "inferred",
                "note": "基本建成",
            },
            {"value_code": "completed", "qualifier": "nearly"},
        ),
        (
            {"topic": "invested_to_date", "value": "预计3亿元", "method": "payment"},
            {"value_yuan": 3 * 10**8, "method": "payment", "qualifier": "expected"},
        ),
        (
            {"topic": "annual_plan", "value": "3亿元", "period": "2025年"},
            {"value_yuan": 3 * 10**8, "period": "2025"},
        ),
        (
            {"topic": "works", "value": "新建厂房", "scope": "一期"},
            {"value_text": "新建厂房", "scope": "一期"},
        ),
        ({"topic": "stage", "as_of": "2024年9月"}, {"as_of": "2024-09"}),
        ({"topic": "stage", "as_of": "2024"}, {"as_of": "2024-01-01/2024-10-17"}),
    ],
)
def test_what_is_typed_is_what_is_stored(as_editor, typed, fields, stored):
    if fields["topic"] == "capacity":
        fields |= {"indicator": indicator().pk}
    if fields["topic"] not in ("stage", "condition"):
        fields |= {"code": ""}
    response = enter(as_editor, typed, **fields)
    assert response.status_code == 302, errors(response)
    claim = Claim.objects.get()
    assert {name: getattr(claim, name) for name in stored} == stored


def test_a_section_says_which_source(as_editor, typed):
    part = section(source("other", published="2025-02"), "4")
    response = enter(as_editor, typed, source="", section=part.pk, paragraph="2", sentence="1")
    assert response.status_code == 302, errors(response)
    claim = Claim.objects.get()
    assert (claim.source, claim.section, claim.paragraph, claim.as_of) == (part.source, part, 2, "2025-02")


# Refused, in words


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"topic": "total_investment", "value": "many"}, "value", "99.56亿元"),
        ({"topic": "total_investment", "value": "40"}, "value", "names no unit"),
        ({"topic": "total_investment", "value": "500亿级"}, "value", "cannot be read as a sum"),
        ({"topic": "total_investment", "value": "-3亿元"}, "value", "below zero"),
        ({"topic": "total_investment", "value": ""}, "value", "Give the value"),
        ({"topic": "total_investment", "value": "4亿元", "code": "building"}, "code", "leave this empty"),
        ({"topic": "stage", "value": "在建", "code": "building"}, "value", "leave this empty"),
        ({"topic": "stage", "code": ""}, "code", "Give the value"),
        ({"topic": "stage", "code": "paused"}, "code", "not one of the codes"),
        ({"topic": "actual", "value": "待定", "milestone": "completed"}, "value", "Only a promised date"),
        ({"topic": "total_investment", "value": "4亿元", "method": "platform"}, "method", "takes no method"),
        ({"topic": "promised", "value": "soon", "milestone": "completed"}, "value", "2024年10月17日"),
        ({"topic": "promised", "value": "2021.1", "milestone": "completed"}, "value", "two ways"),
        ({"topic": "promised", "value": "2024-13", "milestone": "completed"}, "value", "2024"),
        ({"topic": "promised", "value": "2025"}, "milestone", "not a milestone"),
        ({"topic": "actual", "value": "2025", "milestone": "started"}, "value", "lies wholly after"),
        ({"topic": "progress", "value": "101%"}, "value", "at most 100%"),
        ({"topic": "progress", "value": "a third"}, "value", "is not a number"),
        ({"topic": "progress", "value": "9" * 30, "unit": "%"}, "value", "too large"),
        ({"topic": "progress", "value": "35"}, "unit", "unit of the figure"),
        ({"topic": "capacity", "value": "35", "unit": "t"}, "indicator", "not the code of an indicator"),
        ({"topic": "annual_plan", "value": "3亿元"}, "period", "for which year or month"),
        ({"topic": "annual_plan", "value": "3亿元", "period": "next"}, "period", "cannot be read as a date"),
        ({"topic": "stage", "milestone": "started"}, "milestone", "takes no measure"),
        ({"topic": "condition", "code": "paused", "scope": "一期"}, "scope", "whole project"),
        ({"topic": "stage", "as_of": "2024-10-18"}, "as_of", "cannot be true after it became known"),
        ({"topic": "stage", "as_of": "whenever"}, "as_of", "2024-10"),
        ({"topic": "stage", "basis": "inferred"}, "note", "from what this is inferred"),
        ({"topic": ""}, "topic", "required"),
        ({"source": ""}, "source", "required"),
        ({"project": "999"}, "project", "valid choice"),
        ({"paragraph": "2"}, "section", "in which section"),
        (
            {"topic": "works", "value": "厂房", "qualifier": "about", "code": ""},
            "qualifier",
            "A figure takes a qualifier",
        ),
    ],
)
def test_each_fault_stands_beside_its_field(as_editor, typed, fields, field, words):
    if fields.get("topic") not in (None, "stage", "condition"):
        fields = {"code": ""} | fields
    response = enter(as_editor, typed, **fields)
    assert response.status_code == 200
    found = errors(response)
    assert list(found) == [field]
    assert words in " ".join(found[field])
    assert not Claim.objects.exists() and not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("value", "topic", "words"),
    [("soon", "promised", "2024年10月17日"), ("许多", "total_investment", "99.56亿元")],
)
def test_the_chinese_door_answers_in_chinese(as_editor, typed, value, topic, words):
    fields = {
        "topic": topic,
        "value": value,
        "code": "",
        "milestone": "completed" if topic == "promised" else "",
    }
    found = errors(enter(as_editor, typed, english=False, **fields))
    (said,) = found["value"]
    assert words in said and value in said and "cannot be read" not in said


def test_all_faults_are_said_at_once_and_nothing_typed_is_lost(as_editor, typed):
    response = enter(as_editor, typed, topic="capacity", code="", value="5", note="", basis="inferred")
    assert set(errors(response)) == {"indicator", "unit", "note"}
    assert form_on(response, "claim")["value"] == "5"


def test_the_place_must_be_in_the_outline(as_editor, typed):
    elsewhere = section(source("other"), "1")
    found = errors(enter(as_editor, typed, section=elsewhere.pk))
    assert list(found) == ["section"]
    own = section(source(), "1")
    found = errors(enter(as_editor, typed, section=own.pk, paragraph="4"))
    assert found == {"paragraph": ["This section has 3 paragraphs."]}


def test_a_step_back_needs_a_note(as_editor, people, typed):
    of = project()
    row = approval.enter(draft(of, value="operating"), by=people.editor, at=AT)
    approval.approve(row, by=people.reviewer, at=AT)
    found = errors(enter(as_editor, typed, project=of.pk))
    assert list(found) == ["note"] and "in operation" in found["note"][0]


def test_the_form_opens_with_the_project_and_the_last_source(as_editor, typed):
    of = project()
    opened = form_on(as_editor.get(address("claim", "add") + f"?project={of.pk}"), "claim")
    assert opened["project"] == str(of.pk)
    response = enter(as_editor, typed, _addanother="1")
    opened = form_on(as_editor.get(response.url), "claim")
    assert (opened["project"], opened["source"]) == (str(typed["project"]), str(typed["source"]))


# Never edited, never deleted


@pytest.mark.parametrize("who", ["editor", "reviewer", "root"])
@pytest.mark.parametrize("make", [published, pending])
def test_no_address_edits_or_deletes_a_claim(client, people, root, who, make):
    of = project()
    row = make(of, people.second_editor) if make is pending else make(of)
    before = Claim.objects.values().get()
    client.force_login(root if who == "root" else getattr(people, who))
    for page in ("change", "delete"):
        typed = {
            "post": "yes",
            "value_code": "operating",
            "code": "operating",
            "note": "changed",
            "basis": "stated",
        }
        assert client.post(address("claim", page, row.pk), typed).status_code == 403
    in_bulk = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    client.post(address("claim", "changelist"), in_bulk)
    client.post(address("claim", "changelist"), {"form-0-id": row.pk, "form-0-note": "changed", "_save": "1"})
    assert Claim.objects.values().get() == before
    page = client.get(address("claim", "change", row.pk)).content.decode()
    assert 'name="note"' not in page and "deletelink" not in page


# Deciding


def test_a_second_person_approves_and_it_is_public(client, people):
    row = pending(project(), people.editor)
    client.force_login(people.reviewer)
    response = client.post(address("claim", "approve", row.pk))
    assert response.url == address("project", "change", row.project_id) + "#claims"
    row.refresh_from_db()
    assert row.approved_by == people.reviewer
    assert Standing.objects.today().get().stage == "building"


@pytest.mark.parametrize("verb", ["approve", "refuse"])
@pytest.mark.parametrize(
    ("who", "words"), [("editor", "You entered p0000 yourself"), ("root", "")], ids=["own", "anothers"]
)
def test_the_first_person_is_told_why_not(client, people, root, verb, who, words):
    row = pending(project(), people.editor)
    client.force_login(root if who == "root" else people.editor)
    response = client.post(address("claim", verb, row.pk, english=True), {"why": "no"})
    row.refresh_from_db()
    if words:
        assert words in messages(response)[0]
        assert (row.approved_at, row.refused_at) == (None, None)
    else:
        assert row.approved_at or row.refused_at


@pytest.mark.parametrize("who", ["reporter", "stranger", None])
def test_others_decide_nothing(client, people, who):
    row = pending(project(), people.editor)
    if who:
        client.force_login(getattr(people, who))
    for verb in ("approve", "refuse", "discard"):
        assert client.post(address("claim", verb, row.pk), {"why": "no"}).status_code == 302
    row.refresh_from_db()
    assert (row.approved_at, row.refused_at) == (None, None)


@pytest.mark.parametrize("verb", ["approve", "discard"])
def test_deciding_takes_post_alone(as_reviewer, people, verb):
    row = pending(project(), people.editor)
    assert as_reviewer.get(address("claim", verb, row.pk)).status_code == 405
    assert as_reviewer.get(address("claim", "refuse", row.pk)).status_code == 200
    assert Claim.objects.pending().get() == row


def test_a_forged_decision_is_refused(people):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(people.reviewer)
    row = pending(project(), people.editor)
    assert strict.post(address("claim", "approve", row.pk)).status_code == 403
    assert Claim.objects.pending().exists()


def test_refusing_asks_why(as_reviewer, people):
    row = pending(project(), people.editor)
    page = address("claim", "refuse", row.pk, english=True)
    response = as_reviewer.post(page, {"why": "  "})
    assert "Say why, for who entered it" in response.content.decode()
    response = as_reviewer.post(page, {"why": "x" * 301})
    assert response.status_code == 200 and "x" * 301 in response.content.decode()
    assert Claim.objects.pending().exists()
    as_reviewer.post(page, {"why": "The table says 50."})
    row.refresh_from_db()
    assert (row.refused_by, row.refused_why) == (people.reviewer, "The table says 50.")
    shown = as_reviewer.get(address("project", "change", row.project_id)).content.decode()
    assert "The table says 50." in shown


def test_deciding_twice_is_told(as_reviewer, people):
    row = pending(project(), people.editor)
    as_reviewer.post(address("claim", "approve", row.pk))
    response = as_reviewer.post(address("claim", "refuse", row.pk, english=True), {"why": "no"})
    assert messages(response)[-1] == "p0000 was decided on a moment ago."
    assert as_reviewer.post(address("claim", "approve", 999)).status_code == 404


def test_a_fault_that_came_up_since_is_told(as_reviewer, people):
    row = pending(project(), people.editor, Topic.CAPACITY, FIVE, measure="water")
    response = as_reviewer.post(address("claim", "approve", row.pk, english=True))
    assert "“water” is not the code of an indicator" in messages(response)[0]
    assert Claim.objects.pending().exists()


def test_who_entered_it_may_take_it_back(client, people):
    row = pending(project(), people.editor)
    client.force_login(people.second_editor)
    client.post(address("claim", "discard", row.pk))
    assert Claim.objects.exists()
    client.force_login(people.editor)
    assert (
        address("claim", "discard", row.pk) in client.get(address("claim", "change", row.pk)).content.decode()
    )
    client.post(address("claim", "discard", row.pk))
    assert not Claim.objects.exists()
    assert AuditEntry.objects.get().action == "claim.discard"


# Correcting and withdrawing


def test_a_correction_is_a_new_claim_of_the_same_series(as_editor, people):
    of = project()
    wrong = published(of, Topic.TOTAL_INVESTMENT, FORTY, scope="一期", section=section())
    page = address("claim", "add") + f"?corrects={wrong.ref}"
    opened = form_on(as_editor.get(page), "claim")
    assert (opened["value"], opened["as_of"], opened["source"]) == ("40亿元", EARLY, str(wrong.source_id))
    assert "project" not in opened and "topic" not in opened
    forged = {"project": project().pk, "topic": "funds", "scope": ""}
    response = as_editor.post(page, opened | forged | {"value": "50亿元", "note": "印作50。"})
    assert response.status_code == 302
    right = Claim.objects.pending().get()
    assert (right.corrects, right.series(), right.project) == (wrong, wrong.series(), of)
    assert (right.value_yuan, right.note) == (50 * 10**8, "印作50。")
    as_editor.force_login(people.reviewer)
    as_editor.post(address("claim", "approve", right.pk))
    assert Standing.objects.today().count() == 1
    again = as_editor.get(address("claim", "change", wrong.pk)).content.decode()
    assert right.ref in again and "?corrects=" not in again


@pytest.mark.parametrize(
    ("topic", "value", "fields", "shown"),
    [
        (Topic.STAGE, "building", {}, {"code": "building"}),
        (Topic.PROMISED, parse("2025-06"), {"measure": "completed"}, {"value": "2025-06"}),
        (Topic.WORKS, "新建厂房", {}, {"value": "新建厂房"}),
    ],
)
def test_a_correction_opens_with_what_it_corrects(as_editor, topic, value, fields, shown):
    wrong = published(project(), topic, value, **fields)
    opened = form_on(as_editor.get(address("claim", "add") + f"?corrects={wrong.ref}"), "claim")
    assert shown.items() <= opened.items()
    assert {"code", "value"} & opened.keys() == shown.keys()


def test_a_withdrawal_has_no_value_and_says_why(as_editor):
    wrong = published(project())
    page = address("claim", "add", english=True) + f"?withdraws={wrong.ref}"
    opened = form_on(as_editor.get(page), "claim")
    assert not {"code", "value", "as_of", "basis"} & opened.keys()
    assert list(errors(as_editor.post(page, opened))) == ["note"]
    as_editor.post(
        page, opened | {"note": "It speaks of another plant.", "value": "50亿元", "code": "operating"}
    )
    withdrawal = Claim.objects.pending().get()
    assert withdrawal.is_withdrawal and withdrawal.corrects == wrong
    assert withdrawal.as_of == wrong.as_of


def test_a_second_value_of_the_same_from_one_source_is_asked_about(as_editor, typed):
    """Approved or waiting; the same value, another source or another day is no question."""
    said = typed | {"topic": "total_investment", "code": "", "value": "40亿元"}
    enter(as_editor, said)
    [first] = Claim.objects.all()
    refused = enter(as_editor, said | {"value": "400亿元"})
    assert list(errors(refused)) == ["is_both"] and first.ref in str(errors(refused))
    assert Claim.objects.count() == 1
    for other in ({"as_of": "2024-01"}, {"scope": "一期"}, {"is_both": "on"}):
        enter(as_editor, said | {"value": "400亿元"} | other)
    assert Claim.objects.count() == 4


def test_a_correction_says_why(as_editor):
    wrong = published(project(), Topic.TOTAL_INVESTMENT, FORTY)
    page = address("claim", "add", english=True) + f"?corrects={wrong.ref}"
    opened = form_on(as_editor.get(page), "claim") | {"value": "50亿元", "note": " "}
    assert list(errors(as_editor.post(page, opened))) == ["note"]
    assert not Claim.objects.pending().exists()


def test_deciding_shows_what_stood_and_what_comes_and_why(as_reviewer, people):
    wrong = published(project(), Topic.TOTAL_INVESTMENT, FORTY)
    fifty = Money(50 * 10**8, "yi", 0)
    waits = pending(
        wrong.project, people.editor, Topic.TOTAL_INVESTMENT, fifty, corrects=wrong, note="印作50。"
    )
    page = as_reviewer.get(address("claim", "change", waits.pk)).content.decode()
    shown = page[page.index('class="change"') :].partition("</p>")[0]
    assert " ".join(shown.split()).count("<s>40 亿元</s> →") == 1
    assert "50 亿元" in shown and "印作50。" in shown and "editor" in page


def test_a_second_correction_of_the_same_claim_waits_for_the_first(as_editor, people):
    wrong = published(project(), Topic.TOTAL_INVESTMENT, FORTY)
    first = pending(wrong.project, people.editor, Topic.TOTAL_INVESTMENT, FORTY, corrects=wrong)
    page = address("claim", "add", english=True) + f"?corrects={wrong.ref}"
    for response in (as_editor.get(page), as_editor.post(page, {"value": "50亿元", "note": "印作50。"})):
        assert response.status_code == 302
        assert f"waits already, “{first.ref}”" in messages(response)[-1]
    assert Claim.objects.pending().count() == 1


@pytest.mark.parametrize(
    ("topic", "milestone", "value", "words"),
    [
        ("actual", "completed", "2023-05", "“completion” cannot come before “start of construction”"),
        ("actual", "completed", "2024-03", ""),
        ("actual", "signed", "2024-05", "“start of construction” cannot come before “signing”"),
        ("promised", "completed", "2020", "lies before the day on which it was said"),
        ("promised", "completed", "2026", ""),
    ],
)
def test_dates_are_checked_in_their_order(as_editor, typed, topic, milestone, value, words):
    of = project()
    published(of, Topic.ACTUAL, parse("2024-02"), measure="started", as_of="2024-02")
    projection.rebuild(of)
    given = {"project": of.pk, "topic": topic, "milestone": milestone, "value": value, "code": ""}
    response = as_editor.post(address("claim", "add", english=True), typed | given)
    assert words in "".join(errors(response).get("value", [])) if words else response.status_code == 302


def test_what_cannot_be_corrected_is_told(as_editor, people):
    of = project()
    waits, wrong = pending(of, people.editor), published(of)
    right = published(of, corrects=wrong)
    for ref, words in (
        ("nonsense", "no published claim “nonsense”"),
        ("", "no published claim"),
        ("a%00b", "no published claim"),
        (waits.ref, f"no published claim “{waits.ref}”"),
        (wrong.ref, f"correct the correction, “{right.ref}”"),
    ):
        response = as_editor.get(address("claim", "add", english=True) + f"?corrects={ref}")
        assert response.status_code == 302 and words in messages(response)[-1]


def test_a_document_older_than_what_it_corrects_may_correct_it(as_editor):
    """It is known from its approval, not from its own date."""
    wrong = published(project(), source=source("late", published="2025-05"), as_of="2024-10")
    page = address("claim", "add") + f"?corrects={wrong.ref}"
    opened = form_on(as_editor.get(page), "claim") | {"source": source().pk, "code": "operating"}
    response = as_editor.post(page, opened | {"note": "早一份文件写明已投产。"})
    assert response.status_code == 302, errors(response)


def test_a_report_is_known_from_its_entry(as_editor, typed):
    said = source("report", kind=SourceKind.REPORT)
    enter(as_editor, typed, source=said.pk)
    assert Claim.objects.get().known_on > date(2026, 1, 1)


# Reading


def test_the_list_says_what_each_is_and_filters_by_state(as_editor, people):
    of = project()
    wrong = published(of, Topic.CAPACITY, FIVE, measure=indicator().code)
    published(of, Topic.CAPACITY, FIVE, measure="water", corrects=wrong)
    pending(of, people.editor)
    page = as_editor.get(address("claim", "changelist", english=True)).content.decode()
    assert "capacity · Water a year" in page and "waits for a second person" in page and "5 t" in page
    for state, count in (("pending", 1), ("corrected", 1), ("published", 1), ("refused", 0), ("odd", 3)):
        found = as_editor.get(address("claim", "changelist"), {"state": state})
        assert found.context["cl"].result_count == count, state
    found = as_editor.get(address("claim", "changelist"), {"q": of.name})
    assert found.status_code == 200
    assert as_editor.get(reverse("admin:projects_claim_change", args=[999])).status_code == 302


def test_where_nobody_did_it_stands_the_sign_of_the_admin_for_nothing(as_editor, people):
    """A claim of the fixtures was entered by nobody; beside it one that somebody entered."""
    row = published(project())
    shown = lines_on(as_editor.get(address("claim", "change", row.pk)))
    assert [shown[name] for name in ("entered", "approved", "refused", "refused_at")] == ["-"] * 4
    assert "None" not in shown.values()
    waits = pending(project(), people.editor)
    assert lines_on(as_editor.get(address("claim", "change", waits.pk)))["entered"] == str(people.editor)


def test_basis_and_note_are_read(as_editor):
    row = published(project(), basis=Basis.INFERRED, note="按“打造”读作谋划。")
    page = as_editor.get(address("claim", "change", row.pk)).content.decode()
    assert "按“打造”读作谋划。" in page
