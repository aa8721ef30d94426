"""What the address of a list may ask for: its own filters, and nothing else of any row."""

import itertools
import re
from html import unescape

import pytest
from django.contrib.admin import ModelAdmin
from django.urls import reverse

from projects.editing.lookups import DeclaredLookups, searched
from projects.editing.site import site
from tests.conftest import as_in_a_test, undone
from tests.doors.rows import made
from tests.editing.admin_pages import messages

pytestmark = pytest.mark.django_db

LOOKUPS = ("regex", "iregex", "contains", "startswith", "gt", "in", "isnull", "exact")
WORDS = "这个列表没有地址所要求的内容"


@pytest.fixture(scope="module")
def rows(django_db_setup, django_db_blocker, tmp_path_factory):
    with undone(django_db_blocker):
        with as_in_a_test(tmp_path_factory.mktemp("lookups")):
            made()
        yield


@pytest.fixture
def visitor(client, rows, db, django_user_model):
    client.force_login(django_user_model.objects.get(username="root"))
    return client


def lists() -> list[tuple]:
    return [
        (f"{model._meta.app_label}_{model._meta.model_name}", one) for model, one in site._registry.items()
    ]


def address(name: str) -> str:
    return reverse(f"admin:{name}_changelist")


def undeclared(one: ModelAdmin) -> list[str]:
    """Every field of the row, and of the rows it refers to, with every look-up; without its own filters."""
    own = [field.name for field in one.opts.get_fields()]
    fields = [field for field in one.opts.get_fields() if field.is_relation and not field.auto_created]
    further = [
        f"{field.name}__{other.name}" for field in fields for other in field.related_model._meta.fields
    ]
    filters = ("__" + path for path in one.list_filter if isinstance(path, str))
    more = [f"{path[2:]}__exact__regex" for path in filters] + ["no_such_field", "password", "pk__gt"]
    names = [f"{name}__{lookup}" for name, lookup in itertools.product([*own, *further], LOOKUPS)]
    return [name for name in [*names, *own, *more] if name not in one.declared_lookups(None)]


def answered(client, name: str, names: list[str]) -> list[str]:
    """The look-ups that a list did not refuse in words."""
    found = []
    for lookup in names:
        answer = client.get(address(name), {lookup: r"(.+)+☃"})
        is_refused = answer.status_code == 302 and answer["Location"] == address(name)
        if not is_refused or WORDS not in messages(answer)[-1]:
            found.append(lookup)
    return found


@pytest.mark.promise(
    "Look-ups of the admin are an allow-list", control="test_control_djangos_own_lets_patterns_through"
)
def test_a_list_is_asked_for_what_it_declares_alone(visitor, figure):
    count = 0
    for name, one in lists():
        names = undeclared(one)
        few = [lookup for lookup in names if lookup.endswith("regex")][:3] + names[-3:]
        assert answered(visitor, name, few) == []
        assert [lookup for lookup in names if one.lookup_allowed(lookup, "x", None)] == []
        count += len(names)
    figure(f"{count} look-ups of {len(lists())} lists refused")


def test_every_admin_is_held_to_it():
    assert [name for name, one in lists() if not isinstance(one, DeclaredLookups)] == []


def test_control_djangos_own_lets_patterns_through(visitor, monkeypatch):
    monkeypatch.delattr(DeclaredLookups, "lookup_allowed")
    assert answered(visitor, "projects_claim", ["note__regex", "topic__regex"]) == [
        "note__regex",
        "topic__regex",
    ]


def test_what_the_lists_themselves_offer_is_answered(visitor):
    """Every link of every list that leads to the same list."""
    count = 0
    for name, _one in lists():
        page = visitor.get(address(name))
        for link in set(re.findall(r'href="(\?[^"]*)"', page.text)):
            count += 1
            assert visitor.get(address(name) + unescape(link)).status_code == 200, link
    assert count > 60


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("projects_project", "place__id__exact=zzz"),
        ("projects_project", "is_public__exact=zzz&kind__exact="),
        ("projects_auditentry", "at__year=9999"),
        ("projects_auditentry", "at__year=1"),
        ("projects_auditentry", "at__year=" + "9" * 30),
        ("projects_auditentry", "at__year=2024&at__month=13"),
        ("projects_auditentry", "at__year=x"),
        ("projects_claim", "p=" + "9" * 30),
        ("projects_claim", "_to_field=note"),
        ("projects_claim", "topic__exact=%00"),
        ("projects_claim", "e=1&note__regex=x"),
    ],
)
def test_what_cannot_be_had_is_said(visitor, name, query):
    answer = visitor.get(f"{address(name)}?{query}", follow=True)
    assert answer.status_code == 200
    if answer.redirect_chain:
        assert WORDS in answer.text
    assert "<title>数据库错误" not in answer.text


def test_a_search_has_an_end():
    assert searched("长\0" * 1000) == "长 " * 100


# What the address of a form may say besides its fields.
OF_ASSERTIONS, OF_ALL = ("corrects", "withdraws"), ("_to_field", "_popup")
FORGED = ("zzz", "-1", "9" * 30, "1,2", "a\0b", "", "☃")


def test_no_hand_edited_address_of_a_form_fails(visitor):
    """Every field of a new row, filled in from the address with what is no key and no value."""
    failed, visitor.raise_request_exception = [], False
    for name, one in lists():
        page = reverse(f"admin:{name}_add")
        fields = [field.name for field in one.opts.fields]
        for turn in range(len(FORGED)):
            texts = itertools.islice(itertools.cycle(FORGED), turn, turn + len(fields))
            failed += failing(visitor, page, dict(zip(fields, texts, strict=True)))
        keys = OF_ASSERTIONS + OF_ALL if {"corrects"} <= set(fields) else OF_ALL
        for key, text in itertools.product(keys, FORGED[:3]):
            failed += failing(visitor, page, {key: text})
    assert failed == []


def failing(visitor, page: str, asked: dict[str, str]) -> list[str]:
    return [f"{page}?{asked}"] if visitor.get(page, asked).status_code >= 500 else []
