"""One part of the sitemap."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "part", ["projects-0", "projects-99999", "pages-9", "people-1", f"projects-{10**30}"]
)
def test_a_part_that_is_not_there_is_not_found(client, made, part):
    assert client.get("/sitemap-projects-1.xml").status_code == 200
    assert client.get(f"/sitemap-{part}.xml").status_code == 404
