"""Where search engines need not look."""

import pytest


@pytest.mark.django_db
def test_desks_are_left_out_and_the_map_is_named(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in text and "Sitemap: http://testserver/sitemap.xml" in text
