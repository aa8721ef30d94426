"""What is not there, not allowed or asked too often: nobody keeps the answer, which may be another soon."""

import pytest
from django.test import RequestFactory

from projects.public import error_pages
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("door", ["", "/en"])
@pytest.mark.parametrize(
    "path", ["/no/such/page/", "/projects/nothing/", "/data/claims.json?project=QJ-9999"]
)
def test_a_page_that_is_not_there_is_not_stored(client, door, path):
    answer = client.get(door + path)
    assert (answer.status_code, answer["Cache-Control"]) == (404, "no-store")
    assert not answer.cookies and "Vary" not in answer
    assert client.head(door + path)["Cache-Control"] == "no-store"


def test_once_it_is_there_it_may_be(client, made):
    """The control: what is found is kept by whoever likes, and asked about each time."""
    assert client.get("/projects/factory/")["Cache-Control"].startswith("public")


def test_what_is_refused_to_somebody_signed_in_is_of_that_person(client, db):
    client.force_login(cast.cast().reporter)
    answer = client.get("/admin/projects/project/", follow=True)
    assert (answer.status_code, answer["Cache-Control"]) == (403, "private, no-store")


@pytest.mark.parametrize(
    ("status", "page"),
    [
        (403, lambda request: error_pages.forbidden(request, PermissionError())),
        (404, lambda request: error_pages.not_found(request, LookupError())),
        (429, error_pages.too_many),
    ],
)
def test_each_says_so_itself(status, page):
    request = RequestFactory().get("/somewhere/")
    request.resolver_match = None
    answer = page(request)
    assert (answer.status_code, answer["Cache-Control"]) == (status, "no-store")
