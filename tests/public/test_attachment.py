"""The public address of a photo or a paper: there while its report is published, and only then."""

import errno
import re
from pathlib import Path

import pytest
from django.test import Client

from projects.models import Attachment
from projects.models.attachment import folder
from projects.reports import moves
from tests.attaching import with_paper, with_photo
from tests.cast import AT, project
from tests.paperwork import draft_of, moved, on_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(people):
    report = draft_of(on_record(), people)
    with_photo(report, people.reporter)
    with_paper(report, people.reporter)
    return report


@pytest.fixture
def published(draft, people):
    handed = moves.submit(draft, expected=draft.version, by=people.reporter, at=AT)
    return moves.approve(handed, expected=handed.version, by=people.reviewer, at=AT)


def addresses() -> list[str]:
    return [f"/attachments/{name}" for row in Attachment.objects.all() for name in row.names]


def seen(client=None) -> set[int]:
    client = client or Client()
    return {client.get(door + address).status_code for address in addresses() for door in ("", "/en")}


# A disk that cannot be read


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO])
def test_a_file_that_cannot_be_read_is_503_in_words_until_it_can(
    published, client, people, monkeypatch, number
):
    def refuse(self):
        raise OSError(number, "refused")

    client.force_login(people.reviewer)
    doors = [addresses()[0], addresses()[0].replace("/attachments/", "/desk/attachments/")]
    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", refuse)
        for address in doors:
            answer = client.get(address)
            assert answer.status_code == 503 and "storage cannot be read" in answer.text, address
    assert {client.get(address).status_code for address in doors} == {200}


# Who sees it, and when


def test_only_a_published_one_is_there(draft, people):
    steps = [lambda: moves.submit(draft, expected=draft.version, by=people.reporter, at=AT)]
    steps += [lambda: moved(moves.return_, note="?", by=people.reviewer)]
    steps += [lambda: moved(moves.submit, by=people.reporter)]
    assert len(addresses()) == 3 and seen() == {404}
    for step in steps:
        step()
        assert seen() == {404}
    moved(moves.approve, by=people.reviewer)
    assert seen() == {200}


@pytest.mark.parametrize("what", ["project", "source"])
def test_what_is_no_longer_public_is_gone_at_once(published, client, what):
    assert seen(client) == {200}
    row = getattr(published, what)
    for is_public, status in ((False, 404), (True, 200)):
        row.is_public = is_public
        row.save()
        assert seen(client) == {status}


def test_signed_in_one_sees_no_more(draft, people, client):
    client.force_login(people.reporter)
    assert seen(client) == {404}


@pytest.mark.parametrize("door", ["", "/en"])
def test_unpublished_and_unknown_are_not_found_alike_byte_for_byte(draft, client, door):
    for address in addresses():
        nowhere = re.sub("[0-9a-f]{32}", "0" * 32, address)
        hidden, unknown = client.get(door + address), client.get(door + nowhere)
        assert hidden.content == unknown.content.replace(nowhere.encode(), address.encode())
        assert (hidden.status_code, dict(hidden.headers)) == (404, dict(unknown.headers))


@pytest.mark.parametrize(
    "name",
    ["x", "%00", "a%00.jpg", "../secret_key", "..%2f..%2fsecret_key", "%2e%2e", "1.pdf", "字.jpg", "a" * 500],
)
def test_a_name_that_can_be_none_is_not_found(published, client, name):
    assert client.get(f"/attachments/{name}").status_code == 404


def test_neither_the_other_ending_nor_a_small_copy_of_a_paper(published, client):
    photo, paper = Attachment.objects.order_by("pk")
    for name in (
        photo.name.replace(".jpg", ".pdf"),
        paper.small,
        photo.small.replace("-small", "-small-small"),
    ):
        assert client.get(f"/attachments/{name}").status_code == 404


def test_a_row_whose_file_is_gone_is_not_found(published, client):
    for path in folder().iterdir():
        path.unlink()
    assert seen(client) == {404}


# What is answered


def test_a_photo_is_shown_and_does_nothing_else(published, client):
    photo = Attachment.objects.get(kind="photo")
    whole, small = (client.get(f"/attachments/{name}") for name in photo.names)
    assert whole.content == (folder() / photo.name).read_bytes()
    assert small.content == (folder() / photo.small).read_bytes() != whole.content
    for answer, name in ((whole, photo.name), (small, photo.small)):
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["Content-Disposition"] == f'inline; filename="{name}"'
        assert answer["Content-Length"] == str(len(answer.content))


def test_a_paper_is_downloaded(published, client):
    paper = Attachment.objects.get(kind="paper")
    answer = client.get(f"/attachments/{paper.name}")
    assert answer.content == (folder() / paper.name).read_bytes()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{paper.name}"'


def test_every_answer_is_public_locked_in_and_without_a_cookie(published, client, people):
    client.force_login(people.reporter)
    for address in addresses():
        answer = client.get(address)
        assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert answer["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer["Content-Security-Policy"].endswith("; sandbox")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert not answer.cookies and "Vary" not in answer


def test_who_has_it_gets_304_as_long_as_it_is_public(published, client):
    etags = {address: client.get(address)["ETag"] for address in addresses()}
    assert len(set(etags.values())) == 3
    for address, etag in etags.items():
        again = client.get(address, headers={"if-none-match": etag})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
        assert again["Cache-Control"] == "public, max-age=0, must-revalidate"
    published.project.is_public = False
    published.project.save()
    for address, etag in etags.items():
        assert client.get(address, headers={"if-none-match": etag}).status_code == 404


def test_files_take_no_room_among_the_kept_pages(published):
    """Asked twice it is read twice: the row decides each time."""
    client = Client()
    kept = client.get(addresses()[0])
    (folder() / addresses()[0].split("/")[-1]).write_bytes(b"other")
    assert kept.content != client.get(addresses()[0]).content == b"other"


def test_one_statement_each(published, client, django_assert_num_queries):
    for address in addresses():
        with django_assert_num_queries(1):
            assert client.get(address).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_every_other_method_is_refused(published, client, method):
    for address in addresses():
        answer = getattr(client, method)(address)
        assert answer.status_code == 405 and not answer.cookies


def test_head_is_get_without_a_body(published, client):
    for address in addresses():
        answer, whole = client.head(address), client.get(address)
        assert (answer.status_code, answer.content) == (200, b"")
        assert {name: answer[name] for name in ("ETag", "Content-Type", "Content-Length")} == {
            name: whole[name] for name in ("ETag", "Content-Type", "Content-Length")
        }


def test_a_project_without_reports_shows_none(client, db):
    assert "strip" not in client.get(f"/projects/{project().slug}/").content.decode()
