"""A photo or a paper before its report is published: for whoever reaches the report, and nobody else."""

import pytest
from django.test import Client

from projects.models import Attachment
from projects.models.attachment import folder
from projects.reports import moves
from tests.attaching import with_paper, with_photo
from tests.cast import AT
from tests.paperwork import draft_of, on_record

pytestmark = pytest.mark.django_db
EVERYBODY = ("reporter", "other_reporter", "reviewer", "editor", "stranger")


@pytest.fixture
def draft(people):
    report = draft_of(on_record(), people)
    with_photo(report, people.reporter)
    with_paper(report, people.reporter)
    return report


def addresses() -> list[str]:
    return [f"/desk/attachments/{name}" for row in Attachment.objects.all() for name in row.names]


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def who_sees(people) -> set[str]:
    """Of everybody, who gets every file; the others get none of them."""
    seen = {}
    for name in EVERYBODY:
        client = signed_in(getattr(people, name))
        (seen[name],) = {client.get(door + one).status_code for one in addresses() for door in ("", "/en")}
    assert set(seen.values()) <= {200, 404}
    return {name for name, status in seen.items() if status == 200}


def test_whoever_reaches_the_report_sees_it(draft, people):
    assert who_sees(people) == {"reporter"}
    handed = moves.submit(draft, expected=draft.version, by=people.reporter, at=AT)
    assert who_sees(people) == {"reporter", "reviewer", "editor"}
    moves.approve(handed, expected=handed.version, by=people.reviewer, at=AT)
    assert who_sees(people) == {"reporter", "reviewer", "editor"}


def test_without_an_account_one_is_asked_to_sign_in(draft, client):
    for address in addresses():
        answer = client.get(address)
        assert answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")


def test_rights_withdrawn_count_from_the_next_request(draft, people):
    client = signed_in(people.reporter)
    assert {client.get(one).status_code for one in addresses()} == {200}
    people.reporter.groups.clear()
    assert {client.get(one).status_code for one in addresses()} == {404}


def test_it_is_kept_nowhere_and_locked_in(draft, people):
    client = signed_in(people.reporter)
    for address in addresses():
        answer = client.get(address)
        assert answer.content == (folder() / address.split("/")[-1]).read_bytes()
        assert "no-store" in answer["Cache-Control"] and "private" in answer["Cache-Control"]
        assert answer["Content-Security-Policy"].endswith("; sandbox")
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_paper_is_downloaded(draft, people):
    client = signed_in(people.reporter)
    shown = [client.get(one)["Content-Disposition"].partition(";")[0] for one in addresses()]
    assert shown == ["inline", "inline", "attachment"]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_reading_is_all_one_can_do(draft, people, method):
    client = signed_in(people.reporter)
    assert {getattr(client, method)(one).status_code for one in addresses()} == {405}
