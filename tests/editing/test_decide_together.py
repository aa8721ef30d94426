"""Several claims decided on at once: shown with what holds, never one's own, each once with its entry."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.choices import Topic
from projects.claims import approval, projection
from projects.core.money import Money
from projects.core.statements import Number
from projects.models import AuditEntry, Claim, Current
from tests.cast import AT, draft, pending, project, published
from tests.editing.admin_pages import address, messages

pytestmark = [pytest.mark.django_db, pytest.mark.every_engine]

FORTY, FIFTY = Money(40 * 10**8, "yi", 0), Money(50 * 10**8, "yi", 0)


def choose(client, *claims):
    typed = {"action": "decide", "_selected_action": [one.pk for one in claims], "select_across": "0"}
    return client.post(address("claim", "changelist", english=True) + "?state=pending", typed)


def send(client, *refs, **typed):
    where = address("claim", "decide_together", english=True)
    return client.post(where, {"ref": refs} | (typed or {"approve": "1"}))


def test_they_are_shown_with_what_holds_now(as_reviewer, people):
    of, other = project(), project()
    wrong = published(of, Topic.TOTAL_INVESTMENT, FORTY)
    right = pending(of, people.editor, Topic.TOTAL_INVESTMENT, FIFTY, corrects=wrong, note="表中为50亿")
    published(of)
    later = pending(of, people.editor, Topic.STAGE, "completed", as_of="2025")
    new = pending(other, people.editor)
    rows = choose(as_reviewer, right, later, new).context["rows"]
    assert [(row, held and held.ref) for row, _about, held in rows] == [
        (right, wrong.ref),
        (later, Claim.objects.get(topic=Topic.STAGE, approved_at__isnull=False).ref),
        (new, None),
    ]


def test_they_are_approved_each_with_its_entry(as_reviewer, people):
    claims = [pending(project(), people.editor) for _ in range(3)]
    answer = send(as_reviewer, *[one.ref for one in claims])
    assert answer.url.endswith("?state=pending")
    assert Claim.objects.approved().count() == Current.objects.count() == 3
    entries = AuditEntry.objects.filter(action="claim.approve").order_by("number")
    assert [(one.subject, one.by) for one in entries] == [(one.ref, people.reviewer) for one in claims]
    assert "3 claims are approved and public now." in messages(answer)


def test_they_are_refused_for_a_reason_alone(as_reviewer, people):
    claims = [pending(project(), people.editor) for _ in range(2)]
    refs = [one.ref for one in claims]
    page = send(as_reviewer, *refs, refuse="1", why=" ")
    assert page.status_code == 200 and page.context["form"].errors["why"]
    assert Claim.objects.pending().count() == 2
    send(as_reviewer, *refs, refuse="1", why="来源不符")
    assert {one.refused_why for one in Claim.objects.all()} == {"来源不符"}
    assert AuditEntry.objects.filter(action="claim.refuse").count() == 2


def test_what_one_entered_oneself_is_left_and_named(as_editor, people):
    own, theirs = pending(project(), people.editor), pending(project(), people.second_editor)
    page = choose(as_editor, own, theirs)
    assert [row for row, _about, _held in page.context["rows"]] == [theirs] and page.context["own"] == [own]
    for typed in ({"approve": "1"}, {"refuse": "1", "why": "不对"}):
        answer = send(as_editor, own.ref, **typed)
        own.refresh_from_db()
        assert not own.approved_at and not own.refused_at
        assert f"You entered {own.ref} yourself: a second person decides." in messages(answer)


def test_each_is_decided_once(as_reviewer, people):
    first, second = (pending(project(), people.editor) for _ in range(2))
    approval.approve(first, by=people.second_editor, at=AT)
    answer = send(as_reviewer, first.ref, second.ref, "e-gone")
    first.refresh_from_db()
    assert first.approved_by == people.second_editor
    assert Claim.objects.approved().count() == 2
    told = messages(answer)
    assert "1 claim is approved and public now." in told
    assert f"{first.ref} was decided on a moment ago." in told and any("e-gone" in one for one in told)


def test_of_two_that_correct_the_same_the_first_does(as_reviewer, people):
    of = project()
    wrong = published(of, Topic.TOTAL_INVESTMENT, FORTY)
    one, two = (
        pending(of, people.editor, Topic.TOTAL_INVESTMENT, FIFTY, corrects=wrong, note="表中为50亿")
        for _ in range(2)
    )
    send(as_reviewer, two.ref, one.ref)
    assert list(Claim.objects.approved().filter(corrects=wrong)) == [one]
    assert list(Claim.objects.pending()) == [two]


def test_a_fault_leaves_one_and_not_the_others(as_reviewer, people):
    bad = pending(project(), people.editor, Topic.CAPACITY, Number(Decimal(5), "吨"), measure="gone")
    good = pending(project(), people.editor)
    answer = send(as_reviewer, bad.ref, good.ref)
    assert list(Claim.objects.approved()) == [good]
    assert any(one.startswith(f"{bad.ref}: ") for one in messages(answer))


def test_others_have_nothing_to_choose(client, as_editor, people):
    waits = pending(project(), people.second_editor)
    plain = as_editor.get(address("claim", "changelist")).content.decode()
    assert "_selected_action" not in plain, "only where the list shows what waits"
    client.force_login(people.reporter)
    assert send(client, waits.ref).status_code == 302 and Claim.objects.pending().exists()


def test_the_page_takes_as_many_statements_for_many(as_reviewer, people):
    taken = []
    for count in (1, 8):
        claims = []
        for _ in range(count):
            of = project()
            published(of)
            projection.rebuild(of)
            claims.append(pending(of, people.editor, as_of="2024-10-17"))
        with CaptureQueriesContext(connection) as asked:
            assert len(choose(as_reviewer, *claims).context["rows"]) == count
        taken.append(len(asked))
    assert taken[0] == taken[1]


# Changing what waits


def test_ones_own_is_changed_and_keeps_its_place_in_the_queue(as_editor, people):
    of = project()
    old = approval.enter(draft(of, Topic.TOTAL_INVESTMENT, FORTY), by=people.editor, at=AT)
    where = address("claim", "add", english=True) + f"?changes={old.ref}"
    form = as_editor.get(where).context["adminform"].form
    assert form.initial["value"] == "40亿元" or form.initial["value"].startswith("40")
    typed = {
        "project": of.pk,
        "topic": "total_investment",
        "value": "50亿元",
        "source": old.source_id,
        "basis": "stated",
    }
    assert as_editor.post(where, typed).status_code == 302
    new = Claim.objects.get()
    assert (new.value_yuan, new.entered_at, new.entered_by) == (50 * 10**8, AT, people.editor)
    assert new.ref != old.ref, "who has read the old one approves nothing else"
    entry = AuditEntry.objects.first()
    assert (entry.action, entry.subject, entry.before["ref"]) == ("claim.change", new.ref, old.ref)
    assert (entry.before["value"], entry.after["value"]) == (str(FORTY.yuan), str(FIFTY.yuan))


def test_a_correction_that_waits_is_changed_and_corrects_the_same(as_editor, people):
    of = project()
    wrong = published(of, Topic.TOTAL_INVESTMENT, FORTY)
    own = pending(of, people.editor, Topic.TOTAL_INVESTMENT, FIFTY, corrects=wrong, note="表中为50亿")
    where = address("claim", "add", english=True) + f"?changes={own.ref}"
    form = as_editor.get(where).context["adminform"].form
    assert form.initial["note"] == "表中为50亿"
    typed = {"value": "60亿元", "source": own.source_id, "basis": "stated", "note": "表中为60亿"}
    assert as_editor.post(where, typed).status_code == 302
    new = Claim.objects.pending().get()
    assert (new.corrects, new.value_yuan, new.entered_at) == (wrong, 60 * 10**8, own.entered_at)


@pytest.mark.parametrize("what", ["of_another", "decided", "unknown"])
def test_nothing_else_can_be_changed(as_editor, people, what):
    by = people.second_editor if what == "of_another" else people.editor
    one = pending(project(), by)
    if what == "decided":
        approval.approve(one, by=people.second_editor, at=AT)
    ref = "e-nothing" if what == "unknown" else one.ref
    answer = as_editor.get(address("claim", "add", english=True) + f"?changes={ref}")
    assert answer.status_code == 302 and any(ref in words for words in messages(answer))
    assert Claim.objects.count() == 1


def test_what_is_decided_while_it_is_changed_stays_decided(as_editor, people, monkeypatch):
    of = project()
    own = pending(of, people.editor)
    where = address("claim", "add", english=True) + f"?changes={own.ref}"
    change = approval.change

    def after_approval(pending_one, *args, **kwargs):
        approval.approve(pending_one, by=people.second_editor, at=AT)
        return change(pending_one, *args, **kwargs)

    monkeypatch.setattr("projects.claims.approval.change", after_approval)
    typed = {
        "project": of.pk,
        "topic": "stage",
        "code": "completed",
        "source": own.source_id,
        "basis": "stated",
    }
    answer = as_editor.post(where, typed)
    assert answer.status_code == 302
    assert any("was decided on a moment ago" in words for words in messages(answer))
