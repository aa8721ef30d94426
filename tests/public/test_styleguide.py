"""Each part once, in DEBUG alone."""

import pytest
from django.test import RequestFactory

from projects.choices import Stage, Verdict
from projects.public import styleguide

pytestmark = pytest.mark.django_db


def test_it_is_not_there_without_debug(client):
    assert client.get("/styleguide/").status_code == 404


def test_it_shows_every_stage_and_verdict():
    text = styleguide.styleguide(RequestFactory().get("/styleguide/")).content.decode()
    for code in [*Stage.values, *Verdict.values]:
        assert code in text
