"""The code that leads from the board at a site to the project's page."""

import pytest

from tests import cast

pytestmark = pytest.mark.django_db


def test_the_code_is_a_drawing_of_the_address(client):
    slug = cast.project().slug
    answer = client.get(f"/projects/{slug}/qr.svg")
    assert answer["Content-Type"] == "image/svg+xml" and answer.content.startswith(b"<svg")
    assert answer.content != client.get(f"/en/projects/{slug}/qr.svg").content


def test_there_is_none_of_a_private_record(client):
    assert client.get(f"/projects/{cast.project(is_public=False).slug}/qr.svg").status_code == 404
