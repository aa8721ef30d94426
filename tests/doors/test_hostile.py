"""Whatever is typed into a form or an address is answered, and what else was typed is not lost.

Every form that anybody finds at any address of the table, with one field replaced at a time. What is sent is
rolled back, so that each meets the same rows.
"""

import itertools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urljoin

import pytest
from django.db import connection, transaction
from django.forms import BoundField
from django.test import Client
from django.utils import translation

from projects.editing.audit_log import MonthFilter
from projects.editing.lookups import RowSelect
from projects.models import User
from tests.doors.hostile import TYPED, VALUES, Form, forms, lost
from tests.doors.table import TABLE, Row
from tests.doors.test_doors import LETTERS

pytestmark = pytest.mark.django_db

SENT_BY = "nsrovea"
# Ends the session, so that nothing more could be sent.
LEFT_OUT = ("/accounts/logout/", "/admin/logout/")


@contextmanager
def undone() -> Iterator[None]:
    """Like the test's own transaction, within which publishing may open its own."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


class Browser:
    """Of one person; what it sends leaves no trace."""

    def __init__(self, letter: str):
        self.client = Client(raise_request_exception=False)
        if name := LETTERS[letter]:
            self.client.force_login(User.objects.get(username=name))
        self.cookies = self.client.cookies.copy()

    def get(self, address: str, **params):
        with undone():
            return self._back(self.client.get(address, params))

    def post(self, address: str, sent: dict):
        with undone():
            return self._back(self.client.post(address, sent))

    def _back(self, answer):
        self.client.cookies = self.cookies.copy()
        translation.activate("zh-hans")
        return answer


def found(letter: str, world: dict, table: list[Row]) -> Iterator[tuple[Browser, str, Form]]:
    """Every form that a person comes upon, each once."""
    browser, seen = Browser(letter), set()
    for row in table:
        address = row.address.format(**world)
        if letter not in row.read or address in LEFT_OUT:
            continue
        answer = browser.get(address)
        if answer.status_code != 200 or not answer.get("Content-Type", "").startswith("text/html"):
            continue
        for form in forms(answer.text):
            to = urljoin(address, form.action)
            if (to, *form.names) not in seen and to.partition("?")[0] not in LEFT_OUT:
                seen.add((to, *form.names))
                yield browser, to, form


def attempts(letter: str, world: dict, table: list[Row] = TABLE) -> Iterator[tuple]:
    """Each field of each form with each value; texts as the form opens, and filled in, by turns."""
    for browser, to, form in found(letter, world, table):
        buttons = itertools.cycle(form.buttons or [("", "")])
        for number, (name, kind) in enumerate(itertools.product(form.names, VALUES)):
            sent = {one: list(values) for one, values in form.values.items()}
            if (number + number // len(VALUES)) % 2:
                sent |= {one: [text or TYPED] for one, text in form.texts.items()}
            button, pressed = next(buttons)
            if button:
                sent[button] = [pressed]
            value = VALUES[kind]
            sent[name] = value if isinstance(value, list) else [] if value is None else [value]
            yield browser, to, form, name, kind, sent


def faults(every: Iterator[tuple], counted: list | None = None) -> list[str]:
    """Where one was answered with a failure, or a text was lost."""
    found = []
    for browser, to, form, name, kind, sent in every:
        answer = browser.post(to, {one: encoded(values) for one, values in sent.items() if values})
        if counted is not None:
            counted.append(to)
        at = f"{re.sub('[0-9]+', 'N', to)} {name} = {kind} [{pressed(sent, form)}]"
        if answer.status_code >= 500:
            found.append(f"{answer.status_code} {at}")
        elif answer.status_code in (200, 409) and answer.get("Content-Type", "").startswith("text/html"):
            found += [f"lost {at}: {one}" for one in lost(sent, form, answer.text, name)]
    return found


def pressed(sent: dict, form: Form) -> str:
    return " ".join(f"{name}={value}" for name, value in form.buttons if value in sent.get(name, []))


def encoded(values: list[str]) -> list[str]:
    """A lone surrogate cannot be sent as such; the bytes of one can."""
    return [value.encode("utf-8", "surrogatepass") if "\ud800" in value else value for value in values]


def every(one: Iterator, nth: int, of: int) -> Iterator:
    return itertools.islice(one, nth, None, of)


def nth() -> int:
    """The engines share what there is to try: the one begins elsewhere than the other."""
    return 0 if connection.vendor == "sqlite" else 4


PROMISE = pytest.mark.promise(
    "Whatever is typed into a form is answered below 500, and what else was typed is still there",
    control="test_control_a_form_that_fails_is_noticed",
)


@PROMISE
@pytest.mark.drill
@pytest.mark.parametrize("letter", SENT_BY)
def test_whatever_is_typed_is_answered(world, letter, figure):
    """Each field with every seventh value; which seventh, differs from field to field."""
    counted = []
    assert sorted(set(faults(every(attempts(letter, world), nth(), 7), counted))) == []
    figure(f"{len(counted):,} posts by {LETTERS[letter] or 'nobody'}")


FEW = {
    "r": ["/desk/reports/{month}/{draft}/", "/desk/problems/{problem_draft}/"],
    "v": [
        "/desk/review/{month}/{handed_in}/",
        "/desk/rounds/",
        "/admin/projects/claim/{claim_waiting}/refuse/",
    ],
    "e": ["/admin/projects/claim/add/", "/admin/projects/project/{project}/change/"],
    "a": ["/admin/projects/place/{place}/change/", "/admin/projects/user/{user}/change/"],
}


def rows_of(addresses: list[str]) -> list[Row]:
    return [row for row in TABLE if row.address in addresses]


@PROMISE
def test_some_of_what_may_be_typed(world, figure):
    counted = []
    for letter, addresses in FEW.items():
        assert faults(every(attempts(letter, world, rows_of(addresses)), 3, 59), counted) == []
    figure(f"{len(counted):,} posts")


def with_words(world: dict, letter: str, address: str, kind: str, *names: str) -> list[str]:
    """The faults where one value is put into some fields of one page."""
    tried = attempts(letter, world, rows_of([address]))
    return faults(one for one in tried if one[4] == kind and one[3] in names)


CLAIM, REPORT = "/admin/projects/claim/add/", "/desk/reports/{month}/{draft}/"


def test_control_a_form_that_fails_is_noticed(world, monkeypatch):
    """As Django's own select box is, and as sums once were."""
    assert with_words(world, "e", CLAIM, "words", "project") == []
    monkeypatch.delattr(RowSelect, "optgroups")
    assert with_words(world, "e", CLAIM, "words", "project")[0].startswith("500 ")


def test_control_a_lost_text_is_noticed(world, monkeypatch):
    tried = [one for one in attempts("r", world, rows_of([REPORT])) if one[3:5] == ("works", "NUL")]
    for *_, sent in tried:
        sent["next_steps"] = ["浇筑顶板"]
    assert faults(iter(tried)) == []
    monkeypatch.setattr(BoundField, "value", lambda self: "")
    assert faults(iter(tried))[0].startswith("lost ")


def test_an_amount_with_an_empty_unit_is_answered_with_its_text(world):
    names = ("this_year_unit", "to_date_unit")
    assert with_words(world, "r", REPORT, "empty", *names) == []
    assert with_words(world, "r", REPORT, "missing", *names) == []


# What addresses ask


NAMES = (
    *("p", "o", "q", "all", "e", "_popup", "_to_field", "_facets", "_changelist_filters", "state", "waits"),
    *("kind__exact", "place__id__exact", "place__isnull", "groups__id__exact", "at__year", "note__regex"),
    *("project", "source", "section", "parent", "subject", "groups", "corrects", "withdraws"),
    *("asof", "known", "from", "to", "page", "sort", "month", "unit", "next", "name", "besides", "term"),
    *("app_label", "model_name", "field_name", "place", "topic", "stage", "which"),
    *("to_date", "to_date_unit", "progress", "pause_resumes", "problem_due"),
)


def questions(letter: str, world: dict) -> Iterator[tuple]:
    """Each address that a person may read with each name and each value; and with keys that no row has."""
    browser = Browser(letter)
    rows = [row for row in TABLE if letter in row.read and row.address not in LEFT_OUT]
    for row, name, kind in itertools.product(rows, NAMES, VALUES):
        value = VALUES[kind]
        yield browser, row.address.format(**world), {name: "" if value is None else value}
    for key in (2**31, 2**63, 10**40, -1):
        nowhere = {name: key if isinstance(value, int) else value for name, value in world.items()}
        for row in rows:
            yield browser, row.address.format(**nowhere), {}


def failures(every: Iterator[tuple], counted: list | None = None) -> list[str]:
    found = []
    for browser, address, asked in every:
        asked = {name: encoded([value] if isinstance(value, str) else value) for name, value in asked.items()}
        answer = browser.get(
            address, **{name: [one[:3_000] for one in those] for name, those in asked.items()}
        )
        answer.getvalue()  # what is sent in parts holds its place until the last is taken
        if answer.status_code >= 500:
            found.append(f"{answer.status_code} {address} {str(asked)[:200]}")
        if counted is not None:
            counted.append(address)
    return found


@pytest.mark.promise(
    "Whatever an address asks is answered below 500", control="test_control_an_address_that_fails_is_noticed"
)
@pytest.mark.drill
@pytest.mark.parametrize("letter", "nrva")
def test_whatever_an_address_asks_is_answered(world, letter, figure):
    counted = []
    assert failures(every(questions(letter, world), nth(), 97), counted) == []
    figure(f"{len(counted):,} addresses by {LETTERS[letter] or 'nobody'}")


def test_some_of_what_an_address_asks(world):
    counted = []
    assert failures(every(questions("a", world), 5, 1201), counted) == []
    assert len(counted) > 50


def test_control_an_address_that_fails_is_noticed(world, monkeypatch):
    asked = [(Browser("a"), "/admin/projects/auditentry/", {"month": "2026-03"})]
    assert failures(iter(asked)) == []
    monkeypatch.setattr(MonthFilter, "queryset", lambda *_: 1 / 0)
    assert failures(iter(asked))[0].startswith("500 ")
