"""Statistics in the admin: entered, corrected and decided on like claims."""

from decimal import Decimal

import pytest

from projects.audit.data_version import current_version
from projects.core.money import Money
from projects.core.statements import Number
from projects.models import AuditEntry, Statistic
from tests.cast import indicator, project, source, statistic
from tests.editing.admin_pages import address, errors, form_on, lines_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed():
    return {
        "subject": indicator().pk,
        "period": "2024年",
        "kind": "number",
        "value": "166",
        "unit": "个",
        "source": source().pk,
        "basis": "stated",
    }


def enter(client, typed, **more):
    return client.post(address("statistic", "add", english=True), typed | more)


@pytest.mark.parametrize(
    ("fields", "stored"),
    [
        ({}, {"value_number": 166, "unit": "个", "period": "2024", "is_target": False}),
        (
            {"is_target": "on", "value": "-3.20%", "unit": ""},
            {"value_number": Decimal("-3.2"), "decimals": 2},
        ),
        ({"kind": "money", "value": "99.56亿元", "unit": ""}, {"value_yuan": 9956000000, "decimals": 2}),
        ({"kind": "text", "value": "百亿级", "unit": ""}, {"value_text": "百亿级", "unit": ""}),
    ],
)
def test_a_figure_is_entered_and_waits(as_editor, people, typed, fields, stored):
    response = enter(as_editor, typed, **fields)
    assert response.status_code == 302, errors(response)
    row = Statistic.objects.pending().get()
    assert {name: getattr(row, name) for name in stored} == stored
    assert (row.entered_by, AuditEntry.objects.get().action) == (people.editor, "statistic.enter")


def test_the_projects_that_a_figure_is_about_are_kept_with_it(as_editor, typed):
    codes = [project().code, project().code]
    response = enter(as_editor, typed, members=", ".join(codes), method="statistics")
    assert response.status_code == 302, errors(response)
    row = Statistic.objects.get()
    assert (row.members, row.method) == (codes, "statistics")
    assert set(Statistic.objects.naming(codes[0])) == {row} and not Statistic.objects.naming("QJ-000")


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"value": ""}, "value", "Give the value"),
        ({"unit": ""}, "unit", "unit of the figure"),
        ({"period": "2024-13"}, "period", "2024"),
        ({"members": "QJ-0001"}, "members", "There is no project QJ-0001"),
        ({"kind": "money", "value": "99", "unit": ""}, "value", "names no unit"),
        (
            {"kind": "text", "value": "百亿级", "unit": "", "qualifier": "about"},
            "qualifier",
            "A figure takes a qualifier",
        ),
        ({"kind": "odd"}, "kind", "valid choice"),
        ({"subject": ""}, "subject", "required"),
        ({"as_of": "2024-11"}, "as_of", "after it became known"),
    ],
)
def test_each_fault_stands_beside_its_field(as_editor, typed, fields, field, words):
    found = errors(enter(as_editor, typed, **fields))
    assert list(found) == [field] and words in " ".join(found[field])
    assert not Statistic.objects.exists()


def test_a_second_person_approves(client, people, typed):
    client.force_login(people.editor)
    enter(client, typed)
    row = Statistic.objects.get()
    client.post(address("statistic", "approve", row.pk))
    assert Statistic.objects.pending().exists() and current_version() == 0
    client.force_login(people.reviewer)
    client.post(address("statistic", "approve", row.pk))
    row.refresh_from_db()
    assert row.approved_by == people.reviewer and current_version() == 1


def test_a_correction_keeps_the_series(as_editor):
    wrong = statistic(Money(9956000000, "yi", 2), period="2024", is_target=True)
    page = address("statistic", "add") + f"?corrects={wrong.ref}"
    opened = form_on(as_editor.get(page), "statistic")
    assert (opened["kind"], opened["value"]) == ("money", "99.56亿元")
    response = as_editor.post(page, opened | {"value": "99.65亿元", "period": "2023", "note": "数字颠倒。"})
    assert response.status_code == 302, errors(response)
    right = Statistic.objects.pending().get()
    assert (right.corrects, right.series(), right.value_yuan) == (wrong, wrong.series(), 9965000000)


def test_a_withdrawal_has_no_value(as_editor):
    wrong = statistic(Number(Decimal("166"), "个"))
    page = address("statistic", "add") + f"?withdraws={wrong.ref}"
    opened = form_on(as_editor.get(page), "statistic")
    assert as_editor.post(page, opened | {"note": "是另一年的。"}).status_code == 302
    assert Statistic.objects.pending().get().is_withdrawal


def test_what_is_not_said_of_a_figure_is_the_sign_of_the_admin_for_nothing(as_editor):
    row = statistic(Number(Decimal("166"), "个"))
    shown = lines_on(as_editor.get(address("statistic", "change", row.pk)))
    assert [shown[name] for name in ("entered", "approved", "refused", "period_words")] == ["-"] * 4
    assert "None" not in shown.values()


def test_no_address_edits_or_deletes_one(as_root):
    row = statistic(Number(Decimal("166"), "个"))
    for page in ("change", "delete"):
        assert as_root.post(address("statistic", page, row.pk), {"post": "yes"}).status_code == 403
    assert Statistic.objects.get() == row
