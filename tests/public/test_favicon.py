"""An icon for who asks without looking into a page, which names its own."""

import pytest


@pytest.mark.django_db
def test_it_leads_to_the_icon(client):
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302 and answer["Location"].endswith("icon.svg")
    assert answer["Cache-Control"].startswith("public")
